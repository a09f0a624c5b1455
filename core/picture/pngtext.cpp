// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/pngtext.h"

#include "core/errors.h"
#include "core/picture/pngchunks.h"

#include <algorithm>
#include <optional>
#include <zlib.h>

namespace {

constexpr std::size_t mostChunks = 10'000;
constexpr std::size_t longestKeyword = 79;
// Pillow, and with it most programs in Python, refuses a whole picture for one compressed text that
// unpacks to more.
constexpr std::size_t longestCompressed = 1 << 20;

std::string fromLatin1(std::string_view latin)
{
    std::string text;
    text.reserve(latin.size());
    for (const char c : latin) {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x80) {
            text += c;
        } else {
            text += char(0xC0 | code >> 6);
            text += char(0x80 | (code & 0x3F));
        }
    }
    return text;
}

/// Nothing where a character is not in Latin-1.
std::optional<std::string> toLatin1(std::string_view text)
{
    std::string latin;
    latin.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto code = static_cast<unsigned char>(text[i]);
        if (code == 0)
            return {};
        if (code < 0x80) {
            latin += text[i];
            continue;
        }
        if ((code != 0xC2 && code != 0xC3) || i + 1 == text.size())
            return {};
        const auto next = static_cast<unsigned char>(text[++i]);
        if ((next & 0xC0) != 0x80)
            return {};
        latin += char((code & 3) << 6 | (next & 0x3F));
    }
    return latin;
}

/// Takes what stands before the next zero byte off @p bytes; nothing where there is none.
std::optional<std::string_view> takeString(std::string_view& bytes)
{
    const std::size_t end = bytes.find('\0');
    if (end == std::string_view::npos)
        return {};
    const std::string_view taken = bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    return taken;
}

/// Few bytes may stand for no more than what texts are: zlib makes a thousandth of nothing.
std::optional<std::string> unpack(std::string_view bytes, std::size_t& budget)
{
    constexpr std::size_t usual = 16 << 20, shrinking = 8;
    const std::size_t most = std::min(budget, std::max(usual, shrinking * bytes.size()));
    std::size_t left = most;
    auto text = inflated(std::as_bytes(std::span(bytes)), left);
    budget -= most - left;
    return text;
}

std::optional<std::string> plain(std::string_view bytes, std::size_t& budget)
{
    if (bytes.size() > budget)
        return {};
    budget -= bytes.size();
    return std::string(bytes);
}

using Wanted = std::function<bool(std::string_view)>;

std::optional<TextChunk> unpacked(const PngChunk& chunk, std::size_t& budget, const Wanted& wanted)
{
    std::string_view bytes = characters(chunk.bytes);
    const auto keyword = takeString(bytes);
    if (!keyword || keyword->empty() || keyword->size() > longestKeyword
        || (wanted && !wanted(*keyword)))
        return {};
    TextChunk result {.keyword = fromLatin1(*keyword)};
    std::optional<std::string> text;
    if (chunk.type == "tEXt") {
        text = plain(bytes, budget);
    } else if (chunk.type == "zTXt") {
        result.compressed = true;
        if (bytes.starts_with('\0')) // the one method there is
            text = unpack(bytes.substr(1), budget);
    } else {
        if (bytes.size() < 2 || bytes[0] & ~1 || bytes[1] != 0)
            return {};
        result.compressed = bytes[0] == 1;
        bytes.remove_prefix(2);
        if (!takeString(bytes) || !takeString(bytes)) // language, translated keyword
            return {};
        text = result.compressed ? unpack(bytes, budget) : plain(bytes, budget);
    }
    if (!text)
        return {};
    result.text = chunk.type == "iTXt" ? *std::move(text) : fromLatin1(*text);
    return result;
}

std::string deflated(std::string_view text)
{
    std::string result(compressBound(text.size()), '\0');
    uLongf size = result.size();
    const int status = compress2(
        reinterpret_cast<Bytef*>(result.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
        text.size(), Z_DEFAULT_COMPRESSION);
    if (status != Z_OK)
        throw std::bad_alloc();
    result.resize(size);
    return result;
}

void checkKeyword(const std::string& keyword)
{
    const bool printable = std::all_of(keyword.begin(), keyword.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code >= 32 && code < 127) || code >= 161;
    });
    if (keyword.empty() || keyword.size() > longestKeyword || !printable || keyword.front() == ' '
        || keyword.back() == ' ' || keyword.find("  ") != std::string::npos)
        throw Error(
            "\"%1\" cannot name a text in a PNG file: it takes 1 to 79 characters of Latin-1.",
            keyword);
}

} // namespace

std::vector<TextChunk> readPngText(
    std::span<const std::byte> png, size_t limit, const Wanted& wanted)
{
    std::vector<TextChunk> result;
    std::size_t seen = 0;
    visitPngChunks(png, [&](const PngChunk& chunk) {
        const bool isText = chunk.type == "tEXt" || chunk.type == "zTXt" || chunk.type == "iTXt";
        if (!isText || ++seen > mostChunks)
            return;
        if (std::optional<TextChunk> text = unpacked(chunk, limit, wanted))
            result.push_back(*std::move(text));
    });
    return result;
}

PackedText packed(const TextChunk& chunk)
{
    const std::string keyword = toLatin1(chunk.keyword).value_or("");
    checkKeyword(keyword);
    const std::optional<std::string> latin = toLatin1(chunk.text);
    if (latin && !chunk.compressed)
        return {.type = "tEXt", .bytes = keyword + '\0' + *latin};
    const bool compressed = chunk.compressed && chunk.text.size() <= longestCompressed;
    // After the keyword: compressed or not, the method, no language, no translated keyword.
    const std::string header {'\0', compressed ? '\1' : '\0', '\0', '\0', '\0'};
    return {
        .type = "iTXt",
        .bytes = keyword + header + (compressed ? deflated(chunk.text) : chunk.text)};
}
