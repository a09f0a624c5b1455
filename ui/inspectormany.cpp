// SPDX-License-Identifier: GPL-3.0-or-later

// What is made of many looks into a run: the overview, the curves, the range of numbers.

#include "app/session.h"
#include "core/inspect/curves.h"
#include "ui/curvespane.h"
#include "ui/inspector.h"
#include "ui/inspectview.h"
#include "ui/manylooks.h"
#include "ui/mapsheet.h"

#include <algorithm>
#include <utility>

/// All layers at as many steps as fit, where the page is seen and shows something else.
void Inspector::refreshSheet()
{
    const auto run = this->run();
    if (!run || m_view.pages().page() != InspectPages::Sheet)
        return;
    MapSheet& sheet = m_view.pages().sheet();
    View all = m_view.view();
    const int step = all.step;
    all.step = 0;
    all.layers = {};
    const int layer = m_view.view().layers.empty() ? -1 : m_view.view().layers.front().begin;
    const std::vector<int> steps = sheet.stepsThatFit(int(run->steps.size()) - 1);
    const bool same = m_sheetOf == all && m_sheetRun == run->number && sheet.steps() == steps;
    if (!same) {
        m_sheetOf = all;
        m_sheetRun = run->number;
        std::vector<MapSheet::Row> rows;
        for (const LayerName& each : m_view.offer().layers)
            rows.push_back({.layer = each.layer, .label = layerText(each)});
        if (rows.empty())
            rows.push_back({.layer = -1, .label = tr("latent")});
        std::vector<View> views;
        for (const MapSheet::Row& row : rows)
            for (const int at : steps) {
                View one = all;
                one.step = at;
                if (row.layer >= 0)
                    one.layers = {{.begin = row.layer, .end = row.layer + 1}};
                views.push_back(one);
            }
        sheet.setPlaces(std::move(rows), steps);
        m_sheet->look(run, views);
    }
    sheet.setCurrent(layer, step);
}

CurveSource Inspector::curvesOf(const Run& run) const
{
    CurveSource source {.name = tr("run %1").arg(run.number)};
    source.steps = m_session.looks().figures(run);
    for (const RunStep& step : run.steps)
        source.latents.push_back(step.latent);
    return source;
}

void Inspector::refreshCurves()
{
    const auto run = this->run();
    if (!run || m_view.pages().page() != InspectPages::Curves)
        return;
    std::vector<CurveSource> earlier;
    for (const auto& other : m_session.runs().all())
        if (other != run && other->steps.size() > 1)
            earlier.push_back(curvesOf(*other));
    CurvesPane& curves = m_view.pages().curves();
    curves.setSources(curvesOf(*run), std::move(earlier));
    curves.setView(m_view.view());
}

/// From the least to the largest number of what is looked at, over all steps.
void Inspector::measureRun()
{
    const auto run = this->run();
    if (!run)
        return;
    std::vector<View> views;
    for (int step = 0; step + 1 < int(run->steps.size()); ++step) {
        View view = m_view.view();
        view.step = step;
        views.push_back(view);
    }
    disconnect(m_range, nullptr, this, nullptr);
    const auto range = std::make_shared<std::optional<ValueRange>>();
    connect(m_range, &ManyLooks::seen, this, [range](const View&, const Seen& seen) {
        if (seen.maps.empty())
            return;
        const ValueRange now = rangeOf(seen.maps);
        *range = *range
            ? ValueRange {std::min((*range)->from, now.from), std::max((*range)->to, now.to)}
            : now;
    });
    connect(m_range, &ManyLooks::done, this, [this, range] { m_view.setRunRange(*range); });
    m_range->look(run, views);
}
