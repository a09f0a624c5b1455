// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/choicebox.h"

#include <QComboBox>

QComboBox* choiceBox(
    QWidget* parent, const QStringList& entries, const QString& name, const QString& tip,
    int letters)
{
    auto* made = new QComboBox(parent);
    made->addItems(entries);
    made->setAccessibleName(name);
    made->setToolTip(tip);
    made->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    made->setMinimumContentsLength(letters);
    made->setMaxVisibleItems(20);
    return made;
}
