// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/weights.h"
#include "core/stagereport.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

// A model that memory is too short for: its networks are loaded one after the other, each when it
// is asked, and the one before it goes first. The numbers are the same; loading takes its time.

/// The networks of a model, in the order in which a run asks them.
enum class ModelPart { TextEncoder, UNet, Autoencoder };
constexpr int modelParts = 3;

/// When networks are loaded one after the other.
enum class StagingRule {
    WhereShort, ///< where not all of them fit
    Always      ///< to try it
};
void setStagingRule(StagingRule rule);
StagingRule stagingRule();

/// What networks need, in bytes, once they are loaded.
struct PartSizes
{
    std::array<uint64_t, modelParts> bytes = {}; ///< by ModelPart; 0: there is none
    uint64_t work = 0; ///< what a run needs besides: an estimate, from the largest of its tensors

    uint64_t all() const; ///< without work
    uint64_t largest() const;
};
/// Whether networks of these sizes have to follow each other where that much memory is free.
bool isShort(const PartSizes& sizes, uint64_t free);

/// The networks of such a model: at most one of them is in memory.
class Staging
{
public:
    /// Loads a part, and tells how far it is; empty where that answers no. What is to be said of
    /// it is added to the notes. Throws Error.
    using Load =
        std::function<Weights(ModelPart, const StageReport&, std::vector<Sentence>& notes)>;

    Staging(PartSizes sizes, Load load);

    const PartSizes& sizes() const { return m_sizes; }
    bool has(ModelPart part) const { return m_sizes.bytes[size_t(part)] > 0; }
    /// The weights of a part, which has to be there; they go when another part is asked for, so
    /// nobody keeps them. Empty where a stop was asked for (core/stopping.h) while they were
    /// loaded; @p progress is told, and its answer does not count.
    Weights part(ModelPart part, const StageReport& progress);
    /// What is in memory now, in bytes.
    uint64_t loaded() const;
    /// What is to be said of the parts that were loaded so far.
    const std::vector<Sentence>& notes() const { return m_notes; }

private:
    PartSizes m_sizes;
    Load m_load;
    std::optional<ModelPart> m_now = {};
    Weights m_weights = {};
    std::vector<Sentence> m_notes = {};
};
