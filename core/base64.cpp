// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base64.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace {

constexpr std::string_view digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

std::string toBase64(std::span<const std::byte> bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        uint32_t word = 0;
        for (std::size_t k = 0; k < 3; ++k)
            word = word << 8 | (k < count ? uint32_t(bytes[i + k]) : 0);
        for (std::size_t k = 0; k < 4; ++k)
            text += k <= count ? digits[word >> (18 - 6 * k) & 63] : '=';
    }
    return text;
}

std::optional<std::vector<std::byte>> fromBase64(std::string_view text)
{
    std::array<int, 256> meaning {};
    meaning.fill(-1);
    for (std::size_t i = 0; i < digits.size(); ++i)
        meaning[uint8_t(digits[i])] = int(i);
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    std::vector<std::byte> bytes;
    bytes.reserve(text.size() * 3 / 4);
    uint32_t word = 0;
    int bits = 0;
    for (const char c : text) {
        const int digit = meaning[uint8_t(c)];
        if (digit < 0)
            return {};
        word = word << 6 | uint32_t(digit);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(std::byte(word >> bits & 255));
        }
    }
    return bytes;
}
