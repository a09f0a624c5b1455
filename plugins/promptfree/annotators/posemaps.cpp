// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/posemaps.h"

#include "plugins/promptfree/annotators/maps.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace {

constexpr int mapStep = 8; // pixels of the input for one of the maps
constexpr uint8_t grey = 128;

cv::Mat resized(const cv::Mat& x, double width, double height)
{
    cv::Mat y;
    const bool smaller = width + height < x.cols + x.rows;
    cv::resize(
        x, y, {int(width), int(height)}, 0, 0, smaller ? cv::INTER_AREA : cv::INTER_LANCZOS4);
    return y;
}

int padded(int size)
{
    return (size + mapStep - 1) / mapStep * mapStep;
}

} // namespace

Image resizedForPose(const Image& picture, double width, double height)
{
    const cv::Mat x(
        picture.height, picture.width, CV_8UC3, const_cast<uint8_t*>(picture.rgb.data()));
    const cv::Mat y = resized(x, width, height);
    return {.width = y.cols, .height = y.rows, .rgb = {y.datastart, y.dataend}};
}

PoseInput poseInput(const Image& picture)
{
    const int width = padded(picture.width), height = padded(picture.height);
    Image whole = filled(width, height, {grey, grey, grey});
    paste(whole, picture, 0, 0);
    return {toPlanes(whole).flip(1) / 256 - 0.5, picture.width, picture.height};
}

Tensor enlargedMaps(const Tensor& maps, const PoseInput& input, int width, int height)
{
    const int rows = int(maps.size(2)), columns = int(maps.size(3));
    const Tensor x = maps[0].contiguous();
    const Tensor y = at::empty({x.size(0), height, width});
    for (int64_t i = 0; i < x.size(0); ++i) {
        const cv::Mat plane(rows, columns, CV_32F, x[i].data_ptr());
        const cv::Mat large = resized(plane, columns * mapStep, rows * mapStep);
        const cv::Mat inner = large({0, 0, input.width, input.height}).clone();
        resized(inner, width, height).copyTo(cv::Mat(height, width, CV_32F, y[i].data_ptr()));
    }
    return y;
}

Tensor smoothedMap(const Tensor& map)
{
    constexpr int reach = 12; // four sigma
    cv::Mat kernel(1, 2 * reach + 1, CV_64F);
    for (int i = -reach; i <= reach; ++i)
        kernel.at<double>(i + reach) = std::exp(-0.5 * i * i / 9);
    kernel /= cv::sum(kernel)[0];
    const Tensor x = map.to(at::kDouble).contiguous(), y = at::empty_like(x);
    const int height = int(x.size(0)), width = int(x.size(1));
    cv::Mat out(height, width, CV_64F, y.data_ptr());
    cv::sepFilter2D(
        cv::Mat(height, width, CV_64F, x.data_ptr()), out, CV_64F, kernel, kernel, {-1, -1}, 0,
        cv::BORDER_REFLECT);
    return y;
}
