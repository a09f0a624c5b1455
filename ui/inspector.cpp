// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector.h"

#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/translated.h"
#include "ui/convert.h"
#include "ui/curvespane.h"
#include "ui/docktitle.h"
#include "ui/inspectexport.h"
#include "ui/inspectview.h"
#include "ui/lessonpanel.h"
#include "ui/manylooks.h"
#include "ui/mapsheet.h"
#include "ui/resultpane.h"
#include "ui/stepaxis.h"
#include "ui/touchpanel.h"

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
    , m_sheet(new ManyLooks(session.looks(), this))
    , m_range(new ManyLooks(session.looks(), this))
    , m_source(new ManyLooks(session.looks(), this))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(lookDelay);
    connect(&m_soon, &QTimer::timeout, this, &Inspector::refresh);
    connectSession();
    connectView();
    connectLooks();
    connectLessons();
    connectTouches();
    auto* exporting = new InspectExport(
        m_view, session.looks(), [this] { return run(); },
        [this](const Run& run, int step) { return groundOf(run, step + 1); });
    connect(exporting, &InspectExport::told, &m_view, &InspectView::readout);
}

void Inspector::connectSession()
{
    connect(&m_pane, &ResultPane::shownChanged, this, &Inspector::soon);
    connect(&m_pane, &ResultPane::viewChanged, this, &Inspector::soon);
    connect(&m_session.editor(), &Editor::methodChanged, this, &Inspector::soon);
    connect(&m_session.runs(), &Runs::traced, this, &Inspector::soon);
    connect(&m_session.runs(), &Runs::changed, this, &Inspector::soon);
    connect(&m_session.runs(), &Runs::removed, this, &Inspector::soon);
    connect(&m_session.controlMaps(), &ControlMaps::changed, this, &Inspector::soon);
}

void Inspector::connectView()
{
    connect(&m_view, &InspectView::viewChanged, this, &Inspector::soon);
    m_view.setState(inspectStateFrom(Settings().inspectState()));
    connect(&m_view, &InspectView::stateChanged, this, [this] {
        Settings().setInspectState(toJson(m_view.state()));
    });
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
    const bool nothing = !run || (run->steps.empty() && run != m_session.runs().inProgress());
    const auto shown = m_session.runs().current();
    if (const Method* made = shown && !run ? m_session.runs().methodOf(*shown) : nullptr)
        return tr("This run was made by %1: choose that mode to look into it.")
            .arg(translated(made->name));
    if (nothing && m_view.pages().lessons().isChecked())
        return tr(
            "Press Run it on the right: the lesson fills in its sample and makes the picture.");
    if (nothing)
        return tr("Make a run first (Ctrl+Return). Then what the network held is seen here, for "
                  "the step that is chosen on the time line.");
    if (run->steps.size() < 2)
        return run->stage.isEmpty() ? tr("The first step is not done yet.")
                                    : tr("%1... The first step is not done yet.").arg(run->stage);
    return {};
}

void Inspector::refresh()
{
    if (!m_view.isVisible())
        return;
    if (const QString why = whyNothing(); !why.isEmpty()) {
        offerMode();
        return m_view.setMessage(why);
    }
    const auto run = this->run();
    const int step = stepOf(std::min(m_pane.axis().value(), int(run->steps.size()) - 1));
    m_view.setStep(step);
    m_view.choices().touches().setStep(step, run->stepCount);
    refreshTouched();
    m_view.setGrounds(groundOf(*run, step + 1), referencesOf(*run));
    if (const auto trace = m_session.traces().inMemory(run->number, step))
        return look(trace);
    const auto before = run->steps[std::size_t(step)].latent;
    const auto after = run->steps[std::size_t(step) + 1].latent;
    m_session.traces().fetch(
        run->number, step, before, after,
        [this, number = run->number, step](const Traces::Trace& trace) {
            const auto shown = this->run();
            if (shown && shown->number == number && m_view.view().step == step)
                look(trace);
        });
}

/// Offers what the mode has before a step of it is known, in place of what another mode had.
void Inspector::offerMode()
{
    const Method& method = m_session.editor().method();
    if (m_offeredTo == method.id)
        return;
    const Known& known = m_known[method.id];
    const bool control = run() && !m_session.controlMaps().of(*run()).empty();
    m_view.setOffer({.kinds = known.kinds.empty() ? kindsOf(method, control) : known.kinds});
    m_offeredTo = method.id;
}

void Inspector::look(const Traces::Trace& trace)
{
    if (trace) {
        m_offeredTo = m_session.editor().method().id;
        Known& known = m_known[m_offeredTo];
        InspectOffer offer = offerOf(*trace, m_view.view());
        known.kinds = offer.kinds;
        known.source |= offer.source; // it may go but a part of the way along
        offer.source = known.source;
        m_view.setOffer(offer);
    } else {
        offerMode();
    }
    const View view = m_view.view();
    const auto& kinds = m_view.offer().kinds;
    refreshSheet();
    refreshCurves();
    if (m_session.looks().computing())
        return;
    if (!kinds.empty() && !std::ranges::count(kinds, view.kind))
        return m_view.setMessage(tr("%1 has nothing of that kind in this run: choose on the right "
                                    "what is looked at.")
                                     .arg(translated(m_session.editor().method().name)));
    if (asksPlace(view.kind) && view.spots.empty())
        return m_view.setSeen(view, {});
    // The words of a run that is over and left no trace are not known: they can be computed.
    const bool unknown = !trace && !m_session.runs().running();
    if (!unknown && asksWords(view.kind) && view.words.empty())
        return m_view.setSeen(
            view, {.notes = {"Choose a word of the prompt on the right to see where it acts."}});
    m_session.looks().see(view);
}

void Inspector::connectLooks()
{
    Looks& looks = m_session.looks();
    const auto isShown = [this](int number) {
        const auto run = this->run();
        return run && run->number == number;
    };
    connect(&looks, &Looks::seen, this, [=, this](int run, const View& view, const Seen& seen) {
        if (isShown(run))
            takeSeen(view, seen);
    });
    connect(&looks, &Looks::lacking, this, [=, this](int run, const View& view, double seconds) {
        if (isShown(run) && view == m_view.view())
            m_view.setMessage(tr("This was not recorded at this step."), seconds);
    });
    connect(&looks, &Looks::failed, this, [this](const QString& sentence) {
        m_view.setMessage(sentence);
    });
    connect(&m_view, &InspectView::computeRequested, &looks, &Looks::compute);
    connect(&m_view, &InspectView::stopRequested, &looks, &Looks::stopComputing);
    connect(&looks, &Looks::computingChanged, this, [this, &looks] {
        if (looks.computing())
            m_view.setComputing(tr("The network goes through this step once more..."));
        else
            soon();
    });
}

/// Of a translation components are seen side by side with those of the source, in the same colours.
void Inspector::takeSeen(const View& view, const Seen& seen)
{
    const auto run = this->run();
    const bool both = hasComponents(view.kind) && m_view.offer().source && !view.subject.source
        && !seen.maps.empty();
    m_source->cancel();
    if (!both || !run)
        return m_view.setSeen(view, seen);
    View source = view;
    source.subject = {.source = true};
    disconnect(m_source, nullptr, this, nullptr);
    const auto joined = std::make_shared<Seen>(seen);
    connect(m_source, &ManyLooks::seen, this, [joined](const View&, const Seen& other) {
        for (SeenMap map : other.maps) {
            map.reference = 0; // the source's picture
            joined->maps.push_back(std::move(map));
        }
    });
    connect(m_source, &ManyLooks::done, this, [this, view, joined] {
        // Of a source that was kept no pass was taken, but what was injected is what it held.
        const std::vector<SeenMap> own = joined->maps;
        if (own.back().reference < 0)
            for (SeenMap map : own)
                if (map.injected) {
                    map.injected = false;
                    map.reference = 0;
                    joined->maps.push_back(std::move(map));
                }
        if (joined->maps.back().reference < 0)
            joined->notes.emplace_back("What the source held here was not computed in this run: "
                                       "choose the source on the right to have it computed.");
        m_view.setSeen(view, *joined);
    });
    m_source->look(run, {source});
}

/// The picture that maps lie over: all that the network works on, at the step.
MapCanvas::Ground Inspector::groundOf(const Run& run, int at) const
{
    const Method* method = m_session.runs().methodOf(run);
    const Subject& subject = m_view.view().subject;
    if (const auto references = referencesOf(run); subject.source && !references.empty())
        return references.front();
    MapCanvas::Ground picture;
    const bool last = at + 1 == int(run.steps.size());
    if (last && subject.candidate < int(run.candidates.size())) {
        const Candidate& made = run.candidates[std::size_t(subject.candidate)];
        picture.image = toQImage(made.canvas.empty() ? made.image : made.canvas);
    } else if (
        const Image* preview = ::at(run.steps[std::size_t(at)].previews, subject.candidate)) {
        picture.image = toQImage(*preview);
        picture.smooth = true;
    }
    if (method && !method->onGrid)
        picture.label = withPrime(method->resultLabel);
    return picture;
}

/// The pictures of the main slot; where it is looked at what control pictures add, their maps.
std::vector<MapCanvas::Ground> Inspector::referencesOf(const Run& run) const
{
    if (m_view.view().kind == ViewKind::Control) {
        std::vector<MapCanvas::Ground> maps;
        for (const ControlMaps::Map& map : m_session.controlMaps().of(run))
            if (!map.image.empty())
                maps.push_back({.image = toQImage(map.image), .label = map.label, .alone = true});
        return maps;
    }
    const Method* method = m_session.runs().methodOf(run);
    const Slot* main = method ? mainSlot(*method) : nullptr;
    std::vector<MapCanvas::Ground> references;
    const auto& images = run.request().images;
    if (const auto found = main ? images.find(main->id) : images.end(); found != images.end())
        for (const Input& input : found->second)
            references.push_back({.image = toQImage(input.image), .label = withPrime(main->label)});
    return references;
}
