// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/scribble.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace {

cv::Mat viewOf(const Tensor& x)
{
    const int type = x.scalar_type() == at::kByte ? CV_8U : CV_32F;
    return cv::Mat(int(x.size(0)), int(x.size(1)), type, x.data_ptr());
}

} // namespace

Tensor blurredEdges(const Tensor& edges)
{
    const Tensor x = edges.to(at::kFloat).contiguous();
    const Tensor y = at::empty_like(x);
    cv::Mat out = viewOf(y);
    cv::GaussianBlur(viewOf(x), out, {0, 0}, 3);
    return y;
}

Tensor thinned(const Tensor& edges)
{
    const Tensor x = blurredEdges(edges);
    const cv::Mat blurred = viewOf(x);
    cv::Mat ridges = cv::Mat::zeros(blurred.size(), CV_32F);
    const uint8_t lines[4][9] = {
        {0, 0, 0, 1, 1, 1, 0, 0, 0},
        {0, 1, 0, 0, 1, 0, 0, 1, 0},
        {1, 0, 0, 0, 1, 0, 0, 0, 1},
        {0, 0, 1, 0, 1, 0, 1, 0, 0}};
    for (const auto& line : lines) {
        cv::Mat highest;
        cv::dilate(blurred, highest, cv::Mat(3, 3, CV_8U, const_cast<uint8_t*>(line)));
        blurred.copyTo(ridges, highest == blurred);
    }
    const Tensor thin = at::empty(x.sizes(), at::kByte);
    cv::Mat out = viewOf(thin);
    cv::compare(ridges, 127, out, cv::CMP_GT); // 255 where it is so
    return thin;
}

Tensor scribble(const Tensor& edges)
{
    const Tensor thin = thinned(edges);
    const Tensor lines = at::empty_like(thin);
    cv::Mat blurred, out = viewOf(lines);
    cv::GaussianBlur(viewOf(thin), blurred, {0, 0}, 3);
    cv::compare(blurred, 4, out, cv::CMP_GT);
    return lines;
}

Tensor differenceOfGaussians(const Image& picture)
{
    const cv::Mat bytes(
        picture.height, picture.width, CV_8UC3, const_cast<uint8_t*>(picture.rgb.data()));
    cv::Mat rgb, fine, coarse;
    bytes.convertTo(rgb, CV_32F);
    cv::GaussianBlur(rgb, fine, {0, 0}, 0.5);
    cv::GaussianBlur(rgb, coarse, {0, 0}, 5);
    const cv::Mat difference = coarse - fine;
    const Tensor result = at::empty({picture.height, picture.width}, at::kByte);
    auto* out = result.data_ptr<uint8_t>();
    for (auto at = difference.begin<cv::Vec3f>(); at != difference.end<cv::Vec3f>(); ++at) {
        const float lowest = std::min({(*at)[0], (*at)[1], (*at)[2]});
        *out++ = uint8_t(std::clamp(255 - lowest, 0.f, 255.f));
    }
    return result;
}

Tensor scribbleOf(const Image& picture)
{
    // The original's threshold is compared in 8 bits, where the double wraps around.
    const Tensor doubled = (255 - differenceOfGaussians(picture)) * 2;
    return doubled.gt(32).to(at::kByte) * 255;
}
