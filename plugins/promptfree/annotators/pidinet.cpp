// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/pidinet.h"

#include "core/nn/layers.h"
#include "plugins/promptfree/annotators/maps.h"

namespace {

/// The kinds of pixel difference that the convolutions take in turn.
enum class Difference { Central, Angular, Radial, None };

constexpr int blocks[] = {3, 4, 4, 4};

std::string blockName(int stage, int block)
{
    return "block" + std::to_string(stage + 1) + "_" + std::to_string(block + 1);
}

Tensor indices(std::initializer_list<int64_t> list)
{
    return at::tensor(at::ArrayRef<int64_t>(list));
}

/// The angular differences, written as a kernel: each weight less its neighbour around the centre.
Tensor angular(const Tensor& weight)
{
    const Tensor flat = weight.flatten(2);
    const Tensor turned = flat.index_select(2, indices({3, 0, 1, 6, 4, 2, 7, 8, 5}));
    return (flat - turned).reshape(weight.sizes());
}

/// The radial differences as a kernel of 5x5: the outer ring less the inner one.
Tensor radial(const Tensor& weight)
{
    const Tensor outer = weight.flatten(2).narrow(2, 1, 8);
    const Tensor kernel = at::zeros({weight.size(0), weight.size(1), 25});
    kernel.index_copy_(2, indices({0, 2, 4, 10, 14, 20, 22, 24}), outer);
    kernel.index_copy_(2, indices({6, 7, 8, 11, 13, 16, 17, 18}), -outer);
    return kernel.reshape({weight.size(0), weight.size(1), 5, 5});
}

Tensor differenceConv(const Weights& w, const Tensor& x, Difference kind)
{
    const Tensor weight = w("weight");
    const int64_t groups = x.size(1) / weight.size(1);
    const auto conv = [&](const Tensor& kernel) {
        return conv2d(x, kernel, {.padding = int(kernel.size(2) / 2), .groups = groups});
    };
    switch (kind) {
    case Difference::Central:
        return conv(weight) - conv(weight.sum({2, 3}, true));
    case Difference::Angular:
        return conv(angular(weight));
    case Difference::Radial:
        return conv(radial(weight));
    case Difference::None:
        break;
    }
    return conv(weight);
}

Tensor pdcBlock(const Weights& w, Tensor x, Difference kind)
{
    const bool shrinks = w.contains("shortcut");
    if (shrinks)
        x = at::max_pool2d(x, 2, 2);
    const Tensor y = conv2d(w["conv2"], differenceConv(w["conv1"], x, kind).relu());
    return y + (shrinks ? conv2d(w["shortcut"], x) : x);
}

/// Compact dilation convolution module.
Tensor dilated(const Weights& w, const Tensor& x)
{
    const Tensor h = conv2d(w["conv1"], x.relu());
    Tensor sum;
    for (int i = 1; i <= 4; ++i) {
        const Tensor weight = w["conv2_" + std::to_string(i)]("weight");
        const int dilation = 3 + 2 * i;
        const Tensor y = conv2d(h, weight, {.padding = dilation, .dilation = dilation});
        sum = sum.defined() ? sum + y : y;
    }
    return sum;
}

/// Compact spatial attention module.
Tensor attended(const Weights& w, const Tensor& x)
{
    return x * conv2d(w["conv2"], conv2d(w["conv1"], x.relu()), 1, 1).sigmoid();
}

Tensor stageMap(const Weights& w, const Tensor& x, int stage, at::IntArrayRef size)
{
    const Tensor features = attended(w["attentions"][stage], dilated(w["dilations"][stage], x));
    return at::upsample_bilinear2d(
        conv2d(w["conv_reduces"][stage]["conv"], features), size, /*align_corners=*/false);
}

} // namespace

Shapes pidinetShapes(int width, int dilationWidth)
{
    Shapes shapes = {
        {"init_block.weight", {width, 3, 3, 3}},
        {"classifier.weight", {1, 4, 1, 1}},
        {"classifier.bias", {1}}};
    const int d = dilationWidth, outputs[] = {width, 2 * width, 4 * width, 4 * width};
    for (int stage = 0, channels = width; stage < 4; ++stage) {
        const int out = outputs[stage];
        for (int block = 0; block < blocks[stage]; ++block) {
            const std::string name = blockName(stage, block);
            shapes[name + ".conv1.weight"] = {channels, 1, 3, 3};
            shapes[name + ".conv2.weight"] = {out, channels, 1, 1};
            if (stage > 0 && block == 0) {
                shapes[name + ".shortcut.weight"] = {out, channels, 1, 1};
                shapes[name + ".shortcut.bias"] = {out};
            }
            channels = out;
        }
        const std::string number = std::to_string(stage);
        shapes["dilations." + number + ".conv1.weight"] = {d, out, 1, 1};
        shapes["dilations." + number + ".conv1.bias"] = {d};
        for (int i = 1; i <= 4; ++i)
            shapes["dilations." + number + ".conv2_" + std::to_string(i) + ".weight"] = {
                d, d, 3, 3};
        shapes["attentions." + number + ".conv1.weight"] = {4, d, 1, 1};
        shapes["attentions." + number + ".conv1.bias"] = {4};
        shapes["attentions." + number + ".conv2.weight"] = {1, 4, 3, 3};
        shapes["conv_reduces." + number + ".conv.weight"] = {1, d, 1, 1};
        shapes["conv_reduces." + number + ".conv.bias"] = {1};
    }
    return shapes;
}

std::vector<Tensor> pidinetEdges(const Weights& w, const Image& picture)
{
    const Tensor bgr = toPlanes(picture).flip(1) / 255;
    std::vector<Tensor> maps;
    Tensor x = differenceConv(w["init_block"], bgr, Difference::Central);
    for (int stage = 0, layer = 1; stage < 4; ++stage) {
        for (int block = 0; block < blocks[stage]; ++block, ++layer)
            x = pdcBlock(w[blockName(stage, block)], x, Difference(layer % 4));
        maps.push_back(stageMap(w, x, stage, {picture.height, picture.width}));
    }
    maps.push_back(conv2d(w["classifier"], at::cat(maps, 1)));
    for (Tensor& map : maps)
        map = map.sigmoid()[0][0];
    return maps;
}
