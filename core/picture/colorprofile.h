// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/sentence.h"

#include <stop_token>
#include <string_view>

/// Brings the colours from those of an ICC profile to sRGB. What the user should know of it, in a
/// sentence; empty where the profile is sRGB's own and nothing was changed. Where it is stopped
/// only the upper rows are converted.
Sentence convertToSrgb(Image& image, std::string_view profile, const std::stop_token& stop = {});
