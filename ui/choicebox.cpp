// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/choicebox.h"

#include <QStyleOptionComboBox>
#include <QStylePainter>

void ChoiceBox::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    const QRect field =
        style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    const int drawing = option.currentIcon.isNull() ? 0 : option.iconSize.width() + 4;
    option.currentText = option.fontMetrics.elidedText( // within the style's margins
        option.currentText, Qt::ElideRight, field.width() - 2 - drawing);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

ChoiceBox* choiceBox(
    QWidget* parent, const QStringList& entries, const QString& name, const QString& tip,
    int letters)
{
    auto* made = new ChoiceBox(parent);
    made->addItems(entries);
    made->setAccessibleName(name);
    made->setToolTip(tip);
    made->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    made->setMinimumContentsLength(letters);
    made->setMaxVisibleItems(20);
    return made;
}
