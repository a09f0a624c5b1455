// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture/resample.h"

#include "core/errors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <type_traits>

namespace {

template<typename Value>
using Plane = std::vector<Value>;
/// What products of values and weights are added up in.
template<typename Value>
using Sum = std::conditional_t<std::is_same_v<Value, uint8_t>, int32_t, int64_t>;

// 8 bits of value and 2 of overshoot leave these to a weight in 32.
constexpr int precision = 32 - 8 - 2;

double support(Filter filter)
{
    switch (filter) {
    case Filter::Bilinear:
        return 1;
    case Filter::Bicubic:
        return 2;
    case Filter::Lanczos:
        return 3;
    }
    return 0;
}

double sinc(double x)
{
    return x == 0 ? 1 : std::sin(x * std::numbers::pi) / (x * std::numbers::pi);
}

double kernel(Filter filter, double x)
{
    constexpr double a = -0.5;
    const double d = std::abs(x);
    if (d >= support(filter))
        return 0;
    switch (filter) {
    case Filter::Bilinear:
        return 1 - d;
    case Filter::Bicubic:
        return d < 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : (((d - 5) * d + 8) * d - 4) * a;
    case Filter::Lanczos:
        return sinc(x) * sinc(x / 3);
    }
    return 0;
}

/// The source pixels that make up one target pixel, and their weights in fixed point.
struct Window
{
    int first = 0;
    std::vector<int32_t> weights = {};
};

std::vector<Window> windows(int from, int to, Filter filter)
{
    const double scale = double(from) / to;
    const double stretch = std::max(scale, 1.0); // wider when shrinking: antialiasing
    const double reach = support(filter) * stretch;
    std::vector<Window> result(to);
    std::vector<double> weights;
    for (int i = 0; i < to; ++i) {
        const double center = (i + 0.5) * scale;
        const int first = std::max(int(center - reach + 0.5), 0);
        const int last = std::min(int(center + reach + 0.5), from);
        weights.clear();
        double sum = 0;
        for (int x = first; x < last; ++x) {
            weights.push_back(kernel(filter, (x - center + 0.5) * (1 / stretch)));
            sum += weights.back();
        }
        result[i].first = first;
        for (double weight : weights) {
            const double fixed = (sum != 0 ? weight / sum : weight) * (1 << precision);
            result[i].weights.push_back(int32_t(fixed < 0 ? fixed - 0.5 : fixed + 0.5));
        }
    }
    return result;
}

template<typename Value>
Value rounded(Sum<Value> sum)
{
    constexpr Sum<Value> most = std::numeric_limits<Value>::max();
    return Value(std::clamp<Sum<Value>>(sum >> precision, 0, most));
}

template<int channels, typename Value>
Plane<Value> horizontal(
    const Plane<Value>& plane, int width, int height, const std::vector<Window>& targets)
{
    Plane<Value> result(targets.size() * height * channels);
    Value* out = result.data();
    for (int y = 0; y < height; ++y) {
        const Value* row = plane.data() + std::size_t(y) * width * channels;
        for (const Window& target : targets) {
            const Value* in = row + std::size_t(target.first) * channels;
            Sum<Value> sums[channels];
            std::fill_n(sums, channels, 1 << (precision - 1));
            for (int32_t weight : target.weights)
                for (int c = 0; c < channels; ++c)
                    sums[c] += Sum<Value>(*in++) * weight;
            for (Sum<Value> sum : sums)
                *out++ = rounded<Value>(sum);
        }
    }
    return result;
}

template<typename Value>
Plane<Value> vertical(
    const Plane<Value>& plane, std::size_t rowLength, const std::vector<Window>& targets)
{
    Plane<Value> result(targets.size() * rowLength);
    std::vector<Sum<Value>> sums(rowLength);
    Value* out = result.data();
    for (const Window& target : targets) {
        std::fill(sums.begin(), sums.end(), 1 << (precision - 1));
        const Value* in = plane.data() + target.first * rowLength;
        for (int32_t weight : target.weights) {
            for (std::size_t x = 0; x < rowLength; ++x)
                sums[x] += Sum<Value>(in[x]) * weight;
            in += rowLength;
        }
        out = std::transform(sums.begin(), sums.end(), out, rounded<Value>);
    }
    return result;
}

template<int channels, typename Value, typename Picture>
void resizePlane(Plane<Value>& plane, const Picture& from, const Picture& to, Filter filter)
{
    if (to.width != from.width)
        plane = horizontal<channels>(
            plane, from.width, from.height, windows(from.width, to.width, filter));
    if (to.height != from.height)
        plane = vertical(
            plane, std::size_t(to.width) * channels, windows(from.height, to.height, filter));
}

void premultiply(Image& image)
{
    for (std::size_t i = 0; i < image.rgb.size(); ++i) {
        const int product = image.rgb[i] * image.alpha[i / 3] + 128;
        image.rgb[i] = uint8_t(((product >> 8) + product) >> 8); // product / 255, rounded
    }
}

void unpremultiply(Image& image)
{
    for (std::size_t i = 0; i < image.rgb.size(); ++i)
        if (const int alpha = image.alpha[i / 3]; alpha != 0)
            image.rgb[i] = uint8_t(std::min(255 * image.rgb[i] / alpha, 255));
}

/// Sizes may come from a damaged file.
void check(const auto& image, int width, int height)
{
    if (width < 1 || height < 1 || image.empty())
        throw WorkError(
            "A picture of %1 x %2 cannot be brought to %3 x %4. That is a fault of the program: "
            "please report it.",
            image.width, image.height, width, height);
}

} // namespace

Image resize(const Image& image, int width, int height, Filter filter)
{
    check(image, width, height);
    if (width == image.width && height == image.height)
        return image;
    Image result = image;
    result.width = width;
    result.height = height;
    if (image.alpha.empty()) {
        resizePlane<3>(result.rgb, image, result, filter);
        return result;
    }
    premultiply(result);
    resizePlane<3>(result.rgb, image, result, filter);
    resizePlane<1>(result.alpha, image, result, filter);
    unpremultiply(result);
    return result;
}

DeepImage resize(const DeepImage& image, int width, int height, Filter filter)
{
    check(image, width, height);
    DeepImage result = image;
    result.width = width;
    result.height = height;
    resizePlane<3>(result.rgb, image, result, filter);
    return result;
}
