// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run.h"
#include "core/values.h"

#include <string>

/// The parameter that names an autoencoder in place of the model's own, for every method that
/// loads a model.
Parameter autoencoderParameter(const std::string& group);
/// The file or folder that a resolved request names by it; empty: the model's own.
std::string autoencoderOf(const Request& request);
