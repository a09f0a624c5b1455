// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/dpt.h"

#include "core/errors.h"
#include "core/nn/layers.h"
#include "plugins/promptfree/annotators/maps.h"

#include <cmath>
#include <limits>

namespace {

constexpr int stageBlocks[] = {3, 4, 9}, stageWidths[] = {256, 512, 1024};
constexpr int width = 768, layers = 12, heads = 12, features = 256, grid = 24;
constexpr int levelWidths[] = {256, 512, 768, 768};

/// Pads as TensorFlow's SAME does: what is odd goes to the right and the bottom.
Tensor padSame(const Tensor& x, int64_t kernel, int64_t stride, double value = 0)
{
    const auto missing = [&](int64_t size) {
        const int64_t out = (size + stride - 1) / stride;
        return std::max<int64_t>(0, (out - 1) * stride + kernel - size);
    };
    const int64_t h = missing(x.size(2)), v = missing(x.size(3));
    return at::pad(x, {v / 2, v - v / 2, h / 2, h - h / 2}, "constant", value);
}

/// A convolution whose weights have mean 0 and variance 1 for each output.
Tensor standardConv(const Weights& w, const Tensor& x, int stride = 1)
{
    const Tensor weight = w("weight"), flat = weight.flatten(1);
    const Tensor centred = flat - flat.mean(1, true);
    const Tensor variance = (centred * centred).mean(1, true);
    const Tensor standard = (centred / (variance + 1e-8).sqrt()).reshape(weight.sizes());
    return conv2d(padSame(x, weight.size(2), stride), standard, {.stride = stride});
}

Tensor norm(const Weights& w, const Tensor& x)
{
    return groupNorm(w, x, 32, 1e-5);
}

Tensor bottleneck(const Weights& w, const Tensor& x, int stride)
{
    Tensor shortcut = x;
    if (w.contains("downsample")) {
        const Weights d = w["downsample"];
        shortcut = norm(d["norm"], standardConv(d["conv"], x, stride));
    }
    Tensor h = norm(w["norm1"], standardConv(w["conv1"], x)).relu();
    h = norm(w["norm2"], standardConv(w["conv2"], h, stride)).relu();
    h = norm(w["norm3"], standardConv(w["conv3"], h));
    return (h + shortcut).relu();
}

/// The outputs of the three stages, at 1/4, 1/8 and 1/16.
std::vector<Tensor> resnet(const Weights& w, Tensor x)
{
    x = norm(w["stem"]["norm"], standardConv(w["stem"]["conv"], x, 2)).relu();
    x = at::max_pool2d(padSame(x, 3, 2, -std::numeric_limits<double>::infinity()), 3, 2);
    std::vector<Tensor> outputs;
    for (int stage = 0; stage < 3; ++stage) {
        for (int i = 0; i < stageBlocks[stage]; ++i) {
            const Weights block = w["stages"][stage]["blocks"][i];
            x = bottleneck(block, x, stage > 0 && i == 0 ? 2 : 1);
        }
        outputs.push_back(x);
    }
    return outputs;
}

/// The learned positions, class first, brought to a grid of another size.
Tensor positions(const Weights& w, int64_t rows, int64_t columns)
{
    const Tensor all = w("pos_embed");
    const Tensor square =
        all.narrow(1, 1, grid * grid).reshape({1, grid, grid, width}).permute({0, 3, 1, 2});
    const Tensor resized = at::upsample_bilinear2d(square.contiguous(), {rows, columns}, false);
    return at::cat({all.narrow(1, 0, 1), resized.flatten(2).transpose(1, 2)}, 1);
}

Tensor transformerBlock(const Weights& w, Tensor x)
{
    const auto qkv = linear(w["attn"]["qkv"], layerNorm(w["norm1"], x, 1e-6)).chunk(3, 2);
    const Tensor h = attention(
        splitHeads(qkv[0], heads), splitHeads(qkv[1], heads), splitHeads(qkv[2], heads),
        1 / std::sqrt(double(width) / heads));
    x = x + linear(w["attn"]["proj"], mergeHeads(h));
    const Tensor y = linear(w["mlp"]["fc1"], layerNorm(w["norm2"], x, 1e-6));
    return x + linear(w["mlp"]["fc2"], at::gelu(y));
}

/// Tokens back to a map, the class token projected into every place.
Tensor reassembled(const Weights& w, const Tensor& tokens, int64_t rows, int64_t columns)
{
    const Tensor places = tokens.narrow(1, 1, rows * columns);
    const Tensor readout = tokens.narrow(1, 0, 1).expand_as(places);
    const Tensor x = at::gelu(linear(w[0]["project"][0], at::cat({places, readout}, 2)));
    return conv2d(w[3], x.transpose(1, 2).reshape({1, width, rows, columns}));
}

/// The maps of the four levels, at 1/4, 1/8, 1/16 and 1/32.
std::vector<Tensor> encoded(const Weights& w, const Tensor& x)
{
    const Weights model = w["model"];
    std::vector<Tensor> levels = resnet(model["patch_embed"]["backbone"], x);
    const Tensor embedded = conv2d(model["patch_embed"]["proj"], levels[2]);
    const int64_t rows = embedded.size(2), columns = embedded.size(3);
    Tensor tokens = at::cat({model("cls_token"), embedded.flatten(2).transpose(1, 2)}, 1)
        + positions(model, rows, columns);
    levels.pop_back();
    for (int i = 0; i < layers; ++i) {
        tokens = transformerBlock(model["blocks"][i], tokens);
        if (i == 8)
            levels.push_back(reassembled(w["act_postprocess3"], tokens, rows, columns));
    }
    const Weights last = w["act_postprocess4"];
    levels.push_back(conv2d(last[4], reassembled(last, tokens, rows, columns), 2, 1));
    return levels;
}

Tensor doubled(const Tensor& x)
{
    return at::upsample_bilinear2d(x, {2 * x.size(2), 2 * x.size(3)}, /*align_corners=*/true);
}

Tensor residualUnit(const Weights& w, const Tensor& x)
{
    return conv2d(w["conv2"], conv2d(w["conv1"], x.relu(), 1, 1).relu(), 1, 1) + x;
}

/// Joins a level to what comes from the coarser ones.
Tensor fused(const Weights& w, Tensor x, const Tensor& level)
{
    x = x.defined() ? x + residualUnit(w["resConfUnit1"], level) : level;
    return conv2d(w["out_conv"], doubled(residualUnit(w["resConfUnit2"], x)));
}

void addConv(Shapes& shapes, const std::string& name, std::vector<int64_t> shape, bool bias = true)
{
    if (bias)
        shapes[name + ".bias"] = {shape[0]};
    shapes[name + ".weight"] = std::move(shape);
}

void addNorm(Shapes& shapes, const std::string& name, int64_t channels)
{
    shapes[name + ".weight"] = shapes[name + ".bias"] = {channels};
}

void addResnet(Shapes& shapes, const std::string& prefix)
{
    addConv(shapes, prefix + "stem.conv", {64, 3, 7, 7}, false);
    addNorm(shapes, prefix + "stem.norm", 64);
    int64_t channels = 64;
    for (int stage = 0; stage < 3; ++stage) {
        const int64_t out = stageWidths[stage], middle = out / 4;
        for (int i = 0; i < stageBlocks[stage]; ++i) {
            const std::string block =
                prefix + "stages." + std::to_string(stage) + ".blocks." + std::to_string(i) + ".";
            if (i == 0) {
                addConv(shapes, block + "downsample.conv", {out, channels, 1, 1}, false);
                addNorm(shapes, block + "downsample.norm", out);
            }
            addConv(shapes, block + "conv1", {middle, channels, 1, 1}, false);
            addConv(shapes, block + "conv2", {middle, middle, 3, 3}, false);
            addConv(shapes, block + "conv3", {out, middle, 1, 1}, false);
            addNorm(shapes, block + "norm1", middle);
            addNorm(shapes, block + "norm2", middle);
            addNorm(shapes, block + "norm3", out);
            channels = out;
        }
    }
}

void addTransformer(Shapes& shapes, const std::string& model)
{
    shapes[model + "cls_token"] = {1, 1, width};
    shapes[model + "pos_embed"] = {1, grid * grid + 1, width};
    addConv(shapes, model + "patch_embed.proj", {width, 1024, 1, 1});
    for (int i = 0; i < layers; ++i) {
        const std::string block = model + "blocks." + std::to_string(i) + ".";
        addNorm(shapes, block + "norm1", width);
        addNorm(shapes, block + "norm2", width);
        addConv(shapes, block + "attn.qkv", {3 * width, width});
        addConv(shapes, block + "attn.proj", {width, width});
        addConv(shapes, block + "mlp.fc1", {4 * width, width});
        addConv(shapes, block + "mlp.fc2", {width, 4 * width});
    }
}

void addDecoder(Shapes& shapes)
{
    for (const int level : {3, 4}) {
        const std::string name = "pretrained.act_postprocess" + std::to_string(level);
        addConv(shapes, name + ".0.project.0", {width, 2 * width});
        addConv(shapes, name + ".3", {width, width, 1, 1});
    }
    addConv(shapes, "pretrained.act_postprocess4.4", {width, width, 3, 3});
    for (int level = 1; level <= 4; ++level) {
        const std::string number = std::to_string(level), fusion = "scratch.refinenet" + number;
        addConv(
            shapes, "scratch.layer" + number + "_rn", {features, levelWidths[level - 1], 3, 3},
            false);
        addConv(shapes, fusion + ".out_conv", {features, features, 1, 1});
        for (const char* conv :
             {".resConfUnit1.conv1", ".resConfUnit1.conv2", ".resConfUnit2.conv1",
              ".resConfUnit2.conv2"})
            if (level < 4 || std::string(conv).starts_with(".resConfUnit2"))
                addConv(shapes, fusion + conv, {features, features, 3, 3});
    }
    addConv(shapes, "scratch.output_conv.0", {features / 2, features, 3, 3});
    addConv(shapes, "scratch.output_conv.2", {32, features / 2, 3, 3});
    addConv(shapes, "scratch.output_conv.4", {1, 32, 1, 1});
}

} // namespace

Shapes dptShapes()
{
    Shapes shapes;
    addResnet(shapes, "pretrained.model.patch_embed.backbone.");
    addTransformer(shapes, "pretrained.model.");
    addDecoder(shapes);
    return shapes;
}

Tensor dptDepth(const Weights& w, const Image& picture)
{
    if (picture.width % 32 || picture.height % 32)
        throw Error(
            "The depth network takes sides that are multiples of 32, not %1 x %2.", picture.width,
            picture.height);
    const std::vector<Tensor> levels = encoded(w["pretrained"], toPlanes(picture) / 127.5 - 1);
    const Weights scratch = w["scratch"], head = scratch["output_conv"];
    Tensor x;
    for (int level = 4; level >= 1; --level) {
        const std::string number = std::to_string(level);
        const Tensor here = conv2d(scratch["layer" + number + "_rn"], levels[level - 1], 1, 1);
        x = fused(scratch["refinenet" + number], x, here);
    }
    x = conv2d(head[2], doubled(conv2d(head[0], x, 1, 1)), 1, 1).relu();
    return conv2d(head[4], x).relu()[0][0].contiguous();
}
