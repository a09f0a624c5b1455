// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/touchoffer.h"

#include <QWidget>

class FormRows;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;
class QToolButton;

/// Tries what is seen: which part of it, how much, in which steps. It folds.
class TouchPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TouchPanel(QWidget* parent = nullptr);

    /// What there is to try, and the layers where, "up 2.1" or "all 16 layers". What was chosen
    /// stays where it is still there.
    void setOffers(std::vector<TouchOffer> offers, const QString& where);
    /// The step that is shown, counted from 0, of how many.
    void setStep(int step, int steps);
    /// Chooses what the cells of an analogy give to each other.
    void chooseShare(int queries, int keys);
    /// Why something cannot be tried, or what comes of it; goes with the next choice.
    void say(const QString& sentence, bool isError);

    static constexpr int labelWidth = 58; ///< as the form's above

    QToolButton& fold() const { return *m_fold; }
    QComboBox& what() const { return *m_what; }
    QDoubleSpinBox& times() const { return *m_times; }
    QComboBox& when() const { return *m_when; }
    QPushButton& button() const { return *m_try; }
    QString message() const;

Q_SIGNALS:
    /// A touch with its number, from a step on, counted from 0.
    void tried(const Touch& touch, int step);

private:
    void build();
    void refresh();
    void tell();
    int chosenStep() const;

    std::vector<TouchOffer> m_offers;
    QString m_where;
    int m_step = 0, m_last = 0; ///< that is shown, that was tried last
    bool m_again = false;       ///< the latter is chosen as soon as another is shown
    QToolButton* m_fold;
    QWidget* m_body;
    FormRows* m_form;
    QComboBox *m_what, *m_when;
    QWidget* m_amount;
    QSlider* m_slider;
    QDoubleSpinBox* m_times;
    QPushButton* m_try;
    QLabel *m_place, *m_message;
};
