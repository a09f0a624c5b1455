// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/queuelist.h"

#include "app/rundifference.h"
#include "app/session.h"
#include "ui/actions.h"
#include "ui/baretext.h"
#include "ui/elidedlabel.h"
#include "ui/yieldingarea.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace {

constexpr int queueWidth = 260, leastHeight = 34, jobRole = Qt::UserRole;

/// As it will stand in the list of runs.
QString titleOf(const Runs& runs, const Queued& waiting)
{
    Run run;
    run.prepared = waiting.prepared;
    return runTitle(runs, run);
}

} // namespace

QueueList::QueueList(Session& session, Actions& actions, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_actions(actions)
    , m_title(new ElidedLabel(this))
    , m_reason(new QLabel(this))
    , m_list(new QListWidget(this))
{
    setFixedWidth(queueWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 4);
    layout->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->setSpacing(2);
    m_title->setProperty("role", QStringLiteral("dim"));
    head->addWidget(m_title, 1);
    for (const char* id : {"pause-queue", "clear-queue"}) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(actions(id));
        button->setProperty("role", QStringLiteral("flat"));
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        head->addWidget(button);
    }
    layout->addLayout(head);
    m_reason->setProperty("role", QStringLiteral("error"));
    m_reason->setWordWrap(true);
    m_why = new YieldingArea(m_reason, leastHeight, this);
    layout->addWidget(m_why);
    m_list->setMinimumHeight(leastHeight);
    m_list->setAccessibleName(tr("Runs that wait"));
    m_list->setToolTip(tr("Drag a run, or move it with Alt and an arrow key; Del takes it out."));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->installEventFilter(this);
    layout->addWidget(m_list, 1);
    const auto entry = [this](const QString& text, auto act) {
        auto* action = new QAction(text, m_list);
        connect(action, &QAction::triggered, this, act);
        m_list->addAction(action);
    };
    entry(tr("Start next"), [this] { m_session.queue().move(chosen(), 0); });
    entry(tr("Take out"), [this] { m_session.queue().remove(chosen()); });
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, [this] {
        // A row was dragged: it stands where it is to go already.
        const int id = chosen();
        m_session.queue().move(id, m_list->currentRow());
    });
    connect(&session.queue(), &Queue::changed, this, &QueueList::refresh, Qt::QueuedConnection);
    connect(actions("pause-queue"), &QAction::triggered, &session.queue(), &Queue::setPaused);
    connect(actions("clear-queue"), &QAction::triggered, &session.queue(), &Queue::clear);
    connect(
        actions("until-stopped"), &QAction::triggered, &session.queue(), &Queue::setUntilStopped);
    refresh();
}

int QueueList::chosen() const
{
    const QListWidgetItem* item = m_list->currentItem();
    return item ? item->data(jobRole).toInt() : 0;
}

void QueueList::choose(int id)
{
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(jobRole).toInt() == id)
            m_list->setCurrentRow(row);
}

void QueueList::moveBy(int rows)
{
    const int id = chosen();
    m_session.queue().move(id, std::max(0, m_list->currentRow() + rows));
}

void QueueList::refresh()
{
    const Queue& queue = m_session.queue();
    const int before = chosen(), row = m_list->currentRow();
    m_list->clear();
    for (const Queued& run : queue.waiting()) {
        auto* item = new QListWidgetItem(titleOf(m_session.runs(), run), m_list);
        item->setData(jobRole, run.id);
        item->setToolTip(tr("Seed %1").arg(run.prepared.request.seed));
    }
    choose(before);
    if (m_list->currentRow() < 0 && m_list->count() > 0 && row >= 0)
        m_list->setCurrentRow(std::min(row, m_list->count() - 1));
    const auto held = m_session.runs().run(queue.held());
    m_title->setText(
        held ? tr("Run %1 paused, %n waiting", nullptr, m_list->count()).arg(held->number)
            : queue.paused() ? tr("%n waiting, paused", nullptr, m_list->count())
                             : tr("%n waiting", nullptr, m_list->count()));
    m_title->setToolTip(
        held ? tr("Run %1 goes on from step %2, then the others start.")
                   .arg(held->number)
                   .arg(held->stepsDone())
             : QString());
    m_reason->setText(
        queue.reason().isEmpty() ? QString() : breakable(tr("Paused: %1").arg(queue.reason())));
    m_why->setVisible(!queue.reason().isEmpty());
    QAction& pause = *m_actions("pause-queue");
    pause.setChecked(queue.paused());
    pause.setText(queue.paused() ? tr("&Go on") : tr("&Pause"));
    pause.setIconText(bareText(pause.text())); // on its button
    pause.setEnabled(queue.paused() || !queue.waiting().empty() || m_session.runs().running());
    const QString tip = queue.paused()
        ? tr("Go on with what was paused, and then with what waits")
        : tr("Start none of the runs that wait when this one has ended");
    const QString key = pause.shortcut().toString(QKeySequence::NativeText);
    pause.setToolTip(QStringLiteral("%1 (%2)").arg(tip, key));
    m_actions("clear-queue")->setEnabled(!queue.waiting().empty());
    m_actions("until-stopped")->setChecked(queue.untilStopped());
    setVisible(!queue.waiting().empty() || queue.paused());
}

bool QueueList::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto& key = static_cast<QKeyEvent&>(*event);
    const bool alt = key.modifiers() == Qt::AltModifier;
    if (key.key() == Qt::Key_Delete)
        m_session.queue().remove(chosen());
    else if (alt && key.key() == Qt::Key_Up)
        moveBy(-1);
    else if (alt && key.key() == Qt::Key_Down)
        moveBy(1);
    else
        return QWidget::eventFilter(watched, event);
    return true;
}
