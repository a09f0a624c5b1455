// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/guidance.h"

#include "core/diffusion/samplingrun.h"
#include "core/stopping.h"

#include <algorithm>

namespace {

/// The sum of what the controls give in this step; empty where none acts. @p whole is what the UNet
/// is given, for the ControlNets that take that.
Residuals residualsOf(
    const Guides& guides, const Tensor& x, const Tensor& whole, const Tensor& context,
    const Step& step, bool conditional)
{
    Residuals sum;
    for (const Control& control : guides.controls) {
        const bool pooled = control.net->config.pooled;
        const bool acts = control.steps.contains(step.index) && control.weight != 0
            && (conditional || !(guides.guessMode || pooled));
        if (!acts)
            continue;
        const UNetInput input = {.time = step.time, .context = context, .step = step.index};
        const ControlNet& net = *control.net;
        const bool inpaints = net.config.unet.inChannels != x.size(1);
        const Residuals added =
            controlNet(net.config, net.weights, inpaints ? whole : x, control.hint, input);
        if (!added.middle.defined())
            return {}; // the work is to end
        addScaled(sum, added, control.weight, guides.guessMode && !pooled);
    }
    return sum;
}

/// Whose the items of a pass are.
std::vector<Subject> itemsOf(int64_t candidates, bool conditional)
{
    std::vector<Subject> items;
    for (int i = 0; i < int(candidates); ++i)
        items.push_back({.candidate = i, .negative = !conditional});
    return items;
}

/// Records a pass and what the controls give to it.
void record(
    const Guides& guides, Taps& taps, const std::vector<Subject>& items, const Residuals& residuals)
{
    Recorder& recorder = *guides.recorder;
    recorder.watch(taps, items, [&touches = guides.touches](const Site& site, const Subject& item) {
        return touches.rule(site, item);
    });
    const int last = int(residuals.down.size());
    if (last == 0)
        return;
    const auto control = [&](int layer, const std::string& name, const Tensor& x) {
        for (const Subject& item : items)
            recorder.feature(
                item, {SiteKind::Control, layer}, name,
                x.narrow(0, std::min<int64_t>(item.candidate, x.size(0) - 1), 1));
    };
    for (int i = 0; i < last; ++i)
        control(i, "down " + std::to_string(i), residuals.down[size_t(i)]);
    control(last, "middle", residuals.middle);
}

} // namespace

Tensor predicted(
    const UNetConfig& config, const Weights& unetWeights, const Guides& guides, const Tensor& x,
    const Step& step, bool conditional)
{
    if (unetWeights.empty() && stopAsked()) // while it was loaded
        return {};
    Tensor context = conditional ? guides.context : guides.unconditional;
    if (context.defined())
        context = context.expand({x.size(0), -1, -1});
    const Tensor input = withHole(x, guides.hole);
    const Residuals residuals = residualsOf(guides, x, input, context, step, conditional);
    const std::vector<Subject> items = itemsOf(x.size(0), conditional);
    Taps taps;
    guides.touches.act(taps, items);
    if (guides.recorder && guides.recorder->on())
        record(guides, taps, items, residuals);
    UNetInput asked {
        .time = step.time,
        .context = context,
        .step = step.index,
        .residuals = residuals.down.empty() ? nullptr : &residuals};
    if (KeptPasses* const kept = guides.kept.at(conditional)) {
        asked.contextKeys = &kept->keys;
        asked.graph = &kept->graph;
    }
    return unet(config, unetWeights, input, asked, taps);
}

Tensor guided(
    const UNetConfig& config, const Weights& unetWeights, const Guides& guides, const Tensor& x,
    const Step& step, double guidance)
{
    const Tensor conditional = predicted(config, unetWeights, guides, x, step, true);
    if (guidance == 1 || !conditional.defined())
        return conditional;
    const Tensor unconditional = predicted(config, unetWeights, guides, x, step, false);
    if (!unconditional.defined())
        return {};
    const Tensor difference = conditional - unconditional;
    if (guides.recorder)
        guides.recorder->guidance(difference);
    return unconditional + guidance * difference;
}
