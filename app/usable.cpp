// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/usable.h"

#include "app/methodlist.h"
#include "app/settings.h"
#include "core/branch.h"
#include "core/errors.h"

#include <algorithm>

namespace {

bool isValue(const Parameter& p, const Value& value)
{
    try {
        checkValue(p, value);
        return true;
    } catch (const Error&) {
        return false;
    }
}

/// Without values that the method does not have or that it cannot have.
void tidy(Values& values, const Method& method)
{
    std::erase_if(values, [&](const auto& entry) {
        const auto p = std::ranges::find(method.parameters, entry.first, &Parameter::id);
        return p == method.parameters.end() || !isValue(*p, entry.second);
    });
}

} // namespace

std::shared_ptr<Run> usable(std::shared_ptr<Run> run, const MethodList& methods)
{
    const Method* method = methods.find(run->request().method);
    if (!method)
        return run;
    tidy(run->prepared.values, *method);
    addUnrecorded(*method, run->prepared.request, run->prepared.values);
    for (const Parameter& p : method->parameters)
        run->prepared.values.try_emplace(p.id, p.initial);
    return run;
}

std::optional<Document> usable(Document document, const MethodList& methods)
{
    if (!methods.find(document.method))
        return {};
    std::erase_if(document.choices, [&](const auto& entry) { return !methods.find(entry.first); });
    for (auto& [id, chosen] : document.choices) {
        const Method& method = *methods.find(id);
        tidy(chosen.byHand, method);
        if (std::ranges::find(method.presets, chosen.preset, &Preset::id) == method.presets.end())
            chosen.preset.clear();
    }
    for (const Method& method : methods.methods())
        for (const Slot& slot : method.slots)
            if (const auto found = document.inputs.find(slot.id);
                found != document.inputs.end() && !slot.several && found->second.size() > 1)
                found->second.resize(1);
    if (!isDevice(document.device))
        document.device = Document().device;
    if (!precisions().contains(document.precision))
        document.precision = Document().precision;
    if (!predictions().contains(document.prediction))
        document.prediction = Document().prediction;
    return document;
}
