// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/picture/deepimage.h"
#include "core/picture/pngtext.h"
#include "core/sentence.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

/// What a picture can be written as. Only PNG carries the record of its making.
enum class PictureFormat { Png, Jpeg, WebP, Tiff };

struct PictureFormatName
{
    PictureFormat format;
    const char* suffix; ///< of a file, "jpg"
    Sentence label;
    bool quality; ///< whether it has one
};
const std::vector<PictureFormatName>& pictureFormats();
const PictureFormatName& nameOf(PictureFormat format);
/// The format of a file's suffix, with or without its point, in any case ("jpeg" as "jpg"); none
/// of another one.
std::optional<PictureFormat> formatOfSuffix(std::string_view suffix);

/// The largest quality; WebP is lossless with it.
constexpr int bestQuality = 100;
constexpr int usualQuality = 90;
/// The bytes of a file. @p quality from 1 to bestQuality, where the format has one. JPEG has no
/// alpha: the picture is laid over white. Throws Error where the picture is empty or too large for
/// the format, WorkError where it could not be packed.
std::vector<std::byte> encodePicture(const Image& image, PictureFormat format, int quality);

/// The formats that have 16 bits a channel.
bool isDeep(PictureFormat format);
/// The bytes of a file of 16 bits a channel; of a PNG tagged sRGB, with text chunks before the
/// pixels. Throws Error where the picture is empty or the format has no 16 bits, WorkError where
/// it could not be packed.
std::vector<std::byte> encodePicture(
    const DeepImage& image, PictureFormat format, const std::vector<TextChunk>& text = {});
