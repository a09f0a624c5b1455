// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/numberbox.h"

#include <algorithm>
#include <cmath>

NumberBox::NumberBox(double minimum, double maximum, double step, bool whole, QWidget* parent)
    : QDoubleSpinBox(parent)
    , m_minimum(minimum)
    , m_maximum(maximum)
{
    setDecimals(whole ? 0 : 6);
    setRange(-1e9, 1e9);
    setSingleStep(step > 0 ? step : whole ? 1 : (maximum - minimum) / 100);
    setButtonSymbols(QAbstractSpinBox::NoButtons);
    setAlignment(Qt::AlignRight);
    setGroupSeparatorShown(false);
}

void NumberBox::stepBy(int steps)
{
    // On the grid of the steps, so that 0.98 with steps of .05 goes to 0.95.
    const double at = (value() - m_minimum) / singleStep() + steps * (1 - 1e-6);
    const double to =
        m_minimum + (steps > 0 ? std::floor(at + 1e-3) : std::ceil(at - 1e-3)) * singleStep();
    setValue(std::clamp(to, m_minimum, m_maximum));
    selectAll();
}

QString NumberBox::textFromValue(double value) const
{
    QLocale plain = locale();
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    return decimals() == 0 ? plain.toString(qint64(std::llround(value)))
                           : plain.toString(value, 'g', 7);
}
