// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/canny.h"

#include <opencv2/imgproc.hpp>

Tensor canny(const Image& picture, int low, int high)
{
    const cv::Mat rgb(
        picture.height, picture.width, CV_8UC3, const_cast<uint8_t*>(picture.rgb.data()));
    const Tensor edges = at::empty({picture.height, picture.width}, at::kByte);
    cv::Mat out(picture.height, picture.width, CV_8U, edges.data_ptr());
    cv::Canny(rgb, out, low, high);
    return edges;
}
