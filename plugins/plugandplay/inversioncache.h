// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/samplingrun.h"
#include "core/models.h"
#include "plugins/plugandplay/inversionstore.h"
#include "plugins/plugandplay/settings.h"

#include <optional>

/// The source picture at the size that the network works on, opaque. Throws Error where it is too
/// long for its width.
Image sourceImage(const Image& picture, const InversionSettings& settings);

/// All that determines the latents of an inversion, as a text: picture, model, the numbers that it
/// computes in, rule, steps, prompt and size.
std::string inversionIdentity(
    const Request& request, const Image& source, const InversionSettings& settings);
/// The same of the way back from it, of which the latents at the sampling times are kept.
std::string wayBackIdentity(
    const Request& request, const Image& source, const InversionSettings& settings);

/// What is to be known of an inversion, and of the way back where there is one, before they are
/// made: that they are ready, or how many steps they take and what these are worth. Reads the
/// cache's headers alone.
std::vector<std::string> inversionNotes(
    const Request& request, const Image& source, const InversionSettings& settings,
    const Models& models);

/// A picture brought to noise and, where its features come from the way back, sampled back.
struct Inverted
{
    std::shared_ptr<const Network> network = {};
    Tensor caption = {}, empty = {}; ///< contexts: of the inversion's prompt, of none
    Tensor noise = {};               ///< what the inversion ends in
    Trajectory trajectory = {};      ///< levels of the inversion, or of the way back
    std::string stopped = {};        ///< how far it came, in a sentence; empty: all is done
    bool computed = false;           ///< else everything was kept
};
/// Inverts the picture, or takes what is kept of it; goes on where it was stopped, and keeps it
/// every half minute and at the end. Tells the stages "Inverting the picture" and "Sampling the
/// source back", before anything of them is computed.
Inverted inverted(
    const StableDiffusion& model, const Request& request, const Image& source,
    const InversionSettings& settings, const Models& models, const StageReport& progress);
/// The same where all of it is kept; else nothing.
std::optional<Inverted> keptInversion(
    const StableDiffusion& model, const Request& request, const Image& source,
    const InversionSettings& settings, const Models& models);
/// The source that an inverted picture is to a translation, whose own pass has the empty prompt.
Source sourceOf(const Inverted& inverted, const InversionSettings& settings);

/// What sampling back from an inversion's last latent @p noise gives, without guidance, in as many
/// steps; an undefined tensor where the caller stopped.
Tensor sampledBack(
    const Network& network, const Tensor& noise, const Tensor& context,
    const InversionSettings& settings, const StageReport& progress);
/// "The inversion brings the source back with 24.5 dB (PSNR)."
std::string reconstructionNote(const Image& source, const Image& back);
