// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/differencebar.h"

#include "ui/choicebox.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>

namespace {

constexpr int mostGain = 16, usualGain = 4;

} // namespace

DifferenceBar::DifferenceBar(QWidget* parent)
    : QWidget(parent)
    , m_kind(choiceBox(
          this, {tr("Signed"), tr("Absolute")}, tr("Difference"),
          tr("Signed: grey is no change, brighter is more, darker is less of a colour. Absolute: "
             "black is no change.")))
    , m_gain(new QSlider(Qt::Horizontal, this))
    , m_times(new QLabel(this))
{
    m_gain->setRange(1, mostGain);
    m_gain->setValue(usualGain);
    m_gain->setPageStep(4);
    m_gain->setMaximumWidth(200);
    m_gain->setAccessibleName(tr("Gain of the difference"));
    m_gain->setToolTip(tr("How much the difference is enlarged, so that small ones are seen"));
    m_times->setMinimumWidth(32);
    auto* name = new QLabel(tr("Gain"), this);
    name->setProperty("role", QStringLiteral("dim"));
    name->setBuddy(m_gain);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(8);
    row->addWidget(m_kind);
    row->addWidget(name);
    row->addWidget(m_gain, 3);
    row->addWidget(m_times);
    row->addStretch();
    const auto tell = [this] {
        m_times->setText(QStringLiteral("\u00d7 %1").arg(m_gain->value()));
        Q_EMIT changed();
    };
    connect(m_kind, &QComboBox::currentIndexChanged, this, tell);
    connect(m_gain, &QSlider::valueChanged, this, tell);
    tell();
}

DifferenceLook DifferenceBar::look() const
{
    return {.isSigned = m_kind->currentIndex() == 0, .gain = double(m_gain->value())};
}
