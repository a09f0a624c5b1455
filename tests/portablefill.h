// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/shapes.h"
#include "core/nn/weights.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

/// Tensors that depend on their names alone, the same in every language: element i of a key is
/// splitmix64 of its FNV-1a-64 hash and i. Networks are filled so where weights are too large to be
/// kept.
class PortableFill
{
public:
    explicit PortableFill(std::string_view key)
    {
        for (const char c : key)
            m_hash = (m_hash ^ uint8_t(c)) * 1099511628211u;
    }

    /// Of [0, 1).
    double uniform(uint64_t i) const
    {
        uint64_t z = m_hash + (i + 1) * 0x9E3779B97F4A7C15u;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
        z = (z ^ z >> 27) * 0x94D049BB133111EBu;
        z ^= z >> 31;
        return double(z >> 11) * 0x1p-53;
    }

private:
    uint64_t m_hash = 14695981039346656037u;
};

/// offset + scale * v, v of [-1, 1).
inline Tensor portableValues(
    const std::string& key, at::IntArrayRef shape, double offset, double scale)
{
    Tensor x = at::empty(shape, at::kFloat);
    const PortableFill fill(key);
    auto* values = x.data_ptr<float>();
    for (int64_t i = 0; i < x.numel(); ++i)
        values[i] = float(offset + scale * (2 * fill.uniform(uint64_t(i)) - 1));
    return x;
}

/// An input of kind u: uniform in [0, 1).
inline Tensor portableUniform(const std::string& key, at::IntArrayRef shape)
{
    return portableValues(key, shape, 0.5, 0.5);
}

/// An input of kind g: uniform with variance 1.
inline Tensor portableNormal(const std::string& key, at::IntArrayRef shape)
{
    return portableValues(key, shape, 0, std::sqrt(3.));
}

/// A picture of noise, [height, width, 3] bytes.
inline Tensor portablePicture(const std::string& key, int64_t height, int64_t width)
{
    Tensor bytes = at::empty({height, width, 3}, at::kByte);
    const PortableFill fill(key);
    auto* values = bytes.data_ptr<uint8_t>();
    for (int64_t i = 0; i < bytes.numel(); ++i)
        values[i] = uint8_t(256 * fill.uniform(uint64_t(i)));
    return bytes;
}

/// A weight by its name in the file.
inline Tensor portableWeight(const std::string& key, at::IntArrayRef shape)
{
    if (shape.size() >= 2) {
        const double fan = double(c10::multiply_integers(shape)) / double(shape[0]);
        return portableValues(key, shape, 0, std::sqrt(3 / fan));
    }
    if (key.ends_with("weight"))
        return portableValues(key, shape, 1, 0.1);
    return key.ends_with("running_var") ? portableValues(key, shape, 1, 0.5)
                                        : portableValues(key, shape, 0, 0.1);
}

/// All weights of a network by their names in the file.
inline Weights::Dict portableWeights(const Shapes& shapes)
{
    Weights::Dict dict;
    for (const auto& [name, shape] : shapes)
        dict[name] = portableWeight(name, shape);
    return dict;
}
