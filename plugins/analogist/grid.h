// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/picture/deepimage.h"

/// How a picture that is not square is brought into a square cell.
enum class Fit { Stretch, Pad, Crop };

/// Geometry of Analogist's 2x2 grid of 2g x 2g pixels: a frame of @ref margin white pixels around
/// and between the cells, whose content is a square of content() pixels. The original's numbers at
/// g = 256: content 253, at 2 and at 257.
struct Geometry
{
    int cell = 256; ///< g, even
    int margin = 2; ///< p, even

    int content() const { return cell - margin * 3 / 2; }
    int near() const { return margin; }           ///< where the left or upper content begins
    int far() const { return cell + margin - 1; } ///< where the right or lower content begins
    int side() const { return 2 * cell; }
};

/// Where a picture lies in a square of @p side pixels after fitting: all of it but for Fit::Pad.
struct Placement
{
    int x = 0, y = 0, width = 0, height = 0;
};
Placement placement(int width, int height, int side, Fit fit);
/// The opaque @p image brought to @p side x @p side (bicubic); padding takes the colour @p ground.
Image fitted(const Image& image, int side, Fit fit, Color ground);

/// The grid: contents of geometry.content() pixels each, B' black.
Image makeGrid(
    const Geometry& geometry, const Image& upperLeft, const Image& upperRight,
    const Image& lowerLeft);
/// The lower left quadrant copied over the lower right one, frame included (so its content lies one
/// pixel to the right).
Image pasted(const Image& grid);
/// White over the lower right quadrant, brought from 512 pixels to @p side by Lanczos, as the
/// original does.
Image inpaintingMask(int side);

/// The lower right quadrant with its frame, enlarged to the whole grid's size (bicubic), as the
/// original returns it.
Image quadrant(const Image& canvas);
/// The content of B' without the frame, in the shape of @p b: its longer side is the grid's side.
/// Of a cropped picture the rest of B stays around the middle square.
Image answer(const Geometry& geometry, const Image& canvas, const Image& b, Fit fit);

/// The same with 16 bits a channel.
DeepImage quadrant(const DeepImage& canvas);
DeepImage answer(const Geometry& geometry, const DeepImage& canvas, const Image& b, Fit fit);
