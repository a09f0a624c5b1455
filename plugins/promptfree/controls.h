// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/samplingrun.h"
#include "plugins/promptfree/guidance.h"
#include "plugins/promptfree/settings.h"

#include <optional>

/// Whether a picture acts as control: with a weight.
bool acts(const Input& input);
/// A picture that acts as control, and the path of its ControlNet.
struct ControlPlan
{
    const Input* input = nullptr;
    std::filesystem::path network = {};
};
/// Those of @p inputs that act, each with its ControlNet: the settings name one for each input,
/// whether it acts or not, or one for all; where they name none, it is the folder controlnet-KIND
/// beside the parts of @p model. Throws Error where there are too few or one does not exist.
std::vector<ControlPlan> controlPlans(
    const std::vector<Input>& inputs, const PromptFreeSettings& settings,
    const std::filesystem::path& model);

/// What is to be known of the maps' networks, in sentences.
std::vector<Sentence> controlNotes(const Request& request);

/// Throws Error where a ControlNet or a file that a map needs is missing.
void checkControls(const Request& request, const PromptFreeSettings& settings);

/// Why a control picture of a kind cannot act in a request with resolved values; empty: it can.
Sentence lackOf(const std::string& kind, const Request& request);

/// The steps of @p of in which a control picture acts.
Range stepsOf(const Input& input, int of);

/// The controls of a request of @p steps sampling steps, with their networks and maps. Nothing
/// where @p progress stopped it. @p notes are told where nothing was found for a map.
std::optional<std::vector<Control>> controlsOf(
    const StableDiffusion& model, const Request& request, const PromptFreeSettings& settings,
    int steps, Models& models, const StageReport& progress, Notes* notes = nullptr);
