// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/fewsteps.h"

#include "core/errors.h"

#include <algorithm>

const FewSteps* fewStepsOf(const std::string& sha256)
{
    static const Catalogue catalogue = [] {
        try {
            return readCatalogue();
        } catch (const Error&) { // who lists what there is says so
            return Catalogue();
        }
    }();
    const CatalogueEntry* found = catalogue.withHash(sha256);
    return found && found->fewSteps ? &*found->fewSteps : nullptr;
}

Values fewStepValues(const Method& method, const FewSteps& use)
{
    const Parameter* sampler = parameter(method, Role::Sampler);
    if (!sampler
        || std::ranges::find(sampler->choices, use.sampler, &Choice::value)
            == sampler->choices.end())
        return {};
    Values values = {{sampler->id, use.sampler}};
    if (const Parameter* steps = parameter(method, Role::Steps))
        values[steps->id] = use.steps;
    if (const Parameter* guidance = parameter(method, Role::Guidance))
        values[guidance->id] = use.guidance;
    return values;
}
