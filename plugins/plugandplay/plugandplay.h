// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/stablediffusion.h"
#include "core/method.h"

/// Plug-and-Play Diffusion Features (Tumanyan et al. 2023): a picture repainted by a prompt, its
/// structure kept. As the method "translate".
Method translate();
/// The whole method on a loaded model, for a request whose values are resolved.
Result runTranslate(
    const StableDiffusion& model, const Request& request, Models& models, const Report& report);

/// The tool "invert": a picture's way to noise, computed ahead and kept.
Method invertTool();
/// The tool "features": principal components of what the network holds of pictures at a step.
Method featuresTool();
/// The tool "structure": how far a picture's structure is from another's.
Method structureTool();
