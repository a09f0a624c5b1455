// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectempty.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

InspectEmpty::InspectEmpty(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_compute(new QPushButton(this))
    , m_stop(new QPushButton(tr("Stop"), this))
{
    m_compute->setAccessibleName(tr("Compute it"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(14);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    layout->addStretch();
    layout->addWidget(m_text);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_compute);
    row->addWidget(m_stop);
    row->addStretch();
    layout->addLayout(row);
    layout->addStretch();
    m_compute->setToolTip(tr("One pass of the network over the latent of this step"));
    m_stop->setToolTip(tr("Stop computing"));
    say({});
}

void InspectEmpty::say(const QString& sentence, std::optional<double> seconds)
{
    m_text->setText(sentence);
    m_compute->setVisible(seconds.has_value());
    m_stop->hide();
    if (!seconds)
        return;
    const int whole = std::max(1, int(std::lround(*seconds)));
    m_compute->setText(
        *seconds < 1 ? tr("Compute it: under a second") : tr("Compute it: about %1 s").arg(whole));
}

void InspectEmpty::setComputing(const QString& sentence)
{
    m_text->setText(sentence);
    m_compute->hide();
    m_stop->show();
}

QString InspectEmpty::text() const
{
    return m_text->text();
}
