// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/noticebar.h"

#include "ui/baretext.h"
#include "ui/styled.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace {

constexpr int leastText = 200, longestWord = 60;

} // namespace

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    setProperty("role", QStringLiteral("notice"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 3, 8, 3);
    m_text->setWordWrap(true);
    m_text->setMinimumWidth(leastText); // a long name does not make the window wider
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_buttons);
    hide();
}

void NoticeBar::say(const QString& sentence, bool error, const Answers& answers)
{
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // the answer that was given may be what calls
        delete item;
    }
    m_sentence = sentence;
    m_text->setText(
        breakable(error ? QStringLiteral("\u26A0 ") + sentence : sentence, longestWord));
    setStyled(*m_text, "role", error ? QStringLiteral("error") : QString());
    const auto add = [this](const QString& label, const std::function<void()>& answer) {
        auto* button = new QPushButton(label, this);
        m_buttons->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, answer] {
            hide();
            if (answer)
                answer();
        });
    };
    for (const auto& [label, answer] : answers)
        add(label, answer);
    if (answers.empty())
        add(tr("Close"), {});
    show();
    Q_EMIT said();
}

void NoticeBar::setText(const QString& sentence)
{
    m_sentence = sentence;
    m_text->setText(breakable(sentence, longestWord));
}

QString NoticeBar::text() const
{
    return m_sentence;
}
