// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/staging.h"

#include "core/nn/pool.h"
#include "core/stopping.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <utility>

namespace {

std::atomic<StagingRule> ruleInUse = StagingRule::WhereShort;

} // namespace

void setStagingRule(StagingRule rule)
{
    ruleInUse = rule;
}

StagingRule stagingRule()
{
    return ruleInUse;
}

uint64_t PartSizes::all() const
{
    return std::accumulate(bytes.begin(), bytes.end(), uint64_t(0));
}

uint64_t PartSizes::largest() const
{
    return std::ranges::max(bytes);
}

bool isShort(const PartSizes& sizes, uint64_t free)
{
    return stagingRule() == StagingRule::Always || free < sizes.all() + sizes.work;
}

Staging::Staging(PartSizes sizes, Load load)
    : m_sizes(sizes)
    , m_load(std::move(load))
{
}

Weights Staging::part(ModelPart part, const StageReport& progress)
{
    if (m_now == part)
        return m_weights;
    m_now.reset();
    m_weights = {}; // before the other is loaded
    releaseIdleMemory();
    // What a caller answers to a stage is the run's; a load within a pass ends as the pass does.
    const StageReport told = [&progress](const StageEvent& event) {
        progress(event);
        return !stopAsked();
    };
    m_weights = m_load(part, told, m_notes);
    if (!m_weights.empty())
        m_now = part;
    return m_weights;
}

uint64_t Staging::loaded() const
{
    return m_now ? m_sizes.bytes[size_t(*m_now)] : 0;
}
