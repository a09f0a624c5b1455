// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/network.h"

#include "core/diffusion/noise.h"

#include <cmath>

Network::Network(const StableDiffusion& model, const Tensor& latent)
    : model(model)
    , schedule(model.schedule)
{
    if (model.unetConfig.inChannels != 9)
        return;
    const int64_t h = latent.size(2), w = latent.size(3);
    const auto options = at::TensorOptions(at::kFloat).device(model.device);
    const Tensor grey = latentOf(model, at::zeros({1, 3, 8 * h, 8 * w}, options));
    canvas = at::cat({at::ones({1, 1, h, w}, options), grey}, 1);
}

Tensor Network::noise(const Tensor& x, const UNetInput& input, const Taps& taps) const
{
    const Tensor asked =
        canvas.defined() ? at::cat({x, canvas.expand({x.size(0), -1, -1, -1})}, 1) : x;
    const Tensor predicted = unet(model.unetConfig, model.unet, asked, input, taps);
    const double level = schedule.alphaBar(int(input.time));
    if (!predicted.defined() || model.schedule.prediction == Prediction::Epsilon)
        return predicted;
    if (model.schedule.prediction == Prediction::Velocity)
        return std::sqrt(level) * predicted + std::sqrt(1 - level) * x;
    return (x - std::sqrt(level) * predicted) / std::sqrt(1 - level);
}

Tensor latentOf(const StableDiffusion& model, const Tensor& image, const Tensor& noise)
{
    const Posterior posterior = encode(model.vaeConfig, model.vae, image);
    const Tensor z = noise.defined() ? posterior.sample(noise.to(model.device)) : posterior.mean;
    return z * model.vaeConfig.scalingFactor;
}

Tensor seededNoise(
    const StableDiffusion& model, uint64_t seed, uint32_t stream, int64_t h, int64_t w)
{
    return normal(seed, stream, {1, model.vaeConfig.latentChannels, h, w}).to(model.device);
}
