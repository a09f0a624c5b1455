// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/plugandplay/inversioncache.h"

/// A source made ready for sampling.
struct PreparedSource
{
    Source source = {};
    Tensor noise = {}, caption = {}; ///< of a picture: what its inversion ends in, and the context
                                     ///< of that
    std::string measured = {};       ///< how near the inversion brings it back, once that was asked
    ContextKeys keys = {};           ///< of the source's context
};

/// What is kept between edits: the last source, and apart from it, since they change with the
/// injection, its features.
struct KeptSource
{
    std::string key = {}, injected = {}; ///< what they were made for
    std::shared_ptr<PreparedSource> prepared = {};
    std::map<int, SourceFeatures> features = {}; ///< by step, on the CPU
};

/// Inverts (or makes) the source of a request and takes its latents, and keeps them in @p models.
/// Null where the caller stopped. @p notes gets what is to be said of it.
std::shared_ptr<KeptSource> preparedSource(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    Models& models, const StageReport& progress, Notes& notes);
/// The same where nothing has to be computed for it, since it is in memory or its inversion on
/// disk; else null, and what was kept stays.
std::shared_ptr<KeptSource> keptSource(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    Models& models);

/// The source's tensors for a step: those that are kept, or by its pass, which fills the memory as
/// far as it goes (@p keeps).
SourceFeatures sourceFeatures(
    const Network& network, KeptSource& kept, const Injection& injection, int step, double time,
    bool keeps);

/// The encoded prompts of a request.
Contexts contextsOf(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings);

/// The source picture of a request; null where it is to be made from a prompt.
const Image* sourcePicture(const Request& request);

/// The results of decoded @p pictures.
std::vector<Candidate> candidatesOf(const Request& request, const std::vector<Image>& pictures);

/// The whole method on a loaded model.
Result runTranslate(
    const StableDiffusion& model, const Request& request, Models& models, const Report& report);
