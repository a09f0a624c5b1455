// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dimslider.h"

#include "ui/choicebox.h"
#include "ui/stepaxis.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>

namespace {

constexpr int listWidth = 186, buttonWidth = 30, buttonHeight = 26;

}

DimSlider::DimSlider(const QString& label, const QString& toolTip, QWidget* parent)
    : QWidget(parent)
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_list(new ChoiceBox(this))
{
    setLayoutDirection(Qt::LeftToRight); // as the time line, above which it stands
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, StepAxis::rightMargin, 1);
    row->setSpacing(10);
    auto* name = new QLabel(label, this);
    name->setProperty("role", QStringLiteral("dim"));
    name->setFixedWidth(StepAxis::labelWidth - 22); // where the time line's tracks begin
    m_slider->setAccessibleName(label);
    m_slider->setToolTip(toolTip);
    m_slider->setPageStep(4);
    m_list->setAccessibleName(tr("%1, as a list").arg(label));
    m_list->setToolTip(toolTip);
    m_list->setFixedWidth(listWidth + row->spacing() + buttonWidth);
    name->setBuddy(m_slider);
    row->addWidget(name);
    row->addWidget(m_slider, 1);
    row->addWidget(m_list);
    connect(m_slider, &QSlider::valueChanged, this, &DimSlider::take);
    connect(m_list, &QComboBox::activated, this, &DimSlider::take);
}

void DimSlider::addBeside(QWidget* button)
{
    button->setFixedSize(buttonWidth, buttonHeight);
    m_list->setFixedWidth(listWidth);
    layout()->addWidget(button);
}

void DimSlider::setEntries(const QStringList& entries)
{
    const QSignalBlocker quietSlider(m_slider), quietList(m_list);
    QStringList known;
    for (int i = 0; i < m_list->count(); ++i)
        known << m_list->itemText(i);
    if (known != entries) {
        const int before = index();
        m_list->clear();
        m_list->addItems(entries);
        m_slider->setRange(0, std::max(0, int(entries.size()) - 1));
        setIndex(before);
    }
    setEnabled(entries.size() > 1);
}

int DimSlider::count() const
{
    return m_list->count();
}

int DimSlider::index() const
{
    return m_slider->value();
}

void DimSlider::setIndex(int index)
{
    const QSignalBlocker quietSlider(m_slider), quietList(m_list);
    m_slider->setValue(index);
    m_list->setCurrentIndex(m_list->count() > 0 ? m_slider->value() : -1);
}

void DimSlider::take(int index)
{
    setIndex(index);
    Q_EMIT chosen(index);
}
