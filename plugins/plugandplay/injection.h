// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/taps.h"
#include "core/diffusion/touches.h"
#include "core/diffusion/unet.h"

#include <map>
#include <optional>
#include <vector>

/// What of the source's network state takes the place of the result's (section 3 of the paper).
struct Injection
{
    Layers features = {{14, 15}}; ///< residual blocks: 14 is up_blocks.1.resnets.1
    Range featureSteps = {0, 40};
    Layers attention = {{8, 16}}; ///< self-attention layers, whose queries and keys are replaced
    Range attentionSteps = {0, 25};

    bool operator==(const Injection&) const = default;
};

/// The source's tensors of one step, by layer: of one pass, or of an unconditional and a
/// conditional one.
struct SourceFeatures
{
    std::map<int, QueryKey> attention = {};
    std::map<int, Tensor> residual = {}; ///< before the skip is added
};

/// What is left of an injection at a step where touches leave sites out. What is recorded of the
/// source stays what it was, so that it serves the next edit too.
Injection leftOf(const Injection& injection, const Touches& touches, int step);
/// The last site in the network whose tensors are injected at a step: the source's pass ends there.
std::optional<LastSite> lastInjected(
    const Injection& injection, int step, const UNetConfig& config);
/// The steps of a run of @p steps whose source's passes go in one batch with that of @p step. They
/// follow each other and end at the same site; which they are depends on nothing else, so that a
/// run that goes on has the same batches.
Range stepsAtOnce(const Injection& injection, int step, int steps);
/// How often the latent was halved at a site.
int levelOf(const LastSite& site, const UNetConfig& config);
/// Taps of the source's pass at a step, which fill @p features.
Taps recording(const Injection& injection, int step, SourceFeatures& features);
/// Taps of the result's pass: the source's tensors in place of its own, which are not computed.
/// @p halves tells for each of its items which of the source's passes serves it.
Taps injecting(
    const Injection& injection, const SourceFeatures& features, const std::vector<int>& halves);
/// The same where the source's passes are the first items of the batch, and all is computed and
/// then overwritten.
Taps overwriting(const Injection& injection, const std::vector<int>& halves);
/// Elements of what is recorded over a whole run for a latent of @p height x @p width.
int64_t recordedElements(
    const Injection& injection, int steps, const UNetConfig& config, int64_t height, int64_t width);
