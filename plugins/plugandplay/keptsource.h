// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/samplingrun.h"
#include "core/models.h"
#include "plugins/plugandplay/settings.h"
#include "plugins/plugandplay/source.h"

/// What is kept between edits: the last source and, apart from it, since they change with the
/// injection, its features.
struct KeptSource
{
    std::string key = {}; ///< all that determines the source
    Source source = {};
    Tensor noise = {}, caption = {}; ///< of a picture: what its inversion ends in, and the context
                                     ///< of that
    Sentence measured = {};          ///< how near the inversion brings it back, once that was asked
    std::map<Rounding, Image> pictures = {}; ///< of a source that was made: what it shows

    ContextKeys keys = {};                       ///< of the source's context
    std::string injected = {};                   ///< what the features were recorded for
    std::map<int, SourceFeatures> features = {}; ///< by step, on the CPU
};

/// A translation that is wanted.
struct TranslateRequest
{
    const StableDiffusion& model;
    const Request& request;
    const TranslateSettings& settings;
    Models& models; ///< keeps the source
};

/// Inverts (or makes) the source and takes its latents. Null where the caller stopped. @p notes
/// gets what is to be said of it. Throws ValueError where the request has no source.
std::shared_ptr<KeptSource> preparedSource(
    const TranslateRequest& wanted, const StageReport& progress, Notes& notes);

/// How the source's passes are made, and whether the memory keeps what they give.
enum class SourcePasses {
    NotKept,
    OneByOne,
    Together, ///< of stepsAtOnce(): a pass has work that does not grow with its batch
};
/// The source's tensors for a step: those that are kept, or by its pass; @p recorder looks on at
/// that.
SourceFeatures sourceFeatures(
    const Network& network, KeptSource& kept, const Injection& injection, int step,
    SourcePasses passes, Recorder* recorder = nullptr);
/// What the source's features of all steps take, in GiB.
double featureSize(
    const StableDiffusion& model, const TranslateSettings& settings, const Source& source);
