// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/noticebar.h"

#include "ui/styled.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    setProperty("role", QStringLiteral("notice"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 8, 6);
    m_text->setWordWrap(true);
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
    m_text->setText(error ? QStringLiteral("\u26A0 ") + sentence : sentence);
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
}

void NoticeBar::setText(const QString& sentence)
{
    m_text->setText(sentence);
}

QString NoticeBar::text() const
{
    return m_text->text();
}
