// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/grid.h"

#include "core/picture/resample.h"

#include <algorithm>
#include <cmath>
#include <functional>

Placement placement(int width, int height, int side, Fit fit)
{
    if (fit != Fit::Pad)
        return {0, 0, side, side};
    const double scale = double(side) / std::max(width, height);
    const int w = std::clamp(int(std::lround(width * scale)), 1, side);
    const int h = std::clamp(int(std::lround(height * scale)), 1, side);
    return {(side - w) / 2, (side - h) / 2, w, h};
}

Image fitted(const Image& image, int side, Fit fit, Color ground)
{
    if (fit == Fit::Stretch)
        return resize(image, side, side, Filter::Bicubic);
    if (fit == Fit::Crop) {
        const int square = std::min(image.width, image.height);
        const int x = (image.width - square) / 2, y = (image.height - square) / 2;
        return resize(crop(image, x, y, square, square), side, side, Filter::Bicubic);
    }
    const Placement p = placement(image.width, image.height, side, fit);
    Image padded = filled(side, side, ground);
    paste(padded, resize(image, p.width, p.height, Filter::Bicubic), p.x, p.y);
    return padded;
}

Image makeGrid(
    const Geometry& geometry, const Image& upperLeft, const Image& upperRight,
    const Image& lowerLeft)
{
    const int near = geometry.near(), far = geometry.far(), s = geometry.content();
    Image grid = filled(geometry.side(), geometry.side(), {255, 255, 255});
    paste(grid, upperLeft, near, near);
    paste(grid, upperRight, far, near);
    paste(grid, lowerLeft, near, far);
    fill(grid, far, far, s, s, {0, 0, 0});
    return grid;
}

Image pasted(const Image& grid)
{
    const int g = grid.width / 2;
    Image copy = grid;
    paste(copy, crop(grid, 0, g, g, g), g, g);
    return copy;
}

Image inpaintingMask(int side)
{
    Image mask = filled(512, 512, {0, 0, 0});
    fill(mask, 256, 256, 256, 256, {255, 255, 255});
    return side == 512 ? mask : resize(mask, side, side, Filter::Lanczos);
}

namespace {

// Of an Image or a DeepImage.

template<typename Picture>
Picture quadrantOf(const Picture& canvas)
{
    const int g = canvas.width / 2;
    return resize(crop(canvas, g, g, g, g), canvas.width, canvas.height, Filter::Bicubic);
}

/// @p around is B in the result's kind of picture; only a cropped picture needs it.
template<typename Picture>
Picture answerOf(
    const Geometry& geometry, const Picture& canvas, const Image& b, Fit fit,
    const std::function<Picture()>& around)
{
    const Placement p = placement(b.width, b.height, geometry.content(), fit);
    const Picture content =
        crop(canvas, geometry.far() + p.x, geometry.far() + p.y, p.width, p.height);
    const double scale = double(canvas.width) / std::max(b.width, b.height);
    const auto scaled = [&](int length) { return std::max(1, int(std::lround(length * scale))); };
    const int width = scaled(b.width), height = scaled(b.height), side = std::min(width, height);
    if (fit != Fit::Crop)
        return resize(content, width, height, Filter::Bicubic);
    Picture whole = resize(around(), width, height, Filter::Bicubic);
    paste(
        whole, resize(content, side, side, Filter::Bicubic), (width - side) / 2,
        (height - side) / 2);
    return whole;
}

} // namespace

Image quadrant(const Image& canvas)
{
    return quadrantOf(canvas);
}

DeepImage quadrant(const DeepImage& canvas)
{
    return quadrantOf(canvas);
}

Image answer(const Geometry& geometry, const Image& canvas, const Image& b, Fit fit)
{
    return answerOf<Image>(geometry, canvas, b, fit, [&] { return b; });
}

DeepImage answer(const Geometry& geometry, const DeepImage& canvas, const Image& b, Fit fit)
{
    return answerOf<DeepImage>(geometry, canvas, b, fit, [&] { return deepened(b); });
}
