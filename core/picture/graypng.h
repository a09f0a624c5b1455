// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// A PNG of 16-bit grey, without a colour space: @p values [height, width], from 0 at @p from to
/// 65535 at @p to, cut off beyond; the range stands in a text chunk, "Range".
std::vector<std::byte> encodeGrayPng(
    std::span<const float> values, int width, int height, double from, double to);
