// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/schedule.h"
#include "core/nn/tensor.h"

#include <cmath>

/// How much picture and how much noise a latent holds: x = signal z + noise ε, the squares adding
/// up to 1.
struct Level
{
    double signal = 1, noise = 0;

    double sigma() const { return noise / signal; }
    double lambda() const { return std::log(signal) - std::log(noise); } ///< ∞ without noise
};
/// The level of ᾱ with roots in double precision. The samplers round theirs to fp32, as diffusers'
/// do.
Level levelOfAlphaBar(double alphaBar);

/// What a prediction means at a level: the clean latent and the noise.
struct Clean
{
    Tensor latent = {}, noise = {};
};
/// From a prediction of the noise, the velocity or the clean latent itself (Salimans and Ho 2022,
/// appendix D). Latents are fp32.
Clean clean(Prediction kind, const Tensor& x, const Tensor& prediction, Level level);
/// The same picture and noise at another level.
Tensor atLevel(const Clean& clean, Level level);

/// DDIM's deterministic step between two levels, either way (Song et al. 2021, equation 12 with
/// sigma = 0): @p noise is what the network sees in @p x.
Tensor ddimStep(const Tensor& x, const Tensor& noise, Level from, Level to);
