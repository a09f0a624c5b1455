// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QCustomPlot;

/// The root mean square of the latent after each step, as a small curve under the time line.
class NoisePlot : public QWidget
{
    Q_OBJECT

public:
    explicit NoisePlot(QWidget* parent = nullptr);

    /// The values of steps 0, 1, ...; @p total steps fill the width.
    void setCurve(const std::vector<double>& norms, int total);
    void setPosition(int step);

    QSize sizeHint() const override { return {360, 36}; }

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void applyTheme();

    QCustomPlot* m_plot;
};
