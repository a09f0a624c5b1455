// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/fewsteps.h"

#include "app/translated.h"
#include "core/fewsteps.h"

#include <algorithm>

namespace {

/// "Hyper-SD is made for few steps, so ..."
Sentence said(const Method& method, const FewSteps& use)
{
    if (fewStepValues(method, use).empty())
        return {
            "%1 is made for few steps by a sampler that %2 does not have: it changes the picture, "
            "and the steps stay as they are.",
            use.name, inWords(method.name)};
    return {
        "%1 is made for few steps, so the sampler is %2 now, with %3 steps and guidance %4.",
        use.name, use.sampler, use.steps, std::to_string(int(use.guidance))};
}

} // namespace

QString switchToFewSteps(Document& document, const std::vector<Method>& methods, const Lora& lora)
{
    const FewSteps* use = fewStepsOf(lora.sha256);
    if (!use)
        return {};
    for (const Method& method : methods)
        for (const auto& [id, value] : fewStepValues(method, *use))
            document.choices[method.id].byHand[id] = value;
    const auto shown = std::ranges::find(methods, document.method, &Method::id);
    return shown == methods.end() ? QString() : translated(said(*shown, *use));
}

QString switchBack(Document& document, const std::vector<Method>& methods, const Lora& lora)
{
    const FewSteps* use = fewStepsOf(lora.sha256);
    if (!use)
        return {};
    bool shown = false;
    for (const Method& method : methods) {
        const auto chosen = document.choices.find(method.id);
        if (chosen == document.choices.end())
            continue;
        for (const auto& [id, value] : fewStepValues(method, *use)) {
            const auto set = chosen->second.byHand.find(id);
            if (set == chosen->second.byHand.end() || set->second != value)
                continue;
            chosen->second.byHand.erase(set);
            shown = shown || method.id == document.method;
        }
    }
    return shown ? translated(Sentence(
               "Without %1 the sampler, the steps and the guidance are as usual again.", use->name))
                 : QString();
}

Sentence followLoras(const Method& method, Request& request)
{
    for (const Lora& lora : request.loras)
        if (const FewSteps* use = fewStepsOf(lora.sha256)) {
            for (const auto& [id, value] : fewStepValues(method, *use))
                request.values.try_emplace(id, value);
            return said(method, *use);
        }
    return {};
}
