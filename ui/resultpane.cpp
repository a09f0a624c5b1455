// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/resultpane.h"

#include "app/methodlist.h"
#include "app/session.h"
#include "ui/actions.h"
#include "ui/baretext.h"
#include "ui/candidatestrip.h"
#include "ui/comparer.h"
#include "ui/convert.h"
#include "ui/docktitle.h"
#include "ui/errorcard.h"
#include "ui/gridinputs.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/inputsdock.h"
#include "ui/inspector.h"
#include "ui/inspectview.h"
#include "ui/methodview.h"
#include "ui/noiseplot.h"
#include "ui/noticebar.h"
#include "ui/offers.h"
#include "ui/shownpictures.h"
#include "ui/stepaxis.h"
#include "ui/theme.h"
#include "ui/viewheader.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace {

double norm(const Latent& latent)
{
    double sum = 0;
    for (const float x : latent.values)
        sum += double(x) * x;
    return latent.values.empty() ? 0 : std::sqrt(sum / double(latent.values.size()));
}

bool inProgress(const Run& run)
{
    return run.state == Run::Waiting || run.state == Run::Running || run.state == Run::Stopping;
}

/// What went wrong and what would help.
void showFailure(ErrorCard& card, Session& session, const Run& run)
{
    card.setError(ResultPane::tr("The run failed"), run.error, run.errorDetails);
    std::vector<std::pair<QString, std::function<void()>>> offers;
    for (const Offer& offer : offersFor(session, run))
        offers.emplace_back(offer.text, offer.take);
    card.setOffers(offers);
}

/// The pictures at a step: of the end, decoded in full, or none but previews.
const std::vector<Candidate>& picturesAt(const Run& run, int step)
{
    if (run.steps.empty())
        return run.candidates; // a picture that was opened
    const bool last = step + 1 >= int(run.steps.size());
    return last && !run.candidates.empty() ? run.candidates : run.steps[step].decoded;
}

} // namespace

ResultPane::ResultPane(Session& session, Actions& actions, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_notices(new NoticeBar(this))
    , m_views(new QStackedWidget(this))
    , m_grid(new GridView(this))
    , m_inspect(new InspectView(this))
    , m_compare(new CompareView(this))
    , m_candidates(new CandidateStrip(this))
    , m_axis(new StepAxis(this))
    , m_plot(new NoisePlot(this))
    , m_card(new ErrorCard(this))
    , m_notes(new QLabel(this))
    , m_header(new ViewHeader(actions, this))
    , m_shown(new ShownPictures(session, this))
    , m_inputs(new GridInputs(session, *m_grid, *m_shown, this))
    , m_time(new QWidget(this))
    , m_all(actions("all-pictures"))
    , m_alone(actions("result-alone"))
    , m_look(actions("inspect"))
    , m_two(actions("compare"))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_notices);
    auto* pictures = new QWidget(m_views);
    auto* middle = new QHBoxLayout(pictures);
    middle->setContentsMargins({});
    middle->addWidget(m_grid, 1);
    middle->addWidget(m_candidates);
    m_views->addWidget(pictures);
    m_views->addWidget(m_inspect);
    m_views->addWidget(m_compare);
    layout->addWidget(m_views, 1);
    layout->addWidget(m_shown);
    m_notes->setProperty("role", QStringLiteral("said"));
    m_notes->setWordWrap(true);
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_notes->hide();
    layout->addWidget(m_notes);
    m_time->setProperty("role", QStringLiteral("panel"));
    auto* tracks = new QVBoxLayout(m_time);
    tracks->setContentsMargins(0, 4, 0, 4);
    tracks->setSpacing(0);
    tracks->addWidget(m_axis);
    tracks->addWidget(m_plot);
    layout->addWidget(m_time);
    m_card->hide();
    connectSession();
    connectViews(actions);
    connectSwitch(actions);
    new Inspector(session, *this);
    new Comparer(session, *this);
    refreshInputs();
    refreshRun();
}

void ResultPane::connectSession()
{
    const auto ofShown = [this](int number) {
        const auto run = m_session.runs().current();
        return run && run->number == number;
    };
    connect(m_shown, &ShownPictures::changed, this, [this] {
        refreshInputs();
        refreshRun();
    });
    connect(&m_session.branch(), &BranchDraft::changed, this, &ResultPane::refreshHint);
    connect(&m_session.model(), &ModelChoice::changed, this, &ResultPane::refreshHint);
    connect(&m_session.model(), &ModelChoice::stage, this, &ResultPane::refreshHint);
    connect(&m_session.editor(), &Editor::valueChanged, this, [this] {
        refreshHint();
        refreshSpans();
    });
    connect(&m_session.editor(), &Editor::touchesChanged, this, &ResultPane::refreshRun);
    connect(&m_session.runs(), &Runs::changed, this, [=, this](int number) {
        if (ofShown(number))
            refreshRun();
    });
    connect(&m_session.runs(), &Runs::stepAdded, this, [=, this](int number) {
        if (ofShown(number))
            refreshRun();
    });
    connect(&m_session.runs(), &Runs::stepDecoded, this, [=, this](int number) {
        if (ofShown(number))
            showStep();
    });
    connect(
        &m_session.runs(), &Runs::decodeFailed, this,
        [this](int, int, const QString& sentence) { m_notices->say(sentence, true); });
}

void ResultPane::connectViews(Actions& actions)
{
    connect(m_axis, &QAbstractSlider::valueChanged, this, [this] {
        m_plot->setPosition(m_axis->value());
        showStep();
    });
    connectTime();
    connect(m_candidates, &QListWidget::currentRowChanged, this, &ResultPane::showStep);
    new DragSource(
        *m_candidates, [this](const QModelIndex& index) { return draggable(index.row()); });
    connect(m_card, &ErrorCard::dismissed, this, [this] {
        m_dismissed = m_shownRun;
        refreshRun();
    });
    connect(m_grid, &GridView::hintLink, this, &ResultPane::missingLink);
    connect(m_grid, &GridView::readout, this, &ResultPane::readout);
    connect(m_grid, &GridView::dragOutRequested, this, &ResultPane::startDrag);
    connect(m_grid, &GridView::cellPressed, this, [this](int cell) {
        if (cell == m_grid->resultCell())
            prepareDrag();
    });
    ImageView& view = m_grid->view();
    actions.addLettersTo(view);
    connect(&view, &ImageView::viewChanged, this, [this, &view] { showZoom(view); });
    connect(actions("fit-view"), &QAction::triggered, &view, [this] {
        if (this->view() == ShowsNetwork)
            m_inspect->canvas().fit();
        else if (this->view() == ShowsTwo)
            m_compare->canvas().fit();
        else
            m_grid->enlarge(m_grid->enlarged());
    });
    actions.connectZoom(view);
    connect(actions("network"), &QAction::toggled, this, [this](bool on) {
        m_network = on;
        showStep();
    });
    connect(actions("play"), &QAction::toggled, m_axis, &StepAxis::setPlaying);
    connect(m_axis, &StepAxis::playingChanged, actions("play"), &QAction::setChecked);
}

void ResultPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange && isVisible())
        refreshRun(); // the tracks take their colours from the theme
    QWidget::changeEvent(event);
}

int ResultPane::candidate() const
{
    return m_candidates->chosen();
}

void ResultPane::setCandidate(int candidate)
{
    if (candidate >= 0 && candidate < m_candidates->count())
        m_candidates->setCurrentRow(candidate);
}

int ResultPane::step() const
{
    const auto run = m_session.runs().current();
    const bool last = run && m_axis->value() + 1 >= int(run->steps.size());
    return last && !run->candidates.empty() ? -1 : m_axis->value();
}

QImage ResultPane::picture() const
{
    return m_preview || m_network ? QImage() : m_grid->image(m_grid->resultCell());
}

void ResultPane::refreshInputs()
{
    const Method& method = m_shown->method();
    m_grid->setInputs(m_shown->cells(), withPrime(method.resultLabel));
    m_all->setText(method.onGrid ? tr("&Grid") : tr("Side by side"));
    m_all->setIconText(bareText(m_all->text())); // on its tab
    refreshHint();
}

void ResultPane::setBlocked(const QString& why)
{
    m_blocked = why;
    refreshHint();
}

void ResultPane::refreshHint()
{
    QStringList needed;
    for (const QString& what : m_session.missing())
        needed << QStringLiteral("<a href=\"%1\">%2</a>")
                      .arg(
                          what.toHtmlEscaped(),
                          QString(what).replace(QLatin1Char('\''), QChar(0x2032)).toHtmlEscaped());
    const auto run = m_session.runs().current();
    if (run && inProgress(*run))
        m_grid->setHint(
            run->stage.isEmpty() ? tr("Starting...")
                                 : run->stage.toHtmlEscaped() + QStringLiteral("..."));
    else
        m_grid->setHint(
            tr("The result appears here.") + QStringLiteral("<br>")
            + (needed.isEmpty() ? m_blocked.isEmpty() ? tr("Ready: press Run or Ctrl+Return.")
                                                      : breakable(m_blocked).toHtmlEscaped()
                                : tr("Still needed:") + QStringLiteral("<br>")
                       + needed.join(QStringLiteral("<br>"))));
}

void ResultPane::refreshRun()
{
    const Run* run = m_shown->run();
    const int number = run ? run->number : 0;
    if (std::exchange(m_shownRun, number) != number) {
        m_norms.clear();
        m_axis->setFollowing(true);
    }
    if (run)
        addNorm(*run);
    const int steps = run ? run->stepCount : 0;
    m_axis->setProgress(
        steps, run ? std::max(0, int(run->steps.size()) - 1) : 0, run && inProgress(*run));
    m_axis->setEnabled(run && !run->steps.empty());
    m_time->setVisible(run && (!run->steps.empty() || inProgress(*run))); // else it is empty
    refreshSpans();
    m_axis->setBranches(run && !run->opened ? std::min(run->stepsDone(), run->stepCount - 1) : -1);
    m_plot->setCurve(m_norms, steps);
    m_plot->setPosition(m_axis->value());
    m_notes->setText(run ? breakable(run->notes.join(QLatin1Char(' ')), 60) : QString());
    m_notes->setVisible(!m_notes->text().isEmpty());
    refreshCard(run);
    refreshCandidates(run);
    refreshHint();
    showStep();
}

void ResultPane::addNorm(const Run& run)
{
    for (std::size_t i = m_norms.size(); i < run.steps.size(); ++i)
        m_norms.push_back(run.steps[i].latent ? norm(*run.steps[i].latent) : 0);
}

void ResultPane::refreshCard(const Run* run)
{
    const bool failed = run && run->state == Run::Failed && run->number != m_dismissed;
    if (failed)
        showFailure(*m_card, m_session, *run);
    m_grid->setCard(failed ? m_card : nullptr);
}

void ResultPane::refreshCandidates(const Run* run)
{
    std::vector<QImage> pictures;
    const Method* method = run ? m_session.editor().methods().find(run->request().method) : nullptr;
    if (run && !run->candidates.empty()) {
        for (const Candidate& c : run->candidates)
            pictures.push_back(toQImage(c.image));
    } else if (run && !run->steps.empty()) {
        for (const Image& image : run->steps.back().previews)
            pictures.push_back(resultPart(method, toQImage(image)));
    }
    m_candidates->setPictures(pictures);
}

bool ResultPane::canDecode() const
{
    const Run* run = m_shown->run();
    const int at = m_axis->value();
    if (!run || at >= int(run->steps.size()))
        return false;
    if (!m_network)
        return m_preview;
    return run->steps[at].latent && run->steps[at].decodedLatent.empty();
}

void ResultPane::decode()
{
    m_session.runs().decodeStep(m_axis->value(), m_network ? Decode::Latent : Decode::Seen);
}

void ResultPane::showStep()
{
    const Run* run = m_shown->run();
    const int at = m_axis->value(), chosen = candidate();
    const bool there = run && at < int(run->steps.size());
    QImage image, canvas;
    m_preview = false;
    if (run && (there || run->steps.empty()) && chosen < int(picturesAt(*run, at).size()))
        image = toQImage(picturesAt(*run, at)[chosen].image);
    if (there && chosen < int(run->steps[at].decodedLatent.size()))
        canvas = toQImage(run->steps[at].decodedLatent[chosen].canvas);
    else if (there && chosen < int(run->steps[at].noisy.size()))
        canvas = toQImage(run->steps[at].noisy[chosen]);
    if (there && image.isNull() && chosen < int(run->steps[at].previews.size())) {
        m_preview = true;
        image = resultPart(
            m_session.editor().methods().find(run->request().method),
            toQImage(run->steps[at].previews[chosen]));
    }
    if (run && run->steps.empty() && !run->stagePreview.empty() && image.isNull()) {
        m_preview = true;
        image = resultPart(
            m_session.editor().methods().find(run->request().method), toQImage(*run->stagePreview));
    }
    double progress = 0;
    if (run && inProgress(*run) && run->stepCount > 0)
        progress = std::max(0.01, double(run->steps.size()) / (run->stepCount + 1));
    else if (run && inProgress(*run))
        progress = run->stageDone;
    m_grid->setResult(image, m_preview, progress);
    m_grid->setCanvas(m_network ? canvas : QImage());
    Q_EMIT shownChanged();
}
