// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/network.h"

#include "core/diffusion/samplingrun.h"
#include "core/errors.h"
#include "core/stopping.h"

Network::Network(const StableDiffusion& model, const Tensor& latent)
    : model(model)
    , schedule(model.schedule)
    , hole(holeOf(model, latent.size(2), latent.size(3)))
{
    constexpr int times = 1000; // which an inversion goes through
    if (schedule.trainSteps() < times)
        throw Error(
            "Translate needs a model of %1 noise levels; %2 has %3 (num_train_timesteps). Please "
            "choose another model.",
            times, model.card.name, schedule.trainSteps());
}

Tensor Network::predicted(const Tensor& x, const UNetInput& input, const Taps& taps) const
{
    const Weights weights = unetOf(model);
    if (weights.empty() && stopAsked()) // while it was loaded
        return {};
    return unet(model.unetConfig, weights, withHole(x, hole), input, taps);
}

Tensor Network::noise(const Tensor& x, const UNetInput& input, const Taps& taps) const
{
    const Tensor made = predicted(x, input, taps);
    return made.defined() ? clean(model.schedule.prediction, x, made, level(int(input.time))).noise
                          : Tensor();
}
