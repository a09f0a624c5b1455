// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/level.h"
#include "core/diffusion/stablediffusion.h"

#include <algorithm>

/// A Stable Diffusion model as Plug-and-Play asks it: for the noise in a latent.
struct Network
{
    const StableDiffusion& model;
    Schedule schedule;
    Tensor hole = {}; ///< of an inpainting model, [1, 5, h, w]: everything is to be painted (a
                      ///< mask of ones), and what is to be kept is a grey picture

    /// @p latent gives the size.
    Network(const StableDiffusion& model, const Tensor& latent);

    /// The level of noise at a time, 0 to 999. Where nothing of the picture is left (zero terminal
    /// SNR), as little as the smallest half-precision number: a step from there divides by it.
    Level level(int time) const
    {
        return levelOfAlphaBar(std::max<double>(schedule.alphaBar(time), 0x1p-24));
    }
    /// The noise [n, c, h, w] that the model sees in @p x, [1, c, h, w], with @p input's contexts
    /// [n, tokens, width]; undefined where the pass ended at input.last. A model that predicts
    /// something else (the velocity, the clean latent) is read as the noise that follows from it.
    Tensor noise(const Tensor& x, const UNetInput& input, const Taps& taps = {}) const;
    /// What the model itself predicts: of a pass that the taps alone look at.
    Tensor predicted(const Tensor& x, const UNetInput& input, const Taps& taps) const;
};
