// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"
#include "core/diffusion/samplingrun.h"
#include "core/diffusion/stablediffusion.h"
#include "plugins/promptfree/settings.h"

/// What a run starts from and keeps; latents are scaled, fp32, on the model's device.
struct Canvas
{
    Tensor noise = {}; ///< [candidates, c, h, w]
    Tensor init = {};  ///< [1, c, h, w]; undefined: nothing to start from
    Tensor mask = {};  ///< [1, 1, h, w], 1 is painted anew; undefined: all
    Tensor hole = {};  ///< for a model with 9 channels: mask and masked picture, joined
    std::vector<Sentence> notes = {}; ///< of latentOf()
};
/// Throws ValueError where there is a mask and no picture to start from.
void checkMask(const Request& request);
/// From the request's pictures and its stored tensor `noise`, else from its seed: stream 0 of
/// seed + i for candidate i.
Canvas canvasOf(
    const StableDiffusion& model, const Request& request, const PromptFreeSettings& settings);

/// The latent after a step, with the part that is not painted put back at its level of noise.
Tensor restored(const Canvas& canvas, const Sampler& sampler, const Tensor& x, const Step& step);

/// The results of decoded @p pictures. What is not painted is the start picture's own, to the
/// pixel.
std::vector<Candidate> candidatesOf(
    const Request& request, const PromptFreeSettings& settings, std::vector<Image> pictures);
/// The same with 16 bits a channel.
std::vector<DeepCandidate> candidatesOf(
    const Request& request, const PromptFreeSettings& settings, std::vector<DeepImage> pictures);
