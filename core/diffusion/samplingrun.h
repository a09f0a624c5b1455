// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/preview.h"
#include "core/diffusion/sampler.h"
#include "core/diffusion/stablediffusion.h"
#include "core/method.h"

#include <functional>
#include <string>

// What the methods that sample a latent step by step share.

std::shared_ptr<const Latent> toLatent(const Tensor& x);
Tensor toTensor(const Latent& latent);

/// Noise stored in the request under @p name, or an undefined tensor. Throws Error where it is of
/// another size.
Tensor storedNoise(const Request& request, const std::string& name, at::IntArrayRef shape);
/// The noise that a sampler draws besides the start: a stream of each candidate's seed for every
/// draw.
Noise drawsOf(uint64_t seed, const Tensor& like);
/// The model's own preview map, or one fitted to what its decoder makes of a part of a latent.
PreviewMap previewMapOf(const StableDiffusion& model, const Tensor& z);

/// The state of a run: what is told to the caller, and what it answered.
struct SamplingRun
{
    const Report& report;
    std::function<std::vector<Candidate>(const Tensor&)> decode = {};
    PreviewMap map = {};
    Result result = {};

    /// Tells a stage and answers whether to go on.
    bool stage(const std::string& name) { return report(StageEvent {name}).goOn; }
    /// Tells a step (0 is the start), decodes what was asked for, and answers whether to go on.
    /// Throws Error where the latent is no longer finite.
    bool step(int number, int of, double time, const Tensor& x, const Tensor& clean);
};

/// The model of a request; null where the caller stopped while it was loaded.
const StableDiffusion* loadModel(
    const Request& request, Models& models, const Report& report,
    const std::string& autoencoder = {});
