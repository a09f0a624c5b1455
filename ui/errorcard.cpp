// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/errorcard.h"

#include "ui/baretext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

ErrorCard::ErrorCard(QWidget* parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_sentence(new QLabel(this))
{
    setProperty("role", QStringLiteral("card"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    m_title->setTextFormat(Qt::PlainText); // file names may hold anything
    m_sentence->setTextFormat(Qt::PlainText);
    m_title->setProperty("role", QStringLiteral("error"));
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(m_title);
    layout->addWidget(m_sentence, 1);

    m_helping = new QVBoxLayout;
    layout->addLayout(m_helping);
    auto* buttons = new QHBoxLayout;
    auto* copy = new QPushButton(tr("Copy details"), this);
    copy->setObjectName(QStringLiteral("copy"));
    auto* close = new QPushButton(tr("Dismiss"), this);
    close->setObjectName(QStringLiteral("dismiss"));
    buttons->addWidget(copy);
    buttons->addWidget(close);
    buttons->addStretch();
    layout->addLayout(buttons);
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(report());
    });
    connect(close, &QPushButton::clicked, this, &ErrorCard::dismissed);
}

void ErrorCard::setError(const QString& title, const QString& sentence, const QString& details)
{
    m_title->setText(QStringLiteral("\u26A0 ") + title);
    m_said = sentence;
    m_sentence->setText(breakable(sentence));
    m_details = details;
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

void ErrorCard::setOffers(const std::vector<std::pair<QString, std::function<void()>>>& offers)
{
    for (QPushButton* button : m_offers)
        button->deleteLater();
    m_offers.clear();
    for (const auto& [text, take] : offers) {
        auto* button = new QPushButton(text, this);
        connect(button, &QPushButton::clicked, this, [this, take] {
            Q_EMIT dismissed();
            take();
        });
        m_helping->addWidget(button);
        m_offers.push_back(button);
    }
}

QString ErrorCard::report() const
{
    QString text = m_said;
    if (!m_details.isEmpty() && m_details != text)
        text += QStringLiteral("\n\n") + m_details;
    return text;
}
