// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/sentence.h"

#include <string_view>

/// Brings the colours from those of an ICC profile to sRGB. What the user should know of it, in a
/// sentence; empty where the profile is sRGB's own and nothing was changed.
Sentence convertToSrgb(Image& image, std::string_view profile);
