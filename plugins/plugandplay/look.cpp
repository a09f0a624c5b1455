// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/look.h"

#include "core/diffusion/recorder.h"
#include "core/errors.h"
#include "core/inspect/attentionmatrix.h"
#include "plugins/plugandplay/injection.h"

#include <algorithm>

namespace {

constexpr int residualBlocks = 22, attentionLayers = 16;

int layerOf(const View& view)
{
    return view.layers.front().begin;
}

} // namespace

std::vector<ViewKindName> componentKinds()
{
    std::vector<ViewKindName> kinds = viewKinds();
    std::erase_if(kinds, [](const ViewKindName& each) { return !hasComponents(each.kind); });
    return kinds;
}

void checkLayer(ViewKind kind, int layer)
{
    const bool features = siteOf(kind) != SiteKind::SelfAttention;
    if (layer < 0 || layer >= (features ? residualBlocks : attentionLayers))
        throw ValueError(
            "There is no layer %1 of \"%2\": %3", layer, std::string(nameOf(kind).name),
            features ? "residual blocks count from 0 to 21."
                     : "self-attention layers count from 0 to 15.");
}

void checkAttention(const UNetConfig& config, const View& view, int64_t height, int64_t width)
{
    if (!standsAlone(view.kind))
        return;
    const int level = levelOf({Site::SelfAttention, layerOf(view)}, config);
    for (int i = 0; i < level; ++i)
        height = (height + 1) / 2, width = (width + 1) / 2;
    const bool mean = view.kind == ViewKind::AttentionMean;
    checkAttentionRows(mean ? 1 : int(config.heads[level]), height * width, height * width, mean);
}

std::shared_ptr<const StepTrace> tracedLayer(
    const Network& network, const Tensor& x, UNetInput input, const View& view)
{
    Recorder recorder(needed(view), Recorder::Keep::Singles);
    Subject other = view.subject; // the half that guidance leads away from, where there is one
    other.negative = !other.negative;
    std::vector<Subject> items(size_t(input.context.size(0)), other);
    items.back() = view.subject;
    Taps taps;
    recorder.watch(taps, items);
    input.last = LastSite {siteOf(view.kind), layerOf(view)};
    const int step = input.step;
    network.noise(x, std::move(input), taps);
    return recorder.take(step);
}
