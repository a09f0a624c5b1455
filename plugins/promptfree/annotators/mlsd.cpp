// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/mlsd.h"

#include "core/nn/layers.h"
#include "plugins/promptfree/annotators/maps.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace {

/// MobileNetV2's inverted residuals as far as they are needed.
struct Stage
{
    int expansion, channels, blocks, stride;
};
constexpr Stage stages[] = {
    {1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}};

Tensor batchNorm(const Weights& w, const Tensor& x)
{
    const Tensor scale = w("weight") / (w("running_var") + 1e-5).sqrt();
    const Tensor shift = w("bias") - w("running_mean") * scale;
    return x * scale.view({1, -1, 1, 1}) + shift.view({1, -1, 1, 1});
}

Tensor convNormRelu6(const Weights& w, Tensor x, int stride)
{
    const Tensor weight = w[0]("weight");
    const int64_t groups = x.size(1) / weight.size(1);
    if (stride == 2)
        x = at::pad(x, {0, 1, 0, 1}); // TensorFlow's way: right and bottom alone
    const int padding = stride == 2 ? 0 : int(weight.size(2) / 2);
    return batchNorm(
               w[1], conv2d(x, weight, {.stride = stride, .padding = padding, .groups = groups}))
        .clamp(0, 6);
}

Tensor invertedResidual(const Weights& w, const Tensor& x, int expansion, int stride)
{
    int i = 0;
    Tensor h = x;
    if (expansion != 1)
        h = convNormRelu6(w["conv"][i++], h, 1);
    h = convNormRelu6(w["conv"][i++], h, stride);
    h = conv2d(w["conv"][i], h);
    h = batchNorm(w["conv"][i + 1], h);
    return stride == 1 && h.size(1) == x.size(1) ? x + h : h;
}

/// The last output of each stage.
std::vector<Tensor> backbone(const Weights& w, const Tensor& input)
{
    std::vector<Tensor> outputs;
    int feature = 0;
    Tensor x = convNormRelu6(w["features"][feature++], input, 2);
    for (const Stage& stage : stages) {
        for (int i = 0; i < stage.blocks; ++i)
            x = invertedResidual(
                w["features"][feature++], x, stage.expansion, i == 0 ? stage.stride : 1);
        outputs.push_back(x);
    }
    return outputs;
}

Tensor convNormRelu(const Weights& w, const Tensor& x, int padding = 0, int dilation = 1)
{
    const Tensor y =
        conv2d(x, w[0]("weight"), {.bias = w[0]("bias"), .padding = padding, .dilation = dilation});
    return batchNorm(w[1], y).relu();
}

/// Joins the finer map @p a and the coarser one @p b.
Tensor joined(const Weights& w, const Tensor& a, const Tensor& b)
{
    Tensor coarse = convNormRelu(w["conv1"], b);
    const Tensor fine = convNormRelu(w["conv2"], a);
    if (coarse.size(2) != fine.size(2))
        coarse = at::upsample_bilinear2d(coarse, {fine.size(2), fine.size(3)}, true);
    return at::cat({fine, coarse}, 1);
}

Tensor refined(const Weights& w, const Tensor& x)
{
    return convNormRelu(w["conv2"], convNormRelu(w["conv1"], x, 1) + x, 1);
}

void addMlsdConv(Shapes& shapes, const std::string& name, std::vector<int64_t> shape, bool bias)
{
    if (bias)
        shapes[name + ".bias"] = {shape[0]};
    shapes[name + ".weight"] = std::move(shape);
}

void addMlsdNorm(Shapes& shapes, const std::string& name, int64_t channels)
{
    for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
        shapes[name + part] = {channels};
}

void addBackbone(Shapes& shapes)
{
    const std::string features = "backbone.features.";
    addMlsdConv(shapes, features + "0.0", {32, 4, 3, 3}, false);
    addMlsdNorm(shapes, features + "0.1", 32);
    int64_t channels = 32;
    int feature = 1;
    for (const Stage& stage : stages) {
        for (int block = 0; block < stage.blocks; ++block) {
            const std::string name = features + std::to_string(feature++) + ".conv.";
            const int64_t hidden = channels * stage.expansion;
            int i = 0;
            if (stage.expansion != 1) {
                addMlsdConv(shapes, name + "0.0", {hidden, channels, 1, 1}, false);
                addMlsdNorm(shapes, name + "0.1", hidden);
                ++i;
            }
            addMlsdConv(shapes, name + std::to_string(i) + ".0", {hidden, 1, 3, 3}, false);
            addMlsdNorm(shapes, name + std::to_string(i) + ".1", hidden);
            addMlsdConv(
                shapes, name + std::to_string(i + 1), {stage.channels, hidden, 1, 1}, false);
            addMlsdNorm(shapes, name + std::to_string(i + 2), stage.channels);
            channels = stage.channels;
        }
    }
}

} // namespace

Shapes mlsdShapes()
{
    Shapes shapes;
    addBackbone(shapes);
    const auto add = [&](const std::string& name, std::vector<int64_t> shape) {
        addMlsdNorm(shapes, name + ".1", shape[0]);
        addMlsdConv(shapes, name + ".0", std::move(shape), true);
    };
    const int64_t fine[] = {64, 32, 24, 16}, coarse[] = {96, 64, 64, 64};
    for (int i = 0; i < 4; ++i) {
        const std::string a = "block" + std::to_string(15 + 2 * i),
                          b = "block" + std::to_string(16 + 2 * i);
        add(a + ".conv1", {64, coarse[i], 1, 1});
        add(a + ".conv2", {64, fine[i], 1, 1});
        add(b + ".conv1", {128, 128, 3, 3});
        add(b + ".conv2", {64, 128, 3, 3});
    }
    add("block23.conv1", {64, 64, 3, 3});
    add("block23.conv2", {64, 64, 3, 3});
    addMlsdConv(shapes, "block23.conv3", {16, 64, 1, 1}, true);
    return shapes;
}

Tensor mlsdInput(const Image& picture)
{
    const Tensor ones = at::ones({1, 1, picture.height, picture.width});
    return at::cat({toPlanes(picture), ones}, 1) / 127.5 - 1;
}

Tensor mlsdMap(const Weights& w, const Tensor& input)
{
    const std::vector<Tensor> c = backbone(w["backbone"], input);
    Tensor x = c.back();
    for (int i = 0; i < 4; ++i) {
        x = joined(w["block" + std::to_string(15 + 2 * i)], c[3 - i], x);
        x = refined(w["block" + std::to_string(16 + 2 * i)], x);
    }
    const Weights last = w["block23"];
    x = convNormRelu(last["conv1"], x, 5, 5);
    x = convNormRelu(last["conv2"], x, 1);
    return conv2d(last["conv3"], x).narrow(1, 7, 9).contiguous();
}

Tensor mlsdLines(const Tensor& map, double score, double length)
{
    const int64_t width = map.size(3);
    const Tensor heat = map.narrow(1, 0, 1).sigmoid();
    const Tensor peaks = (heat * heat.eq(at::max_pool2d(heat, 3, 1, 1))).flatten();
    const auto [scores, places] = peaks.topk(std::min<int64_t>(200, peaks.size(0)));
    const Tensor ends = map[0].narrow(0, 1, 4).permute({1, 2, 0}).reshape({-1, 4}).contiguous();
    std::vector<float> lines;
    for (int64_t i = 0; i < places.size(0); ++i) {
        const auto place = places[i].item<int64_t>();
        const float* d = ends.data_ptr<float>() + 4 * place; // x, y of the start and of the end
        const float dx = d[0] - d[2], dy = d[1] - d[3];
        if (scores[i].item<float>() <= score || std::sqrt(dx * dx + dy * dy) <= length)
            continue;
        const auto x = float(place % width), y = float(place / width);
        for (const float at : {x + d[0], y + d[1], x + d[2], y + d[3]})
            lines.push_back(2 * at); // the map has half the picture's size
    }
    return at::tensor(at::ArrayRef<float>(lines)).reshape({-1, 4});
}

Tensor drawnLines(const Tensor& lines, int width, int height)
{
    const Tensor drawn = at::zeros({height, width}, at::kByte);
    cv::Mat canvas(height, width, CV_8U, drawn.data_ptr());
    const Tensor ends = lines.contiguous();
    const auto* at = ends.data_ptr<float>();
    constexpr float farthest = 1e6f; // beyond it, or no number: a damaged network's
    const auto isPlace = [](float x) { return std::abs(x) < farthest; };
    for (int64_t i = 0; i < ends.size(0); ++i, at += 4)
        if (std::all_of(at, at + 4, isPlace))
            cv::line(
                canvas, {int(at[0]), int(at[1])}, {int(at[2]), int(at[3])}, cv::Scalar(255), 1);
    return drawn;
}
