// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/stablediffusion.h"
#include "core/found/networkslot.h"
#include "core/run.h"

#include <memory>
#include <string>
#include <vector>

// Files that a request names beside its model: a text encoder that lies apart, learnt words, a
// small decoder.

/// How a method lets people choose what previews and results are decoded by.
std::vector<Parameter> decodingParameters(const std::string& group);

/// The parameters of a method that are files of networks which every method may have beside its
/// model; @p decodes: it makes pictures, so that a small decoder serves.
std::vector<NetworkSlot> networksBeside(const std::string& method, bool decodes = true);

/// The request's model with what its files give; @p model where it names none, null where @p
/// progress stopped it. What is loaded is kept in @p models. Throws Error.
std::shared_ptr<const StableDiffusion> withParts(
    const std::shared_ptr<const StableDiffusion>& model, const Request& request, Models& models,
    const StageReport& progress);

/// All of those files that the context of @p prompt depends on, for a key; empty: none.
std::string partsKey(const Request& request, const std::string& prompt);

/// Throws Error where the request's model has no text encoder and the request names none. Reads
/// headers alone.
void checkUnderstands(const Request& request);
