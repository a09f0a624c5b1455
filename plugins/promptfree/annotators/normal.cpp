// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/normal.h"

#include "plugins/promptfree/annotators/maps.h"

#include <opencv2/imgproc.hpp>

#include <numbers>

namespace {

/// The depth brought to [0, 1]; zero where it is the same everywhere.
Tensor normalized(const Tensor& depth)
{
    const Tensor above = depth - depth.min();
    const Tensor range = above.max();
    return range.item<float>() > 0 ? above / range : above;
}

Tensor slope(const Tensor& depth, int dx, int dy)
{
    const Tensor x = depth.contiguous(), y = at::empty_like(x);
    const int height = int(x.size(0)), width = int(x.size(1));
    cv::Mat out(height, width, CV_32F, y.data_ptr());
    cv::Sobel(cv::Mat(height, width, CV_32F, x.data_ptr()), out, CV_32F, dx, dy, 3);
    return y;
}

} // namespace

Tensor depthBytes(const Tensor& depth)
{
    return truncatedBytes(normalized(depth));
}

Tensor normals(const Tensor& depth, double threshold)
{
    const Tensor far = normalized(depth).lt(threshold);
    const Tensor x = slope(depth, 1, 0).masked_fill(far, 0);
    const Tensor y = slope(depth, 0, 1).masked_fill(far, 0);
    const Tensor z = at::full_like(x, 2 * std::numbers::pi);
    const Tensor length = (x * x + y * y + z * z).sqrt();
    return at::stack({x / length, y / length, z / length}, 2);
}

Tensor normalBytes(const Tensor& normals)
{
    return (normals * 127.5 + 127.5).clamp(0, 255).to(at::kByte).flip(2).contiguous();
}
