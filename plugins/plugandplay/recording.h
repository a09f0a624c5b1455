// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/recorder.h"
#include "plugins/plugandplay/keptsource.h"

/// Whose the items of the source's passes are: the unconditional one first, if there are two.
std::vector<Subject> itemsOfSource(const Source& source);
/// What is the same for all steps of a translation.
void describe(
    TraceSetting& setting, const StableDiffusion& model, const TranslateSettings& settings,
    const Source& source);
/// The touches of a request, on a translation that was described.
Touches touchesOf(
    const Request& request, const StableDiffusion& model, const Source& source,
    const TraceSetting& setting);
/// What source and results hold in a step, computed again from the results' latents before it. The
/// source is made again where it is not kept.
std::shared_ptr<const StepTrace> traceTranslate(
    const Request& request, Models& models, const Recording& recording, int step,
    const Latent& before, const StageReport& progress);
