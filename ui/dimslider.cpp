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
constexpr int nameWidth = StepAxis::labelWidth - 22; // where the time line's tracks begin
constexpr int sharedListWidth = 160, leastListWidth = 90;

} // namespace

DimSlider::DimSlider(const QString& label, const QString& toolTip, QWidget* parent)
    : QWidget(parent)
    , m_name(new QLabel(label, this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_list(new ChoiceBox(this))
{
    setLayoutDirection(Qt::LeftToRight); // as the time line, above which it stands
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, StepAxis::rightMargin, 1);
    row->setSpacing(10);
    m_name->setProperty("role", QStringLiteral("dim"));
    m_slider->setAccessibleName(label);
    m_slider->setToolTip(toolTip);
    m_slider->setPageStep(4);
    m_list->setAccessibleName(tr("%1, as a list").arg(label));
    m_list->setToolTip(toolTip);
    m_listWidth = listWidth + row->spacing() + buttonWidth;
    m_name->setBuddy(m_slider);
    row->addWidget(m_name);
    row->addWidget(m_slider, 1);
    row->addWidget(m_list);
    connect(m_slider, &QSlider::valueChanged, this, &DimSlider::take);
    connect(m_list, &QComboBox::activated, this, &DimSlider::take);
    setSharing(false, false);
}

void DimSlider::addBeside(QWidget* button)
{
    button->setProperty("beside", true); // as high as that, not as a button with its own margins
    button->setFixedSize(buttonWidth, buttonHeight);
    m_listWidth = listWidth;
    layout()->addWidget(button);
    setSharing(false, false);
}

void DimSlider::setSharing(bool shares, bool listAlone)
{
    // A label remembers its hint with the width that it had.
    const int text = m_name->fontMetrics().horizontalAdvance(m_name->text()) + 2;
    m_name->setFixedWidth(shares ? text : nameWidth);
    m_slider->setVisible(!listAlone);
    const int width = shares ? sharedListWidth : m_listWidth;
    m_list->setMinimumWidth(listAlone ? leastListWidth : width);
    m_list->setMaximumWidth(listAlone ? QWIDGETSIZE_MAX : width);
    static_cast<QHBoxLayout*>(layout())->setStretchFactor(m_list, listAlone ? 1 : 0);
    layout()->setContentsMargins(12, 1, shares ? 4 : StepAxis::rightMargin, 1);
    layout()->setSpacing(listAlone ? 6 : 10);
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
