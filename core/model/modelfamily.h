// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/shapes.h"
#include "core/sentence.h"

#include <string>

/// What the tensors of a file are, by their names and shapes.
struct ModelFamily
{
    std::string kind = {}; ///< "LoRA", "SDXL", "Stable Diffusion" ...
    Sentence problem = {}; ///< continues "The file x "; empty: a UNet of Stable Diffusion's
};

/// Recognises a file by its tensors, as they are named in it.
ModelFamily modelFamily(const Shapes& tensors);

/// The width of the context that a UNet or a ControlNet takes; 0 where there is none.
int64_t contextWidthOf(const Shapes& tensors);
/// The kind of a UNet of Stable Diffusion's and what speaks against using it.
ModelFamily unetFamily(const UNetConfig& config);
