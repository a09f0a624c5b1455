// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/lora.h"
#include "core/model/modelfiles.h"
#include "core/models.h"

#include <optional>
#include <set>

/// How a load goes: where the tensors go, and whether it was stopped.
struct Loading
{
    at::Device device = at::kCPU;
    at::ScalarType type = at::kFloat;
    const StageReport& progress;
    bool stopped = false;
    /// What to choose where there is no room for the part; nothing: there was room for all parts of
    /// the model when the first was loaded, and it is not asked again.
    std::optional<Sentence> needsLess = Sentence("another one, or the precision bf16");
    std::vector<Sentence> notes = {}; ///< what was seen of a part that loads all the same

    /// Tells a stage; false: stop.
    bool tell(const Sentence& stage)
    {
        stopped = stopped || !progress(stage);
        return !stopped;
    }
};

/// All tensors of a part that a network of those shapes needs, called @p name to the user, with
/// what LoRAs add to them; empty where the load was stopped. Throws Error where one is missing, of
/// another shape or not finite, a MemoryError where there is no room for it; with
/// SIMILE_DAMAGED_VALUES=zero in the environment what is not finite becomes zero, which is a note.
/// A part whose values are all zero becomes a note, too.
Weights loadPart(
    const PartFiles& part, const Shapes& expected, const Sentence& name, Loading& loading,
    const LoraTerms& terms = {});
/// What is said of a part, called @p name to the user, whose values are all zero.
Sentence onlyZeros(const Sentence& name, const std::string& shown);
/// Reads the tensors called @p names again and puts them, one after the other, in the place of
/// those of @p weights. Empty where it was stopped.
Weights reloadTensors(
    Weights weights, const PartFiles& part, const std::set<std::string>& names,
    const Sentence& name, Loading& loading, const LoraTerms& terms);
