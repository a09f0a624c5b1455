// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/curveplot.h"

#include <memory>

class QComboBox;

/// What curves are made of: the numbers of a run's steps.
struct CurveSource
{
    QString name = {};                                        ///< of the run
    std::vector<std::shared_ptr<const StepTrace>> steps = {}; ///< null where one is not known
    std::vector<std::shared_ptr<const Latent>> latents = {};  ///< the start and after every step
};

/// Curves of a run with the choice of what, over what, and which earlier run is beside it.
class CurvesPane : public QWidget
{
    Q_OBJECT

public:
    /// What is drawn.
    enum What { LatentNorm, Guidance, SelfEntropy, CrossEntropy, Shares };

    explicit CurvesPane(QWidget* parent = nullptr);

    /// The run that is seen, and those that can be beside it.
    void setSources(const CurveSource& shown, std::vector<CurveSource> earlier);
    /// Whose numbers, at which step.
    void setView(const View& view);
    /// The choices, for a place beside the plot.
    QWidget& choices() const { return *m_choices; }
    CurvePlot& plot() const { return *m_plot; }
    QComboBox& what() const { return *m_what; }
    QComboBox& over() const { return *m_over; }
    QComboBox& cell() const { return *m_cell; }
    QComboBox& beside() const { return *m_beside; }
    /// As a table.
    std::string csv() const;
    QString title() const;

Q_SIGNALS:
    void stepChosen(int step);
    void layerChosen(int layer);

private:
    void refresh();
    bool overSteps() const;
    std::vector<Curve> curvesOf(const CurveSource& source) const;

    CurveSource m_shown;
    std::vector<CurveSource> m_earlier;
    View m_view;
    QWidget* m_choices;
    QComboBox *m_what, *m_over, *m_cell, *m_beside;
    CurvePlot* m_plot;
};

/// The curves of a run.
std::vector<Curve> latentNorms(const CurveSource& source, int candidate);
/// Which of some curves stand out from the others by their means.
std::vector<bool> curvesStandingOut(const std::vector<Curve>& curves);
