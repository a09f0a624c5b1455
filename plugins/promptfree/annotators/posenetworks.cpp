// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/posenetworks.h"

#include "core/nn/layers.h"

namespace {

/// A convolution that keeps the size; without channels: halves it by max pooling.
struct Layer
{
    const char* name;
    int channels;
};
constexpr Layer vgg[] = {{"conv1_1", 64},  {"conv1_2", 64},  {"pool", 0},      {"conv2_1", 128},
                         {"conv2_2", 128}, {"pool", 0},      {"conv3_1", 256}, {"conv3_2", 256},
                         {"conv3_3", 256}, {"conv3_4", 256}, {"pool", 0},      {"conv4_1", 512},
                         {"conv4_2", 512}};
constexpr Layer bodyEnd[] = {{"conv4_3_CPM", 256}, {"conv4_4_CPM", 128}};
constexpr Layer pointEnd[] = {
    {"conv4_3", 512}, {"conv4_4", 512}, {"conv5_1", 512}, {"conv5_2", 512}, {"conv5_3_CPM", 128}};

constexpr int trunkFeatures = 128, poseStages = 6, fieldCount = 38, heatCount = 19;
const char* const branches[] = {"_L1", "_L2"};

Tensor conv(const Weights& w, const std::string& name, const Tensor& x)
{
    const Weights here = w[name];
    return conv2d(here, x, 1, int(here("weight").size(2) / 2));
}

Tensor pass(const Weights& w, Tensor x, const auto& layers)
{
    for (const Layer& layer : layers)
        x = layer.channels ? conv(w, layer.name, x).relu() : at::max_pool2d(x, 2, 2);
    return x;
}

/// Refines the maps of the stage before.
Tensor stage(const Weights& w, Tensor x, int number, const std::string& branch)
{
    for (int i = 1; i <= 7; ++i) {
        x = conv(w, "Mconv" + std::to_string(i) + "_stage" + std::to_string(number) + branch, x);
        if (i < 7)
            x = x.relu();
    }
    return x;
}

Tensor firstBodyStage(const Weights& w, Tensor x, const std::string& branch)
{
    for (int i = 1; i <= 4; ++i)
        x = conv(w, "conv5_" + std::to_string(i) + "_CPM" + branch, x).relu();
    return conv(w, "conv5_5_CPM" + branch, x);
}

void add(Shapes& shapes, const std::string& name, int in, int out, int kernel)
{
    shapes[name + ".weight"] = {out, in, kernel, kernel};
    shapes[name + ".bias"] = {out};
}

int addLayers(Shapes& shapes, int channels, const auto& layers)
{
    for (const Layer& layer : layers)
        if (layer.channels) {
            add(shapes, layer.name, channels, layer.channels, 3);
            channels = layer.channels;
        }
    return channels;
}

void addStages(Shapes& shapes, const std::string& branch, int in, int out)
{
    for (int number = 2; number <= poseStages; ++number)
        for (int i = 1; i <= 7; ++i)
            add(shapes, "Mconv" + std::to_string(i) + "_stage" + std::to_string(number) + branch,
                i == 1 ? in : trunkFeatures, i == 7 ? out : trunkFeatures, i < 6 ? 7 : 1);
}

Shapes pointShapes(int maps)
{
    Shapes shapes;
    addLayers(shapes, addLayers(shapes, 3, vgg), pointEnd);
    add(shapes, "conv6_1_CPM", trunkFeatures, 512, 1);
    add(shapes, "conv6_2_CPM", 512, maps, 1);
    addStages(shapes, "", maps + trunkFeatures, maps);
    return shapes;
}

} // namespace

Shapes bodyPoseShapes()
{
    Shapes shapes;
    addLayers(shapes, addLayers(shapes, 3, vgg), bodyEnd);
    for (const std::string branch : branches) {
        const int maps = branch == "_L1" ? fieldCount : heatCount;
        for (int i = 1; i <= 3; ++i)
            add(shapes, "conv5_" + std::to_string(i) + "_CPM" + branch, trunkFeatures,
                trunkFeatures, 3);
        add(shapes, "conv5_4_CPM" + branch, trunkFeatures, 512, 1);
        add(shapes, "conv5_5_CPM" + branch, 512, maps, 1);
        addStages(shapes, branch, fieldCount + heatCount + trunkFeatures, maps);
    }
    return shapes;
}

Shapes handPoseShapes()
{
    return pointShapes(handMapCount);
}

Shapes facePoseShapes()
{
    return pointShapes(faceMapCount);
}

BodyMaps bodyMaps(const Weights& w, const Tensor& x)
{
    const Tensor seen = pass(w, pass(w, x, vgg), bodyEnd);
    BodyMaps maps = {firstBodyStage(w, seen, branches[0]), firstBodyStage(w, seen, branches[1])};
    for (int number = 2; number <= poseStages; ++number) {
        const Tensor all = at::cat({maps.fields, maps.heat, seen}, 1);
        maps = {stage(w, all, number, branches[0]), stage(w, all, number, branches[1])};
    }
    // The common PyTorch form of the network has a ReLU here, by a slip in a list of names; the
    // maps that its thresholds were set for are these.
    maps.heat = maps.heat.relu();
    return maps;
}

Tensor pointMaps(const Weights& w, const Tensor& x)
{
    const Tensor seen = pass(w, pass(w, x, vgg), pointEnd);
    Tensor maps = conv(w, "conv6_2_CPM", conv(w, "conv6_1_CPM", seen).relu());
    for (int number = 2; number <= poseStages; ++number)
        maps = stage(w, at::cat({maps, seen}, 1), number, "");
    return maps;
}
