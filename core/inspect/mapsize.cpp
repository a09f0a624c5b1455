// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/mapsize.h"

#include <algorithm>
#include <cmath>

namespace {

/// What cells of a line give to one of the new line.
struct Taps
{
    int first = 0; ///< may lie before the line, whose ends are repeated
    std::vector<float> weights = {};
};

/// Keys' kernel.
double cubic(double x)
{
    constexpr double a = -0.75;
    x = std::abs(x);
    if (x < 1)
        return ((a + 2) * x - (a + 3)) * x * x + 1;
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

std::vector<Taps> tapsOf(int from, int to)
{
    std::vector<Taps> all;
    const double scale = double(from) / double(to);
    for (int i = 0; i < to; ++i) {
        Taps taps;
        if (to > from) {
            const double at = (i + .5) * scale - .5;
            taps.first = int(std::floor(at)) - 1;
            for (int j = 0; j < 4; ++j)
                taps.weights.push_back(float(cubic(at - (taps.first + j))));
        } else {
            const double begin = i * scale, end = (i + 1) * scale;
            taps.first = int(begin);
            for (int j = taps.first; j < from && j < end; ++j)
                taps.weights.push_back(
                    float((std::min(end, j + 1.) - std::max(begin, double(j))) / scale));
        }
        all.push_back(std::move(taps));
    }
    return all;
}

/// Lines of @p from numbers become lines of @p to, and lie side by side: [lines, from] to [to,
/// lines].
std::vector<float> resizedLines(std::span<const float> values, int lines, int from, int to)
{
    const std::vector<Taps> taps = tapsOf(from, to);
    std::vector<float> turned(size_t(lines) * size_t(to));
    for (int i = 0; i < to; ++i)
        for (int line = 0; line < lines; ++line) {
            const Taps& each = taps[size_t(i)];
            float sum = 0;
            for (size_t j = 0; j < each.weights.size(); ++j) {
                const int at = std::clamp(each.first + int(j), 0, from - 1);
                sum += each.weights[j] * values[size_t(line) * size_t(from) + size_t(at)];
            }
            turned[size_t(i) * size_t(lines) + size_t(line)] = sum;
        }
    return turned;
}

} // namespace

std::vector<float> resizedMap(
    std::span<const float> map, int height, int width, int newHeight, int newWidth)
{
    if (height == newHeight && width == newWidth)
        return {map.begin(), map.end()};
    const std::vector<float> turned = resizedLines(map, height, width, newWidth);
    std::vector<float> resized = resizedLines(turned, newWidth, height, newHeight);
    for (float& value : resized)
        value = std::max(value, 0.f);
    return resized;
}
