// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/stablediffusion.h"
#include "core/method.h"

/// Prompt-Free Diffusion (Xu et al. 2023): a picture in place of the prompt, read by SeeCoder.
Method promptFree();

/// The run of a request whose values are complete, on a loaded model.
Result runPromptFree(
    const StableDiffusion& model, const Request& request, Models& models, const Report& report);
