// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/attentionmatrix.h"
#include "core/inspect/seeing.h"
#include "plugins/plugandplay/look.h"
#include "tests/parity/plugandplay.h"

#include <algorithm>
#include <cmath>

namespace {

const char* const pictures[] = {"real", "generated"};

/// How CompVis' program calls a kind of tensors, and the layer that is its decoder block's.
struct Recorded
{
    const char* name;
    ViewKind kind;
    int firstLayer; ///< of block 0
};
const Recorded recordedKinds[] = {
    {"in_layers", ViewKind::FeaturesInput, 10},
    {"out_layers", ViewKind::Features, 10},
    {"self_attn_q", ViewKind::Queries, 4},
    {"self_attn_k", ViewKind::Keys, 4}};

std::vector<float> numbers(const Tensor& x)
{
    const Tensor flat = x.to(at::kCPU).contiguous();
    return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

/// [heads, tokens, features] as they are kept.
Numbers toNumbers(const Tensor& x)
{
    return {x.sizes().vec(), numbers(x.to(at::kFloat))};
}

/// [tokens, channels] of a layer, as components are made of them.
Tensor rowsOfLayer(
    const Network& network, const Tensor& x, const UNetInput& input, const View& view)
{
    const auto trace = tracedLayer(network, x.to(network.model.device), input, view);
    const auto rows = rowsOf(trace->passes.at({}), view.kind, view.layers.front().begin);
    return at::tensor(at::ArrayRef<float>(rows->values)).reshape({-1, rows->channels});
}

Tensor toTensor(const std::vector<double>& values, at::IntArrayRef shape)
{
    return at::tensor(at::ArrayRef<double>(values)).reshape(shape);
}

/// Scores and colours of stored rows.
void comparePicture(
    const Case& c, const PrincipalComponents& fitted, const Tensor& rows, const std::string& name,
    Comparison& results)
{
    const auto colours = c.outputs.find(name + "rgb");
    if (colours == c.outputs.end())
        return;
    const int height = int(colours->second.size(0)), width = int(colours->second.size(1));
    const std::vector<float> scores = project(fitted, numbers(rows));
    results.tensor(
        name + "scores", at::tensor(at::ArrayRef<float>(scores)).reshape({rows.size(0), 3}));
    const Image picture = toPicture(scores, width, height);
    results.tensor(
        name + "rgb", at::tensor(at::ArrayRef<uint8_t>(picture.rgb)).reshape({height, width, 3}));
}

void compareComponents(const Case& c, const std::string& name, Comparison& results)
{
    const Tensor rows[] = {
        c.outputs.at(name + ".rows_real"), c.outputs.at(name + ".rows_generated")};
    const int channels = int(rows[0].size(1));
    const PrincipalComponents fitted =
        fitComponents(numbers(at::cat({rows[0], rows[1]})), channels);
    results.tensor(name + ".components", toTensor(fitted.components, {3, channels}));
    results.leading(name + ".singular_values", toTensor(fitted.singularValues, {3}));
    for (int i = 0; i < 2; ++i)
        comparePicture(c, fitted, rows[i], name + "." + pictures[i] + ".", results);
}

/// A source at a time.
struct RecordedMoment
{
    Tensor latent = {}, context = {};
    int time = 0;
};

/// The attention of the real picture, from its stored queries and keys.
void compareAttention(
    const Case& c, const Network& network, const RecordedMoment& real, Comparison& results)
{
    const std::string name = "pca_attention.t" + std::to_string(real.time) + ".";
    if (!c.outputs.contains(name + "q"))
        return;
    Taps taps;
    taps.onQueryKey({.layers = {{12, 13}}}, [&](const Site&, const Tensor& q, const Tensor& k) {
        results.tensor(name + "q", q.flatten(0, 1));
        results.tensor(name + "k", k.flatten(0, 1));
    });
    network.noise(
        real.latent.to(network.model.device).expand({2, -1, -1, -1}),
        {.time = double(real.time), .context = real.context}, taps);
    const Tensor &q = c.outputs.at(name + "q"), &k = c.outputs.at(name + "k");
    const AttentionTrace stored {
        .height = 1,
        .width = int(q.size(1)),
        .heads = int(q.size(0)),
        .keys = int(k.size(1)),
        .features = int(q.size(2)),
        .query = toNumbers(q),
        .key = toNumbers(k),
        .scale = 1 / std::sqrt(double(q.size(2)))};
    const std::vector<float> values = attentionRows(stored, false);
    const Tensor rows = at::tensor(at::ArrayRef<float>(values)).reshape({q.size(1), -1});
    const PrincipalComponents fitted = fitComponents(numbers(rows), int(rows.size(1)));
    results.leading(name + "singular_values", toTensor(fitted.singularValues, {3}));
    comparePicture(c, fitted, rows, name, results);
}

/// The features of a kind at a block of both sources, and their components.
void compareKind(
    const Case& c, const Network& network, const RecordedMoment (&sources)[2],
    const Recorded& recorded, int block, Comparison& results)
{
    const std::string name = "pca.t" + std::to_string(sources[0].time) + ".output_block_"
        + std::to_string(block) + "_" + recorded.name;
    if (!c.outputs.contains(name + ".rows_real"))
        return;
    for (int i = 0; i < 2; ++i) {
        const UNetInput input {.time = double(sources[i].time), .context = sources[i].context};
        const int layer = recorded.firstLayer + block;
        const View view {.kind = recorded.kind, .layers = {{layer, layer + 1}}};
        results.tensor(
            name + ".rows_" + pictures[i], rowsOfLayer(network, sources[i].latent, input, view));
    }
    compareComponents(c, name, results);
}

} // namespace

void comparePrincipalComponents(
    const Case& c, const Network& network, const Trajectory& back, const Tensor& context,
    const Source& generated, Comparison& results)
{
    for (const int time : c.numbersAfter("pca_attention.t"))
        if (back.latents.contains(time))
            compareAttention(c, network, {back.latents.at(time), context, time}, results);
    if (generated.latents.empty())
        return;
    const std::vector<int> times = samplingTimes(int(generated.latents.size()));
    for (const int time : c.numbersAfter("pca.t")) {
        const auto at = std::ranges::find(times, time);
        if (at == times.end() || !back.latents.contains(time))
            continue;
        const RecordedMoment sources[] = {
            {back.latents.at(time), context, time},
            {generated.latents[size_t(at - times.begin())], generated.context, time}};
        for (int block = 0; block < 12; ++block)
            for (const Recorded& recorded : recordedKinds)
                compareKind(c, network, sources, recorded, block, results);
    }
}
