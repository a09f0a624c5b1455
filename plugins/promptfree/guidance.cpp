// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/guidance.h"

#include "core/diffusion/samplingrun.h"

namespace {

/// The sum of what the controls give in this step; empty where none acts. @p whole is what the UNet
/// is given, for the ControlNets that take that.
Residuals residualsOf(
    const Guides& guides, const Tensor& x, const Tensor& whole, const Tensor& context,
    const Step& step, bool conditional)
{
    Residuals sum;
    for (const Control& control : guides.controls) {
        const bool acts = control.steps.contains(step.index) && control.weight != 0
            && (conditional || !guides.guessMode);
        if (!acts)
            continue;
        const UNetInput input = {.time = step.time, .context = context, .step = step.index};
        const auto& [config, weights] = *control.net;
        const bool inpaints = config.unet.inChannels != x.size(1);
        addScaled(
            sum, controlNet(config, weights, inpaints ? whole : x, control.hint, input),
            control.weight, guides.guessMode);
    }
    return sum;
}

} // namespace

Tensor predicted(
    const UNetConfig& config, const Weights& unetWeights, const Guides& guides, const Tensor& x,
    const Step& step, bool conditional)
{
    Tensor context = conditional ? guides.context : guides.unconditional;
    if (context.defined())
        context = context.expand({x.size(0), -1, -1});
    const Tensor input = withHole(x, guides.hole);
    const Residuals residuals = residualsOf(guides, x, input, context, step, conditional);
    return unet(
        config, unetWeights, input,
        {.time = step.time,
         .context = context,
         .step = step.index,
         .residuals = residuals.down.empty() ? nullptr : &residuals});
}

Tensor guided(
    const UNetConfig& config, const Weights& unetWeights, const Guides& guides, const Tensor& x,
    const Step& step, double guidance)
{
    const Tensor conditional = predicted(config, unetWeights, guides, x, step, true);
    if (guidance == 1)
        return conditional;
    const Tensor unconditional = predicted(config, unetWeights, guides, x, step, false);
    return unconditional + guidance * (conditional - unconditional);
}
