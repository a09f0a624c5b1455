// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/vocabulary.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/inputfile.h"
#include "core/file/json.h"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;
using Ids = std::unordered_map<std::string, int>;

constexpr size_t maximalFile = 64 << 20;
constexpr int clipMerges = 48'894;
constexpr const char* beginToken = "<|startoftext|>";
constexpr const char* endToken = "<|endoftext|>";

/// The pairs in the order of their rank, with what a message needs to point at one.
struct MergeList
{
    std::vector<std::pair<std::string, std::string>> pairs = {};
    std::string file = {};
    const char* place = "The file %1, line %2,";
    int first = 1; ///< number of the first pair

    Sentence at(size_t i) const { return {place, file, first + int(i)}; }
};

/// Whether a byte stands for itself, as the Latin-1 character.
bool isPrintable(int byte)
{
    return (byte >= 33 && byte <= 126) || (byte >= 161 && byte != 173);
}

std::string inflated(const std::string& bytes, const std::string& file)
{
    if (!bytes.starts_with("\x1f\x8b"))
        return bytes;
    constexpr int gzip = 16;
    z_stream stream = {};
    if (inflateInit2(&stream, MAX_WBITS + gzip) != Z_OK)
        throw std::bad_alloc();
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = uInt(bytes.size());
    std::string text;
    std::vector<char> buffer(1 << 16);
    int status = Z_OK;
    while (status == Z_OK && text.size() < maximalFile) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = uInt(buffer.size());
        status = inflate(&stream, Z_NO_FLUSH);
        text.append(buffer.data(), buffer.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END)
        throw Error("The compressed file %1 is damaged or cut off; get it again.", file);
    return text;
}

std::string_view withoutMark(std::string_view text)
{
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    return text;
}

std::vector<std::string_view> lines(std::string_view text)
{
    std::vector<std::string_view> result;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        result.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    while (!result.empty() && result.back().empty())
        result.pop_back();
    return result;
}

/// "a b" split at its one space.
std::pair<std::string, std::string> splitPair(std::string_view text, const Sentence& where)
{
    const size_t space = text.find(' ');
    if (space == 0 || space == std::string_view::npos || space + 1 == text.size()
        || text.find(' ', space + 1) != std::string_view::npos)
        throw Error("%1 is %2, not two symbols with a space between.", where, inQuotes(text));
    return {std::string(text.substr(0, space)), std::string(text.substr(space + 1))};
}

/// What is beyond @p most is left out: the table that CLIP's was cut from is longer.
MergeList mergesFromText(const std::string& text, const std::string& file, size_t most)
{
    MergeList list {.file = file};
    std::vector<std::string_view> all = lines(withoutMark(text));
    if (!all.empty() && all[0].find("#version") != std::string_view::npos) {
        all.erase(all.begin());
        list.first = 2;
    }
    for (size_t i = 0; i < std::min(most, all.size()); ++i)
        list.pairs.push_back(splitPair(all[i], list.at(i)));
    return list;
}

MergeList mergesFromJson(const Json& model, const std::string& file, size_t most)
{
    MergeList list {.file = file, .place = "The file %1, merge %2,"};
    const Json merges = model.value("merges", Json());
    if (!merges.is_array())
        throw Error("The file %1 has no list of merges.", file);
    for (const Json& merge : merges) {
        if (list.pairs.size() == most)
            break;
        if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string())
            list.pairs.emplace_back(merge[0], merge[1]);
        else if (merge.is_string())
            list.pairs.push_back(
                splitPair(merge.get_ref<const std::string&>(), list.at(list.pairs.size())));
        else
            throw Error("%1 is not a pair of symbols.", list.at(list.pairs.size()));
    }
    return list;
}

/// "The file x, line n," where @p token stands in a file.
Sentence place(const std::string& text, const std::string& file, const std::string& token)
{
    size_t at = text.find(Json(token).dump(-1, ' ', false, Json::error_handler_t::replace) + ":");
    if (at == std::string::npos)
        at = text.find(Json(token).dump(-1, ' ', true, Json::error_handler_t::replace) + ":");
    if (at == std::string::npos)
        return {"The file %1", file};
    const auto end = text.begin() + std::ptrdiff_t(at);
    return {"The file %1, line %2,", file, std::count(text.begin(), end, '\n') + 1};
}

/// The tokens by id, which must be 0, 1, 2 ... without a gap.
std::vector<std::string> tokensFromJson(
    const Json& object, const std::string& text, const std::string& file)
{
    if (!object.is_object() || object.empty())
        throw Error("The file %1 has no vocabulary: an object of tokens and ids.", file);
    std::vector<std::string> tokens(object.size());
    std::vector<bool> taken(object.size(), false);
    for (const auto& [token, id] : object.items()) {
        if (!id.is_number_unsigned() || id.get<uint64_t>() >= tokens.size())
            throw Error(
                "%1 gives %2 the id %3, although there are only %4 tokens: an entry is missing or "
                "doubled.",
                place(text, file, token), inQuotes(token), jsonInQuotes(id), tokens.size());
        const size_t index = id.get<size_t>();
        if (taken[index])
            throw Error(
                "%1 gives %2 the id %3, which %4 has already.", place(text, file, token),
                inQuotes(token), index, inQuotes(tokens[index]));
        taken[index] = true;
        tokens[index] = token;
    }
    return tokens;
}

void addBytes(Vocabulary& v, const Ids& ids, const std::string& file)
{
    const auto id = [&](const std::string& token) {
        const auto found = ids.find(token);
        if (found == ids.end())
            throw Error("The file %1 has no token %2.", file, inQuotes(token));
        return found->second;
    };
    for (int byte = 0; byte < 256; ++byte) {
        v.bytes[byte] = id(byteCharacters()[byte]);
        v.lastBytes[byte] = id(byteCharacters()[byte] + std::string(wordEnd));
    }
}

/// Every pair must join known tokens to a known one, and every longer token come of a pair.
void addJoins(Vocabulary& v, const Ids& ids, const MergeList& list)
{
    std::vector<bool> made(v.tokens.size(), false);
    for (size_t i = 0; i < list.pairs.size(); ++i) {
        const auto& [left, right] = list.pairs[i];
        const std::string joined = left + right;
        for (const std::string& token : {left, right, joined})
            if (!ids.contains(token))
                throw Error(
                    "%1 joins %2 and %3, but %4 is not in the vocabulary.", list.at(i),
                    inQuotes(left), inQuotes(right), inQuotes(token));
        const int result = ids.at(joined);
        const uint64_t key = Vocabulary::pairKey(ids.at(left), ids.at(right));
        if (!v.joins.emplace(key, Vocabulary::Join {int(i), result}).second)
            throw Error("%1 repeats an earlier pair.", list.at(i));
        made[size_t(result)] = true;
    }
    for (const auto& bytes : {v.bytes, v.lastBytes})
        for (const int id : bytes)
            made[size_t(id)] = true;
    for (const auto& [token, id] : v.specials)
        made[size_t(id)] = true;
    const auto missing = size_t(std::ranges::find(made, false) - made.begin());
    if (missing < made.size()) // ids count the single bytes first, then the pairs in order
        throw Error(
            "%1 should join two tokens to %2, but no line does: one is missing there.",
            list.at(missing - std::min(missing, v.bytes.size() + v.lastBytes.size())),
            inQuotes(v.tokens[missing]));
}

/// The string, or the "content" of the object, at @p key in the first of @p files that has it.
std::string specialToken(const std::vector<Json>& files, const char* key, std::string otherwise)
{
    for (const Json& json : files) {
        Json value = json.is_object() ? json.value(key, Json()) : Json();
        if (value.is_object())
            value = value.value("content", Json());
        if (value.is_string())
            return value;
    }
    return otherwise;
}

void addSpecials(Vocabulary& v, const Ids& ids, const fs::path& folder, const std::string& file)
{
    std::vector<Json> files;
    for (const char* name : {"special_tokens_map.json", "tokenizer_config.json"})
        if (fs::exists(folder / name))
            files.push_back(readJson(folder / name));
    const auto id = [&](const std::string& token) {
        const auto found = ids.find(token);
        if (found == ids.end() || token.empty()) // which every text would have everywhere
            throw Error("The special token %1 is not in the file %2.", inQuotes(token), file);
        return int64_t(found->second);
    };
    const std::string begin = specialToken(files, "bos_token", beginToken);
    const std::string end = specialToken(files, "eos_token", endToken);
    v.begin = id(begin);
    v.end = id(end);
    v.pad = id(specialToken(files, "pad_token", end));
    v.specials = {{begin, v.begin}, {end, v.end}};
}

/// All tokens by id: the printable bytes first, the same at the end of a word, then the pairs.
std::vector<std::string> clipTokens(const MergeList& list)
{
    std::vector<std::string> tokens;
    for (const std::string_view suffix : {std::string_view(), wordEnd})
        for (const bool printable : {true, false})
            for (int byte = 0; byte < 256; ++byte)
                if (isPrintable(byte) == printable)
                    tokens.push_back(byteCharacters()[byte] + std::string(suffix));
    for (const auto& [left, right] : list.pairs)
        tokens.push_back(left + right);
    tokens.insert(tokens.end(), {beginToken, endToken});
    return tokens;
}

} // namespace

Vocabulary vocabularyFromFolder(const fs::path& folder)
{
    const bool single = !fs::exists(folder / "vocab.json") && fs::exists(folder / "tokenizer.json");
    const std::string file = (folder / (single ? "tokenizer.json" : "vocab.json")).string();
    const std::string text = readText(file);
    const Json json = parseJson(text, {"The file %1", file});
    const Json model = single && json.is_object() ? json.value("model", Json::object()) : json;
    Vocabulary v;
    v.tokens = tokensFromJson(
        single && model.is_object() ? model.value("vocab", Json()) : model, text, file);
    Ids ids;
    for (size_t i = 0; i < v.tokens.size(); ++i)
        ids.emplace(v.tokens[i], int(i));
    addSpecials(v, ids, folder, file);
    addBytes(v, ids, file);
    const size_t most = v.tokens.size() - v.bytes.size() - v.lastBytes.size() - v.specials.size();
    const std::string merges = (folder / "merges.txt").string();
    addJoins(
        v, ids,
        single ? mergesFromJson(model, file, most)
               : mergesFromText(readText(merges), merges, most));
    return v;
}

Vocabulary vocabularyFromMerges(const fs::path& merges, int64_t pad)
{
    const std::string file = merges.string();
    const MergeList list = mergesFromText(inflated(readText(merges), file), file, clipMerges);
    if (list.pairs.size() < clipMerges)
        throw Error(
            "The file %1 ends after %2 merges instead of %3; get it again.", file,
            list.pairs.size(), clipMerges);
    Vocabulary v;
    v.tokens = clipTokens(list);
    Ids ids;
    for (size_t i = 0; i < v.tokens.size(); ++i)
        if (!ids.emplace(v.tokens[i], int(i)).second)
            throw Error(
                "%1 makes %2, which an earlier line makes already.",
                list.at(i - std::min(i, v.bytes.size() + v.lastBytes.size())),
                inQuotes(v.tokens[i]));
    v.begin = ids.at(beginToken);
    v.end = ids.at(endToken);
    v.pad = pad;
    v.specials = {{beginToken, v.begin}, {endToken, v.end}};
    addBytes(v, ids, file);
    addJoins(v, ids, list);
    return v;
}

const std::array<std::string, 256>& byteCharacters()
{
    static const auto characters = [] {
        std::array<std::string, 256> result;
        int next = 0x100;
        for (int byte = 0; byte < 256; ++byte) {
            const int c = isPrintable(byte) ? byte : next++;
            if (c < 0x80)
                result[byte] = std::string(1, char(c));
            else
                result[byte] = {char(0xC0 | c >> 6), char(0x80 | (c & 0x3F))};
        }
        return result;
    }();
    return characters;
}
