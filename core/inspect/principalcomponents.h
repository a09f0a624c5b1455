// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"

#include <array>
#include <span>
#include <vector>

/// The first three principal components of a set of rows (Tumanyan et al. 2023, "Plug-and-Play
/// Diffusion Features", figures 3 and 4): an exact decomposition of the centred rows, up to
/// rounding.
struct PrincipalComponents
{
    static constexpr int count = 3;

    int channels = 0;
    std::vector<double> mean = {};       ///< [channels]
    std::vector<double> components = {}; ///< [3, channels], of length 1; zeros where there are none
    std::vector<double> singularValues = {}; ///< [3] of the centred rows
    double total = 0;                        ///< sum of the squares of the centred rows' numbers
};

/// Fits to @p rows, [n, @p channels], row-major; to see several pictures in the same colours,
/// put the rows of all of them one after the other. A component points to where the score of the
/// largest magnitude is positive. Throws WorkError where a number is NaN or infinite.
PrincipalComponents fitComponents(std::span<const float> rows, int channels);

/// Rows that come in parts, too many to be kept: once there are more of them than channels, only
/// their sums and products are.
class ComponentSums
{
public:
    explicit ComponentSums(int channels);
    /// [n, channels], row-major.
    void add(std::span<const float> rows);
    /// Of all that were added; as fitComponents(), but a component's sign is any. Throws WorkError
    /// likewise.
    PrincipalComponents fit() const;

private:
    int m_channels = 0;
    int64_t m_summed = 0;                   ///< rows that are in the sums
    std::vector<float> m_rows;              ///< those that are not
    std::vector<double> m_sums, m_products; ///< [channels], [channels, channels]
};

/// The scores of rows, [n, 3]: centred by the mean of the fit, not whitened.
std::vector<float> project(const PrincipalComponents& fitted, std::span<const float> rows);

/// Scores [height * width, 3] as a picture: each component from its least to its largest value
/// over the picture, times 255, truncated; component 1, 2, 3 are red, green, blue. A component that
/// is the same everywhere is black.
Image toPicture(std::span<const float> scores, int width, int height);
/// The same with a range of each component, cut off beyond it.
Image toPicture(
    std::span<const float> scores, int width, int height, const std::array<float, 3>& least,
    const std::array<float, 3>& most);
