// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/trace.h"

#include <algorithm>

namespace {

int64_t sizeOf(const std::vector<float>& numbers)
{
    return int64_t(numbers.size() * sizeof(float));
}

} // namespace

int64_t StepTrace::bytes() const
{
    int64_t sum = 0;
    for (const auto& [subject, pass] : passes) {
        for (const auto& [site, trace] : pass.attention)
            sum += trace.query.bytes() + trace.key.bytes() + sizeOf(trace.logSums)
                + sizeOf(trace.figures.shares) + sizeOf(trace.figures.sharesBefore);
        for (const auto& [site, trace] : pass.features)
            sum += trace.values.bytes();
    }
    return sum;
}

bool Recording::wants(SiteKind kind) const
{
    return std::ranges::any_of(sites, [&](const Sites& each) { return each.kind == kind; });
}

bool Recording::wants(const TraceSite& site) const
{
    return std::ranges::any_of(sites, [&](const Sites& each) {
        return each.kind == site.kind
            && (each.layers.empty() || std::ranges::any_of(each.layers, [&](const Range& range) {
                    return range.contains(site.layer);
                }));
    });
}

Recording everything()
{
    Recording recording = attentionOnly();
    for (const SiteKind kind :
         {SiteKind::ResidualBlock, SiteKind::ResidualInput, SiteKind::Control})
        recording.sites.push_back({kind});
    return recording;
}

Recording attentionOnly()
{
    return {.sites = {{SiteKind::SelfAttention}, {SiteKind::CrossAttention}}, .figures = true};
}
