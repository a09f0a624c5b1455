// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/taps.h"
#include "core/diffusion/unet.h"
#include "core/touch.h"

#include <map>
#include <vector>

/// The steps of @p of that lie in a part of the run from @p begin to @p end, of 1.
Range stepsBetween(double begin, double end, int of);

/// What the touches of a run do inside its network. They act on the passes of the results, on both
/// halves of guidance, but a word on the half that has the prompt; never on the pass of a source.
/// A touch that multiplies by 1 is none, and where there are none nothing is added to the network.
class Touches
{
public:
    using Tokens = std::map<Subject, std::vector<ContextToken>>; ///< of each one's context

    Touches() = default;
    /// In a run of @p steps. Throws ValueError where a head or a word is not there.
    Touches(const std::vector<Touch>& touches, int steps, const UNetConfig& config, Tokens tokens);

    bool empty() const { return m_acting.empty(); }
    /// What a method does to an attention and what the touches do besides, for a pass. A weight of
    /// 0 is one of 1e-30, so that a row all of whose keys are left out stays a row.
    AttentionRule rule(const Site& site, const Subject& subject, AttentionRule ofMethod = {}) const;
    /// Where they change scores or probabilities, sites that are apart. A method that provides the
    /// attention there needs edits of its own, added before these, since there edits count.
    std::vector<Where> edited() const;
    /// Whether a site is not to be injected.
    bool leavesOut(const Site& site) const;
    /// Adds the taps. @p items says whose each item of the batch is. These must outlive the taps.
    void act(Taps& taps, const std::vector<Subject>& items) const;

private:
    struct Acting
    {
        Touch touch;
        Range steps;
        bool at(const Site& site) const;
    };
    void check(const Touch& touch) const;
    void actOnHeads(Taps& taps, const std::vector<Subject>& items) const;

    std::vector<Acting> m_acting;
    std::vector<int> m_heads; ///< of each attention layer
    Tokens m_tokens;
};
