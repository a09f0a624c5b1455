// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/controlmaps.h"

#include "app/editlabel.h"
#include "app/engine.h"
#include "app/inputs.h"
#include "app/maps.h"
#include "app/methodlist.h"

ControlMaps::ControlMaps(Engine& engine, Runs& runs, const MethodList& methods, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_runs(runs)
    , m_methods(methods)
{
    connect(&runs, &Runs::removed, this, [this](int number) {
        std::erase_if(m_made, [&](const auto& entry) { return entry.first.first == number; });
    });
}

std::vector<ControlMaps::Map> ControlMaps::of(const Run& run)
{
    std::vector<Map> maps;
    const Method* method = m_runs.methodOf(run);
    if (!method)
        return maps;
    for (const Slot& slot : method->slots) {
        const auto inputs = run.request().images.find(slot.id);
        if (!slot.maps || inputs == run.request().images.end())
            continue;
        for (std::size_t i = 0; i < inputs->second.size(); ++i) {
            const Input& input = inputs->second[i];
            const std::string kind = kindOf(slot, input);
            Map map {
                .label =
                    QStringLiteral("%1, %2").arg(placeLabel(slot, int(i)), kindLabel(slot, kind))};
            const auto made = m_made.find({run.number, maps.size()});
            if (kind == slot.maps->finished) {
                map.image = input.image;
            } else if (made != m_made.end()) {
                map.image = made->second.image;
                map.problem = made->second.problem;
            } else {
                make(run, slot, input, maps.size());
            }
            maps.push_back(map);
        }
    }
    return maps;
}

void ControlMaps::make(const Run& run, const Slot& slot, const Input& input, std::size_t place)
{
    const std::pair<int, std::size_t> key {run.number, place};
    m_made[key] = {};
    const Method* tool = m_methods.find(slot.maps->tool);
    if (!tool || !mainSlot(*tool))
        return;
    const Request request =
        mapRequest(slot, *tool, input, run.request(), [&](const std::string& id) {
            return run.values().at(id);
        });
    const auto take = [this, key](const Map& map) {
        if (const auto found = m_made.find(key); found != m_made.end())
            found->second = map; // unless the run was removed meanwhile
        Q_EMIT changed(key.first);
    };
    m_engine.ask<Result>(
        this,
        [tool = *tool, request, closing = m_engine.closing()](Models& models) {
            return ::run(tool, request, models, [closing](const Event&) {
                return Answer {.goOn = !closing.stop_requested()};
            });
        },
        [take](const Result& result) {
            if (!result.candidates.empty())
                take({.image = result.candidates.front().image});
        },
        [take](const Failure& failure) { take({.problem = failure.sentence}); },
        m_runs.turnFor(run));
}
