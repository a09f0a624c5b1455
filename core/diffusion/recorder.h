// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/taps.h"
#include "core/inspect/trace.h"

#include <functional>
#include <map>
#include <memory>
#include <vector>

/// Records what the network holds during the passes of a step, by taps that only look, so that no
/// bit of the result changes.
class Recorder
{
public:
    /// How numbers are kept: in half precision where that is exact enough, or all in single.
    enum class Keep { Compact, Singles };
    explicit Recorder(Recording recording, Keep keep = Keep::Compact);

    bool on() const { return !m_recording.empty(); }
    const Recording& recording() const { return m_recording; }
    /// What is the same for all steps; filled before the first one is taken.
    TraceSetting& setting() { return *m_setting; }

    /// What is done to an attention in a pass besides its queries and keys.
    using RuleAt = std::function<AttentionRule(const Site&, const Subject&)>;
    /// Adds the taps, to be called after all others were: they see what is used. @p items says
    /// whose each item of the batch is, and @p steps of which step, where a pass serves more than
    /// the one that is taken next; the recorder must outlive the taps.
    void watch(
        Taps& taps, std::vector<Subject> items, const RuleAt& rule = {},
        std::vector<int> steps = {});
    /// A feature map that no tap sees, [1, channels, h, w].
    void feature(
        const Subject& subject, const TraceSite& site, const std::string& name, const Tensor& x);
    /// The conditional prediction less the one that guidance leads away from, [candidates, ...].
    void guidance(const Tensor& difference);

    /// What was recorded since the last call, and of this step before; null if nothing is recorded.
    std::shared_ptr<const StepTrace> take(int step);

private:
    bool wants(const Subject& subject) const;
    void attention(
        PassTrace& pass, const Site& site, const Tensor& q, const Tensor& k,
        const AttentionRule& rule);
    Numbers kept(const Tensor& x) const;

    Recording m_recording;
    Keep m_keep = Keep::Compact;
    std::shared_ptr<TraceSetting> m_setting;
    StepTrace m_trace;
    std::map<int, std::map<Subject, PassTrace>> m_ofStep; ///< what was said to be of a step
};

/// A tensor as kept numbers: in half precision unless it overflows.
Numbers toNumbers(const Tensor& x);
/// Kept numbers as a tensor on the CPU, fp32.
Tensor toTensor(const Numbers& numbers);
