// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/plugandplay/prepare.h"

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
    mutable std::string key = {}, injected = {}; ///< what they were made for
    mutable std::shared_ptr<PreparedSource> prepared = {};
    mutable std::map<int, SourceFeatures> features = {}; ///< by step, on the CPU
};

/// Where a source may come from.
enum class SourceFrom {
    Anywhere, ///< made where it is not kept
    Kept,     ///< in memory or on disk
};

/// Inverts (or makes) the source of a request and takes its latents, and keeps them in @p models.
/// Null where the caller stopped, or where it is not kept and would have to be. @p notes gets what
/// is to be said of it.
std::shared_ptr<const KeptSource> preparedSource(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    Models& models, const Report& report, std::vector<Sentence>& notes,
    SourceFrom from = SourceFrom::Anywhere);

/// The source's tensors for a step: those that are kept, or by its pass, which fills the memory as
/// far as it goes (@p keeps).
SourceFeatures sourceFeatures(
    const Network& network, const KeptSource& kept, const Injection& injection, int step,
    double time, bool keeps);

/// The encoded prompts of a request.
Contexts contextsOf(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings);

/// The source picture of a request; null where it is to be made from a prompt.
const Image* sourcePicture(const Request& request);

/// The pictures of latents, one after the other: a batch would need the memory of all.
std::vector<Candidate> decoded(
    const StableDiffusion& model, const Request& request, const Tensor& x, const GoOn& goOn = {});

/// The whole method on a loaded model.
Result runTranslate(
    const StableDiffusion& model, const Request& request, Models& models, const Report& report);
