// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/comparecanvas.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

class DifferenceBar;
class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

/// A picture that can be compared with another.
struct Comparable
{
    QString key = {};   ///< "run 3 0": what it is, also when the list is made anew
    QString label = {}; ///< "Run 3, a red circle"
    QString chip = {};  ///< in a word or two: "Run 3"
    QImage image = {};
    int run = 0; ///< that it is of; 0: none

    bool operator==(const Comparable&) const = default;
};

/// Compares two pictures: a line to wipe with, side by side, blinking, their difference; and how
/// far apart they are, in numbers.
class CompareView : public QWidget
{
    Q_OBJECT

public:
    explicit CompareView(QWidget* parent = nullptr);

    /// What there is to choose from. What was chosen stays, also where it is away for a while, as
    /// what is shown is between two runs.
    void setPictures(std::vector<Comparable> pictures);
    const std::vector<Comparable>& pictures() const { return m_pictures; }
    /// Chooses by key.
    void choose(const QString& first, const QString& second);
    const Comparable* first() const;
    const QString& firstKey() const { return m_firstKey; } ///< also of one that is away
    const Comparable* second() const;
    CompareCanvas& canvas() const { return *m_canvas; }
    void setMode(CompareCanvas::Mode mode);
    QString text() const; ///< what is said below the pictures
    /// What else is to be measured of two pictures that differ; it calls back with some words.
    using Measure = std::function<void(
        const QImage& first, const QImage& second, std::function<void(const QString&)> say)>;
    void setMeasure(Measure measure);

Q_SIGNALS:
    void readout(const QString& text);
    /// What the runs of both differ in is wanted.
    void differencesRequested(int first, int second);
    /// The picture that is shown elsewhere is to stay in the list.
    void keepRequested();

private:
    QWidget* buildChoice();
    QWidget* buildBar();
    void fill(QComboBox& box, const QString& key);
    const Comparable* find(const QString& key) const;
    void swap();
    void refresh();
    void measure(const QImage& a, const QImage& b, const QString& before);

    std::vector<Comparable> m_pictures;
    QString m_firstKey, m_secondKey; ///< of those that are wanted
    QComboBox *m_first, *m_second;
    CompareCanvas* m_canvas;
    std::vector<QToolButton*> m_modes;
    DifferenceBar* m_difference;
    QLabel* m_text;
    QLabel* m_nothing; ///< why nothing is compared, in the middle
    QToolButton *m_exchange, *m_keep;
    QPushButton* m_changed;
    Measure m_more;
    int m_measured = 0; ///< counts what is measured: an answer that is late does not count
};
