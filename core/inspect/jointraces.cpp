// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/jointraces.h"

std::shared_ptr<const StepTrace> joined(const StepTrace& first, const StepTrace& second)
{
    auto both = std::make_shared<StepTrace>(second);
    if (!both->setting)
        both->setting = first.setting;
    for (const auto& [subject, pass] : first.passes) {
        PassTrace& into = both->passes[subject];
        into.attention.insert(pass.attention.begin(), pass.attention.end());
        into.features.insert(pass.features.begin(), pass.features.end());
        if (into.guidanceNorm == 0)
            into.guidanceNorm = pass.guidanceNorm;
    }
    return both;
}
