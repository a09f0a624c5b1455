// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/controlnet.h"
#include "core/diffusion/recorder.h"
#include "core/diffusion/sampler.h"
#include "core/diffusion/stablediffusion.h"
#include "core/diffusion/touches.h"

#include <array>
#include <vector>

/// A ControlNet with its map, as it acts in a run.
struct Control
{
    std::shared_ptr<const ControlNet> net = {};
    Tensor hint = {}; ///< from encodeHint()
    double weight = 1;
    Range steps = {}; ///< of the sampler
};

/// What the networks are asked with besides the latent.
struct Guides
{
    Tensor context = {};       ///< [1, tokens, width]: the references' tokens
    Tensor unconditional = {}; ///< likewise; undefined: zeros, which cost no cross-attention
    std::vector<Control> controls = {};
    bool guessMode = false; ///< controls act on the conditional pass alone, coarse levels most
    Tensor hole = {};       ///< for models with 9 channels: Canvas::hole
    Touches touches = {};
    Recorder* recorder = nullptr; ///< looks on
    /// Of earlier passes of the unconditional and the conditional kind; null: nothing is kept.
    std::array<KeptPasses*, 2> kept = {};
};

/// A pass of the UNet with its ControlNets; @p conditional: with the references' tokens.
Tensor predicted(
    const UNetConfig& config, const Weights& unetWeights, const Guides& guides, const Tensor& x,
    const Step& step, bool conditional);
/// Both passes, guided: unconditional + guidance (conditional - unconditional). At guidance 1 the
/// unconditional pass is left out.
Tensor guided(
    const UNetConfig& config, const Weights& unetWeights, const Guides& guides, const Tensor& x,
    const Step& step, double guidance);
