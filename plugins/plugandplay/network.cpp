// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/network.h"

#include "core/diffusion/samplingrun.h"

Network::Network(const StableDiffusion& model, const Tensor& latent)
    : model(model)
    , schedule(model.schedule)
    , hole(holeOf(model, latent.size(2), latent.size(3)))
{
}

Tensor Network::noise(const Tensor& x, const UNetInput& input, const Taps& taps) const
{
    const Tensor predicted = unet(model.unetConfig, model.unet, withHole(x, hole), input, taps);
    if (!predicted.defined())
        return {};
    return clean(model.schedule.prediction, x, predicted, level(int(input.time))).noise;
}
