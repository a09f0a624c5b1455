// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/stablediffusion.h"
#include "plugins/plugandplay/settings.h"

/// The source picture of a request; null where the source is to be made from a prompt.
const Image* pictureOf(const Request& request);

/// A picture at the size that the network works on, opaque. Throws Error where it is too long for
/// its width.
Image fittedPicture(const Image& picture, const InversionSettings& settings);

/// The sides of the latent that a translation works on, in cells.
struct LatentSize
{
    int64_t height = 0, width = 0;
};
LatentSize latentSize(const Request& request, const TranslateSettings& settings);
/// A latent of the request's run out of what was kept; Error where it is of another size.
Tensor keptLatent(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    const Latent& latent);

/// The latent of a fitted picture. Where its posterior is sampled, the noise is the request's
/// stored tensor "noise_source", else stream 1 of its seed. @p notes as of latentOf().
Tensor pictureLatent(
    const StableDiffusion& model, const Request& request, const Image& picture, bool sample,
    std::vector<Sentence>& notes);
