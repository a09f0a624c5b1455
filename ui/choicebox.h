// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

/// A list to choose from. What does not fit into it ends in an ellipsis, where Qt's cuts it off.
class ChoiceBox : public QComboBox
{
public:
    using QComboBox::QComboBox;

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// One with its name for those who do not see it. It becomes as narrow as @p letters of its entries
/// need.
ChoiceBox* choiceBox(
    QWidget* parent, const QStringList& entries, const QString& name, const QString& tip,
    int letters = 8);
