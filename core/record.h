// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/computed.h"
#include "core/method.h"
#include "core/picture/pngtext.h"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

/// How much a saved picture tells of how it was made.
enum class Embed {
    Full, ///< settings and the input pictures, losslessly: the file alone can be restored and run
          ///< again
    Settings, ///< settings, and of the inputs their SHA-256 and bare names
    None      ///< nothing
};

/// An input picture whose pixels are not in a record.
struct AbsentInput
{
    std::string slot = {}, name = {}, sha256 = {};
};

/// How a picture was made, as it stands inside a PNG. Never a path. The runs that a branch goes on
/// from are in it, each picture once.
struct Record
{
    Request request = {}; ///< model and noise empty; values as set by hand; of LoRAs the hashes,
                          ///< and of a full record the bare names
    Values resolved = {}; ///< all values that were used
    std::string model = {}, modelHash = {};
    int candidate = 0;
    int step = 0, steps = 0; ///< step < steps: a picture from within the run
    bool clean = false; ///< the picture is of the predicted clean latent of that step, not of the
                        ///< latent itself
    std::string version = {};
    std::string latentHash = {}; ///< SHA-256 of the bytes of the latent after that step
    std::vector<std::string> stepHashes = {}; ///< of each step up to there, the start's first;
                                              ///< empty: from before they were written
    Computed computed = {};                   ///< empty likewise
    std::map<std::string, std::string> inputHashes =
        {};                               ///< slot -> SHA-256 of the pixels, for Settings
    std::vector<AbsentInput> absent = {}; ///< of a record that was read
    std::map<std::string, std::string> noiseHashes = {}; ///< of stored noise by name: the SHA-256
                                                         ///< of its numbers, which are not in it
};

/// The keyword of the chunk that holds a record.
inline constexpr const char* recordKeyword = "simile";
/// Of that chunk; a reader refuses what is newer. 2 has branches and touches, 3 LoRAs; what has
/// none of it is written as 1, which every version reads.
constexpr int recordFormat = 3;

/// SHA-256 of the colours and, where there is one, the alpha channel.
std::string pixelHash(const Image& image);

/// The input pictures as a record has them, so that several pictures of a run need not pack them
/// anew: by slot, in their order.
struct PackedInput
{
    std::string sha256 = {};
    std::string png = {}; ///< base64; empty unless the record is full
};
using PackedInputs = std::map<std::string, std::vector<PackedInput>>;
PackedInputs pack(const Pictures& pictures, Embed embed);

/// The chunks `parameters` (A1111's text) and `simile` (compressed iTXt, JSON). @p packed is what
/// pack() made of the record's pictures.
std::vector<TextChunk> toText(
    const Record& record, Embed embed, const Method& method, const PackedInputs& packed);
/// The same, with its pictures packed for this one text.
std::vector<TextChunk> toText(const Record& record, Embed embed, const Method& method);
/// A value as it stands in that chunk's JSON.
std::string toJsonText(const Value& value);
/// The JSON of that chunk alone.
std::string toJsonText(const Record& record, const Method& method, const PackedInputs& packed);
/// Whether a PNG carries a record, as far as its chunks tell; false for what is no PNG.
bool carriesRecord(std::span<const std::byte> file);
/// Finds a picture by its pixels' hash, where a record has none of its own; may give an empty one.
using PictureOf = std::function<SharedImage(const std::string& sha256)>;
/// Whether the picture at a place of a slot is of use to a method.
using WantedPicture =
    std::function<bool(const std::string& method, const std::string& slot, int at)>;
/// What a PNG of ours carries; nothing where it has no `simile` chunk, or it is stopped. Pictures
/// that are not @p wanted are not decoded; all others may have mostPixels together. Throws Error
/// where the chunk is damaged or from a newer version.
std::optional<Record> readRecord(
    std::span<const std::byte> png, const WantedPicture& wanted = {},
    const std::stop_token& stop = {}, const PictureOf& pictures = {});
/// Reads the JSON of that chunk alone.
Record parseRecord(
    const std::string& text, const PictureOf& pictures = {}, const WantedPicture& wanted = {},
    const std::stop_token& stop = {});
