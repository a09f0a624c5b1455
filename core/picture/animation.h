// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"

#include <cstddef>
#include <vector>

/// An animated WebP of pictures of one size, lossless, each shown for @p milliseconds, over and
/// over. Throws Error where there is none or their sizes differ.
std::vector<std::byte> encodeAnimation(const std::vector<Image>& pictures, int milliseconds);
