// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models.h"
#include "plugins/plugandplay/settings.h"
#include "plugins/plugandplay/source.h"

#include <optional>

// Inversions are kept between runs, by all that determines them, and go on where they were stopped.

/// An inversion that is wanted: what it is made of and by, and who keeps it.
struct InversionRequest
{
    const StableDiffusion& model;
    const Request& request;
    const Image& picture; ///< from fittedPicture()
    const InversionSettings& settings;
    const Models& models; ///< its cache folder holds what is kept
};

/// All that determines the latents of an inversion, as a text: picture, model, the numbers that it
/// computes in, rule, steps, prompt and size.
std::string inversionIdentity(
    const Request& request, const Image& picture, const InversionSettings& settings);
/// The same of the way back from it, of which the latents at the sampling times are kept.
std::string wayBackIdentity(
    const Request& request, const Image& picture, const InversionSettings& settings);

/// What is to be known of an inversion, and of the way back where there is one, before they are
/// made: that they are ready, or how many steps they take and what these are worth. Reads the
/// cache's headers alone.
std::vector<Sentence> inversionNotes(
    const Request& request, const Image& picture, const InversionSettings& settings,
    const Models& models);

/// A picture brought to noise and, where its features come from the way back, sampled back.
struct Inverted
{
    Tensor caption = {}, empty = {};  ///< contexts: of the inversion's prompt, of none
    Tensor noise = {};                ///< what the inversion ends in
    Source source = {};               ///< to a translation, whose own pass has the empty prompt
    Sentence stopped = {};            ///< how far it came; empty: all is done
    bool computed = false;            ///< else everything was kept
    std::vector<Sentence> notes = {}; ///< of latentOf()
};
/// Inverts the picture, or takes what is kept of it; goes on where it was stopped, and keeps it
/// every half minute and at the end. Tells the stages "Inverting the picture" and "Sampling the
/// source back", before anything of them is computed.
Inverted inverted(const InversionRequest& wanted, const StageReport& progress);
