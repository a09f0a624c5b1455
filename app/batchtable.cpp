// SPDX-License-Identifier: GPL-3.0-or-later
// Of batches: what a table's columns and cells mean.

#include "app/batch.h"
#include "app/csv.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/textparts.h"

#include <QString>

#include <algorithm>
#include <variant>

namespace fs = std::filesystem;

namespace {

/// What is beside the slots and parameters.
enum class Own { Seed, Name, Empty };
using Column = std::variant<Own, const Slot*, const Parameter*>;

/// A title as it is compared: case does not count, nor what words are joined with. A letter with a
/// prime is also typed as a' or a2.
QString plain(const std::string& title)
{
    QString text = QString::fromStdString(title).trimmed().toLower();
    text.replace(QChar(0x2032), QLatin1Char('\''));
    text.replace(QChar(0x2019), QLatin1Char('\''));
    text.replace(QLatin1Char('-'), QLatin1Char('_'));
    text.replace(QLatin1Char(' '), QLatin1Char('_'));
    while (text.startsWith(QLatin1Char('_'))) // as in --steps
        text.remove(0, 1);
    return text;
}

bool isCalled(const QString& title, const std::string& id, const std::string& label)
{
    const QString known = plain(label);
    return title == plain(id) || title == known
        || (known.endsWith(QLatin1Char('\'')) && title == known.chopped(1) + QLatin1Char('2'));
}

std::optional<Column> columnOf(const Method& method, const std::string& head)
{
    const QString title = plain(head);
    for (const Slot& slot : method.slots)
        if (isCalled(title, slot.id, slot.label))
            return &slot;
    if (title == QLatin1String("seed"))
        return Own::Seed;
    if (title == QLatin1String("name"))
        return Own::Name;
    for (const Parameter& p : method.parameters)
        if (title == plain(p.id))
            return &p;
    for (const Parameter& p : method.parameters)
        if (title == plain(p.label))
            return &p;
    return {};
}

/// The columns that there can be, for a message.
std::string columnNames(const Method& method)
{
    std::string all;
    for (const Slot& slot : method.slots)
        all += slot.id + ", ";
    all += "seed, name";
    for (const Parameter& p : method.parameters)
        all += ", " + p.id;
    return all;
}

bool isEmptyColumn(const CsvTable& table, std::size_t at)
{
    return trimmed(table.head[at]).empty()
        && std::ranges::all_of(table.rows, [at](const auto& row) {
               return at >= row.size() || trimmed(row[at]).empty();
           });
}

std::vector<Column> columnsOf(const Method& method, const CsvTable& table)
{
    std::vector<Column> columns;
    for (std::size_t i = 0; i < table.head.size(); ++i) {
        if (isEmptyColumn(table, i)) {
            columns.emplace_back(Own::Empty);
            continue;
        }
        const auto column = columnOf(method, table.head[i]);
        if (!column)
            throw Error(
                "The column \"%1\" of the table is neither a picture nor a parameter of %2: rename "
                "it or take it out. There are: %3.",
                trimmed(table.head[i]), inWords(method.name), columnNames(method));
        if (std::ranges::count(columns, *column))
            throw Error(
                "The column \"%1\" of the table is there twice: take one of them out.",
                trimmed(table.head[i]));
        columns.push_back(*column);
    }
    return columns;
}

/// A result's name as it was typed, without its end; throws ValueError where no file can have it.
std::string nameIn(const std::string& text)
{
    constexpr std::size_t longest = 200; // bytes; a number and an end come behind
    const std::string name = text.ends_with(".png") ? text.substr(0, text.size() - 4) : text;
    if (name.empty() || name.front() == '.' || name.find('/') != name.npos || name.size() > longest)
        throw ValueError("\"%1\" is no name for a file in the folder of the results.", text);
    return name;
}

PictureFile pictureIn(const Slot& slot, const std::string& text, const fs::path& folder)
{
    PictureFile picture = parsePictureFile(slot, slot.label, text, folder);
    std::error_code ignored;
    if (!fs::is_regular_file(picture.file, ignored))
        throw Error("there is no file \"%1\".", text);
    return picture;
}

void take(BatchItem& item, const Column& column, const std::string& text, const fs::path& folder)
{
    if (const auto* const* slot = std::get_if<const Slot*>(&column)) {
        item.pictures[(*slot)->id] = pictureIn(**slot, text, folder);
    } else if (const auto* const* p = std::get_if<const Parameter*>(&column)) {
        item.values[(*p)->id] = parseValue(**p, text);
        checkValue(**p, item.values[(*p)->id]);
    } else if (std::get<Own>(column) == Own::Name) {
        item.name = nameIn(text);
    } else if (const auto seed = number<uint64_t>(text)) {
        item.seed = *seed;
    } else {
        throw ValueError("a seed is a whole number below 2^64, and \"%1\" is none.", text);
    }
}

BatchItem itemOf(
    const std::vector<std::string>& row, int number, const CsvTable& table,
    const std::vector<Column>& columns, const fs::path& folder)
{
    BatchItem item;
    const auto refuse = [&](Sentence why) {
        if (item.refused)
            return; // the first counts
        item.refused = true;
        item.state = BatchItem::Failed;
        item.failure = std::move(why);
    };
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string text = trimmed(row[i]);
        if (text.empty())
            continue; // as all of them
        if (i >= columns.size()) {
            refuse({"Row %1 has more fields than the head line.", number});
            break;
        }
        try {
            take(item, columns[i], text, folder);
        } catch (const Error& error) {
            refuse({"Row %1, %2: %3", number, trimmed(table.head[i]), error.sentence()});
        }
    }
    return item;
}

} // namespace

Batch tableBatch(const Method& method, const fs::path& file)
{
    const CsvTable table = readCsv(readText(file, largestCsv));
    const std::vector<Column> columns = columnsOf(method, table);
    Batch batch;
    for (const Column& column : columns)
        if (const auto* const* slot = std::get_if<const Slot*>(&column))
            batch.slots.push_back((*slot)->id);
    const Slot* main = mainSlot(method);
    int number = 1; // the head line
    for (const auto& row : table.rows) {
        ++number;
        if (std::ranges::all_of(row, [](const auto& text) { return trimmed(text).empty(); }))
            continue;
        BatchItem item =
            itemOf(row, number, table, columns, file.has_parent_path() ? file.parent_path() : ".");
        item.row = number;
        const auto picture = main ? item.pictures.find(main->id) : item.pictures.end();
        if (picture != item.pictures.end())
            item.picture = fs::path(picture->second.file).filename().string();
        batch.items.push_back(std::move(item));
    }
    if (batch.items.empty())
        throw Error("The table %1 has no rows below its head line.", file.filename().string());
    return batch;
}
