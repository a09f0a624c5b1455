// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/plugandplay/prepare.h"

/// A source made ready for sampling, with what is kept of it between edits.
struct PreparedSource
{
    Source source = {};
    std::vector<std::string> notes = {};
    mutable ContextKeys keys = {};                       ///< of the source's context
    mutable std::map<int, SourceFeatures> features = {}; ///< by step, on the CPU
};

/// Inverts (or makes) the source of a request and takes its latents; what was made last is kept in
/// @p models. Null where the caller stopped. @p notes gets what is to be said of it.
std::shared_ptr<const PreparedSource> preparedSource(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    Models& models, const Report& report, std::vector<std::string>& notes);

/// The source's tensors for a step: those that are kept, or by its pass, which fills the memory as
/// far as it goes (@p keeps).
SourceFeatures sourceFeatures(
    const Network& network, const PreparedSource& prepared, const Injection& injection, int step,
    double time, bool keeps);

/// The encoded prompts of a request.
Contexts contextsOf(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings);

/// The source picture of a request; null where it is to be made from a prompt.
const Image* sourcePicture(const Request& request);

/// The pictures of latents, one after the other: a batch would need the memory of all.
std::vector<Candidate> decoded(
    const StableDiffusion& model, const Request& request, const Tensor& x);

/// The whole method on a loaded model.
Result runTranslate(
    const StableDiffusion& model, const Request& request, Models& models, const Report& report);
