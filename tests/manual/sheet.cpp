// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/manual/sheet.h"

#include "core/errors.h"
#include "core/picture/imagefile.h"
#include "core/picture/resample.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>

Input heldOutFigure(int number)
{
    const std::string path = TEST_DATA "/pictures/single/figure-" + std::to_string(number) + ".png";
    return {.image = opaque(loadImage(path).image)};
}

void place(Image& sheet, const Image& picture, int side, int column, int row)
{
    paste(sheet, resize(picture, side, side, Filter::Bicubic), column * side, row * side);
}

void writeJpeg(const Image& image, const std::string& path)
{
    Image copy = image;
    const cv::Mat rgb(copy.height, copy.width, CV_8UC3, copy.rgb.data());
    cv::Mat bgr;
    cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
    if (!cv::imwrite(path, bgr, {cv::IMWRITE_JPEG_QUALITY, 90}))
        throw Error("The file " + path + " could not be written.");
}

Values valuesOf(const Method& method, int count, char** texts)
{
    Values values;
    for (int i = 0; i < count; ++i) {
        const std::string text = texts[i];
        const size_t equals = std::min(text.find('='), text.size());
        const Parameter& p = parameter(method, text.substr(0, equals));
        values[p.id] = parseValue(p, text.substr(std::min(equals + 1, text.size())));
    }
    return values;
}
