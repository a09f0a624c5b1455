// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/inspect/seeing.h"

#include <algorithm>
#include <cmath>

namespace {

/// Those that a view chooses of so many. Throws ValueError where there is no such one.
std::vector<int> channelsOf(const View& view, int count)
{
    if (view.channel >= count)
        throw ValueError(
            "There is no channel %1: they count from 0 to %2 here.", view.channel, count - 1);
    if (view.channel >= 0)
        return {view.channel};
    std::vector<int> all;
    for (int i = 0; i < count; ++i)
        all.push_back(i);
    return all;
}

/// The length of the channels of each cell.
std::vector<float> lengths(const std::vector<float>& values, size_t cells)
{
    std::vector<float> sizes(cells);
    for (size_t i = 0; i < cells; ++i) {
        double sum = 0;
        for (size_t at = i; at < values.size(); at += cells)
            sum += double(values[at]) * values[at];
        sizes[i] = float(std::sqrt(sum));
    }
    return sizes;
}

} // namespace

Seen seeFeatures(const View& view, const Moment& moment)
{
    Seen seen;
    const bool control = view.kind == ViewKind::Control;
    const Sentence noControl = {"No control acted at step %1.", view.step};
    if (control && (!moment.trace || !moment.trace->passes.contains(view.subject)))
        throw ValueError(noControl);
    for (const auto& [site, trace] : passOf(view, moment).features) {
        if (site.kind != siteOf(view.kind) || !looksAt(view, site.layer))
            continue;
        SeenMap map {
            .label = shortName(trace.name),
            .layer = site.layer,
            .height = int(trace.values.shape().at(1)),
            .width = int(trace.values.shape().at(2)),
            .injected = trace.injected};
        const auto cells = size_t(map.height) * size_t(map.width);
        if (control) {
            map.values = lengths(trace.values.all(), cells);
            seen.maps.push_back(std::move(map));
            continue;
        }
        map.diverges = true;
        for (const int channel : channelsOf(view, int(trace.values.shape().at(0)))) {
            map.label = {"%1, channel %2", shortName(trace.name), channel};
            map.values.resize(cells);
            trace.values.read(int64_t(channel) * int64_t(cells), map.values);
            seen.maps.push_back(map);
        }
    }
    if (seen.maps.empty() && control)
        throw ValueError(noControl);
    if (seen.maps.empty())
        throw ValueError(
            "None of these layers has been recorded at step %1: layers count from 0.", view.step);
    return seen;
}

Seen seeProjections(const View& view, const Moment& moment)
{
    Seen seen;
    const bool keys = view.kind == ViewKind::KeyChannels;
    for (const auto& [layer, trace] : attentionsOf(view, moment, SiteKind::SelfAttention)) {
        const auto cells = size_t(trace->height) * size_t(trace->width);
        const std::vector<float> all = (keys ? trace->key : trace->query).all();
        const auto features = size_t(trace->features);
        for (const int channel : channelsOf(view, trace->heads * trace->features)) {
            SeenMap map {
                .label =
                    {keys ? "%1, channel %2 of the keys" : "%1, channel %2 of the queries",
                     shortName(trace->name), channel},
                .layer = layer,
                .height = trace->height,
                .width = trace->width,
                .values = std::vector<float>(cells),
                .diverges = true,
                .injected = trace->injected};
            const size_t head = size_t(channel) / features, feature = size_t(channel) % features;
            for (size_t i = 0; i < cells; ++i)
                map.values[i] = all[(head * cells + i) * features + feature];
            seen.maps.push_back(std::move(map));
        }
    }
    return seen;
}

Seen seeLatent(const View& view, const Moment& moment)
{
    const auto& latent = view.kind == ViewKind::Noise ? moment.prediction
        : view.kind == ViewKind::Clean                ? moment.clean
                                                      : moment.latent;
    if (view.subject.source)
        throw ValueError("Of the source there is only what its layers hold: choose a candidate.");
    if (!latent)
        throw ValueError("It is not known at step %1: it comes with the step.", view.step);
    const auto& [candidates, channels, height, width] = latent->shape;
    if (view.subject.candidate >= candidates)
        throw ValueError(
            "There is no candidate %1: there are %2.", int64_t(view.subject.candidate) + 1,
            candidates);
    Seen seen;
    const auto cells = ptrdiff_t(height * width);
    for (const int channel : channelsOf(view, int(channels))) {
        const auto begin =
            latent->values.begin() + (view.subject.candidate * channels + channel) * cells;
        seen.maps.push_back(
            {.label = {"Channel %1", channel},
             .height = int(height),
             .width = int(width),
             .values = {begin, begin + cells},
             .diverges = true});
    }
    return seen;
}
