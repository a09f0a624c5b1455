// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/level.h"
#include "core/diffusion/sampler.h"

#include <vector>

/// What one evaluation leads from and to.
struct Move
{
    Level from = {}, to = {};
};

/// What a sampler knows of its run.
struct SamplerState
{
    ScheduleConfig config = {};
    SamplerOptions options = {};
    std::vector<Step> steps = {};
    std::vector<Move> moves = {}; ///< by step
    std::vector<float> sigmas = {};

    // Of the steps taken, for the multistep rules:
    int taken = 0;
    std::vector<Tensor> history = {}; ///< predictions, the newest first
    Tensor lastSample = {};
    int lastOrder = 1;

    const Move& move(const Step& step) const { return moves.at(step.index); }
    void remember(const Tensor& prediction, size_t most);
};

/// What a prediction means at a level, the clean latent clipped where the schedule says so.
Clean clean(const ScheduleConfig& config, const Tensor& x, const Tensor& prediction, Level level);

// The rules; x and the prediction are fp32.
Tensor ddim(
    const SamplerState& s, const Tensor& x, const Tensor& m, const Step& step, const Noise&);
Tensor plms(SamplerState& s, const Tensor& x, const Tensor& m, const Step& step);
Tensor lcm(const SamplerState& s, const Tensor& x, const Tensor& m, const Step& step, const Noise&);
Tensor euler(const SamplerState& s, const Tensor& x, const Tensor& m, const Step& step);
Tensor eulerAncestral(
    const SamplerState& s, const Tensor& x, const Tensor& m, const Step&, const Noise&);
Tensor dpmPlusPlus(
    SamplerState& s, const Tensor& x, const Tensor& m, const Step& step, const Noise&);
Tensor uniPC(SamplerState& s, const Tensor& x, const Tensor& m, const Step& step);
