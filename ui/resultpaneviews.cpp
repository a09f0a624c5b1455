// SPDX-License-Identifier: GPL-3.0-or-later

// Its head, and which of its views the centre of the window shows.

#include "ui/actions.h"
#include "ui/compareview.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/inspectview.h"
#include "ui/noiseplot.h"
#include "ui/resultpane.h"
#include "ui/stepaxis.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>

#include <cmath>

void ResultPane::buildHeader(Actions& actions, QVBoxLayout& layout)
{
    auto* header = new QWidget(this);
    header->setProperty("role", QStringLiteral("bar"));
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(10, 2, 12, 0);
    row->setSpacing(2);
    for (const char* id : {"all-pictures", "result-alone", "compare", "inspect", "network"}) {
        auto* tab = new QToolButton(header);
        tab->setProperty("role", QStringLiteral("tab"));
        tab->setDefaultAction(actions(id));
        row->addWidget(tab);
    }
    row->addStretch();
    for (const char* id : {"go-on", "branch"}) { // only where there is something to go on from
        auto* button = new QToolButton(header);
        button->setProperty("role", QStringLiteral("tab"));
        button->setDefaultAction(actions(id));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        const auto show = [button] { button->setVisible(button->defaultAction()->isEnabled()); };
        connect(actions(id), &QAction::changed, button, show);
        show();
        row->addWidget(button);
    }
    m_zoom->setProperty("role", QStringLiteral("dim"));
    row->addWidget(m_zoom);
    layout.addWidget(header);
}

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
        m_zoom->clear();
    else if (&view == &seen)
        m_zoom->setText(tr("%1 %").arg(std::lround(view.zoom() * 100)));
}
