// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/batch.h"
#include "core/picture/imagefile.h"

/// A small picture as a JPEG file, for the page and lists.
std::shared_ptr<const std::string> thumbnailOf(const Image& image);
/// Makes those that are not there yet, of all but what waits, where the pictures can be read.
void addThumbnails(
    std::vector<BatchItem>& items, const Method& method, const ImageLimits& limits,
    const std::stop_token& stop = {});
/// Writes a page with each picture beside what was made of it, and what failed, into the folder:
/// index.html, or index-2.html ... where that is somebody else's. Throws Error.
std::filesystem::path writeSheet(
    const Method& method, const std::filesystem::path& folder, const std::vector<BatchItem>& items);
/// How many results are made before the page is written again, of so many: often enough that it is
/// of use, and not so often that it costs time.
int sheetInterval(std::size_t items);
