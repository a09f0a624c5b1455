// SPDX-License-Identifier: GPL-3.0-or-later

// Where the parts of the window stand, and what is dropped beside them.

#include "app/session.h"
#include "app/settings.h"
#include "ui/actions.h"
#include "ui/dragout.h"
#include "ui/inputsdock.h"
#include "ui/mainwindow.h"
#include "ui/paintpane.h"
#include "ui/parametersdock.h"
#include "ui/pictureplace.h"
#include "ui/pictureplaces.h"
#include "ui/resultpane.h"
#include "ui/runsdock.h"
#include "ui/toolbar.h"

#include <QAction>
#include <QDropEvent>
#include <QKeyEvent>
#include <QMenuBar>
#include <QScreen>

#include <algorithm>
#include <utility>

namespace {

constexpr int asLeft = -1; // the heights are those with which the window was closed

/// The left column's width: wider in a wide window.
int leftWidth(int window)
{
    return std::clamp(window * 23 / 100, 292, 460);
}

} // namespace

void MainWindow::buildDocks()
{
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    addDockWidget(Qt::LeftDockWidgetArea, m_inputs);
    addDockWidget(Qt::LeftDockWidgetArea, m_parameters);
    addDockWidget(Qt::BottomDockWidgetArea, m_runs);
    connect(m_inputs->toggleViewAction(), &QAction::triggered, this, [this](bool shown) {
        m_picturesHidden = !shown;
    });
    connect(&m_session.editor(), &Editor::methodChanged, this, &MainWindow::showInputs);
    connect(
        m_inputs, &InputsDock::cellsChanged, this, &MainWindow::fitInputs, Qt::QueuedConnection);
    setTabOrder(m_inputs, m_parameters);
    setTabOrder(m_parameters, m_pane);
    setTabOrder(m_pane, m_painting);
    setTabOrder(m_painting, m_runs);
}

/// Where the grid takes the pictures, their dock has nothing to show.
void MainWindow::showInputs()
{
    const Method& method = m_session.editor().method();
    m_inputs->setVisible(!method.onGrid && !m_picturesHidden && !isFullScreen());
    m_inputs->toggleViewAction()->setEnabled(!method.onGrid);
    if (isVisible() && !focusWidget() && !method.slots.empty())
        m_places->focus(method.slots.front().id); // it went with a place of the mode before
}

/// Gives the pictures the height that they need, up to about half of the column.
void MainWindow::fitInputs()
{
    const int column = m_inputs->height() + m_parameters->height();
    const int wanted = std::min(m_inputs->wantedHeight(), column * 11 / 20);
    if (!isVisible() || !m_inputs->isVisible())
        return;
    const int before = std::exchange(m_inputsHeight, wanted);
    if (before != wanted && before != asLeft)
        resizeDocks({m_inputs, m_parameters}, {wanted, column - wanted}, Qt::Vertical);
}

/// Keeps the left column in proportion until somebody moves its edge.
void MainWindow::fitColumn()
{
    const int wanted = leftWidth(width()), now = m_parameters->width();
    if (!isVisible() || !m_parameters->isVisible() || m_parameters->isFloating())
        return;
    if (m_columnWidth > 0 && std::abs(now - m_columnWidth) > 2) {
        m_columnWidth = asLeft; // it was moved
        return;
    }
    if (m_columnWidth == asLeft)
        return;
    m_columnWidth = 0; // not known until it is laid out: the fields may need more than is wanted
    if (now != wanted)
        resizeDocks({m_parameters}, {wanted}, Qt::Horizontal);
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_columnWidth == 0)
                m_columnWidth = m_parameters->width();
        },
        Qt::QueuedConnection);
}

void MainWindow::restoreLayout()
{
    // It may have been larger on another screen.
    const QSize frame(8, 36); // that the desktop draws around it, which is not known yet
    const QSize room = screen()->availableSize() - frame;
    resize(QSize(1280, 800).boundedTo(room));
    if (const QByteArray geometry = m_settings.windowGeometry(); !geometry.isEmpty())
        restoreGeometry(geometry);
    if (!isMaximized() && !isFullScreen())
        resize(size().boundedTo(room));
    const QByteArray state = m_settings.windowState();
    if (!state.isEmpty() && restoreState(state)) {
        m_inputsHeight = asLeft;
        m_columnWidth = asLeft;
    }
    showInputs();
}

void MainWindow::setFullScreen(bool on)
{
    if (on) {
        m_layout = saveState();
        for (QDockWidget* dock : findChildren<QDockWidget*>())
            dock->hide();
        m_tools->hide();
        showFullScreen();
    } else {
        showNormal();
        restoreState(m_layout);
        showInputs();
    }
    menuBar()->setVisible(!on);
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    QMetaObject::invokeMethod(
        this,
        [this] {
            fitColumn();
            fitInputs();
        },
        Qt::QueuedConnection);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    QMetaObject::invokeMethod(this, &MainWindow::fitColumn, Qt::QueuedConnection);
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isFullScreen())
        (*m_actions)("full-screen")->trigger();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const bool ours = event->source() || !placeIn(event->mimeData()).isEmpty();
    if (!holdsPictures(event->mimeData()) || ours)
        return;
    event->acceptProposedAction();
    m_places->hover(filesIn(event->mimeData()));
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*)
{
    m_places->hover({});
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_places->hover({});
    PicturePlace* place = m_places->at(m_places->target());
    if (place && place->take(event->mimeData()))
        event->acceptProposedAction();
}
