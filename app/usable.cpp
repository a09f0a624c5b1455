// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/usable.h"

#include "app/devices.h"
#include "app/methodlist.h"
#include "app/settings.h"
#include "core/branch.h"
#include "core/errors.h"

#include <algorithm>
#include <utility>

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

/// Whether a method has such a slot, or none has one of that name.
bool takesSeveral(const std::string& id, const MethodList& methods)
{
    bool one = false;
    for (const Method& method : methods.methods())
        for (const Slot& slot : method.slots)
            if (slot.id == id && slot.several)
                return true;
            else if (slot.id == id)
                one = true;
    return !one;
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

std::set<std::string> missingMethods(const Document& document, const MethodList& methods)
{
    std::set<std::string> missing;
    for (const auto& [id, chosen] : document.choices)
        if (!methods.find(id))
            missing.insert(id);
    if (const std::string& id = document.missing ? document.missing->id : document.method;
        !id.empty() && !methods.find(id))
        missing.insert(id);
    return missing;
}

Document usable(Document document, const MethodList& methods)
{
    const bool whole = missingMethods(document, methods).empty();
    if (const auto mode = std::ranges::find(methods.methods(), false, &Method::isTool);
        !methods.find(document.method) && mode != methods.methods().end())
        document.missing = {
            std::exchange(document.method, mode->id), std::exchange(document.branch, {})};
    for (auto& [id, chosen] : document.choices) {
        const Method* method = methods.find(id);
        if (!method)
            continue;
        tidy(chosen.byHand, *method);
        chosen.paths.clear();
        if (std::ranges::find(method->presets, chosen.preset, &Preset::id) == method->presets.end())
            chosen.preset.clear();
    }
    for (auto& [slot, pictures] : document.inputs)
        if (whole && pictures.size() > 1 && !takesSeveral(slot, methods))
            pictures.resize(1);
    if (!isDevice(document.device))
        document.device = Document().device;
    document.device = presentDevice(document.device);
    if (!precisions().contains(document.precision))
        document.precision = Document().precision;
    if (!predictions().contains(document.prediction))
        document.prediction = Document().prediction;
    return document;
}
