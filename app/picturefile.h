// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <filesystem>
#include <string>
#include <string_view>

/// An input picture as it is typed.
struct PictureFile
{
    std::string file = {};
    std::string kind = {}; ///< empty: the slot's first
    double weight = 1, begin = 0, end = 1;
};

/// What a picture of the slot looks like on the command line: "KIND:FILE[:WEIGHT[:BEGIN-END]]",
/// with what the slot has of it.
std::string formOf(const Slot& slot);
/// Reads a picture of that form. The kind may be left off, and a file that has the whole text as
/// its name is that file. @p option is what stands before it, for messages. A name without a place
/// is one of @p folder, where that is given. Throws Error.
PictureFile parsePictureFile(
    const Slot& slot, const std::string& option, const std::string& text,
    const std::filesystem::path& folder = {});
