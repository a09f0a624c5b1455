// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/promptfree/guidance.h"
#include "plugins/promptfree/parameters.h"

#include <optional>

/// The pictures of a request that act as control: those with a weight and a kind other than
/// "none".
std::vector<Input> controlInputs(const Request& request);
/// The ControlNet's path for each of them: those that the settings name or, where they name none,
/// the folder controlnet-KIND beside the parts of @p model. Throws Error where there are too few
/// or one does not exist.
std::vector<std::filesystem::path> controlPaths(
    const std::vector<Input>& inputs, const PromptFreeSettings& settings,
    const std::filesystem::path& model);

/// Throws Error where a ControlNet or a file that a map needs is missing.
void checkControls(const Request& request, const PromptFreeSettings& settings);

/// The controls of a request of @p steps sampling steps, with their networks and maps. Nothing
/// where @p progress stopped it.
std::optional<std::vector<Control>> controlsOf(
    const StableDiffusion& model, const Request& request, const PromptFreeSettings& settings,
    int steps, Models& models, const Models::Progress& progress);
