// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/runsdock.h"

#include "app/methodlist.h"
#include "app/session.h"
#include "ui/candidatestrip.h"
#include "ui/convert.h"
#include "ui/docktitle.h"
#include "ui/methodview.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QSignalBlocker>
#include <QStackedWidget>

namespace {

constexpr int side = 72, numberRole = Qt::UserRole;

QString stateOf(const Run& run)
{
    switch (run.state) {
    case Run::Waiting:
        return RunsDock::tr("waiting");
    case Run::Running:
        return RunsDock::tr("live");
    case Run::Stopping:
        return RunsDock::tr("stopping");
    case Run::Stopped:
        return RunsDock::tr("stopped");
    case Run::Failed:
        return RunsDock::tr("failed");
    case Run::Discarded:
    case Run::Done:
        break;
    }
    return QString::number(run.request().seed);
}

} // namespace

QString parametersOf(const Run& run)
{
    QStringList lines {
        RunsDock::tr("Run %1, seed %2").arg(run.number).arg(run.request().seed),
        RunsDock::tr("Model: %1").arg(run.model)};
    for (const auto& [id, value] : run.values())
        lines << QStringLiteral("%1: %2").arg(
            QString::fromStdString(id), QString::fromStdString(toText(value)));
    return lines.join(QLatin1Char('\n'));
}

RunsDock::RunsDock(Session& session, QWidget* parent)
    : QDockWidget(parent)
    , m_session(session)
    , m_pages(new QStackedWidget(this))
    , m_empty(new QLabel(tr("Every run stays here as a thumbnail. Ctrl+Return starts one."), this))
    , m_list(new QListWidget(this))
{
    setDockTitle(*this, QStringLiteral("dock.runs"), tr("Runs"), nullptr);
    m_empty->setProperty("role", QStringLiteral("dim"));
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_empty->setContentsMargins(12, 2, 12, 8);
    m_list->setViewMode(QListView::IconMode);
    m_list->setFlow(QListView::LeftToRight);
    m_list->setWrapping(false);
    m_list->setMovement(QListView::Static);
    m_list->setIconSize({side, side});
    m_list->setSpacing(2);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setAccessibleName(tr("Runs"));
    m_pages->setProperty("role", QStringLiteral("panel"));
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_list);
    m_pages->setFixedHeight(side + 24);
    setWidget(m_pages);

    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* now) {
        if (now)
            m_session.runs().show(now->data(numberRole).toInt());
    });
    connect(m_list, &QListWidget::itemActivated, this, [this](QListWidgetItem* chosen) {
        m_session.restorer().restoreRun(chosen->data(numberRole).toInt());
    });
    connect(m_list, &QListWidget::customContextMenuRequested, this, &RunsDock::contextMenu);
    connect(&session.runs(), &Runs::added, this, &RunsDock::add);
    connect(&session.runs(), &Runs::changed, this, &RunsDock::refresh);
    connect(&session.runs(), &Runs::stepAdded, this, &RunsDock::refresh);
    connect(&session.runs(), &Runs::currentChanged, this, &RunsDock::select);
    connect(&session.runs(), &Runs::removed, this, [this](int number) {
        delete item(number);
        m_pages->setCurrentIndex(m_list->count() > 0);
    });
    for (const auto& run : session.runs().all())
        add(run->number);
    select();
}

QListWidgetItem* RunsDock::item(int number) const
{
    for (int i = 0; i < m_list->count(); ++i)
        if (m_list->item(i)->data(numberRole).toInt() == number)
            return m_list->item(i);
    return nullptr;
}

void RunsDock::add(int number)
{
    auto* entry = new QListWidgetItem;
    entry->setData(numberRole, number);
    {
        // Only a click shows a run; the session does what a start needs.
        const QSignalBlocker quiet(m_list);
        m_list->insertItem(0, entry);
    }
    m_pages->setCurrentIndex(1);
    refresh(number);
    select();
}

void RunsDock::refresh(int number)
{
    for (const auto& run : m_session.runs().all())
        if (run->number == number)
            refreshPicture(*run);
}

void RunsDock::refreshPicture(const Run& run)
{
    QListWidgetItem* entry = item(run.number);
    if (!entry)
        return;
    QImage image;
    if (!run.candidates.empty())
        image = toQImage(run.candidates.front().image);
    else if (!run.steps.empty() && !run.steps.back().previews.empty())
        image = resultPart(
            m_session.editor().methods().find(run.request().method),
            toQImage(run.steps.back().previews.front()));
    entry->setIcon(thumbnail(image, side, stateOf(run), devicePixelRatioF()));
    entry->setToolTip(parametersOf(run));
    entry->setData(Qt::AccessibleTextRole, tr("Run %1, %2").arg(run.number).arg(stateOf(run)));
}

void RunsDock::select()
{
    const QSignalBlocker quiet(m_list);
    const auto run = m_session.runs().current();
    m_list->setCurrentItem(run ? item(run->number) : nullptr);
}

void RunsDock::contextMenu(const QPoint& position)
{
    const QListWidgetItem* entry = m_list->itemAt(position);
    if (!entry)
        return;
    const int number = entry->data(numberRole).toInt();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show"), this, [this, number] { m_session.runs().show(number); });
    menu->addAction(tr("Restore pictures and values"), this, [this, number] {
        m_session.restorer().restoreRun(number);
    });
    menu->addAction(tr("Copy parameters"), this, [this, number] {
        for (const auto& run : m_session.runs().all())
            if (run->number == number)
                QApplication::clipboard()->setText(parametersOf(*run));
    });
    menu->addSeparator();
    menu->addAction(tr("Remove"), this, [this, number] { m_session.runs().remove(number); });
    menu->popup(m_list->mapToGlobal(position));
}
