// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// Half precision (IEEE 754 binary16), as bits.
uint16_t toHalf(float value);
float fromHalf(uint16_t bits);

/// Numbers that are kept for later: in half precision, or in single where one of them is too large
/// for that. Row-major.
class Numbers
{
public:
    Numbers() = default;
    Numbers(std::vector<int64_t> shape, std::vector<uint16_t> halves);
    Numbers(std::vector<int64_t> shape, std::vector<float> singles);
    /// In half precision if all of them fit.
    static Numbers kept(std::vector<int64_t> shape, std::span<const float> values);

    const std::vector<int64_t>& shape() const { return m_shape; }
    int64_t count() const { return int64_t(m_halves.size() + m_singles.size()); }
    bool empty() const { return count() == 0; }
    int64_t bytes() const { return int64_t(m_halves.size() * 2 + m_singles.size() * 4); }
    bool isHalf() const { return !m_halves.empty(); }
    std::span<const uint16_t> halves() const { return m_halves; }
    std::span<const float> singles() const { return m_singles; }

    /// Those from @p begin on, as many as @p into takes.
    void read(int64_t begin, std::span<float> into) const;
    std::vector<float> all() const;
    bool operator==(const Numbers&) const = default;

private:
    std::vector<int64_t> m_shape;
    std::vector<uint16_t> m_halves;
    std::vector<float> m_singles;
};
