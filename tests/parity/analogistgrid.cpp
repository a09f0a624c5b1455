// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imagefile.h"
#include "core/picture/resample.h"
#include "plugins/analogist/grid.h"
#include "plugins/analogist/marks.h"
#include "tests/parity/case.h"

namespace {

/// The content of a cell (0 A, 1 A', 2 B, 3 B'), enlarged to the cell's size: the inverse of
/// makeGrid().
Image decomposed(const Geometry& geometry, const Image& grid, int cell)
{
    const int x = cell % 2 ? geometry.far() : geometry.near();
    const int y = cell / 2 ? geometry.far() : geometry.near();
    const int s = geometry.content();
    return resize(crop(grid, x, y, s, s), geometry.cell, geometry.cell, Filter::Bicubic);
}

} // namespace

void runAnalogistGrid(const Case& c, Comparison& results)
{
    const Geometry geometry {c.params().at("g").get<int>(), c.params().at("p").get<int>()};
    const auto cell = [&](const std::string& file) {
        results.isInput(file);
        // The original drops alpha and ignores the aspect ratio.
        const Image image = opaque(loadImage(c.folder / file).image);
        return fitted(image, geometry.content(), Fit::Stretch, {});
    };
    const Image grid =
        makeGrid(geometry, cell("source_A.png"), cell("source_Aprime.png"), cell("source_B.png"));
    results.picture("grid.png", grid);
    results.picture("marked_without_letters.png", marked(geometry, grid, false));
    results.picture("pasted.png", pasted(grid));
    results.picture("mask.png", inpaintingMask(geometry.side()));
    results.picture("decomposed_A.png", decomposed(geometry, grid, 0));
    results.picture("decomposed_B.png", decomposed(geometry, grid, 2));
}
