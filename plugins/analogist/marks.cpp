// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/marks.h"

#include <opencv2/imgproc.hpp>

namespace {

constexpr int markSize = 36; ///< the box covers 37 x 37 pixels: both ends count

const cv::Scalar white(255, 255, 255);

/// A letter 22 pixels wide and 25 high, as the original's ink, with its top left corner at @p at.
void drawLetter(cv::Mat& canvas, char letter, cv::Point at)
{
    constexpr int stroke = 4;
    const auto line = [&](int x0, int y0, int x1, int y1) {
        cv::line(canvas, at + cv::Point(x0, y0), at + cv::Point(x1, y1), white, stroke);
    };
    if (letter == 'A') {
        line(2, 23, 11, 2);
        line(11, 2, 20, 23);
        line(6, 16, 16, 16);
        return;
    }
    line(2, 2, 2, 23);
    for (const int y : {2, 12, 23})
        line(2, y, 13, y);
    cv::ellipse(canvas, at + cv::Point(13, 7), {6, 5}, 0, -90, 90, white, stroke);
    cv::ellipse(canvas, at + cv::Point(14, 18), {6, 5}, 0, -90, 90, white, stroke);
}

void drawMark(cv::Mat& canvas, cv::Point corner, char letter, bool prime)
{
    drawLetter(canvas, letter, corner + cv::Point(4, 7));
    if (prime)
        cv::line(canvas, corner + cv::Point(31, 8), corner + cv::Point(30, 14), white, 3);
}

} // namespace

Image marked(const Geometry& geometry, const Image& grid, bool letters)
{
    Image copy = grid;
    cv::Mat canvas(copy.height, copy.width, CV_8UC3, copy.rgb.data());
    const int g = geometry.cell;
    for (int cell = 0; cell < 4; ++cell) {
        const cv::Point corner(
            cell % 2 ? geometry.far() : geometry.near(),
            cell / 2 ? geometry.far() : geometry.near());
        const cv::Point end = corner + cv::Point(markSize, markSize);
        cv::rectangle(canvas, corner, end, {0, 0, 0}, cv::FILLED);
        if (letters)
            drawMark(canvas, corner, cell / 2 ? 'B' : 'A', cell % 2);
    }
    for (const int y : {g / 2, g + g / 2})
        cv::arrowedLine(
            canvas, {g - g / 10, y}, {g + g / 10, y}, {230, 0, 0}, std::max(1, g / 64), cv::LINE_8,
            0, 0.35);
    return copy;
}
