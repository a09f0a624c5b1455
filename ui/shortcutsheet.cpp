// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shortcutsheet.h"

#include "ui/actions.h"
#include "ui/commandsearch.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace {

QString keysOf(const QAction& action)
{
    return QKeySequence::listToString(action.shortcuts(), QKeySequence::NativeText)
        .replace(QStringLiteral("; "), QStringLiteral("  "));
}

QAction* actionOf(const QTreeWidgetItem& item)
{
    return item.data(0, Qt::UserRole).value<QAction*>();
}

/// Shift counts where it does not make the character; what only modifies is no key.
QKeySequence keyIn(const QKeyEvent& event)
{
    constexpr Qt::Key modifying[] = {Qt::Key_Control, Qt::Key_Shift,    Qt::Key_Alt,
                                     Qt::Key_AltGr,   Qt::Key_Meta,     Qt::Key_Super_L,
                                     Qt::Key_Super_R, Qt::Key_CapsLock, Qt::Key_unknown};
    if (std::ranges::find(modifying, event.key()) != std::end(modifying))
        return {};
    Qt::KeyboardModifiers with = event.modifiers()
        & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier | Qt::ShiftModifier);
    const QChar typed = event.text().isEmpty() ? QChar() : event.text().at(0);
    if (typed.isPrint() && !typed.isLetterOrNumber() && !typed.isSpace())
        with &= ~Qt::KeyboardModifiers(Qt::ShiftModifier);
    return QKeyCombination(with, Qt::Key(event.key()));
}

} // namespace

ShortcutSheet::ShortcutSheet(Actions& actions, QWidget* parent)
    : QDialog(parent)
    , m_actions(actions)
    , m_words(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
    , m_name(new QLabel(this))
    , m_keys(new QKeySequenceEdit(this))
    , m_reset(new QPushButton(tr("&Usual"), this))
    , m_said(new QLabel(this))
    , m_takeOver(new QPushButton(tr("&Take it over"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Shortcuts"));
    m_words->setPlaceholderText(tr("Search for a command or a key"));
    m_words->setClearButtonEnabled(true);
    m_words->setAccessibleName(m_words->placeholderText());
    m_list->setProperty("role", QStringLiteral("roomy"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("Command"), tr("Keys")});
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->setAccessibleName(tr("Shortcuts"));
    m_keys->setAccessibleName(tr("New key"));
    m_keys->setClearButtonEnabled(true);
    m_said->setWordWrap(true);
    m_said->setProperty("role", QStringLiteral("warning"));

    auto* row = new QHBoxLayout;
    row->addWidget(m_name, 1);
    row->addWidget(m_keys);
    row->addWidget(m_reset);
    auto* told = new QHBoxLayout;
    told->addWidget(m_said, 1);
    told->addWidget(m_takeOver);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_resetAll = buttons->addButton(tr("&All as usual"), QDialogButtonBox::ResetRole);
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(m_words);
    rows->addWidget(m_list, 1);
    rows->addLayout(row);
    rows->addLayout(told);
    rows->addWidget(buttons);

    fill();
    say({});
    select();
    m_keys->installEventFilter(this);
    connect(m_words, &QLineEdit::textChanged, this, &ShortcutSheet::filter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ShortcutSheet::select);
    connect(m_list, &QTreeWidget::itemActivated, m_keys, [this] {
        if (chosen())
            m_keys->setFocus(Qt::OtherFocusReason);
    });
    connect(m_keys, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutSheet::take);
    connect(m_reset, &QPushButton::clicked, this, [this] { reset({chosen()}); });
    connect(m_resetAll, &QPushButton::clicked, this, [this] {
        reset(m_actions.all() + m_actions.painting());
    });
    connect(m_takeOver, &QPushButton::clicked, this, [this] { give(m_keys->keySequence()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (QPushButton* button : findChildren<QPushButton*>())
        button->setAutoDefault(false); // Return chooses a row
    resize(600, 640);
}

QTreeWidgetItem* ShortcutSheet::group(const QString& name)
{
    auto* item = new QTreeWidgetItem(m_list, {name});
    QFont bold = font();
    bold.setBold(true);
    item->setFont(0, bold);
    item->setFirstColumnSpanned(true);
    item->setFlags(Qt::ItemIsEnabled);
    return item;
}

void ShortcutSheet::fill()
{
    const auto add = [](QTreeWidgetItem* group, QAction* action) {
        auto* item = new QTreeWidgetItem(group, {action->iconText(), keysOf(*action)});
        item->setToolTip(0, action->statusTip());
        item->setData(0, Qt::UserRole, QVariant::fromValue(action));
    };
    QTreeWidgetItem* everywhere = group(tr("Everywhere"));
    QTreeWidgetItem* views = group(tr("Where a picture has the focus"));
    QTreeWidgetItem* painting = group(tr("While painting"));
    for (QAction* action : m_actions.all())
        add(m_actions.isLetter(*action) ? views : everywhere, action);
    for (QAction* action : m_actions.painting())
        add(painting, action);
    for (const FixedKey& key : Actions::fixedKeys()) {
        auto* item = new QTreeWidgetItem(key.painting ? painting : views, {key.what, key.keys});
        item->setDisabled(true); // it belongs to the view
        item->setToolTip(0, tr("This key cannot be changed"));
    }
    m_list->expandAll();
}

void ShortcutSheet::filter(const QString& words)
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = m_list->topLevelItem(i);
        bool any = false;
        for (int k = 0; k < group->childCount(); ++k) {
            QTreeWidgetItem* item = group->child(k);
            const bool shown = hasWords(
                item->text(0) + QLatin1Char(' ') + item->text(1) + QLatin1Char(' ')
                    + item->toolTip(0),
                words);
            item->setHidden(!shown);
            any |= shown;
        }
        group->setHidden(!any);
    }
}

QAction* ShortcutSheet::chosen() const
{
    return m_list->currentItem() ? actionOf(*m_list->currentItem()) : nullptr;
}

void ShortcutSheet::select()
{
    const QAction* action = chosen();
    m_name->setText(action ? action->iconText() : tr("Choose a command to change its key."));
    m_keys->setEnabled(action);
    m_reset->setEnabled(action && action->shortcuts() != m_actions.usualKeys(*action));
    const QSignalBlocker quiet(m_keys);
    m_keys->setKeySequence(action ? action->shortcut() : QKeySequence());
    say({});
}

void ShortcutSheet::take(const QKeySequence& key)
{
    QAction* action = chosen();
    if (!action)
        return;
    {
        const QSignalBlocker quiet(m_keys);
        m_keys->setKeySequence(key);
    }
    m_list->setFocus(Qt::OtherFocusReason); // the field would take Tab, too
    if (!key.isEmpty() && key == action->shortcut())
        return say({});
    const Actions::Holder holder = m_actions.holder(*action, key);
    const QString text = key.toString(QKeySequence::NativeText);
    if (!holder.fixed.isEmpty())
        return say(tr("%1 cannot be used here: %2.").arg(text, holder.fixed));
    if (!holder.action)
        return give(key);
    say(tr("%1 is the key of %2.").arg(text, holder.action->iconText()));
    m_takeOver->show();
}

/// Whoever has it gives it up.
void ShortcutSheet::give(const QKeySequence& key)
{
    QAction* action = chosen();
    if (QAction* holder = key.isEmpty() ? nullptr : m_actions.holder(*action, key).action) {
        QList<QKeySequence> left = holder->shortcuts();
        left.removeAll(key);
        m_actions.setKeys(*holder, left);
    }
    m_actions.setKeys(*action, key.isEmpty() ? QList<QKeySequence>() : QList {key});
    m_list->clear();
    fill();
    filter(m_words->text());
    for (QTreeWidgetItemIterator i(m_list); *i; ++i)
        if (actionOf(**i) == action)
            m_list->setCurrentItem(*i);
    select();
}

/// Who was given one of these keys meanwhile gives it up.
void ShortcutSheet::reset(const QList<QAction*>& actions)
{
    QAction* chosen = this->chosen();
    for (QAction* action : actions) {
        for (const QKeySequence& key : m_actions.usualKeys(*action))
            if (QAction* holder = m_actions.holder(*action, key).action) {
                QList<QKeySequence> left = holder->shortcuts();
                left.removeAll(key);
                m_actions.setKeys(*holder, left);
            }
        m_actions.setKeys(*action, m_actions.usualKeys(*action));
    }
    m_list->clear();
    fill();
    filter(m_words->text());
    for (QTreeWidgetItemIterator i(m_list); *i; ++i)
        if (chosen && actionOf(**i) == chosen)
            m_list->setCurrentItem(*i);
    select();
}

void ShortcutSheet::say(const QString& sentence)
{
    m_said->setText(sentence);
    m_takeOver->hide();
}

/// The field would wait whether another key follows, and clear itself before. Tab and Escape leave
/// it rather than become a key; of painting Escape may be one.
bool ShortcutSheet::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_keys || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto& pressed = static_cast<QKeyEvent&>(*event);
    const bool plain = !(pressed.modifiers() & ~Qt::ShiftModifier);
    const bool tab = pressed.key() == Qt::Key_Tab || pressed.key() == Qt::Key_Backtab;
    if (plain && tab)
        focusNextPrevChild(pressed.key() == Qt::Key_Tab);
    else if (plain && pressed.key() == Qt::Key_Escape && !m_actions.painting().contains(chosen()))
        m_list->setFocus(Qt::OtherFocusReason);
    else if (const QKeySequence key = keyIn(pressed); !key.isEmpty())
        take(key);
    return true;
}
