// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/imageheader.h"

#include "core/errors.h"
#include "core/picture/pngchunks.h"
#include "core/picture/pngtext.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace {

std::string_view after(std::string_view text, std::size_t offset)
{
    return text.substr(std::min(offset, text.size()));
}

/// EXIF data as older programs put it into a text: a name, the length, then hexadecimal digits.
void takeRawProfile(std::string_view text, ImageHeader& header)
{
    if (text.size() > 2 * metadataLimit)
        return;
    std::string exif;
    const std::size_t line = text.find_first_not_of("\n", 0);
    std::size_t at = line == text.npos ? line : text.find('\n', text.find('\n', line) + 1);
    int high = -1;
    for (; at < text.size(); ++at) {
        const std::size_t digit = std::string_view("0123456789abcdef").find(text[at]);
        if (digit == std::string_view::npos)
            continue;
        if (high >= 0)
            exif += char(high << 4 | int(digit));
        high = high >= 0 ? -1 : int(digit);
    }
    takeExif(std::as_bytes(std::span(exif)), header);
}

void takePngProfile(std::span<const std::byte> bytes, ImageHeader& header)
{
    // The profile's name, a zero byte, the method (0), the packed profile.
    const std::size_t end = characters(bytes).find('\0');
    std::size_t budget = metadataLimit;
    if (end < bytes.size() - 1)
        header.profile = inflated(bytes.subspan(end + 2), budget).value_or("");
    if (header.profile.empty())
        header.notes.push_back(
            budget == 0 ? "Its colour profile is larger than 1 MiB and was ignored."
                        : "Its colour profile is damaged and was ignored.");
}

void readPngHeader(std::span<const std::byte> file, ImageHeader& header)
{
    int headers = 0, chunks = 0;
    uint32_t frames = 0;
    visitPngChunks(file, [&](const PngChunk& chunk) {
        const auto bytes = chunk.bytes;
        ++chunks;
        if (chunk.type == "IHDR" && ++headers == 1 && chunks == 1 && bytes.size() >= 13) {
            header.width = bigEndian32(bytes, 0);
            header.height = bigEndian32(bytes, 4);
        } else if (chunk.type == "acTL" && bytes.size() >= 8) {
            frames = bigEndian32(bytes, 0);
        } else if (chunk.type == "eXIf") {
            takeExif(bytes, header);
        } else if (chunk.type == "iCCP" && header.profile.empty() && !bytes.empty()) {
            takePngProfile(bytes, header);
        }
    });
    const auto isExif = [](std::string_view keyword) {
        return keyword == "Raw profile type exif" || keyword == "Raw profile type APP1";
    };
    for (const TextChunk& text : readPngText(file, 2 * metadataLimit, isExif))
        takeRawProfile(text.text, header);
    if (header.width == 0 && chunks == 0)
        header.problem = "is incomplete: the end of the PNG picture is missing";
    else if (headers == 0 || header.width == 0)
        header.problem = "is a damaged PNG picture: its header is missing";
    else if (headers > 1) // the sides would be those of one, the pixels of the other
        header.problem = "is a damaged PNG picture: it has several headers";
    if (frames > 1)
        header.notes.emplace_back(
            "It is animated (%1 frames); its still picture was read.", frames);
}

bool isBmp(std::span<const std::byte> file)
{
    if (!characters(file).starts_with("BM") || file.size() < 26)
        return false;
    const uint32_t size = littleEndian(file, 14, 4);
    return size == 12 || (size >= 40 && size <= 124 && file.size() >= 54);
}

void readBmpHeader(std::span<const std::byte> file, ImageHeader& header)
{
    const BmpRows rows = bmpRows(file);
    header.width = rows.width;
    header.height = rows.count;
    if (header.width <= 0 || header.height == 0)
        return;
    // Divided, since the product of what a file says may be more than a number holds.
    const uint64_t there = file.size() - std::min(rows.begin, file.size());
    if (!rows.packed && rows.stride > there / uint64_t(header.height))
        header.problem = "is incomplete: the end of the BMP picture is missing";
}

/// The name of a known kind of file that is not read.
Sentence otherKind(std::span<const std::byte> file)
{
    const std::string_view text = characters(file);
    const std::string_view brand = after(text, 4).substr(0, 8);
    if (brand == "ftypavif" || brand == "ftypavis")
        return "an AVIF picture";
    if (brand == "ftypheic" || brand == "ftypheix" || brand == "ftypmif1" || brand == "ftypmsf1")
        return "a HEIC picture";
    const std::pair<std::string_view, const char*> known[] = {
        {"%PDF", "a PDF document"},
        {"8BPS", "a Photoshop document"},
        {"\xFF\x0A", "a JPEG XL picture"},
        {std::string_view("\0\0\0\x0CJXL ", 8), "a JPEG XL picture"},
        {std::string_view("\0\0\0\x0CjP  ", 8), "a JPEG 2000 picture"},
        {"\x76\x2F\x31\x01", "an OpenEXR picture"},
        {"#?RADIANCE", "a Radiance picture"},
        {"gimp xcf", "a GIMP document"},
        {"PK\x03\x04", "a zip archive"},
        {"\x1F\x8B", "a gzip file"},
        {"II\x2B", "a BigTIFF picture"},
        {std::string_view("MM\0\x2B", 4), "a BigTIFF picture"}};
    for (const auto& [begin, kind] : known)
        if (text.starts_with(begin))
            return kind;
    return {};
}

bool isText(std::string_view begin)
{
    return std::all_of(begin.begin(), begin.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code >= 32 || c == '\n' || c == '\r' || c == '\t' || c == '\f';
    });
}

[[noreturn]] void refuse(std::span<const std::byte> file, const std::string& name)
{
    if (file.empty())
        throw Error("%1 is empty.", name);
    const std::string_view begin = characters(file.first(std::min<std::size_t>(file.size(), 1024)));
    Sentence kind = otherKind(file);
    if (kind.empty() && begin.find("<svg") != std::string_view::npos)
        kind = "an SVG drawing";
    if (!kind.empty())
        throw Error(
            "%1 is %2, which is not supported. Save it as PNG; PNG, JPEG, WebP, TIFF, BMP and GIF "
            "pictures can be read.",
            name, kind);
    throw Error(
        isText(begin)
            ? "%1 is a text file, not a picture. PNG, JPEG, WebP, TIFF, BMP and GIF pictures "
              "can be read."
            : "%1 is not a picture. PNG, JPEG, WebP, TIFF, BMP and GIF pictures can be read.",
        name);
}

} // namespace

BmpRows bmpRows(std::span<const std::byte> file)
{
    constexpr std::size_t fileHeader = 14;
    BmpRows rows {.old = littleEndian(file, fileHeader, 4) == 12};
    rows.width = rows.old ? int64_t(littleEndian(file, 18, 2)) : int32_t(littleEndian(file, 18, 4));
    const int64_t count =
        rows.old ? int64_t(littleEndian(file, 20, 2)) : int32_t(littleEndian(file, 22, 4));
    rows.count = std::abs(count);
    rows.fromTop = count < 0;
    const uint64_t bits = littleEndian(file, rows.old ? 24 : 28, 2);
    const uint32_t compression = rows.old ? 0 : littleEndian(file, 30, 4);
    rows.packed = compression != 0 && compression != 3;
    rows.begin = littleEndian(file, 10, 4);
    // A width below zero is refused by whoever asks for a picture.
    rows.stride = (uint64_t(std::max<int64_t>(rows.width, 0)) * bits + 31) / 32 * 4;
    return rows;
}

void takeExif(std::span<const std::byte> exif, ImageHeader& header)
{
    if (characters(exif).starts_with("Exif"))
        exif = exif.subspan(std::min<std::size_t>(6, exif.size()));
    if (exif.size() <= metadataLimit)
        header.orientation = exifOrientation(exif);
    else
        header.notes.push_back("Its EXIF data is larger than 1 MiB and was ignored.");
}

uint32_t littleEndian(std::span<const std::byte> bytes, std::size_t offset, std::size_t size)
{
    uint32_t value = 0;
    for (std::size_t i = size; i > 0; --i)
        value = value << 8 | uint32_t(bytes[offset + i - 1]);
    return value;
}

ImageHeader readImageHeader(std::span<const std::byte> file, const std::string& name)
{
    const std::string_view text = characters(file);
    ImageHeader header;
    if (isPng(file)) {
        header.format = ImageFormat::Png;
        readPngHeader(file, header);
    } else if (text.starts_with("\xFF\xD8\xFF")) {
        header.format = ImageFormat::Jpeg;
        readJpegHeader(file, header);
    } else if (text.starts_with("RIFF") && after(text, 8).starts_with("WEBP")) {
        header.format = ImageFormat::WebP;
        readWebPHeader(file, header);
    } else if (
        text.starts_with(std::string_view("II\x2A\0", 4))
        || text.starts_with(std::string_view("MM\0\x2A", 4))) {
        header.format = ImageFormat::Tiff;
        readTiffHeader(file, header);
    } else if (text.starts_with("GIF87a") || text.starts_with("GIF89a")) {
        header.format = ImageFormat::Gif;
        readGifHeader(file, header);
    } else if (isBmp(file)) {
        header.format = ImageFormat::Bmp;
        readBmpHeader(file, header);
    } else {
        refuse(file, name);
    }
    if (header.problem.empty() && (header.width <= 0 || header.height <= 0))
        header.problem = "is a damaged picture: it has no width or no height";
    return header;
}
