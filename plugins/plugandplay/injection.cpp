// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/injection.h"

#include <algorithm>
#include <utility>

namespace {

/// A place in the network, in execution order.
struct InjectedSpot
{
    LastSite site = {};
    int channels = 0;
    int level = 0; ///< how often the latent was halved
};

std::vector<InjectedSpot> spots(const UNetConfig& config)
{
    std::vector<InjectedSpot> all;
    int residual = 0, attention = 0;
    const int last = int(config.blockChannels.size()) - 1;
    const auto block = [&](int layers, bool attends, int level) {
        const int channels = config.blockChannels[level];
        for (int i = 0; i < layers; ++i) {
            all.push_back({{Site::ResidualBlock, residual++}, channels, level});
            if (attends)
                all.push_back({{Site::SelfAttention, attention++}, channels, level});
        }
    };
    for (int i = 0; i <= last; ++i)
        block(config.layersPerBlock, config.downAttention[i], i);
    block(1, true, last); // the middle
    block(1, false, last);
    for (int i = 0; i <= last; ++i)
        block(config.layersPerBlock + 1, config.upAttention[i], last - i);
    return all;
}

bool chosen(const Injection& injection, const LastSite& site, int step)
{
    const bool attends = site.kind == Site::SelfAttention;
    const Layers& layers = attends ? injection.attention : injection.features;
    const Range& steps = attends ? injection.attentionSteps : injection.featureSteps;
    return steps.contains(step) && std::ranges::any_of(layers, [&](const Range& range) {
               return range.contains(site.layer);
           });
}

/// The rows of a recording that serve the items of a batch; one row serves all as it is.
Tensor rows(const Tensor& recorded, const std::vector<int>& halves)
{
    if (recorded.size(0) == 1)
        return recorded;
    std::vector<Tensor> each;
    for (const int half : halves)
        each.push_back(recorded.narrow(0, half, 1));
    return at::cat(each);
}

/// The rows of the source's passes, which come first, in place of those of the items behind them.
void overwrite(Tensor& x, const std::vector<int>& halves)
{
    const Tensor passes = x.narrow(0, 0, x.size(0) - int64_t(halves.size()));
    x = at::cat({passes, rows(passes, halves).expand({int64_t(halves.size()), -1, -1, -1})});
}

} // namespace

Injection leftOf(const Injection& injection, const Touches& touches, int step)
{
    if (touches.empty())
        return injection;
    constexpr int most = 22; // layers of a kind
    const auto rest = [&](SiteKind kind, const Layers& layers) {
        Layers left;
        for (const Range& range : layers)
            for (int layer = range.begin; layer < std::min(range.end, most); ++layer)
                if (!touches.leavesOut({.kind = kind, .layer = layer, .step = step}))
                    left.push_back({layer, layer + 1});
        return left;
    };
    Injection left = injection;
    left.features = rest(SiteKind::ResidualBlock, injection.features);
    left.attention = rest(SiteKind::SelfAttention, injection.attention);
    return left;
}

std::optional<LastSite> lastInjected(const Injection& injection, int step, const UNetConfig& config)
{
    std::optional<LastSite> last;
    for (const InjectedSpot& spot : spots(config))
        if (chosen(injection, spot.site, step))
            last = spot.site;
    return last;
}

Range stepsAtOnce(const Injection& injection, int step, int steps)
{
    constexpr int most = 3; // more gains little, and lets the first of them wait
    const auto alike = [&](int other) {
        return injection.featureSteps.contains(other) == injection.featureSteps.contains(step)
            && injection.attentionSteps.contains(other) == injection.attentionSteps.contains(step);
    };
    Range all {step, step + 1};
    while (all.begin > 0 && alike(all.begin - 1))
        --all.begin;
    while (all.end < steps && alike(all.end))
        ++all.end;
    const int begin = step - (step - all.begin) % most;
    return {begin, std::min(begin + most, all.end)};
}

int levelOf(const LastSite& site, const UNetConfig& config)
{
    const std::vector<InjectedSpot> all = spots(config);
    const auto found = std::ranges::find_if(all, [&](const InjectedSpot& spot) {
        return spot.site.kind == site.kind && spot.site.layer == site.layer;
    });
    return found == all.end() ? 0 : found->level;
}

Taps recording(const Injection& injection, int step, SourceFeatures& features)
{
    Taps taps;
    if (!injection.features.empty() && injection.featureSteps.contains(step))
        taps.onFeatures(
            {.kind = Site::ResidualBlock, .layers = injection.features},
            [&features](const Site& site, Tensor& h) { features.residual[site.layer] = h; });
    if (!injection.attention.empty() && injection.attentionSteps.contains(step))
        taps.onQueryKey(
            {.kind = Site::SelfAttention, .layers = injection.attention},
            [&features](const Site& site, Tensor& q, Tensor& k) {
                features.attention[site.layer] = {q, k};
            });
    return taps;
}

Taps injecting(
    const Injection& injection, const SourceFeatures& features, const std::vector<int>& halves)
{
    Taps taps;
    if (!injection.features.empty() && !features.residual.empty())
        taps.provideFeatures(
            {.kind = Site::ResidualBlock, .layers = injection.features},
            [&features, halves](const Site& site) {
                return rows(features.residual.at(site.layer), halves);
            });
    if (!injection.attention.empty() && !features.attention.empty())
        taps.provideQueryKey(
            {.kind = Site::SelfAttention, .layers = injection.attention},
            [&features, halves](const Site& site) {
                const QueryKey& pair = features.attention.at(site.layer);
                return QueryKey {rows(pair.query, halves), rows(pair.key, halves)};
            });
    return taps;
}

Taps overwriting(const Injection& injection, const std::vector<int>& halves)
{
    Taps taps;
    if (!injection.features.empty())
        taps.onFeatures(
            {.kind = Site::ResidualBlock,
             .layers = injection.features,
             .steps = injection.featureSteps},
            [halves](const Site&, Tensor& h) { overwrite(h, halves); });
    if (!injection.attention.empty())
        taps.onQueryKey(
            {.kind = Site::SelfAttention,
             .layers = injection.attention,
             .steps = injection.attentionSteps},
            [halves](const Site&, Tensor& q, Tensor& k) {
                overwrite(q, halves);
                overwrite(k, halves);
            });
    return taps;
}

int64_t recordedElements(
    const Injection& injection, int steps, const UNetConfig& config, int64_t height, int64_t width)
{
    int64_t elements = 0;
    for (const InjectedSpot& spot : spots(config)) {
        int64_t h = height, w = width;
        for (int i = 0; i < spot.level; ++i)
            h = (h + 1) / 2, w = (w + 1) / 2;
        const int64_t each =
            h * w * spot.channels * (spot.site.kind == Site::SelfAttention ? 2 : 1);
        for (int step = 0; step < steps; ++step)
            elements += chosen(injection, spot.site, step) ? each : 0;
    }
    return elements;
}
