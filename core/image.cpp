// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image.h"

#include "core/errors.h"

#include <algorithm>

namespace {

/// The part of a rectangle that lies inside a picture; half open.
struct Clipped
{
    int left, top, right, bottom;
};

Clipped clip(const Image& image, int x, int y, int width, int height)
{
    return {
        std::max(x, 0), std::max(y, 0), int(std::min<int64_t>(int64_t(x) + width, image.width)),
        int(std::min<int64_t>(int64_t(y) + height, image.height))};
}

} // namespace

const Image& SharedImage::none()
{
    static const Image image;
    return image;
}

Image filled(int width, int height, Color color)
{
    Image image {.width = width, .height = height};
    image.rgb.resize(std::size_t(width) * height * 3);
    fill(image, 0, 0, width, height, color);
    return image;
}

void checkWithin(int width, int height, int x, int y, int partWidth, int partHeight)
{
    if (x < 0 || y < 0 || partWidth < 0 || partHeight < 0 || partWidth > int64_t(width) - x
        || partHeight > int64_t(height) - y)
        throw WorkError(
            "A part of %1 x %2 pixels at %3, %4 does not lie within a picture of %5 x %6. That is "
            "a fault of the program: please report it.",
            partWidth, partHeight, x, y, width, height);
}

Image crop(const Image& image, int x, int y, int width, int height)
{
    checkWithin(image.width, image.height, x, y, width, height);
    Image part {.width = width, .height = height};
    part.rgb.reserve(std::size_t(width) * height * 3);
    for (int row = y; row < y + height; ++row) {
        const auto rgb = image.rgb.begin() + (std::ptrdiff_t(row) * image.width + x) * 3;
        part.rgb.insert(part.rgb.end(), rgb, rgb + std::ptrdiff_t(width) * 3);
        if (!image.alpha.empty()) {
            const auto alpha = image.alpha.begin() + std::ptrdiff_t(row) * image.width + x;
            part.alpha.insert(part.alpha.end(), alpha, alpha + width);
        }
    }
    return part;
}

void paste(Image& onto, const Image& image, int x, int y)
{
    const Clipped part = clip(onto, x, y, image.width, image.height);
    if (part.left >= part.right)
        return;
    for (int row = part.top; row < part.bottom; ++row)
        std::copy_n(
            image.pixel(part.left - x, row - y), std::size_t(part.right - part.left) * 3,
            onto.pixel(part.left, row));
}

void fill(Image& image, int x, int y, int width, int height, Color color)
{
    const Clipped part = clip(image, x, y, width, height);
    for (int row = part.top; row < part.bottom; ++row)
        for (int column = part.left; column < part.right; ++column) {
            uint8_t* pixel = image.pixel(column, row);
            pixel[0] = color.r;
            pixel[1] = color.g;
            pixel[2] = color.b;
        }
}

Image flattened(const Image& image, Color ground)
{
    Image result {.width = image.width, .height = image.height, .rgb = image.rgb};
    const uint8_t under[] = {ground.r, ground.g, ground.b};
    for (std::size_t i = 0; i < image.alpha.size(); ++i)
        for (int c = 0; c < 3; ++c) {
            const int alpha = image.alpha[i];
            uint8_t& value = result.rgb[i * 3 + c];
            value = uint8_t((value * alpha + under[c] * (255 - alpha) + 127) / 255);
        }
    return result;
}

Image opaque(Image image)
{
    image.alpha.clear();
    return image;
}
