// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/curves.h"

#include <QString>
#include <QWidget>

#include <vector>

class QCPGraph;
class QCPItemStraightLine;
class QCustomPlot;
class QLabel;

/// Curves over the steps or the layers of a run, those of an earlier run beside them as broken
/// lines. The values under the pointer are told; what stands out is marked.
class CurvePlot : public QWidget
{
    Q_OBJECT

public:
    /// What is drawn.
    struct Content
    {
        std::vector<Curve> curves = {};
        std::vector<Curve> earlier = {}; ///< in the order of the curves
        std::vector<bool> marked = {};   ///< of the only curve's points, or of whole curves
        QString x = {}, y = {};          ///< what the axes are
        int shownFrom = 0;               ///< added to x where it is shown: steps count from 1
        bool fromZero = false;           ///< the vertical axis begins at 0
        QString empty = {};              ///< said where there are no curves
    };

    explicit CurvePlot(QWidget* parent = nullptr);

    void setContent(const Content& content);
    const Content& content() const { return m_content; }
    /// A line at a step or layer; below 0: none.
    void setPosition(double x);
    /// What is told for a place of the plot: "step 3: up 2.1 0.81, ...".
    QString textAt(double x) const;
    QString told() const;

    QSize minimumSizeHint() const override { return {240, 160}; }

Q_SIGNALS:
    void chosen(double x); ///< a click

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void applyTheme();
    void fill();
    void tell(double x);
    double nearest(double x) const;

    QCustomPlot* m_plot;
    QCPItemStraightLine *m_head, *m_hover;
    QLabel* m_told;
    Content m_content;
    double m_at = 0; ///< of the keys
};
