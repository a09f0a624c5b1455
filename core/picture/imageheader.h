// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

enum class ImageFormat { Png, Jpeg, WebP, Tiff, Bmp, Gif };

/// The first picture of an animated WebP or of a GIF: where its chunks, or its description and what
/// belongs to it, are in the file, and where it lies in the picture.
struct FirstFrame
{
    std::size_t begin = 0, size = 0;
    int64_t x = 0, y = 0, width = 0, height = 0;
    int transparent = -1; ///< of a GIF: the number of the colour that is not seen; -1: none
};

/// What a picture file says of itself, found without decoding anything.
struct ImageHeader
{
    ImageFormat format = ImageFormat::Png;
    int64_t width = 0, height = 0; ///< as stored, before turning
    int orientation = 1;           ///< EXIF: 1 to 8
    std::string profile = {};      ///< ICC, not checked
    Sentence problem = {};         ///< why it is not decoded, to follow the name; empty: nothing
    std::vector<Sentence> notes = {};
    bool premultiplied = false;           ///< its colours are stored times alpha
    bool ignoreAlpha = false;             ///< the fourth channel is something else
    std::optional<FirstFrame> frame = {}; ///< of an animated WebP picture or a GIF
    bool endIsMissing = false;            ///< of a GIF, behind its first frame or in it
    /// 16-bit values to put into the file at these places before it is decoded.
    std::vector<std::pair<std::size_t, uint16_t>> patches = {};
};

/// What metadata may have in all, unpacked; more is left out with a note.
constexpr std::size_t metadataLimit = 1 << 20;

/// Recognises a picture by its content. Throws Error, naming it by @p name, where it is none or of
/// a kind that is not read.
ImageHeader readImageHeader(std::span<const std::byte> file, const std::string& name);

// The formats that take more than a few lines.
void readJpegHeader(std::span<const std::byte> file, ImageHeader& header);
void readTiffHeader(std::span<const std::byte> file, ImageHeader& header);
void readWebPHeader(std::span<const std::byte> file, ImageHeader& header);
/// At most as many parts are visited as a GiB of usual ones has, so that frames of a few bytes, or
/// what belongs to none, take a moment.
void readGifHeader(std::span<const std::byte> file, ImageHeader& header);
constexpr std::size_t gifScreenSize = 13;  ///< of what stands before a GIF's shared colours, bytes
constexpr std::size_t gifSharedFlags = 10; ///< where the flags of these are
/// The bytes of the colours that the flags of a GIF or of a frame of it announce.
std::size_t gifColoursSize(std::byte flags);
/// How the rows of a BMP file lie in it, as its description says; none of it is checked.
struct BmpRows
{
    int64_t width = 0, count = 0;
    bool old = false;      ///< the description is that of OS/2
    bool fromTop = false;  ///< otherwise the last row comes first
    bool packed = false;   ///< run lengths: no row has a place of its own
    std::size_t begin = 0; ///< where the first one is
    uint64_t stride = 0;   ///< in bytes
};
/// Of a file that readImageHeader() takes for a BMP picture.
BmpRows bmpRows(std::span<const std::byte> file);
/// Takes what is of use from a block of EXIF data as PNG and WebP files hold it.
void takeExif(std::span<const std::byte> exif, ImageHeader& header);
/// A number of up to four bytes, least significant first; they must be there.
uint32_t littleEndian(std::span<const std::byte> bytes, std::size_t offset, std::size_t size);
/// The orientation in a block of EXIF data, which is a small TIFF file; 1 where there is none or it
/// makes no sense.
int exifOrientation(std::span<const std::byte> exif);
