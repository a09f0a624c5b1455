// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/autoencoder.h"
#include "core/diffusion/unet.h"
#include "core/text/textencoder.h"

#include <string>

// Whether the numbers of a network make one that works within a model, wherever they come from:
// from a config.json, or from the shapes of the weights in a file. Each throws Error that names
// @p file.

void checkConfig(const UNetConfig& config, const std::string& file);
void checkConfig(const AutoencoderConfig& config, const std::string& file);
void checkConfig(const TextEncoderConfig& config, const std::string& file);

/// Throws where @p channels at @p place do not make so many equal groups or heads.
void checkDivides(int channels, int parts, const std::string& place, const std::string& file);
