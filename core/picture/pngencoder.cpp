// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/pngencoder.h"

#include "core/errors.h"

#include <csetjmp>
#include <new>
#include <png.h>

namespace {

void take(png_structp png, png_bytep data, std::size_t size)
{
    auto& file = *static_cast<std::vector<std::byte>*>(png_get_io_ptr(png));
    const auto* begin = reinterpret_cast<const std::byte*>(data);
    file.insert(file.end(), begin, begin + size);
}

int typeOf(PngPicture::Colours colours)
{
    return colours == PngPicture::Grey ? PNG_COLOR_TYPE_GRAY
        : colours == PngPicture::Rgb   ? PNG_COLOR_TYPE_RGB
                                       : PNG_COLOR_TYPE_RGB_ALPHA;
}

/// libpng leaves by longjmp, past destructors: nothing here has one. False: it gave up.
bool write(png_structp png, png_infop header, const PngPicture& picture)
{
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_set_IHDR(
        png, header, png_uint_32(picture.width), png_uint_32(picture.height), picture.depth,
        typeOf(picture.colours), PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
        PNG_FILTER_TYPE_DEFAULT);
    if (picture.srgb)
        png_set_sRGB(png, header, PNG_sRGB_INTENT_PERCEPTUAL);
    png_set_compression_level(png, 4); // close to the smallest, several times as fast
    png_write_info(png, header);
    for (std::size_t i = 0; i < picture.texts.size(); ++i)
        png_write_chunk(
            png, reinterpret_cast<png_const_bytep>(picture.texts[i].type.data()),
            reinterpret_cast<png_const_bytep>(picture.texts[i].bytes.data()),
            picture.texts[i].bytes.size());
    for (int y = 0; y < picture.height; ++y)
        png_write_row(png, picture.row(y));
    png_write_end(png, header);
    return true;
}

} // namespace

std::vector<std::byte> encodePng(const PngPicture& picture)
{
    std::vector<std::byte> bytes;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop header = png ? png_create_info_struct(png) : nullptr;
    if (!header) {
        png_destroy_write_struct(&png, nullptr);
        throw std::bad_alloc();
    }
    png_set_write_fn(png, &bytes, take, nullptr);
    const bool written = write(png, header, picture);
    png_destroy_write_struct(&png, &header);
    if (!written)
        throw Error("The picture could not be packed as PNG.");
    return bytes;
}
