// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/analogist/settings.h"

/// Analogist (Gu et al. 2024, "Analogist: Out-of-the-box Visual In-Context Learning with Image
/// Diffusion Model", ACM TOG 43): from A, A' and B the picture B' such that A : A' :: B : B', by
/// inpainting a 2x2 grid with self-attention cloning and cross-attention masking.
Method analogist();
/// The grid as a picture, with the marks for a vision-language model; needs no model.
Method gridTool();

/// The grid of a request's pictures.
Image gridOf(const Request& request, const AnalogistSettings& settings);
/// The whole method on a loaded model, for a request whose values are resolved.
Result runAnalogist(const StableDiffusion& model, const Request& request, const Report& report);
