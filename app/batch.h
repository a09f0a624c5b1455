// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/exportname.h"
#include "app/picturefile.h"
#include "core/method.h"
#include "core/record.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// One example for many pictures: of a folder, or of a table. Command line and window have this in
// common.

/// A result that a batch makes, and what became of it.
struct BatchItem
{
    enum State { Waiting, Made, There, Failed };

    std::string picture = {}; ///< to show: the name of the picture to work on; empty: that of all
    int row = 0;              ///< of a table, counted as spreadsheets do it; 0: it is of a folder
    /// By slot, in front of what all have in common.
    std::map<std::string, PictureFile> pictures = {};
    Values values = {}; ///< likewise, in place of what all have
    std::optional<uint64_t> seed = {};
    std::string name = {};          ///< of the result, without an end; empty: by the template
    std::filesystem::path out = {}; ///< the PNG file, candidateFiles() of it
    State state = Waiting;
    Sentence failure = {};
    bool refused = false; ///< the row of the table is wrong: to try it again is of no use
    std::shared_ptr<const std::string> thumbnail = {}; ///< a small JPEG file; null: not made yet
};

/// What is made, in its order.
struct Batch
{
    std::vector<BatchItem> items = {};
    std::vector<std::string> slots = {}; ///< that the items give pictures for
};

/// The pictures of a folder, by name, for the main slot; of a file, the rows of that table
/// (app/csv.h), whose head line names slots, parameters, "seed" or "name". A row that does not fit
/// is an item that failed. Throws Error where there is no such thing, nothing in it, or a column
/// that means nothing.
Batch readBatch(const Method& method, const std::filesystem::path& from);
/// The two kinds.
Batch folderBatch(const Method& method, const std::filesystem::path& folder);
Batch tableBatch(const Method& method, const std::filesystem::path& file);

/// The template that names results after their pictures, letter by letter.
QString usualBatchName();
/// The fields that a template of a batch may have: those that are known beforehand, so that a
/// second start finds what the first one made.
std::vector<NameField> batchNameFields();
/// Throws ValueError where a template has another one, or is empty.
void checkBatchName(const QString& text);
/// Gives every item its file in @p folder. Where two would have the same name, the end of the
/// picture's name is added ("a.jpg.png"), then a number. @p common is what all of them have.
void nameItems(
    std::vector<BatchItem>& items, const Method& method, const NameFields& common,
    const QString& text, const std::filesystem::path& folder);
/// What all of them have, of a request: @p picture is the one that all have in the main slot.
NameFields batchFields(
    const Method& method, const Request& request, const std::string& model,
    const std::string& picture);

/// Whether one of its files is there, of so many candidates as the method can make.
bool anyFileThere(const BatchItem& item, const Method& method);
/// The files of an item that are still to be made; none: all are there. Throws Error where one is
/// there that was not made of the same pictures with the same values: nothing is overwritten. What
/// says nothing of its making counts where @p embed wants that.
std::vector<std::filesystem::path> missingFiles(
    const BatchItem& item, const Prepared& wanted, const Method& method, Embed embed);

/// Puts the item's values and its seed in place of what all have; its pictures are not read here.
void takeOwn(Request& request, const BatchItem& item);

/// "cat.jpg", or "row 3: cat.jpg".
std::string labelOf(const BatchItem& item);
int countOf(const std::vector<BatchItem>& items, BatchItem::State state);
