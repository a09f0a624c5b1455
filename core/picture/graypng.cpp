// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/graypng.h"

#include "core/errors.h"
#include "core/picture/pngtext.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <csetjmp>
#include <new>
#include <png.h>
#include <string>

namespace {

void take(png_structp png, png_bytep data, std::size_t size)
{
    auto& bytes = *static_cast<std::vector<std::byte>*>(png_get_io_ptr(png));
    const auto* begin = reinterpret_cast<const std::byte*>(data);
    bytes.insert(bytes.end(), begin, begin + size);
}

struct Grey
{
    int width = 0, height = 0;
    std::vector<uint8_t> bytes = {}; ///< most significant first, as PNG has them
    PackedText range = {};
};

/// libpng leaves by longjmp, past destructors: nothing here has one. False: it gave up.
bool write(png_structp png, png_infop header, const Grey& grey)
{
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_set_IHDR(
        png, header, png_uint_32(grey.width), png_uint_32(grey.height), 16, PNG_COLOR_TYPE_GRAY,
        PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, header);
    png_write_chunk(
        png, reinterpret_cast<png_const_bytep>(grey.range.type.data()),
        reinterpret_cast<png_const_bytep>(grey.range.bytes.data()), grey.range.bytes.size());
    for (int y = 0; y < grey.height; ++y)
        png_write_row(png, &grey.bytes[std::size_t(y) * std::size_t(grey.width) * 2]);
    png_write_end(png, header);
    return true;
}

std::string shortest(double number)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

} // namespace

std::vector<std::byte> encodeGrayPng(
    std::span<const float> values, int width, int height, double from, double to)
{
    Grey grey {
        .width = width,
        .height = height,
        .range = packed({"Range", shortest(from) + " to " + shortest(to)})};
    for (const float value : values) {
        const double part = to > from ? (value - from) / (to - from) : 0;
        const auto level = uint16_t(std::lround(std::clamp(part, 0., 1.) * 65535));
        grey.bytes.push_back(uint8_t(level >> 8));
        grey.bytes.push_back(uint8_t(level & 255));
    }
    std::vector<std::byte> bytes;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop header = png ? png_create_info_struct(png) : nullptr;
    if (!header) {
        png_destroy_write_struct(&png, nullptr);
        throw std::bad_alloc();
    }
    png_set_write_fn(png, &bytes, take, nullptr);
    const bool written = write(png, header, grey);
    png_destroy_write_struct(&png, &header);
    if (!written)
        throw Error("The map could not be packed as PNG.");
    return bytes;
}
