// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector.h"

#include "app/methodlist.h"
#include "app/session.h"
#include "app/translated.h"
#include "core/inspect/curves.h"
#include "ui/convert.h"
#include "ui/curvespane.h"
#include "ui/docktitle.h"
#include "ui/inspectview.h"
#include "ui/manylooks.h"
#include "ui/mapsheet.h"
#include "ui/resultpane.h"
#include "ui/stepaxis.h"

#include <QtConcurrent>

#include <algorithm>
#include <utility>

namespace {

constexpr int lookDelay = 30; // milliseconds

/// The step of the sampler that led to a step of a run; of the start latent the first one.
int stepOf(int at)
{
    return std::max(0, at - 1);
}

const Image* at(const std::vector<Image>& images, int candidate)
{
    return candidate < int(images.size()) ? &images[std::size_t(candidate)] : nullptr;
}

} // namespace

Inspector::Inspector(Session& session, ResultPane& pane)
    : QObject(&pane)
    , m_session(session)
    , m_pane(pane)
    , m_view(pane.inspect())
    , m_sheet(new ManyLooks(session.traces(), this))
    , m_range(new ManyLooks(session.traces(), this))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(lookDelay);
    connect(&m_soon, &QTimer::timeout, this, &Inspector::refresh);
    connectSession();
    connectView();
}

void Inspector::connectSession()
{
    connect(&m_pane, &ResultPane::shownChanged, this, &Inspector::soon);
    connect(&m_pane, &ResultPane::inspectingChanged, this, &Inspector::soon);
    connect(&m_session.editor(), &Editor::methodChanged, this, &Inspector::soon);
    connect(
        &m_session.runs(), &Runs::traced, this,
        [this](int number, int step, const std::shared_ptr<const StepTrace>& trace) {
            auto& steps = m_figures[number];
            steps.resize(std::max(steps.size(), std::size_t(step) + 1));
            steps[std::size_t(step)] = trace ? figuresOnly(*trace) : nullptr;
            soon();
        });
    connect(&m_session.runs(), &Runs::removed, this, [this](int number) {
        m_figures.erase(number);
        soon();
    });
}

void Inspector::connectView()
{
    connect(&m_view, &InspectView::viewChanged, this, &Inspector::soon);
    connect(&m_view.pages(), &InspectPages::pageChanged, this, &Inspector::soon);
    connect(&m_view, &InspectView::rangeWanted, this, &Inspector::measureRun);
    MapSheet& sheet = m_view.pages().sheet();
    connect(&sheet, &MapSheet::columnsChanged, this, &Inspector::soon);
    connect(&sheet, &MapSheet::told, &m_view, &InspectView::readout);
    connect(m_sheet, &ManyLooks::seen, &sheet, [&sheet](const View& view, const Seen& seen) {
        sheet.setMaps(view.layers.empty() ? -1 : view.layers.front().begin, view.step, seen.maps);
    });
    connect(&sheet, &MapSheet::chosen, this, [this](int layer, int step) {
        m_view.chooseLayer(layer);
        m_view.pages().setPage(InspectPages::Map);
        m_pane.axis().setFollowing(false);
        m_pane.axis().setValue(step + 1);
    });
    const CurvesPane& curves = m_view.pages().curves();
    connect(&curves, &CurvesPane::stepChosen, this, [this](int step) {
        m_pane.axis().setFollowing(false);
        m_pane.axis().setValue(step + 1);
    });
    connect(&curves, &CurvesPane::layerChosen, &m_view, &InspectView::chooseLayer);
}

void Inspector::soon()
{
    if (m_view.isVisible() && !m_soon.isActive())
        m_soon.start();
}

std::shared_ptr<Run> Inspector::run() const
{
    const auto run = m_session.runs().current();
    const bool ours = run && run->request().method == m_session.editor().method().id;
    return ours ? run : nullptr;
}

QString Inspector::whyNothing() const
{
    const auto run = this->run();
    if (!run || (run->steps.empty() && run != m_session.runs().inProgress()))
        return tr("Make a run first (Ctrl+Return). Then what the network held is seen here, for "
                  "the step that is chosen on the time line.");
    if (run->steps.size() < 2)
        return tr("The first step is not done yet.");
    return {};
}

void Inspector::refresh()
{
    if (!m_view.isVisible())
        return;
    if (const QString why = whyNothing(); !why.isEmpty())
        return m_view.setMessage(why);
    const auto run = this->run();
    const int step = stepOf(std::min(m_pane.axis().value(), int(run->steps.size()) - 1));
    m_view.setStep(step);
    const RunStep &before = run->steps[std::size_t(step)],
                  &after = run->steps[std::size_t(step) + 1];
    m_session.traces().fetch(
        run->number, step, before.latent, after.latent,
        [this, number = run->number, step](const Traces::Trace& trace) {
            const auto run = this->run();
            if (run && run->number == number && m_view.view().step == step)
                takeTrace(*run, trace);
        });
}

void Inspector::takeTrace(const Run& run, const Traces::Trace& trace)
{
    takeGrounds(run, m_view.view().step + 1);
    if (!trace)
        return m_view.setMessage(tr("This step was not recorded."));
    m_view.setOffer(offerOf(*trace, m_view.view()));
    const View view = m_view.view();
    const auto& kinds = m_view.offer().kinds;
    if (!std::ranges::count(kinds, view.kind))
        return m_view.setMessage(tr("%1 has no such thing: choose what is looked at on the right.")
                                     .arg(translated(m_session.editor().method().name)));
    if (!holds(*trace, view))
        return m_view.setMessage(tr("This was not recorded at this step."));
    look(run, trace);
}

void Inspector::look(const Run& run, const Traces::Trace& trace)
{
    const View view = m_view.view();
    refreshSheet();
    refreshCurves();
    if (asksPlace(view.kind) && view.spots.empty())
        return m_view.setSeen(view, {});
    const Moment moment = momentOf(run, view.step, trace);
    QtConcurrent::run([view, moment] {
        return see(view, moment);
    }).then(this, [this, view](const Seen& seen) {
          m_view.setSeen(view, seen);
      }).onFailed(this, [this] { m_view.setMessage(currentFailure().sentence); });
}

/// The picture that maps lie over: all that the network works on, at the step.
void Inspector::takeGrounds(const Run& run, int at)
{
    const Method* method = m_session.runs().methodOf(run);
    const Subject& subject = m_view.view().subject;
    MapCanvas::Ground picture;
    std::vector<MapCanvas::Ground> references;
    const Slot* main = method ? mainSlot(*method) : nullptr;
    if (main) {
        const auto pictures = run.request().images.find(main->id);
        if (pictures != run.request().images.end())
            for (const Input& input : pictures->second)
                references.push_back(
                    {.image = toQImage(input.image), .label = withPrime(main->label)});
    }
    const bool last = at + 1 == int(run.steps.size());
    if (subject.source && !references.empty()) {
        picture = references.front();
    } else if (last && subject.candidate < int(run.candidates.size())) {
        const Candidate& made = run.candidates[std::size_t(subject.candidate)];
        picture.image = toQImage(made.canvas.empty() ? made.image : made.canvas);
    } else if (
        const Image* preview = ::at(run.steps[std::size_t(at)].previews, subject.candidate)) {
        picture.image = toQImage(*preview);
        picture.smooth = true;
    }
    if (picture.label.isEmpty() && method && !method->onGrid)
        picture.label = withPrime(method->resultLabel);
    m_view.setGrounds(picture, std::move(references));
}

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
    if (const auto known = m_figures.find(run.number); known != m_figures.end())
        source.steps = known->second;
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
