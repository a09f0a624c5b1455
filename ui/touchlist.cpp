// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/touchlist.h"

#include "app/document.h"
#include "app/translated.h"
#include "core/errors.h"
#include "core/touchcheck.h"
#include "core/touchtext.h"
#include "ui/fold.h"
#include "ui/styled.h"
#include "ui/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace {

/// Why a touch does not fit what is chosen; empty: it does.
QString problemOf(const Editor& editor, const Touch& touch)
{
    try {
        checkTouches(editor.method(), {touch}, editor.values());
    } catch (const Error& error) {
        return translated(error.sentence());
    }
    return {};
}

} // namespace

TouchList::TouchList(Editor& editor, QWidget* parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_fold(new QToolButton(this))
    , m_body(new QWidget(this))
    , m_rows(new QWidget(m_body))
    , m_list(new QVBoxLayout(m_rows))
    , m_entry(new QLineEdit(m_body))
    , m_message(wrappedLabel({}, "error", m_body))
{
    makeFold(*m_fold, *m_body);
    m_fold->setToolTip(tr("Changes inside the network: heads, words, places, layers"));
    m_entry->setPlaceholderText(QStringLiteral("cross:8:head=3:0"));
    m_entry->setAccessibleName(tr("Another touch"));
    m_entry->setToolTip(
        tr("Where, at which layers, what, and the number to multiply by; Enter adds it.\n"
           "cross:8:head=3:0 switches a head off\n"
           "word=circle:2:0-0.5 makes a word stronger in the first half of the run\n"
           "self:8-11:rows=0,0,0.5,1:0.2 weakens what the left half is given\n"
           "self:8-11:share=B'>A:2 makes B\u2032 look at A more (Analogy)\n"
           "features:14:off leaves an injected layer out (Translate)"));
    m_message->hide();

    auto* body = new QVBoxLayout(m_body);
    m_list->setContentsMargins({});
    m_list->setSpacing(4);
    body->setContentsMargins({});
    body->setSpacing(6);
    body->addWidget(m_rows);
    body->addWidget(m_entry);
    body->addWidget(m_message);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(m_fold);
    layout->addWidget(m_body);

    connect(m_entry, &QLineEdit::returnPressed, this, &TouchList::add);
    connect(m_entry, &QLineEdit::textEdited, this, [this] { say({}); });
    connect(&editor, &Editor::touchesChanged, this, &TouchList::refresh);
    connect(&editor, &Editor::valueChanged, this, &TouchList::refresh);
    refresh();
    m_fold->setChecked(!editor.touches().empty());
}

QString TouchList::message() const
{
    return m_message->text();
}

void TouchList::refresh()
{
    clearRows(*m_rows);
    const int count = int(m_editor.touches().size());
    for (int i = 0; i < count; ++i)
        addRow(i);
    m_rows->setVisible(count > 0);
    m_fold->setText(count > 0 ? tr("Touches (%1)").arg(count) : tr("Touches"));
    if (count > 0)
        m_fold->setChecked(true);
}

void TouchList::addRow(int at)
{
    const Touch& touch = m_editor.touches().at(std::size_t(at));
    const QString said = translated(described(touch));
    auto* row = new QWidget(m_rows);
    auto* grid = new QGridLayout(row);
    grid->setContentsMargins({});
    grid->setSpacing(4);
    auto* text = wrappedLabel(said, "touch", row);
    text->setToolTip(QString::fromStdString(toText(touch)));
    auto* remove = new QToolButton(row);
    remove->setProperty("role", QStringLiteral("flat"));
    remove->setIcon(icon(QStringLiteral("close")));
    remove->setIconSize({12, 12});
    remove->setToolTip(tr("Take it out"));
    remove->setAccessibleName(tr("Take out: %1").arg(said));
    connect(remove, &QToolButton::clicked, this, [this, at] { m_editor.removeTouch(at); });
    grid->addWidget(text, 0, 0);
    grid->addWidget(remove, 0, 1, Qt::AlignTop);
    grid->setColumnStretch(0, 1);
    if (const QString problem = problemOf(m_editor, touch); !problem.isEmpty())
        grid->addWidget(wrappedLabel(problem, "error", row), 1, 0, 1, 2);
    m_list->addWidget(row);
}

void TouchList::add()
{
    try {
        const Touch touch = parseTouch(m_entry->text().toStdString());
        checkTouches(m_editor.method(), {touch}, m_editor.values());
        m_entry->clear();
        m_editor.addTouch(touch);
    } catch (const Error& error) {
        say(translated(error.sentence()));
    }
}

void TouchList::say(const QString& message)
{
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    setStyled(*m_entry, "invalid", !message.isEmpty());
}
