// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/fetchlist.h"

#include "app/translated.h"
#include "ui/fold.h"
#include "ui/getmodels.h"
#include "ui/statusline.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace {

QString howFar(const FetchProgress& now)
{
    return now.bytes > 0
        ? FetchList::tr("%1 of %2").arg(amountText(now.done), amountText(now.bytes))
        : amountText(now.done);
}

QString runningText(const FetchItem& item)
{
    const FetchProgress& now = item.progress;
    if (!now.waiting.empty())
        return translated(now.waiting);
    if (now.speed <= 0)
        return howFar(now);
    const QString speed = amountText(uint64_t(now.speed));
    if (now.bytes <= now.done)
        return FetchList::tr("%1, %2 a second").arg(howFar(now), speed);
    const double left = double(now.bytes - now.done) / now.speed;
    return FetchList::tr("%1, %2 a second, %3 left")
        .arg(howFar(now), speed, duration(std::ceil(left)));
}

QString doneText(const FetchItem& item)
{
    switch (item.source.kind) {
    case FetchSource::Verify:
        return item.source.sha256.empty()
            ? FetchList::tr("Read whole. What it should hold is not independently known.")
            : FetchList::tr("As it was published: its SHA-256 is right.");
    case FetchSource::Move:
        return FetchList::tr("The models are in the new folder.");
    default:
        return item.notes.empty() ? FetchList::tr("There, and its SHA-256 is right.")
                                  : translated(item.notes).join(QLatin1Char(' '));
    }
}

QString titleOf(const FetchItem& item)
{
    const QString name = QString::fromStdString(item.source.name());
    switch (item.source.kind) {
    case FetchSource::TakeIn:
        return FetchList::tr("Take in %1").arg(name);
    case FetchSource::Verify:
        return FetchList::tr("Verify %1").arg(name);
    case FetchSource::Move:
        return FetchList::tr("Move the models");
    case FetchSource::Fetch:
        break;
    }
    return name;
}

} // namespace

QString fetchText(const FetchItem& item, const QString& site)
{
    switch (item.state) {
    case FetchItem::Waiting:
        return FetchList::tr("Waits for the one before");
    case FetchItem::Running:
        return runningText(item);
    case FetchItem::Paused:
        return item.source.kind == FetchSource::Fetch
            ? FetchList::tr("Paused at %1. Going on asks %2 and its content host.")
                  .arg(howFar(item.progress), site)
            : FetchList::tr("Paused at %1").arg(howFar(item.progress));
    case FetchItem::Failed:
        return translated(item.why);
    case FetchItem::Done:
        break;
    }
    return doneText(item);
}

FetchList::FetchList(GetModels& models, QWidget* parent)
    : QScrollArea(parent)
    , m_models(models)
    , m_rows(new QWidget(this))
    , m_list(new QVBoxLayout(m_rows))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("What is fetched"));
    m_rows->setProperty("role", QStringLiteral("panel"));
    m_list->setContentsMargins(0, 4, 0, 4);
    m_list->setSpacing(8);
    m_list->setAlignment(Qt::AlignTop);
    setWidget(m_rows);
    connect(&models.downloads(), &Downloads::changed, this, &FetchList::build);
    connect(&models.downloads(), &Downloads::progressed, this, &FetchList::refresh);
    build();
}

void FetchList::build()
{
    clearRows(*m_rows);
    m_made.clear();
    for (const FetchItem& item : m_models.downloads().items())
        addRow(item);
    const int count = int(m_made.size());
    const int row = fontMetrics().lineSpacing() * 2 + 20;
    setVisible(count > 0);
    setFixedHeight(std::min(std::max(count, 1), 3) * row + 8);
}

void FetchList::addRow(const FetchItem& item)
{
    const int number = item.number;
    auto* row = new QWidget(m_rows);
    auto* grid = new QGridLayout(row);
    grid->setContentsMargins({});
    grid->setVerticalSpacing(2);
    const bool failed = item.state == FetchItem::Failed;
    auto* title = new QLabel(titleOf(item), row);
    title->setTextFormat(Qt::PlainText);
    auto* text = wrappedLabel({}, failed ? "error" : "dim", row);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* bar = new QProgressBar(row);
    bar->setTextVisible(false);
    bar->setFixedHeight(6);
    bar->setRange(0, 1000);
    bar->setAccessibleName(tr("How far %1 is").arg(title->text()));
    grid->addWidget(title, 0, 0);
    grid->addWidget(bar, 1, 0);
    grid->addWidget(text, 2, 0);
    grid->setColumnStretch(0, 1);
    int column = 0;
    const auto button = [&](const QString& label, const QString& tip, void (Downloads::*act)(int)) {
        auto* made = new QPushButton(label, row);
        made->setAccessibleName(QStringLiteral("%1: %2").arg(label, title->text()));
        made->setToolTip(tip);
        grid->addWidget(made, 0, ++column, 3, 1, Qt::AlignVCenter);
        connect(made, &QPushButton::clicked, this, [this, act, number] {
            (m_models.downloads().*act)(number);
        });
    };
    const bool fetched = item.source.kind == FetchSource::Fetch;
    const QString asks =
        fetched ? tr("Asks %1 and its content host").arg(m_models.site()) : QString();
    if (item.state == FetchItem::Running || item.state == FetchItem::Waiting)
        button(tr("Pause"), tr("What is there of it stays"), &Downloads::pause);
    else if (item.state == FetchItem::Paused)
        button(tr("Go on"), asks, &Downloads::resume);
    else if (failed)
        button(tr("Try again"), asks, &Downloads::resume);
    const bool over = item.state == FetchItem::Done || !item.isKept();
    button(
        over ? tr("Clear") : tr("Give up"),
        over ? tr("Take it from this list; the file stays") : tr("What is there of it is deleted"),
        &Downloads::remove);
    bar->setVisible(item.state != FetchItem::Done && !failed);
    m_made[number] = {.text = text, .bar = bar};
    m_list->addWidget(row);
    refresh(number);
}

void FetchList::refresh(int number)
{
    const auto made = m_made.find(number);
    const FetchItem* item = m_models.downloads().item(number);
    if (made == m_made.end() || !item)
        return;
    const FetchProgress& now = item->progress;
    made->second.text->setText(fetchText(*item, m_models.site()));
    made->second.bar->setValue(now.bytes > 0 ? int(1000 * now.done / now.bytes) : 0);
}
