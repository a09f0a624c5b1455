// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lessonpanel.h"

#include "core/bounded.h"
#include "ui/choicebox.h"
#include "ui/styled.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

LessonPanel::LessonPanel(QWidget* parent)
    : QWidget(parent)
    , m_choice(new ChoiceBox(this))
    , m_text(new QLabel(this))
    , m_place(new QLabel(this))
    , m_run(new QToolButton(this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
{
    setProperty("role", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(6);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_choice->setAccessibleName(tr("Lesson"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(8);
    m_run->setText(tr("Run it"));
    m_run->setToolTip(
        tr("Fill in the sample of this lesson and make its picture; what is there now "
           "comes back with Undo"));
    m_previous->setText(tr("Back"));
    m_next->setText(tr("Next"));
    m_place->setProperty("role", QStringLiteral("dim"));
    row->addWidget(m_run);
    row->addStretch();
    row->addWidget(m_previous);
    row->addWidget(m_place);
    row->addWidget(m_next);
    layout->addWidget(m_choice);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("Text of the lesson"));
    layout->addWidget(m_text);
    layout->addLayout(row);
    connect(m_choice, &QComboBox::activated, this, [this] {
        m_ready = false;
        setPage(0);
    });
    connect(m_run, &QToolButton::clicked, this, &LessonPanel::runRequested);
    connect(m_previous, &QToolButton::clicked, this, [this] { setPage(m_page - 1); });
    connect(m_next, &QToolButton::clicked, this, [this] { setPage(m_page + 1); });
    refresh();
}

void LessonPanel::setLessons(std::vector<Lesson> lessons)
{
    m_lessons = std::move(lessons);
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    for (std::size_t i = 0; i < m_lessons.size(); ++i)
        m_choice->addItem(tr("%1. %2").arg(i + 1).arg(m_lessons[i].title));
    m_page = 0;
    refresh();
}

const Lesson* LessonPanel::lesson() const
{
    const int index = m_choice->currentIndex();
    return index >= 0 && index < int(m_lessons.size()) ? &m_lessons[std::size_t(index)] : nullptr;
}

void LessonPanel::setPage(int page)
{
    const Lesson* shown = lesson();
    if (!shown)
        return;
    m_page = bounded(page, 0, int(shown->pages.size()) - 1);
    refresh();
    Q_EMIT pageChanged();
}

void LessonPanel::setReady(bool ready)
{
    m_ready = ready;
    refresh();
}

QString LessonPanel::text() const
{
    return m_text->text();
}

void LessonPanel::refresh()
{
    const Lesson* shown = lesson();
    const int pages = shown ? int(shown->pages.size()) : 0;
    m_text->setText(shown ? shown->pages[std::size_t(m_page)].text : QString());
    m_place->setText(pages > 0 ? tr("%1 / %2").arg(m_page + 1).arg(pages) : QString());
    m_previous->setEnabled(m_page > 0);
    m_next->setEnabled(m_page + 1 < pages);
    m_run->setEnabled(shown);
    setStyled(*m_run, "role", m_ready ? QString() : QStringLiteral("run"));
}
