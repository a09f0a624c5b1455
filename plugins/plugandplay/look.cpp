// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/look.h"

#include "core/errors.h"
#include "core/inspect/principalcomponents.h"
#include "core/nn/pixels.h"
#include "plugins/plugandplay/injection.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

namespace {

constexpr int residualBlocks = 22, attentionLayers = 16;

/// GiB of rows: their decomposition takes twice that besides, and a quarter of a minute.
constexpr double mostRows = 0.6;

bool isFeatures(const std::string& kind)
{
    return kind == "features" || kind == "features-input";
}

std::span<const float> numbers(const Tensor& x)
{
    return {x.data_ptr<float>(), size_t(x.numel())};
}

Array toArray(std::vector<int64_t> shape, std::span<const double> values)
{
    return {std::move(shape), {values.begin(), values.end()}};
}

} // namespace

std::vector<FeatureKind> featureKinds()
{
    return {
        {"features", "Features", residualBlocks},
        {"features-input", "Features of the first convolution", residualBlocks},
        {"queries", "Queries", attentionLayers},
        {"keys", "Keys", attentionLayers},
        {"attention", "Self-attention", attentionLayers},
        {"attention-mean", "Self-attention, mean of heads", attentionLayers}};
}

bool standsAlone(const std::string& kind)
{
    return kind.starts_with("attention");
}

void checkLayer(const std::string& kind, int layer)
{
    const std::vector<FeatureKind> kinds = featureKinds();
    const auto found = std::ranges::find(kinds, kind, &FeatureKind::value);
    if (found == kinds.end() || layer < 0 || layer >= found->layers)
        throw ValueError(
            "There is no layer %1 of \"%2\": %3", layer, kind,
            isFeatures(kind) ? "residual blocks count from 0 to 21."
                             : "self-attention layers count from 0 to 15.");
}

void checkAttention(const UNetConfig& config, const Shown& shown, Extent extent)
{
    const auto& [kind, layer] = shown;
    auto& [height, width, items, maps] = extent;
    if (!standsAlone(kind))
        return;
    const int level = levelOf({Site::SelfAttention, layer}, config);
    for (int i = 0; i < level; ++i)
        height = (height + 1) / 2, width = (width + 1) / 2;
    const bool mean = kind == "attention-mean";
    const double tokens = double(height) * double(width);
    const double heads = mean ? 1 : double(config.heads[level]) * double(items);
    const double gibibytes = heads * tokens * tokens * double(maps) * sizeof(float) / (1 << 30);
    if (gibibytes <= mostRows)
        return;
    std::ostringstream text;
    text << std::fixed << std::setprecision(1) << "The self-attention of layer " << layer
         << " takes " << gibibytes << " GiB at this size, and up to " << mostRows
         << " can be shown: choose " << (mean ? "" : "\"attention-mean\" (the mean of heads), ")
         << "a layer whose map is smaller, or a smaller size.";
    throw ValueError(text.str());
}

Tensor attentionRows(const Tensor& q, const Tensor& k, bool meanOfHeads)
{
    const int64_t heads = q.size(0), tokens = q.size(1);
    const double scale = 1 / std::sqrt(double(q.size(2)));
    Tensor rows =
        at::zeros({tokens, meanOfHeads ? tokens : heads * tokens}, q.options().dtype(at::kFloat));
    for (int64_t head = 0; head < heads; ++head) { // one by one: they are large
        const Tensor p = at::softmax(at::matmul(q[head], k[head].t()) * scale, -1, at::kFloat);
        if (meanOfHeads)
            rows.add_(p, 1. / double(heads));
        else
            rows.narrow(1, head * tokens, tokens).copy_(p);
    }
    return rows;
}

FeatureMap featureMap(
    const Network& network, const Tensor& x, UNetInput input, Taps taps, const Shown& shown)
{
    const auto& [kind, layer] = shown;
    checkLayer(kind, layer);
    FeatureMap map;
    const Where here {
        .kind = kind == "features"     ? Site::ResidualBlock
            : kind == "features-input" ? Site::ResidualInput
                                       : Site::SelfAttention,
        .layers = {{layer, layer + 1}}};
    const auto take = [&](const Site& site, const Tensor& rows) {
        map.rows = rows.to(at::kCPU, at::kFloat).contiguous();
        map.width = site.width;
        map.height = site.height;
    };
    taps.onFeatures(here, [&](const Site& site, Tensor& h) {
        take(site, h[h.size(0) - 1].flatten(1).transpose(0, 1));
    });
    const bool alone = standsAlone(kind), keys = kind == "keys", mean = kind == "attention-mean";
    taps.onQueryKey(here, [&](const Site& site, Tensor& q, Tensor& k) {
        if (!alone) {
            const Tensor& rows = keys ? k : q;
            take(site, rows[rows.size(0) - 1].transpose(0, 1).flatten(1));
            return;
        }
        take(site, attentionRows(q.flatten(0, 1), k.flatten(0, 1), mean));
        map.repeated = mean || q.size(0) > 1 ? 1 : 2;
    });
    input.last = LastSite {here.kind, layer};
    network.noise(x, input, taps);
    return map;
}

namespace {

/// Columns that stand several times side by side.
std::vector<double> repeated(const std::vector<double>& rows, int channels, int times, double scale)
{
    std::vector<double> wide;
    for (size_t begin = 0; begin < rows.size(); begin += size_t(channels))
        for (int i = 0; i < times; ++i)
            for (int j = 0; j < channels; ++j)
                wide.push_back(rows[begin + size_t(j)] * scale);
    return wide;
}

/// Adds the pictures and numbers of maps in the components of @p fit.
void addComponents(
    Inspection& inspection, std::span<const FeatureMap> maps, std::span<const std::string> labels,
    const std::string& suffix, std::span<const FeatureMap> fit)
{
    constexpr int count = PrincipalComponents::count;
    std::vector<Tensor> rows;
    for (const FeatureMap& map : fit)
        rows.push_back(map.rows);
    const Tensor all = rows.size() == 1 ? rows.front() : at::cat(rows).contiguous();
    const PrincipalComponents fitted = fitComponents(numbers(all), int(all.size(1)));
    // A component of columns that stand n times side by side is one of the columns, n times over a
    // root of n, and its scores are larger by that root.
    const int times = fit.front().repeated;
    const double root = std::sqrt(double(times));
    for (size_t i = 0; i < maps.size(); ++i) {
        std::vector<float> scores = project(fitted, numbers(maps[i].rows));
        for (float& score : scores)
            score = float(score * root);
        inspection.pictures.push_back(
            {labels[i], toPicture(scores, maps[i].width, maps[i].height)});
        inspection.arrays["scores of " + labels[i]] = {
            {maps[i].height, maps[i].width, count}, scores};
    }
    std::vector<double> singular = fitted.singularValues;
    for (double& value : singular)
        value *= root;
    const int channels = fitted.channels;
    inspection.arrays["components" + suffix] =
        toArray({count, times * channels}, repeated(fitted.components, channels, times, 1 / root));
    inspection.arrays["mean" + suffix] =
        toArray({times * channels}, repeated(fitted.mean, channels, times, 1));
    inspection.arrays["singular_values" + suffix] = toArray({count}, singular);
}

} // namespace

Inspection componentPictures(
    const std::vector<FeatureMap>& maps, const std::vector<std::string>& labels,
    const std::vector<FeatureMap>& others)
{
    const int64_t channels = maps.front().rows.size(1);
    for (const auto* each : {&maps, &others})
        for (const FeatureMap& map : *each)
            if (map.rows.size(1) != channels)
                throw ValueError(
                    "Pictures of different sizes have no common components of their attention: "
                    "crop them to the same shape, or set Fit to the middle square.");
    Inspection inspection;
    addComponents(inspection, maps, labels, "", others.empty() ? maps : others);
    return inspection;
}

void addAlone(Inspection& inspection, const FeatureMap& map, const std::string& label)
{
    addComponents(inspection, {&map, 1}, {&label, 1}, " of " + label, {&map, 1});
}
