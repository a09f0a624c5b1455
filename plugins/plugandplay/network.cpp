// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/network.h"

#include "core/diffusion/samplingrun.h"

#include <cmath>

Network::Network(const StableDiffusion& model, const Tensor& latent)
    : model(model)
    , schedule(model.schedule)
    , hole(holeOf(model, latent.size(2), latent.size(3)))
{
}

Tensor Network::noise(const Tensor& x, const UNetInput& input, const Taps& taps) const
{
    const Tensor predicted = unet(model.unetConfig, model.unet, withHole(x, hole), input, taps);
    const double level = schedule.alphaBar(int(input.time));
    if (!predicted.defined() || model.schedule.prediction == Prediction::Epsilon)
        return predicted;
    if (model.schedule.prediction == Prediction::Velocity)
        return std::sqrt(level) * predicted + std::sqrt(1 - level) * x;
    return (x - std::sqrt(level) * predicted) / std::sqrt(1 - level);
}
