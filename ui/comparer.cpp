// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/comparer.h"

#include "app/rundifference.h"
#include "app/session.h"
#include "ui/convert.h"
#include "ui/gridview.h"
#include "ui/resultpane.h"
#include "ui/runcompare.h"
#include "ui/shownpictures.h"
#include "ui/stepaxis.h"

namespace {

constexpr int mostRuns = 60;     // of the latest ones
constexpr int longestTitle = 48; // letters
const QString shownKey = QStringLiteral("shown");

QString shortened(const QString& text)
{
    return text.size() > longestTitle ? text.left(longestTitle - 1) + QChar(0x2026) : text;
}

} // namespace

Comparer::Comparer(Session& session, ResultPane& pane)
    : QObject(&pane)
    , m_session(session)
    , m_pane(pane)
    , m_view(pane.compare())
{
    connect(&m_view, &CompareView::keepRequested, this, [this] { keepShown(true); });
    connect(&pane, &ResultPane::compareRequested, this, [this](bool first) {
        m_pane.showView(ResultPane::ShowsTwo);
        keepShown(first);
    });
    connect(&m_view, &CompareView::differencesRequested, this, [this](int first, int second) {
        showDifferences(m_session.runs(), first, second, &m_view);
    });
    connect(&pane, &ResultPane::shownChanged, this, &Comparer::refresh);
    connect(&pane, &ResultPane::viewChanged, this, &Comparer::refresh);
    connect(&session.runs(), &Runs::removed, this, &Comparer::refresh);
    connect(&session.ranker(), &Ranker::fileChanged, this, &Comparer::measureByClip);
    measureByClip();
}

/// Where CLIP's file was chosen, how alike the two are to it stands behind the other numbers.
void Comparer::measureByClip()
{
    if (m_session.ranker().clipFile().isEmpty())
        return m_view.setMeasure({});
    m_view.setMeasure([this](const QImage& first, const QImage& second, const auto& say) {
        m_session.ranker().ask(
            this, {.reference = toImage(first), .results = {SharedImage(toImage(second))}},
            [say](const std::vector<double>& values) {
                if (!values.empty())
                    say(tr("CLIP similarity %1").arg(values.front(), 0, 'f', 3));
            },
            say);
    });
}

/// The picture in the result's place, a preview too.
Comparable Comparer::shown() const
{
    const QImage image = m_pane.grid().image(m_pane.grid().resultCell());
    const Run* run = m_pane.shown().run();
    if (image.isNull() || !run)
        return {};
    QString label = tr("Run %1").arg(run->number);
    if (m_pane.step() >= 0)
        label = tr("Run %1, step %2 of %3")
                    .arg(run->number)
                    .arg(m_pane.axis().value())
                    .arg(run->stepCount);
    return {
        .key = shownKey,
        .label = tr("What is shown: %1").arg(label),
        .chip = label,
        .image = image,
        .run = run->number};
}

/// Keeps what is shown for one side; the other stays what it is, or what is shown.
void Comparer::keepShown(bool first)
{
    Comparable kept = shown();
    if (kept.image.isNull())
        return;
    kept.key = QStringLiteral("kept %1").arg(m_kept.size());
    kept.label = tr("Kept: %1").arg(kept.chip);
    m_kept.push_back(kept);
    refresh();
    const Comparable *a = m_view.first(), *b = m_view.second();
    m_view.choose(
        first   ? kept.key
            : a ? a->key
                : shownKey,
        first ? (b ? b->key : shownKey) : kept.key);
}

void Comparer::refresh()
{
    if (!m_view.isVisible())
        return;
    std::vector<Comparable> all;
    if (Comparable now = shown(); !now.image.isNull())
        all.push_back(std::move(now));
    for (const GridView::Cell& cell : m_pane.shown().cells())
        if (!cell.image.isNull())
            all.push_back(
                {.key = QStringLiteral("input ") + cell.label,
                 .label = tr("Input %1").arg(cell.label),
                 .chip = cell.label,
                 .image = cell.image});
    all.insert(all.end(), m_kept.rbegin(), m_kept.rend());
    const auto& runs = m_session.runs().all();
    int listed = 0;
    for (auto run = runs.rbegin(); run != runs.rend() && listed < mostRuns; ++run) {
        const Run& one = **run;
        listed += !one.candidates.empty();
        for (std::size_t i = 0; i < one.candidates.size(); ++i) {
            const QString number = one.candidates.size() > 1
                ? tr("Run %1, candidate %2").arg(one.number).arg(i + 1)
                : tr("Run %1").arg(one.number);
            all.push_back(
                {.key = QStringLiteral("run %1 %2").arg(one.number).arg(i),
                 .label =
                     number + QStringLiteral(": ") + shortened(runTitle(m_session.runs(), one)),
                 .chip = number,
                 .image = toQImage(one.candidates[i].image),
                 .run = one.number});
        }
    }
    m_view.setPictures(std::move(all));
    // At first, and where another mode has no such input, the picture that the run began with
    // beside what became of it.
    const auto& there = m_view.pictures();
    if (!m_view.first() && m_view.firstKey().startsWith(QStringLiteral("input ")))
        m_chosen = false;
    if (!m_chosen && there.size() > 1 && there.front().key == shownKey) {
        m_chosen = true;
        const QString before = QStringLiteral("input ")
            + (m_pane.shown().cells().empty() ? QString() : m_pane.shown().cells().back().label);
        m_view.choose(before, shownKey);
    }
}
