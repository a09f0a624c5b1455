// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/difference.h"

#include "core/errors.h"
#include "core/inspect/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace {

constexpr int window = 11;
constexpr double sigma = 1.5;

void checkSizes(const Image& a, const Image& b)
{
    if (a.width != b.width || a.height != b.height)
        throw ValueError(
            "The pictures have different sizes, %1 x %2 and %3 x %4: bring them to the same one "
            "first.",
            a.width, a.height, b.width, b.height);
}

std::array<double, window> gaussian()
{
    std::array<double, window> weights = {};
    double sum = 0;
    for (int i = 0; i < window; ++i) {
        const double x = i - window / 2;
        weights[size_t(i)] = std::exp(-x * x / (2 * sigma * sigma));
        sum += weights[size_t(i)];
    }
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

/// The moments of a window: means, and means of squares and products.
constexpr size_t moments = 5;
using Moments = std::array<double, moments>;

Moments momentsOf(double x, double y)
{
    return {x, y, x * x, y * y, x * y};
}

double ssimOf(const Moments& m)
{
    constexpr double c1 = .01 * 255 * .01 * 255, c2 = .03 * 255 * .03 * 255;
    const auto& [x, y, xx, yy, xy] = m;
    return (2 * x * y + c1) * (2 * (xy - x * y) + c2)
        / ((x * x + y * y + c1) * (xx - x * x + yy - y * y + c2));
}

/// The mean over the windows of one channel. Rows are blurred as they come; only as many as a
/// window is high are kept.
double ssimOfChannel(const Image& a, const Image& b, int channel)
{
    static const std::array<double, window> weights = gaussian();
    const int across = a.width - window + 1, down = a.height - window + 1;
    std::vector<std::vector<Moments>> rows(window, std::vector<Moments>(size_t(across)));
    double sum = 0;
    for (int y = 0; y < a.height; ++y) {
        std::vector<Moments>& row = rows[size_t(y % window)];
        const uint8_t *p = a.pixel(0, y) + channel, *q = b.pixel(0, y) + channel;
        for (int x = 0; x < across; ++x) {
            Moments blurred = {};
            for (int i = 0; i < window; ++i) {
                const Moments here = momentsOf(p[3 * (x + i)], q[3 * (x + i)]);
                for (size_t k = 0; k < moments; ++k)
                    blurred[k] += weights[size_t(i)] * here[k];
            }
            row[size_t(x)] = blurred;
        }
        const int top = y - window + 1;
        for (int x = 0; top >= 0 && x < across; ++x) {
            Moments whole = {};
            for (int i = 0; i < window; ++i) {
                const Moments& here = rows[size_t((top + i) % window)][size_t(x)];
                for (size_t k = 0; k < moments; ++k)
                    whole[k] += weights[size_t(i)] * here[k];
            }
            sum += ssimOf(whole);
        }
    }
    return sum / (double(across) * down);
}

} // namespace

PictureDifference differenceOf(const Image& a, const Image& b)
{
    checkSizes(a, b);
    PictureDifference difference;
    int64_t sum = 0, squares = 0, changed = 0;
    for (size_t i = 0; i < a.rgb.size(); i += 3) {
        bool same = true;
        for (size_t c = i; c < i + 3; ++c) {
            const int d = std::abs(int(a.rgb[c]) - int(b.rgb[c]));
            sum += d;
            squares += d * d;
            difference.largest = std::max(difference.largest, d);
            same = same && d == 0;
        }
        changed += !same;
    }
    const auto count = double(std::max<size_t>(a.rgb.size(), 3));
    difference.meanAbsolute = double(sum) / count;
    difference.changed = double(changed) / (count / 3);
    difference.psnr = squares == 0 ? std::numeric_limits<double>::infinity()
                                   : 10 * std::log10(255. * 255 * count / double(squares));
    return difference;
}

double similarityOf(const Image& a, const Image& b)
{
    checkSizes(a, b);
    if (a.width < window || a.height < window)
        return std::numeric_limits<double>::quiet_NaN();
    std::array<double, 3> channels = {};
    inParallel(3, [&](int channel) { channels[size_t(channel)] = ssimOfChannel(a, b, channel); });
    return (channels[0] + channels[1] + channels[2]) / 3;
}

Image differencePicture(const Image& a, const Image& b, const DifferenceLook& look)
{
    checkSizes(a, b);
    Image made {.width = a.width, .height = a.height, .rgb = std::vector<uint8_t>(a.rgb.size())};
    std::array<uint8_t, 511> colours = {}; // of a change from -255 to 255
    for (int change = -255; change <= 255; ++change) {
        const double value =
            look.isSigned ? 128 + change * look.gain : std::abs(change) * look.gain;
        colours[size_t(change + 255)] = uint8_t(std::clamp(std::lround(value), 0L, 255L));
    }
    for (size_t i = 0; i < made.rgb.size(); ++i)
        made.rgb[i] = colours[size_t(int(b.rgb[i]) - int(a.rgb[i]) + 255)];
    return made;
}
