// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/editlabel.h"

#include "app/methodlist.h"
#include "app/translated.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <optional>
#include <set>

namespace {

struct EditWords
{
    Q_DECLARE_TR_FUNCTIONS(Edit)
};

template<typename Map>
std::vector<std::string> different(const Map& a, const Map& b)
{
    std::set<std::string> keys;
    for (const Map* map : {&a, &b})
        for (const auto& [key, value] : *map)
            keys.insert(key);
    std::vector<std::string> found;
    for (const std::string& key : keys) {
        const auto was = a.find(key), is = b.find(key);
        if (was == a.end() || is == b.end() || !(was->second == is->second))
            found.push_back(key);
    }
    return found;
}

/// Where the pictures of a slot differ; nothing where there are more or fewer, or in several
/// places.
std::optional<int> changedPlace(const std::vector<Input>& before, const std::vector<Input>& after)
{
    std::optional<int> place;
    for (std::size_t i = 0; i < before.size() && before.size() == after.size(); ++i) {
        if (before[i] == after[i])
            continue;
        if (place)
            return {};
        place = int(i);
    }
    return place;
}

const Slot* slotIn(const MethodList& methods, const Document& of, const std::string& id)
{
    const Method* method = methods.find(of.method);
    if (const Slot* own = method ? slot(*method, id) : nullptr)
        return own;
    for (const Method& other : methods.methods())
        if (const Slot* found = slot(other, id))
            return found;
    return nullptr;
}

/// What stands beside a picture, or the picture itself.
QString inputLabel(const QString& place, const Input& before, const Input& after)
{
    if (before.image != after.image || before.name != after.name)
        return EditWords::tr("Set %1").arg(place);
    if (before.kind != after.kind)
        return EditWords::tr("Kind of %1").arg(place);
    if (before.weight != after.weight)
        return EditWords::tr("Weight of %1").arg(place);
    return EditWords::tr("Span of %1").arg(place);
}

bool sameButInOrder(const std::vector<Input>& before, const std::vector<Input>& after)
{
    return before.size() == after.size() && std::ranges::all_of(before, [&](const Input& one) {
               return std::ranges::count(before, one) == std::ranges::count(after, one);
           });
}

QString slotLabel(
    const Slot& slot, const std::vector<Input>& before, const std::vector<Input>& after)
{
    if (const auto at = changedPlace(before, after))
        return inputLabel(placeLabel(slot, *at), before[std::size_t(*at)], after[std::size_t(*at)]);
    if (sameButInOrder(before, after))
        return EditWords::tr("Move %1").arg(placeLabel(slot, 0));
    const auto first = std::ranges::mismatch(before, after).in1 - before.begin();
    if (after.size() < before.size())
        return EditWords::tr("Clear %1").arg(placeLabel(slot, int(first)));
    return EditWords::tr("Set %1").arg(placeLabel(slot, int(first)));
}

QString inputsLabel(
    const MethodList& methods, const Document& before, const Document& after,
    const std::vector<std::string>& slots)
{
    const Slot* first = slotIn(methods, after, slots[0]);
    const Slot* second = slots.size() == 2 ? slotIn(methods, after, slots[1]) : nullptr;
    if (second && before.picture(slots[0]) == after.picture(slots[1])
        && before.picture(slots[1]) == after.picture(slots[0]))
        return EditWords::tr("Swap %1 and %2").arg(placeLabel(*first, 0), placeLabel(*second, 0));
    if (slots.size() > 1 || !first)
        return EditWords::tr("Pictures");
    return slotLabel(*first, before.pictures(slots[0]), after.pictures(slots[0]));
}

QString valuesLabel(const MethodList& methods, const Document& before, const Document& after)
{
    const Choices &was = before.chosen(), &is = after.chosen();
    const Method* method = methods.find(after.method);
    if (!method)
        return EditWords::tr("Values");
    if (was.preset != is.preset) {
        const auto preset = std::ranges::find(method->presets, is.preset, &Preset::id);
        return preset == method->presets.end()
            ? EditWords::tr("Preset Recommended")
            : EditWords::tr("Preset %1").arg(translated(preset->label));
    }
    if (was.touches != is.touches)
        return is.touches.size() < was.touches.size() ? EditWords::tr("Take out a touch")
                                                      : EditWords::tr("Touch the network");
    const auto ids = different(was.byHand, is.byHand);
    const auto p = ids.size() == 1 ? std::ranges::find(method->parameters, ids[0], &Parameter::id)
                                   : method->parameters.end();
    if (p == method->parameters.end())
        return EditWords::tr("Values");
    const QString label = translated(p->label);
    return is.byHand.contains(ids[0]) ? label : EditWords::tr("Reset %1").arg(label);
}

/// Values that a hand does not choose at once but types or drags.
bool isTyped(const Parameter& p)
{
    return p.choices.empty() && !std::holds_alternative<bool>(p.initial);
}

} // namespace

QString placeLabel(const Slot& slot, int at)
{
    const QString label = translated(slot.label).replace(QLatin1Char('\''), QChar(0x2032));
    return at > 0 ? EditWords::tr("%1 %2").arg(label).arg(at + 1) : label;
}

QString editLabel(const MethodList& methods, const Document& before, const Document& after)
{
    if (before.method != after.method) {
        const Method* to = methods.find(after.method);
        return EditWords::tr("Switch to %1").arg(to ? translated(to->name) : QString());
    }
    if (const auto slots = different(before.inputs, after.inputs); !slots.empty())
        return inputsLabel(methods, before, after, slots);
    if (before.choices != after.choices)
        return valuesLabel(methods, before, after);
    if (before.seedKnown() && !after.seedKnown())
        return EditWords::tr("Random seeds");
    if (before.seed != after.seed)
        return EditWords::tr("Seed");
    if (before.seedLocked != after.seedLocked || before.seedDrawn != after.seedDrawn)
        return EditWords::tr("Lock seed");
    if (before.model != after.model)
        return after.model.isEmpty()
            ? EditWords::tr("The default model")
            : EditWords::tr("Model %1").arg(QFileInfo(after.model).fileName());
    if (before.loras != after.loras)
        return EditWords::tr("LoRAs");
    if (before.device != after.device)
        return EditWords::tr("Device");
    if (before.precision != after.precision)
        return EditWords::tr("Precision");
    return EditWords::tr("What the model predicts");
}

std::string typedField(const MethodList& methods, const Document& before, const Document& after)
{
    // All else is as it was: the earlier document with the field's new value is the later one.
    Document filled = before;
    const auto slots = different(before.inputs, after.inputs);
    const Method* method = methods.find(after.method);
    if (before.seed != after.seed) {
        filled.seed = after.seed;
        filled.seedLocked = after.seedLocked;
        filled.seedDrawn = after.seedDrawn;
        return filled == after ? "seed" : "";
    }
    if (before.loras != after.loras && before.loras.size() == after.loras.size())
        for (std::size_t i = 0; i < before.loras.size(); ++i)
            if (before.loras[i] != after.loras[i]) {
                filled.loras[i].lora.weight = after.loras[i].lora.weight;
                return filled == after ? "lora " + std::to_string(i) : "";
            }
    if (slots.size() == 1) {
        const auto at = changedPlace(before.pictures(slots[0]), after.pictures(slots[0]));
        if (!at)
            return {};
        Input& was = filled.inputs[slots[0]][std::size_t(*at)];
        const Input& is = after.picture({slots[0], *at});
        const std::string place = slots[0] + ' ' + std::to_string(*at);
        const bool weight = was.weight != is.weight;
        was.weight = is.weight;
        if (weight)
            return filled == after ? "weight " + place : "";
        was.begin = is.begin;
        was.end = is.end;
        return filled == after ? "span " + place : "";
    }
    const auto ids = different(before.chosen().byHand, after.chosen().byHand);
    if (ids.size() != 1 || !method || !after.chosen().byHand.contains(ids[0]))
        return {};
    const auto p = std::ranges::find(method->parameters, ids[0], &Parameter::id);
    filled.choices[filled.method].byHand[ids[0]] = after.chosen().byHand.at(ids[0]);
    const bool typed = p != method->parameters.end() && isTyped(*p);
    return typed && filled == after ? "value " + after.method + ' ' + ids[0] : "";
}
