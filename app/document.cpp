// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/document.h"

#include "app/methodlist.h"
#include "app/translated.h"
#include "core/errors.h"

#include <QRandomGenerator>

#include <algorithm>
#include <optional>
#include <set>

namespace {

/// Where there is no plug-in at all the window still opens and says so.
const Method noMethod {};
const Input noInput {};
const std::vector<Input> noInputs {};
const Choices noChoices {};

std::optional<Value> recommended(const Parameter& p, const Method& method, const ModelCard& card)
{
    const auto values = card.recommended.find(method.id);
    if (values == card.recommended.end() || !values->second.contains(p.id))
        return {};
    try {
        return parseValue(p, values->second.at(p.id));
    } catch (const Error&) {
        return {}; // a run says what is wrong with it
    }
}

/// The document without entries that say nothing, so that equal ones compare equal.
Document tidied(Document document)
{
    std::erase_if(document.inputs, [](const auto& slot) { return slot.second.empty(); });
    std::erase_if(document.choices, [](const auto& of) { return of.second == Choices(); });
    return document;
}

template<typename Map>
std::set<std::string> keysOf(const Map& a, const Map& b)
{
    std::set<std::string> keys;
    for (const Map* map : {&a, &b})
        for (const auto& [key, value] : *map)
            keys.insert(key);
    return keys;
}

} // namespace

const std::vector<Input>& Document::pictures(const std::string& slot) const
{
    const auto found = inputs.find(slot);
    return found == inputs.end() ? noInputs : found->second;
}

const Input& Document::picture(const Place& place) const
{
    const auto& all = pictures(place.slot);
    return place.at < int(all.size()) ? all[std::size_t(place.at)] : noInput;
}

const Choices& Document::chosen() const
{
    const auto found = choices.find(method);
    return found == choices.end() ? noChoices : found->second;
}

Editor::Editor(const MethodList& methods, QObject* parent)
    : QObject(parent)
    , m_methods(methods)
{
    const auto mode = std::ranges::find_if(
        methods.methods(), [](const Method& method) { return !method.isTool(); });
    m_document.method = mode == methods.methods().end() ? std::string() : mode->id;
}

const Method& Editor::method() const
{
    const Method* method = m_methods.find(m_document.method);
    return method ? *method : noMethod;
}

Editor::Step::Step(Editor& editor, const QString& label)
    : Step(editor, label, 0)
{
}

Editor::Step::Step(Editor& editor, const QString& label, int number)
    : m_editor(editor)
{
    if (m_editor.m_depth++ > 0)
        return;
    m_editor.m_open = {
        .before = m_editor.m_document,
        .label = label,
        .number = number > 0 ? number : m_editor.m_steps + 1};
    m_editor.m_steps = std::max(m_editor.m_steps, m_editor.m_open.number);
}

Editor::Step::~Step()
{
    if (--m_editor.m_depth > 0)
        return;
    Edit edit = std::exchange(m_editor.m_open, {});
    edit.after = m_editor.m_document;
    if (edit.before != edit.after)
        Q_EMIT m_editor.edited(edit);
}

void Editor::set(Document document)
{
    const Step step(*this, {});
    if (document.method != m_document.method && document.branch == m_document.branch)
        document.branch.reset();
    if (document.method != m_document.method || document.branch != m_document.branch)
        document.missing.reset();
    take(std::move(document));
}

void Editor::put(Document document)
{
    const Document before = m_document;
    take(std::move(document));
    Q_EMIT replaced(before);
}

void Editor::take(Document document)
{
    const Document before = std::exchange(m_document, tidied(std::move(document)));
    const Document& now = m_document;
    if (now.method != before.method)
        Q_EMIT methodChanged();
    tellInputs(before);
    tellValues(before);
    if (now.method != before.method || now.chosen().touches != before.chosen().touches)
        Q_EMIT touchesChanged();
    if (now.seed != before.seed || now.seedLocked != before.seedLocked
        || now.seedDrawn != before.seedDrawn)
        Q_EMIT seedChanged();
    if (now.device != before.device || now.precision != before.precision
        || now.prediction != before.prediction)
        Q_EMIT deviceChanged();
    if (now.model != before.model)
        Q_EMIT modelChosen();
    if (now.loras != before.loras)
        Q_EMIT lorasChanged();
    if (now.branch != before.branch)
        Q_EMIT branchChanged();
}

void Editor::tellInputs(const Document& before)
{
    for (const std::string& slot : keysOf(before.inputs, m_document.inputs))
        if (before.pictures(slot) != m_document.pictures(slot))
            Q_EMIT inputChanged(slot);
}

void Editor::tellValues(const Document& before)
{
    const Choices &was = before.chosen(), &is = m_document.chosen();
    if (before.method != m_document.method || was.preset != is.preset) {
        Q_EMIT valueChanged({});
        return;
    }
    for (const std::string& id : keysOf(was.byHand, is.byHand)) {
        const auto a = was.byHand.find(id), b = is.byHand.find(id);
        const bool same = a != was.byHand.end() && b != is.byHand.end() && a->second == b->second;
        if (!same)
            Q_EMIT valueChanged(id);
    }
}

void Editor::setCard(ModelCard card)
{
    m_card = std::move(card);
    Q_EMIT cardChanged();
    Q_EMIT valueChanged({});
}

Editor::Sourced Editor::sourced(const std::string& id) const
{
    const Method& from = method();
    const Parameter& p = parameter(from, id);
    const Choices& mine = m_document.chosen();
    if (const auto found = mine.byHand.find(id); found != mine.byHand.end())
        return {found->second, tr("set by hand")};
    const auto preset = std::ranges::find(from.presets, mine.preset, &Preset::id);
    if (preset != from.presets.end() && preset->values.contains(id))
        return {preset->values.at(id), tr("preset %1").arg(translated(preset->label))};
    if (const auto value = recommended(p, from, m_card))
        return {*value, tr("recommended for %1").arg(QString::fromStdString(m_card.name))};
    return {p.initial, hasPapersValues(from) ? tr("the paper's") : tr("the method's own")};
}

Value Editor::value(const std::string& id) const
{
    return sourced(id).value;
}

Values Editor::values() const
{
    Values all;
    for (const Parameter& p : method().parameters)
        all[p.id] = value(p.id);
    return all;
}

QString Editor::origin(const std::string& id) const
{
    return sourced(id).origin;
}

bool Editor::setByHand(const std::string& id) const
{
    return m_document.chosen().byHand.contains(id);
}

void Editor::setValue(const std::string& id, const Value& value)
{
    Q_ASSERT(value.index() == parameter(method(), id).initial.index());
    change([&](Document& d) { d.choices[d.method].byHand[id] = value; });
}

void Editor::resetValue(const std::string& id)
{
    change([&](Document& d) { d.choices[d.method].byHand.erase(id); });
}

void Editor::setPreset(const std::string& id)
{
    const auto& presets = method().presets;
    if (!id.empty() && std::ranges::find(presets, id, &Preset::id) == presets.end())
        return;
    change([&](Document& d) { d.choices[d.method].preset = id; });
}

void Editor::setTouches(std::vector<Touch> touches)
{
    change([&](Document& d) { d.choices[d.method].touches = std::move(touches); });
}

void Editor::addTouch(const Touch& touch)
{
    std::vector<Touch> all = touches();
    if (std::ranges::find(all, touch) != all.end())
        return;
    all.push_back(touch);
    setTouches(std::move(all));
}

void Editor::removeTouch(int at)
{
    std::vector<Touch> all = touches();
    all.erase(all.begin() + at);
    setTouches(std::move(all));
}

void Editor::setSeed(uint64_t seed)
{
    change([&](Document& d) {
        d.seed = seed;
        d.seedLocked = true;
        d.seedDrawn = false;
    });
}

void Editor::drawSeed()
{
    const Step step(*this, tr("New random seed"));
    change([](Document& d) {
        d.seed = QRandomGenerator::global()->generate();
        d.seedDrawn = !d.seedLocked;
    });
}

void Editor::freeSeed()
{
    change([](Document& d) { d.seedLocked = d.seedDrawn = false; });
}
