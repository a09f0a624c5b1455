// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/decoder.h"
#include "core/picture/imagefile.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <tiffio.h>

namespace {

/// A file in memory as libtiff asks for it, with the patches of its header.
struct TiffSource
{
    std::span<const std::byte> file;
    const ImageHeader& header;
    uint64_t at = 0;
};

tmsize_t readSource(thandle_t handle, void* to, tmsize_t size)
{
    TiffSource& source = *static_cast<TiffSource*>(handle);
    const uint64_t left = source.file.size() - std::min<uint64_t>(source.at, source.file.size());
    const auto count = std::size_t(std::min<uint64_t>(uint64_t(std::max<tmsize_t>(size, 0)), left));
    if (count == 0)
        return 0;
    std::memcpy(to, &source.file[source.at], count);
    for (const auto& [at, value] : source.header.patches)
        for (std::size_t i = 0; i < sizeof value; ++i)
            if (at + i >= source.at && at + i < source.at + count)
                static_cast<char*>(to)[at + i - source.at] =
                    reinterpret_cast<const char*>(&value)[i];
    source.at += count;
    return tmsize_t(count);
}

tmsize_t writeNothing(thandle_t, void*, tmsize_t)
{
    return -1;
}

toff_t seekSource(thandle_t handle, toff_t to, int whence)
{
    TiffSource& source = *static_cast<TiffSource*>(handle);
    const uint64_t from = whence == SEEK_CUR ? source.at
        : whence == SEEK_END                 ? source.file.size()
                                             : 0;
    return source.at = from + to;
}

int closeNothing(thandle_t)
{
    return 0;
}

toff_t sizeOfSource(thandle_t handle)
{
    return static_cast<TiffSource*>(handle)->file.size();
}

/// What libtiff says goes nowhere.
int saidNothing(TIFF*, void*, const char*, const char*, va_list)
{
    return 1;
}

struct CloseTiff
{
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
    void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};
using OpenTiff = std::unique_ptr<TIFF, CloseTiff>;

OpenTiff openedTiff(TiffSource& source)
{
    const std::unique_ptr<TIFFOpenOptions, CloseTiff> options(TIFFOpenOptionsAlloc());
    if (!options)
        throw std::bad_alloc();
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), tmsize_t(mostPixels) * 8); // 16 bits, RGBA
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), saidNothing, nullptr);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), saidNothing, nullptr);
    return OpenTiff(TIFFClientOpenExt(
        "", "rm", &source, readSource, writeNothing, seekSource, closeNothing, sizeOfSource,
        nullptr, nullptr, options.get()));
}

uint32_t tiffNumber(TIFF* tiff, uint32_t tag)
{
    uint32_t value = 0;
    TIFFGetFieldDefaulted(tiff, tag, &value);
    return value;
}

uint16_t tiffShort(TIFF* tiff, uint32_t tag)
{
    uint16_t value = 0;
    TIFFGetFieldDefaulted(tiff, tag, &value);
    return value;
}

/// The picture while it is decoded, part by part: strips or tiles.
struct TiffPicture
{
    TIFF* tiff;
    Image image;
    bool alpha;     ///< the fourth channel is taken
    int partHeight; ///< rows of a part
    int partWidth;  ///< columns of a part
    bool tiled;
    int parts = 0, damaged = 0;
};

/// One of libtiff's pixels, which has 8 bits a channel.
void takeTiffPixel(TiffPicture& picture, int x, int y, uint32_t pixel)
{
    Image& image = picture.image;
    uint8_t* out = image.pixel(x, y);
    out[0] = uint8_t(TIFFGetR(pixel));
    out[1] = uint8_t(TIFFGetG(pixel));
    out[2] = uint8_t(TIFFGetB(pixel));
    if (picture.alpha)
        image.alpha[std::size_t(y) * image.width + x] = uint8_t(TIFFGetA(pixel));
}

/// Any kind of colours, by libtiff's conversion to red, green, blue and alpha. False: it gave up.
bool readEightBits(TiffPicture& picture, const std::stop_token& stop)
{
    const int width = picture.image.width, height = picture.image.height;
    const int partWidth = picture.partWidth, partHeight = picture.partHeight;
    std::vector<uint32_t> pixels(std::size_t(partWidth) * partHeight);
    const auto read = [&](int x, int y, bool strict) {
        return (picture.tiled
                    ? TIFFReadRGBATileExt(
                        picture.tiff, uint32_t(x), uint32_t(y), pixels.data(), strict)
                    : TIFFReadRGBAStripExt(picture.tiff, uint32_t(y), pixels.data(), strict))
            == 1;
    };
    for (int top = 0; top < height; top += partHeight)
        for (int left = 0; left < width; left += partWidth) {
            if (stop.stop_requested())
                return true;
            ++picture.parts;
            std::ranges::fill(pixels, 0);
            if (!read(left, top, true)) {
                ++picture.damaged;
                if (!read(left, top, false)) // as far as it goes
                    return false;
            }
            const int rows = std::min(partHeight, height - top);
            const int columns = std::min(partWidth, width - left);
            const int last = picture.tiled ? partHeight - 1 : rows - 1; // rows are from below
            for (int y = 0; y < rows; ++y)
                for (int x = 0; x < columns; ++x)
                    takeTiffPixel(
                        picture, left + x, top + y, pixels[std::size_t(last - y) * partWidth + x]);
        }
    return true;
}

uint8_t eightOf(uint16_t value)
{
    return uint8_t((value + 128) / 257);
}

void takeDeepRow(TiffPicture& picture, int left, int y, const uint16_t* in, int count, int samples)
{
    Image& image = picture.image;
    for (int x = left; x < left + count; ++x, in += samples) {
        uint8_t* out = image.pixel(x, y);
        for (int channel = 0; channel < 3; ++channel)
            out[channel] = eightOf(in[samples < 3 ? 0 : channel]);
        if (picture.alpha)
            image.alpha[std::size_t(y) * image.width + x] = eightOf(in[3]);
    }
}

/// Grey or red, green and blue of 16 bits, which the conversion would spoil. False: it gave up.
bool readSixteenBits(TiffPicture& picture, int samples, const std::stop_token& stop)
{
    const int width = picture.image.width, height = picture.image.height;
    const std::size_t row = std::size_t(picture.partWidth) * samples;
    const bool tiled = picture.tiled;
    if ((tiled ? TIFFTileRowSize64(picture.tiff) : TIFFScanlineSize64(picture.tiff)) != row * 2)
        return false;
    std::vector<uint16_t> values(row * (tiled ? picture.partHeight : 1));
    const int step = tiled ? picture.partHeight : 1;
    for (int top = 0; top < height; top += step)
        for (int left = 0; left < width; left += picture.partWidth) {
            if (stop.stop_requested())
                return true;
            ++picture.parts;
            std::ranges::fill(values, 0);
            const bool read = tiled
                ? TIFFReadTile(picture.tiff, values.data(), uint32_t(left), uint32_t(top), 0, 0) > 0
                : TIFFReadScanline(picture.tiff, values.data(), uint32_t(top), 0) == 1;
            picture.damaged += !read;
            const int columns = std::min(picture.partWidth, width - left);
            for (int y = 0; y < std::min(step, height - top); ++y)
                takeDeepRow(picture, left, top + y, &values[row * y], columns, samples);
        }
    return true;
}

/// Colours that are stored times alpha.
void divideByAlpha(Image& image)
{
    for (std::size_t i = 0; i < image.alpha.size() * 3; ++i)
        if (const int alpha = image.alpha[i / 3]; alpha != 0)
            image.rgb[i] = uint8_t(std::min((255 * image.rgb[i] + alpha / 2) / alpha, 255));
}

} // namespace

Decoded decodedTiff(
    std::span<const std::byte> file, const ImageHeader& header, const std::stop_token& stop)
{
    const Decoded damaged {.problem = "is damaged or incomplete: its pixels could not be read"};
    const Decoded unusual {
        .problem = "holds pixels of a kind that is not supported; save it as 8-bit PNG"};
    TiffSource source {file, header};
    const OpenTiff tiff = openedTiff(source);
    if (!tiff || tiffNumber(tiff.get(), TIFFTAG_IMAGEWIDTH) != header.width
        || tiffNumber(tiff.get(), TIFFTAG_IMAGELENGTH) != header.height)
        return damaged;
    const bool deep = tiffShort(tiff.get(), TIFFTAG_BITSPERSAMPLE) == 16;
    const int samples = tiffShort(tiff.get(), TIFFTAG_SAMPLESPERPIXEL);
    char reason[1024] = {};
    if (deep ? samples > 4 : !TIFFRGBAImageOK(tiff.get(), reason))
        return unusual;
    const bool tiled = TIFFIsTiled(tiff.get()) != 0;
    const uint32_t rows = tiffNumber(tiff.get(), tiled ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP);
    const uint32_t columns =
        tiled ? tiffNumber(tiff.get(), TIFFTAG_TILEWIDTH) : uint32_t(header.width);
    if (rows == 0 || columns == 0 || (tiled && uint64_t(rows) * columns > uint64_t(mostPixels)))
        return damaged;
    TiffPicture picture {
        .tiff = tiff.get(),
        .image = {.width = int(header.width), .height = int(header.height)},
        .alpha = samples == 4 && !header.ignoreAlpha,
        .partHeight = tiled ? int(rows) : int(std::min<uint32_t>(rows, uint32_t(header.height))),
        .partWidth = int(columns),
        .tiled = tiled};
    const auto count = std::size_t(header.width * header.height);
    picture.image.rgb.resize(count * 3);
    picture.image.alpha.resize(picture.alpha ? count : 0);
    if (!(deep ? readSixteenBits(picture, samples, stop) : readEightBits(picture, stop)))
        return damaged;
    if (stop.stop_requested())
        return {};
    if (header.premultiplied)
        divideByAlpha(picture.image);
    Decoded decoded {.image = std::move(picture.image)};
    if (picture.damaged == picture.parts && deep)
        return damaged;
    if (picture.damaged > 0)
        decoded.notes.emplace_back(
            "It is damaged: %1 of its %2 parts could not be read, or not to their end.",
            picture.damaged, picture.parts);
    return decoded;
}
