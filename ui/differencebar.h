// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/picture/difference.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QSlider;

/// How the difference of two pictures is drawn: signed or absolute, enlarged how often.
class DifferenceBar : public QWidget
{
    Q_OBJECT

public:
    explicit DifferenceBar(QWidget* parent = nullptr);

    DifferenceLook look() const;
    QComboBox& kind() const { return *m_kind; }
    QSlider& gain() const { return *m_gain; }

Q_SIGNALS:
    void changed();

private:
    QComboBox* m_kind;
    QSlider* m_gain;
    QLabel* m_times;
};
