// SPDX-License-Identifier: GPL-3.0-or-later

// Which of its views the centre of the window shows.

#include "ui/actions.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/inspectview.h"
#include "ui/noiseplot.h"
#include "ui/resultpane.h"

#include <QAction>
#include <QLabel>
#include <QStackedWidget>

#include <cmath>

/// Which of the views is seen: all pictures, the result alone, the network.
void ResultPane::connectSwitch(Actions& actions)
{
    ImageView& canvas = m_inspect->canvas();
    actions.addLettersTo(canvas);
    actions.connectZoom(canvas);
    connect(m_inspect, &InspectView::readout, this, &ResultPane::readout);
    connect(m_all, &QAction::triggered, this, [this] {
        m_grid->enlarge(-1);
        showInspect(false);
    });
    connect(m_alone, &QAction::triggered, this, [this] {
        m_grid->enlarge(m_grid->resultCell());
        showInspect(false);
    });
    connect(m_look, &QAction::triggered, this, [this] { showInspect(true); });
    connect(m_grid, &GridView::enlargedChanged, this, [this] { showInspect(inspecting()); });
    showInspect(false);
}

bool ResultPane::inspecting() const
{
    return m_views->currentWidget() == m_inspect;
}

void ResultPane::showInspect(bool on)
{
    m_views->setCurrentIndex(on);
    Q_EMIT inspectingChanged();
    m_plot->setVisible(!on); // it is one of the curves there
    m_look->setChecked(on);
    m_all->setChecked(!on && m_grid->enlarged() < 0);
    m_alone->setChecked(!on && m_grid->enlarged() == m_grid->resultCell());
    showZoom(m_grid->view());
}

void ResultPane::showZoom(const ImageView& view)
{
    // Of a map, which has no pixels of its own, a percentage would say nothing.
    if (inspecting())
        m_zoom->clear();
    else
        m_zoom->setText(tr("%1 %").arg(std::lround(view.zoom() * 100)));
}
