// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/decoder.h"
#include "core/picture/pngchunks.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <png.h>
#include <string_view>
#include <zlib.h>

namespace {

/// What libpng reads, where its answers go, and how far it came. It leaves by longjmp, past
/// destructors, so all that has one lies here, outside the functions that it leaves.
struct Reading
{
    const std::vector<std::byte>& file;
    const ImageHeader& header;
    const std::stop_token& stop;
    Decoded decoded = {};
    std::vector<png_byte> rows = {}; ///< one, or all where the file is interlaced
    std::size_t at = 0;
    int row = 0; ///< the first that is not whole
    bool alpha = false, deep = false, interlaced = false, lastPass = false;
    bool ended = false, stopped = false, outOfMemory = false;
};

Reading& readingOf(png_structp png)
{
    return *static_cast<Reading*>(png_get_error_ptr(png));
}

void give(png_structp png, png_bytep to, std::size_t size)
{
    Reading& reading = *static_cast<Reading*>(png_get_io_ptr(png));
    if (size > reading.file.size() - reading.at) {
        reading.ended = true;
        png_error(png, "end");
    }
    std::memcpy(to, &reading.file[reading.at], size);
    reading.at += size;
}

[[noreturn]] void fail(png_structp png, png_const_charp message)
{
    Reading& reading = readingOf(png);
    const std::string_view text = message;
    // The stream of pixels ends before the picture does, although the file goes on.
    reading.ended = reading.ended || text == "Not enough image data";
    reading.outOfMemory = text.find("emory") != std::string_view::npos;
    png_longjmp(png, 1);
}

void ignore(png_structp, png_const_charp) { }

/// What makes up the pixels; of a chunk that is cut off what is there.
std::vector<std::byte> essential(std::span<const std::byte> file)
{
    std::vector<std::byte> copy(file.begin(), file.begin() + 8);
    const auto append = [&](std::span<const std::byte> more) {
        copy.insert(copy.end(), more.begin(), more.end());
    };
    const auto number = [&](uint32_t value) {
        for (int shift = 24; shift >= 0; shift -= 8)
            copy.push_back(std::byte(value >> shift));
    };
    std::size_t end = 8;
    visitPngChunks(file, [&](const PngChunk& chunk) {
        const std::byte* content = chunk.bytes.data(); // after length and type, before the checksum
        const bool critical = chunk.type[0] >= 'A' && chunk.type[0] <= 'Z';
        if (critical || chunk.type == "tRNS")
            append({content - 8, chunk.bytes.size() + 12});
        end = std::size_t(content - file.data()) + chunk.bytes.size() + 4;
    });
    std::span<const std::byte> rest = file.subspan(end);
    if (rest.size() > 8 && characters(rest.subspan(4, 4)) == "IDAT") {
        const std::size_t announced = bigEndian32(rest, 0);
        rest = rest.subspan(4, 4 + std::min(rest.size() - 8, announced));
        number(uint32_t(rest.size() - 4));
        append(rest);
        const auto* begin = reinterpret_cast<const Bytef*>(rest.data());
        number(uint32_t(crc32(0, begin, uInt(rest.size()))));
    }
    return copy;
}

uint8_t eightBits(const png_byte* value, bool deep)
{
    return deep ? uint8_t((value[0] * 256 + value[1] + 128) / 257) : *value;
}

void takeRow(Reading& reading, int y, const png_byte* in)
{
    Image& image = reading.decoded.image;
    const int step = reading.deep ? 2 : 1;
    uint8_t* out = image.pixel(0, y);
    uint8_t* alpha = reading.alpha ? &image.alpha[std::size_t(y) * image.width] : nullptr;
    for (int x = 0; x < image.width; ++x) {
        for (int channel = 0; channel < 3; ++channel, in += step)
            *out++ = eightBits(in, reading.deep);
        if (alpha) {
            *alpha++ = eightBits(in, reading.deep);
            in += step;
        }
    }
}

/// Everything as red, green, blue and, where there is any, alpha.
void prepare(png_structp png, png_infop info, Reading& reading)
{
    png_read_info(png, info);
    png_set_expand(png);
    png_set_gray_to_rgb(png);
    reading.interlaced = png_set_interlace_handling(png) > 1;
    png_read_update_info(png, info);
    if (png_get_image_width(png, info) != reading.header.width
        || png_get_image_height(png, info) != reading.header.height)
        png_error(png, "another size");
    reading.alpha = png_get_channels(png, info) == 4;
    reading.deep = png_get_bit_depth(png, info) == 16;
    Image& image = reading.decoded.image;
    image = {.width = int(reading.header.width), .height = int(reading.header.height)};
    const std::size_t count = std::size_t(image.width) * image.height;
    constexpr uint8_t grey = 128; // of what is missing
    image.rgb.assign(count * 3, grey);
    if (reading.alpha)
        image.alpha.assign(count, 0);
    reading.rows.resize(png_get_rowbytes(png, info) * (reading.interlaced ? image.height : 1));
}

/// False: it gave up, or was stopped.
bool readRows(png_structp png, png_infop info, Reading& reading)
{
    if (setjmp(png_jmpbuf(png)))
        return false;
    prepare(png, info, reading);
    const std::size_t bytes = png_get_rowbytes(png, info);
    const int passes = reading.interlaced ? 7 : 1, height = reading.decoded.image.height;
    for (int pass = 0; pass < passes; ++pass) {
        reading.lastPass = pass == passes - 1;
        for (reading.row = 0; reading.row < height; ++reading.row) {
            if (reading.row % 16 == 0 && reading.stop.stop_requested()) {
                reading.stopped = true;
                return false;
            }
            png_byte* row = &reading.rows[reading.interlaced ? bytes * reading.row : 0];
            png_read_row(
                png, reading.interlaced ? nullptr : row, reading.interlaced ? row : nullptr);
            if (!reading.interlaced)
                takeRow(reading, reading.row, row);
        }
    }
    png_read_end(png, nullptr);
    return true;
}

/// Whether there is something to show, with the note.
bool partly(Reading& reading)
{
    if (!reading.ended)
        return false;
    Decoded& decoded = reading.decoded;
    const int rows = decoded.image.height;
    if (!reading.lastPass && reading.interlaced && reading.row == 0)
        return false;
    if (reading.interlaced && !reading.lastPass) {
        decoded.notes.emplace_back(
            "It is incomplete: its end is missing, so it is coarser than it was.");
        return true;
    }
    if (reading.row == 0)
        return false;
    if (reading.row < rows)
        decoded.notes.push_back(missingRows(rows - reading.row, rows));
    else
        decoded.notes.emplace_back("The end of the file is missing; all its pixels are there.");
    return true;
}

} // namespace

Sentence missingRows(int64_t missing, int64_t rows)
{
    return {
        "It is incomplete: the last %1 of its %2 rows are missing, and grey or empty.", missing,
        rows};
}

Decoded decodedPng(
    std::span<const std::byte> file, const ImageHeader& header, const std::stop_token& stop)
{
    const std::vector<std::byte> copy = essential(file);
    Reading reading {.file = copy, .header = header, .stop = stop};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reading, fail, ignore);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    if (!info) {
        png_destroy_read_struct(&png, nullptr, nullptr);
        throw std::bad_alloc();
    }
    png_set_read_fn(png, &reading, give);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX); // ours were looked at before
    const bool whole = readRows(png, info, reading);
    png_destroy_read_struct(&png, &info, nullptr);
    if (reading.outOfMemory)
        throw std::bad_alloc();
    if (reading.stopped)
        return {};
    if (!whole && !partly(reading))
        return {
            .problem = reading.ended ? "is incomplete: the end of the PNG picture is missing"
                                     : "is damaged or incomplete: its pixels could not be read"};
    if (reading.interlaced) {
        const std::size_t bytes = reading.rows.size() / std::size_t(reading.decoded.image.height);
        for (int y = 0; y < reading.decoded.image.height; ++y)
            takeRow(reading, y, &reading.rows[bytes * std::size_t(y)]);
    }
    return std::move(reading.decoded);
}
