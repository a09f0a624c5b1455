// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/float8.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace {

/// The value of a floating-point number of 8 bits with that many bits of mantissa.
float float8(uint8_t byte, int mantissaBits)
{
    const int exponentBits = 7 - mantissaBits, bias = (1 << (exponentBits - 1)) - 1;
    const int exponent = (byte & 0x7f) >> mantissaBits, mantissa = byte & ((1 << mantissaBits) - 1);
    const bool isTop = exponent == (1 << exponentBits) - 1;
    float value = 0;
    if (mantissaBits == 2 && isTop)
        value = mantissa == 0 ? INFINITY : NAN;
    else if ((byte & 0x7f) == 0x7f) // E4M3 has no infinity and this one NaN
        value = NAN;
    else if (exponent == 0)
        value = std::ldexp(float(mantissa), 1 - bias - mantissaBits);
    else
        value = std::ldexp(float(mantissa + (1 << mantissaBits)), exponent - bias - mantissaBits);
    return std::copysign(value, byte & 0x80 ? -1.f : 1.f);
}

} // namespace

bool isFloat8(std::string_view dtype)
{
    return dtype == "F8_E4M3" || dtype == "F8_E5M2";
}

Tensor decodedFloat8(const Tensor& bytes, std::string_view dtype)
{
    const int mantissaBits = dtype == "F8_E4M3" ? 3 : 2;
    std::array<float, 256> table = {};
    for (int i = 0; i < 256; ++i)
        table[i] = float8(uint8_t(i), mantissaBits);
    Tensor result = at::empty(bytes.sizes(), at::kFloat);
    const uint8_t* from = bytes.const_data_ptr<uint8_t>();
    std::transform(from, from + bytes.numel(), result.mutable_data_ptr<float>(), [&](uint8_t byte) {
        return table[byte];
    });
    return result;
}
