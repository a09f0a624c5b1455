// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>

/// A spin box that lets a number out of its range be typed, so that the form can say what the range
/// is; the arrow keys stay within it.
class NumberBox : public QDoubleSpinBox
{
    Q_OBJECT

public:
    NumberBox(double minimum, double maximum, double step, bool whole, QWidget* parent = nullptr);

    void stepBy(int steps) override;
    QString textFromValue(double value) const override;

private:
    double m_minimum, m_maximum;
};
