// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/samplingrun.h"
#include "core/models.h"
#include "plugins/plugandplay/inversionstore.h"
#include "plugins/plugandplay/parameters.h"

/// The source picture at the size that the network works on, opaque. Throws Error where it is too
/// long for its width.
Image sourceImage(const Image& picture, const InversionSettings& settings);

/// All that determines the latents of an inversion, as a text: picture, model, precision, rule,
/// steps, prompt and size.
std::string inversionIdentity(
    const Request& request, const Image& source, const InversionSettings& settings);

/// What is to be known of an inversion before it is made: that it is ready, or how many steps it
/// takes and what they are worth. Reads the cache's header alone.
std::string inversionNote(
    const Request& request, const Image& source, const InversionSettings& settings,
    const Models& models);

/// Reports how far a long work is.
Counted counting(const Report& report, const std::string& stage);

/// A picture brought to noise.
struct Inverted
{
    std::shared_ptr<const Network> network = {};
    Tensor context = {}; ///< of the inversion's prompt
    Trajectory trajectory = {};
    bool stopped = false; ///< what was done is kept and goes on next time
    bool fromCache = false;
};
/// Inverts the picture, or takes the inversion that is kept; goes on with one that was stopped, and
/// keeps it every half minute and at the end. Tells the stage "Inverting the picture".
Inverted inverted(
    const StableDiffusion& model, const Request& request, const Image& source,
    const InversionSettings& settings, const Models& models, const Report& report);

/// "Stopped after 7 of 50 steps of the inversion; the next run goes on there."
std::string stoppedNote(const Inverted& inverted, const InversionSettings& settings);

/// What sampling back from an inversion's last latent gives; empty where the caller stopped.
Image reconstruction(
    const Inverted& inverted, const InversionSettings& settings, const Report& report);
/// "The inversion brings the source back with 24.5 dB (PSNR)."
std::string reconstructionNote(const Image& source, const Image& back);
