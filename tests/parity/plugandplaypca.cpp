// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/principalcomponents.h"
#include "plugins/plugandplay/look.h"
#include "tests/parity/plugandplay.h"

#include <algorithm>

namespace {

const char* const pictures[] = {"real", "generated"};

/// How CompVis' program calls a kind of tensors, and the layer that is its decoder block's.
struct Recorded
{
    const char* name;
    const char* kind;
    int firstLayer; ///< of block 0
};
const Recorded recordedKinds[] = {
    {"in_layers", "features-input", 10},
    {"out_layers", "features", 10},
    {"self_attn_q", "queries", 4},
    {"self_attn_k", "keys", 4}};

std::vector<float> numbers(const Tensor& x)
{
    const Tensor flat = x.to(at::kCPU).contiguous();
    return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
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
struct Moment
{
    Tensor latent = {}, context = {};
    int time = 0;
};

/// The attention of the real picture, from its stored queries and keys.
void compareAttention(
    const Case& c, const Network& network, const Moment& real, Comparison& results)
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
    const Tensor rows = attentionRows(c.outputs.at(name + "q"), c.outputs.at(name + "k"), false);
    const PrincipalComponents fitted = fitComponents(numbers(rows), int(rows.size(1)));
    results.leading(name + "singular_values", toTensor(fitted.singularValues, {3}));
    comparePicture(c, fitted, rows, name, results);
}

/// The features of a kind at a block of both sources, and their components.
void compareKind(
    const Case& c, const Network& network, const Moment (&sources)[2], const Recorded& recorded,
    int block, Comparison& results)
{
    const std::string name = "pca.t" + std::to_string(sources[0].time) + ".output_block_"
        + std::to_string(block) + "_" + recorded.name;
    if (!c.outputs.contains(name + ".rows_real"))
        return;
    for (int i = 0; i < 2; ++i) {
        const UNetInput input {.time = double(sources[i].time), .context = sources[i].context};
        results.tensor(
            name + ".rows_" + pictures[i],
            featureMap(
                network, sources[i].latent, input, {}, {recorded.kind, recorded.firstLayer + block})
                .rows);
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
        const Moment sources[] = {
            {back.latents.at(time), context, time},
            {generated.latents[size_t(at - times.begin())], generated.context, time}};
        for (int block = 0; block < 12; ++block)
            for (const Recorded& recorded : recordedKinds)
                compareKind(c, network, sources, recorded, block, results);
    }
}
