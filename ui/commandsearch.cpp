// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/commandsearch.h"

#include "ui/actions.h"
#include "ui/baretext.h"
#include "ui/theme.h"

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace {

constexpr int widest = 620, highest = 420, fromAbove = 56;

/// How near a name is to the words: 0 the nearest.
int distance(const QString& name, const QString& words)
{
    const QString first = words.section(QLatin1Char(' '), 0, 0, QString::SectionSkipEmpty);
    const qsizetype at = name.indexOf(first, 0, Qt::CaseInsensitive);
    if (at < 0)
        return 3;
    return at == 0 ? 0 : name.at(at - 1).isLetterOrNumber() ? 2 : 1;
}

} // namespace

QString plainText(const QAction& action)
{
    return bareText(action.text());
}

bool hasWords(const QString& text, const QString& words)
{
    const QStringList all = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::ranges::all_of(
        all, [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

CommandSearch::CommandSearch(QMainWindow& window, Actions& actions)
    : QFrame(&window)
    , m_window(window)
    , m_actions(actions)
    , m_words(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
    , m_tip(new QLabel(this))
{
    hide();
    setProperty("role", QStringLiteral("overlay"));
    setAutoFillBackground(true);
    setAccessibleName(tr("Find a command"));
    m_words->setPlaceholderText(tr("What do you want to do?"));
    m_words->setAccessibleName(m_words->placeholderText());
    m_list->setProperty("role", QStringLiteral("roomy"));
    m_list->setColumnCount(3);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setFocusPolicy(Qt::NoFocus); // the field keeps it, and hands its keys on
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_list->setAccessibleName(tr("Commands"));
    m_tip->setProperty("role", QStringLiteral("dim"));
    m_tip->setWordWrap(true);
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(m_words);
    rows->addWidget(m_list, 1);
    rows->addWidget(m_tip);
    m_words->installEventFilter(this);
    window.installEventFilter(this);
    connect(m_words, &QLineEdit::textChanged, this, &CommandSearch::list);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &CommandSearch::describe);
    connect(m_list, &QTreeWidget::itemClicked, this, &CommandSearch::run);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (isVisible() && now && now != this && !isAncestorOf(now))
            hide(); // the mouse went elsewhere
    });
}

void CommandSearch::open()
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    gather();
    m_words->clear();
    list();
    fit();
    show();
    raise();
    m_words->setFocus(Qt::ShortcutFocusReason);
}

/// What stands in the menus first, with them; then what has a key or a button alone.
void CommandSearch::gather()
{
    m_commands.clear();
    QSet<const QAction*> seen;
    const auto add = [&](QAction* action, const QString& where) {
        const bool empty = action->text().isEmpty() || action->isSeparator();
        if (!empty && action->isVisible() && action->objectName() != QLatin1String("commands")
            && !seen.contains(action)) {
            seen << action;
            m_commands << Command {action, where};
        }
    };
    const auto walk = [&](const auto& self, const QList<QAction*>& actions,
                          const QString& where) -> void {
        for (QAction* action : actions) {
            const QString name = plainText(*action);
            if (const QMenu* menu = action->menu())
                self(
                    self, menu->actions(),
                    where.isEmpty() ? name : tr("%1 \u203A %2").arg(where, name));
            else
                add(action, where);
        }
    };
    walk(walk, m_window.menuBar()->actions(), {});
    for (QAction* action : m_actions.all())
        add(action, tr("Tool bar"));
    for (QAction* action : m_actions.painting())
        if (std::ranges::any_of(action->associatedObjects(), [](const QObject* owner) {
                const auto* widget = qobject_cast<const QWidget*>(owner);
                return widget && widget->isVisible();
            }))
            add(action, tr("Painting"));
}

void CommandSearch::list()
{
    const QString words = m_words->text();
    QList<Command> found;
    for (const Command& command : std::as_const(m_commands))
        if (command.action
            && hasWords(
                plainText(*command.action) + QLatin1Char(' ') + command.where + QLatin1Char(' ')
                    + command.action->statusTip(),
                words))
            found << command;
    std::ranges::stable_sort(found, {}, [&](const Command& command) {
        return std::pair(
            words.isEmpty() ? 0 : distance(plainText(*command.action), words),
            !command.action->isEnabled());
    });
    m_list->clear();
    for (const Command& command : std::as_const(found)) {
        auto* item = new QTreeWidgetItem(
            m_list, {plainText(*command.action), command.where, Actions::keyText(*command.action)});
        item->setData(0, Qt::UserRole, QVariant::fromValue(command.action));
        item->setForeground(1, theme().dim);
        if (command.action->isChecked())
            item->setText(0, QStringLiteral("\u2713 ") + item->text(0));
        if (!command.action->isEnabled())
            for (int column = 0; column < 3; ++column)
                item->setForeground(column, theme().disabled);
    }
    m_list->setCurrentItem(m_list->topLevelItem(0));
    describe();
}

void CommandSearch::describe()
{
    const auto* item = m_list->currentItem();
    const QPointer<QAction> action =
        item ? item->data(0, Qt::UserRole).value<QPointer<QAction>>() : nullptr;
    if (!action)
        return m_tip->setText(tr("No command has these words."));
    if (action->isEnabled())
        return m_tip->setText(action->statusTip());
    const QString why = m_actions.why(*action);
    m_tip->setText(why.isEmpty() ? tr("Not possible now") : tr("Not possible now: %1").arg(why));
}

/// Where it was before is where it acts.
void CommandSearch::run()
{
    const auto* item = m_list->currentItem();
    const QPointer<QAction> action =
        item ? item->data(0, Qt::UserRole).value<QPointer<QAction>>() : nullptr;
    if (!action || !action->isEnabled())
        return;
    leave();
    if (action)
        action->trigger();
}

void CommandSearch::leave()
{
    hide();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
}

void CommandSearch::fit()
{
    const int width = std::min(widest, m_window.width() - 48);
    const int height = std::min(highest, m_window.height() - 2 * fromAbove);
    setGeometry((m_window.width() - width) / 2, fromAbove, width, height);
}

bool CommandSearch::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_window && event->type() == QEvent::Resize && isVisible())
        fit();
    if (watched != m_words || event->type() != QEvent::KeyPress)
        return false;
    switch (static_cast<QKeyEvent&>(*event).key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QApplication::sendEvent(m_list, event);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run();
        return true;
    case Qt::Key_Escape:
        leave();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // there is nowhere else to go in it
    default:
        return false;
    }
}
