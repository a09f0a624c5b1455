// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/principalcomponents.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>

namespace {

constexpr int count = PrincipalComponents::count;

cv::Mat centred(std::span<const float> rows, int channels, const std::vector<double>& mean)
{
    const int n = int(rows.size() / channels);
    cv::Mat x(n, channels, CV_64F);
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < channels; ++j)
            x.at<double>(i, j) = double(rows[std::size_t(i) * channels + j]) - mean[j];
    return x;
}

/// Eigenvalues, the largest first, and eigenvectors (by row) of the smaller of X'X and XX'.
void decompose(const cv::Mat& x, bool wide, cv::Mat& values, cv::Mat& vectors)
{
    cv::Mat product;
    cv::mulTransposed(x, product, !wide);
    cv::eigen(product, values, vectors);
}

/// The sign with which the score of the largest magnitude is positive.
double signOf(const cv::Mat& scores)
{
    double least = 0, largest = 0;
    cv::minMaxLoc(scores, &least, &largest);
    return -least > largest ? -1 : 1;
}

} // namespace

PrincipalComponents fitComponents(std::span<const float> rows, int channels)
{
    const auto n = int(rows.size() / channels);
    PrincipalComponents fitted {
        .channels = channels,
        .mean = std::vector<double>(channels),
        .components = std::vector<double>(std::size_t(count) * channels),
        .singularValues = std::vector<double>(count)};
    for (std::size_t i = 0; i < std::size_t(n) * channels; ++i)
        fitted.mean[i % channels] += double(rows[i]) / n;
    const cv::Mat x = centred(rows, channels, fitted.mean);
    const bool wide = channels > n;
    cv::Mat values, vectors;
    decompose(x, wide, values, vectors);
    const double noise = values.rows > 0 ? values.at<double>(0) * 1e-12 : 0;
    for (int c = 0; c < std::min(count, values.rows); ++c) {
        if (values.at<double>(c) <= noise)
            break; // fewer dimensions than components
        const double singular = std::sqrt(values.at<double>(c));
        cv::Mat component = vectors.row(c);
        if (wide)
            component = vectors.row(c) * x / singular;
        component *= signOf(x * component.t());
        fitted.singularValues[c] = singular;
        std::copy_n(
            component.ptr<double>(), channels,
            fitted.components.begin() + std::ptrdiff_t(c) * channels);
    }
    return fitted;
}

std::vector<float> project(const PrincipalComponents& fitted, std::span<const float> rows)
{
    const auto channels = std::size_t(fitted.channels);
    const std::size_t n = rows.size() / channels;
    std::vector<float> scores(n * count);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t c = 0; c < count; ++c) {
            double sum = 0;
            for (std::size_t j = 0; j < channels; ++j)
                sum += (double(rows[i * channels + j]) - fitted.mean[j])
                    * fitted.components[c * channels + j];
            scores[i * count + c] = float(sum);
        }
    return scores;
}

Image toPicture(std::span<const float> scores, int width, int height)
{
    Image picture = filled(width, height, {0, 0, 0});
    const std::size_t pixels = std::size_t(width) * height;
    for (std::size_t c = 0; c < count; ++c) {
        double least = INFINITY, largest = -INFINITY;
        for (std::size_t i = 0; i < pixels; ++i) {
            least = std::min(least, double(scores[i * count + c]));
            largest = std::max(largest, double(scores[i * count + c]));
        }
        for (std::size_t i = 0; i < pixels && largest > least; ++i)
            picture.rgb[i * count + c] =
                uint8_t((double(scores[i * count + c]) - least) / (largest - least) * 255);
    }
    return picture;
}
