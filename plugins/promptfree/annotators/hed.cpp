// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/hed.h"

#include "core/nn/layers.h"
#include "plugins/promptfree/annotators/maps.h"

#include <opencv2/imgproc.hpp>

namespace {

constexpr int convolutions[] = {2, 2, 3, 3, 3};
constexpr int widths[] = {64, 128, 256, 512, 512};

std::string blockName(int block)
{
    return "block" + std::to_string(block + 1);
}

} // namespace

Shapes hedShapes()
{
    Shapes shapes = {{"norm", {1, 3, 1, 1}}};
    int channels = 3;
    for (int block = 0; block < 5; ++block) {
        for (int i = 0; i < convolutions[block]; ++i) {
            const std::string name = blockName(block) + ".convs." + std::to_string(i);
            shapes[name + ".weight"] = {widths[block], channels, 3, 3};
            shapes[name + ".bias"] = {widths[block]};
            channels = widths[block];
        }
        shapes[blockName(block) + ".projection.weight"] = {1, channels, 1, 1};
        shapes[blockName(block) + ".projection.bias"] = {1};
    }
    return shapes;
}

std::vector<Tensor> hedProjections(const Weights& w, const Image& picture)
{
    std::vector<Tensor> projections;
    Tensor h = toPlanes(picture) - w("norm");
    for (int block = 0; block < 5; ++block) {
        const Weights here = w[blockName(block)];
        if (block > 0)
            h = at::max_pool2d(h, 2, 2);
        for (int i = 0; i < convolutions[block]; ++i)
            h = conv2d(here["convs"][i], h, 1, 1).relu();
        projections.push_back(conv2d(here["projection"], h)[0][0]);
    }
    return projections;
}

Tensor meanLogit(const std::vector<Tensor>& projections)
{
    const int height = int(projections.front().size(0)), width = int(projections.front().size(1));
    Tensor sum;
    for (const Tensor& projection : projections) {
        const Tensor x = projection.contiguous(), y = at::empty({height, width});
        cv::Mat out(height, width, CV_32F, y.data_ptr());
        cv::resize(
            cv::Mat(int(x.size(0)), int(x.size(1)), CV_32F, x.data_ptr()), out, out.size(), 0, 0,
            cv::INTER_LINEAR);
        sum = sum.defined() ? sum + y : y;
    }
    return sum / double(projections.size());
}

Tensor hedEdges(const Tensor& logit)
{
    return truncatedBytes(logit.to(at::kDouble).sigmoid());
}
