// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/maps.h"

#include "app/editlabel.h"
#include "app/engine.h"
#include "app/methodlist.h"
#include "app/translated.h"

#include <algorithm>

Maps::Maps(
    Engine& engine, Editor& editor, Inputs& inputs, std::function<Request()> request,
    QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_editor(editor)
    , m_inputs(inputs)
    , m_request(std::move(request))
{
}

bool Maps::canMake(const Place& place) const
{
    const Slot* slot = ::slot(m_editor.method(), place.slot);
    const Method* tool = slot && slot->maps ? m_editor.methods().find(slot->maps->tool) : nullptr;
    if (!tool || !mainSlot(*tool) || m_inputs.at(place).image.empty())
        return false;
    const std::string kind = kindOf(*slot, m_inputs.at(place));
    const auto kinds = std::ranges::find(tool->parameters, slot->maps->kind, &Parameter::id);
    return kinds != tool->parameters.end() && kind != slot->maps->finished
        && std::ranges::find(kinds->choices, kind, &Choice::value) != kinds->choices.end();
}

bool Maps::making(const Place& place) const
{
    return m_making.contains(place);
}

namespace {

/// What a tool is asked for, where and with which model as @p like: without what is the mode's own.
Request toolRequest(const Method& tool, const Request& like)
{
    Request request = like;
    request.method = tool.id;
    request.preset.clear();
    request.values.clear();
    request.touches.clear();
    request.loras.clear();
    request.branch.reset();
    return request;
}

} // namespace

Request mapRequest(
    const Slot& slot, const Method& tool, const Input& input, const Request& like,
    const std::function<Value(const std::string& id)>& value)
{
    Request request = toolRequest(tool, like);
    request.values = {{slot.maps->kind, kindOf(slot, input)}};
    for (const auto& [of, from] : slot.maps->values)
        request.values[of] = value(from);
    request.images = {{mainSlot(tool)->id, {{.image = input.image, .name = input.name}}}};
    return request;
}

void Maps::make(const Place& place)
{
    if (!canMake(place) || making(place))
        return;
    const Slot& slot = *::slot(m_editor.method(), place.slot);
    const Method& tool = *m_editor.methods().find(slot.maps->tool);
    const Input before = m_inputs.at(place);
    const Request request =
        mapRequest(slot, tool, before, m_request(), [this](const std::string& id) {
            return m_editor.value(id);
        });
    const int version = m_inputs.supersede(place);
    m_making.insert(place);
    Q_EMIT started(place);
    m_engine.ask<Result>(
        this,
        [tool, request, closing = m_engine.closing()](Models& models) {
            return run(tool, request, models, [closing](const Event&) {
                return Answer {.goOn = !closing.stop_requested()};
            });
        },
        [this, place, before, version](const Result& result) {
            m_making.erase(place);
            take(place, before, version, result);
            Q_EMIT ended(place);
        },
        [this, place](const Failure& failure) {
            m_making.erase(place);
            Q_EMIT failed(place, failure.sentence);
            Q_EMIT ended(place);
        });
}

void Maps::take(const Place& place, const Input& before, int version, const Result& result)
{
    const Slot* slot = ::slot(m_editor.method(), place.slot);
    if (!slot || !slot->maps || m_inputs.version(place) != version || result.candidates.empty())
        return; // another picture is there by now
    Input made = before;
    made.image = result.candidates.front().image;
    made.kind = slot->maps->finished;
    const Editor::Step step(m_editor, tr("Map for %1").arg(placeLabel(*slot, place.at)));
    m_inputs.put(place, made);
    Q_EMIT announced(
        tr("The picture for %1 is now its map (%2).")
            .arg(translated(slot->label), kindLabel(*slot, kindOf(*slot, before))),
        m_editor.step(), [this, place, before] { m_inputs.put(place, before); });
}

const Method* Maps::questionTool() const
{
    for (const Method& method : m_editor.methods().methods())
        if (method.toolOf == m_editor.method().id && !method.question.empty())
            return &method;
    return nullptr;
}

bool Maps::canAsk() const
{
    const Method* tool = questionTool();
    return tool && std::ranges::all_of(tool->slots, [this](const Slot& slot) {
               return !slot.needed || !m_inputs.at({slot.id}).image.empty();
           });
}

void Maps::makeQuestion(
    QObject* context, const std::function<void(const SharedImage&)>& done,
    const std::function<void(const QString& sentence)>& failed)
{
    const Method* tool = questionTool();
    Request request = toolRequest(*tool, m_request());
    for (const Parameter& p : tool->parameters) {
        const auto& own = m_editor.method().parameters;
        const bool shared = std::ranges::find(own, p.id, &Parameter::id) != own.end();
        request.values[p.id] = shared ? m_editor.value(p.id) : p.initial;
    }
    m_engine.ask<Result>(
        context,
        [tool = *tool, request](Models& models) {
            return run(tool, request, models, [](const Event&) { return Answer {}; });
        },
        [done](const Result& result) {
            if (!result.candidates.empty())
                done(result.candidates.front().image);
        },
        [failed](const Failure& failure) { failed(failure.sentence); });
}
