// SPDX-License-Identifier: GPL-3.0-or-later

// Which of its views the centre of the window shows.

#include "ui/actions.h"
#include "ui/compareview.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/inspectview.h"
#include "ui/noiseplot.h"
#include "ui/resultpane.h"
#include "ui/stepaxis.h"
#include "ui/viewheader.h"

#include <QAction>
#include <QStackedWidget>

#include <cmath>

int ResultPane::shownStep() const
{
    return m_axis->value();
}

/// Which of the views is seen: all pictures, the result alone, two pictures, the network.
void ResultPane::connectSwitch(Actions& actions)
{
    for (ImageView* canvas :
         {static_cast<ImageView*>(&m_inspect->canvas()),
          static_cast<ImageView*>(&m_compare->canvas())}) {
        actions.addLettersTo(*canvas);
        actions.connectZoom(*canvas);
    }
    connect(m_inspect, &InspectView::readout, this, &ResultPane::readout);
    connect(m_compare, &CompareView::readout, this, &ResultPane::readout);
    connect(&m_compare->canvas(), &ImageView::viewChanged, this, [this] {
        showZoom(m_compare->canvas());
    });
    connect(m_all, &QAction::triggered, this, [this] {
        m_grid->enlarge(-1);
        showView(ShowsPictures);
    });
    connect(m_alone, &QAction::triggered, this, [this] {
        m_grid->enlarge(m_grid->resultCell());
        showView(ShowsPictures);
    });
    connect(m_look, &QAction::triggered, this, [this] { showView(ShowsNetwork); });
    connect(m_two, &QAction::triggered, this, [this] { showView(ShowsTwo); });
    connect(m_grid, &GridView::enlargedChanged, this, [this] { showView(view()); });
    showView(ShowsPictures);
}

ResultPane::View ResultPane::view() const
{
    return View(m_views->currentIndex());
}

void ResultPane::showView(View view)
{
    m_views->setCurrentIndex(view);
    Q_EMIT viewChanged();
    m_plot->setVisible(view == ShowsPictures); // it is one of the curves of the network
    m_look->setChecked(view == ShowsNetwork);
    m_two->setChecked(view == ShowsTwo);
    m_all->setChecked(view == ShowsPictures && m_grid->enlarged() < 0);
    m_alone->setChecked(view == ShowsPictures && m_grid->enlarged() == m_grid->resultCell());
    showZoom(view == ShowsTwo ? m_compare->canvas() : m_grid->view());
}

void ResultPane::showZoom(const ImageView& view)
{
    // Of a map, which has no pixels of its own, a percentage would say nothing.
    const ImageView& seen = this->view() == ShowsTwo ? m_compare->canvas() : m_grid->view();
    if (this->view() == ShowsNetwork)
        m_header->setZoom({});
    else if (&view == &seen)
        m_header->setZoom(tr("%1 %").arg(std::lround(view.zoom() * 100)));
}
