// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/level.h"

Level levelOfAlphaBar(double alphaBar)
{
    return {.signal = std::sqrt(alphaBar), .noise = std::sqrt(1 - alphaBar)};
}

Clean clean(Prediction kind, const Tensor& x, const Tensor& prediction, Level level)
{
    const auto [signal, noise] = level;
    switch (kind) {
    case Prediction::Epsilon:
        return {(x - noise * prediction) / signal, prediction};
    case Prediction::Velocity:
        return {signal * x - noise * prediction, signal * prediction + noise * x};
    case Prediction::Sample:
        break;
    }
    return {prediction, (x - signal * prediction) / noise};
}

Tensor atLevel(const Clean& clean, Level level)
{
    return level.signal * clean.latent + level.noise * clean.noise;
}

Tensor ddimStep(const Tensor& x, const Tensor& noise, Level from, Level to)
{
    return atLevel(clean(Prediction::Epsilon, x, noise, from), to);
}
