// SPDX-License-Identifier: GPL-3.0-or-later

// The first steps, and the help.

#include "app/engine.h"
#include "app/firsttime.h"
#include "app/session.h"
#include "ui/actions.h"
#include "ui/firststeps.h"
#include "ui/helpwindow.h"
#include "ui/mainwindow.h"
#include "ui/modelchooser.h"
#include "ui/noticebar.h"
#include "ui/paintpane.h"
#include "ui/parametersdock.h"
#include "ui/pictureplaces.h"
#include "ui/resultpane.h"

#include <QAction>
#include <QApplication>
#include <QDesktopServices>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>

void MainWindow::connectHelp()
{
    m_first = new FirstSteps(m_session, this);
    m_center->addWidget(m_first);
    connect((*m_actions)("help"), &QAction::triggered, this, [this] {
        const bool network = m_pane->view() == ResultPane::ShowsNetwork;
        showHelp(network ? QStringLiteral("inside") : modeId());
    });
    connect((*m_actions)("first-steps"), &QAction::triggered, this, &MainWindow::showFirstSteps);
    connect((*m_actions)("choose-model"), &QAction::triggered, this, [this] {
        leaveFirstSteps();
        m_parameters->show();
        m_parameters->models()->explainPhotographs();
    });
    connect(m_first, &FirstSteps::sampleRequested, this, [this](const std::string& method) {
        m_session.setMethod(method);
        m_session.restorer().loadSample();
        leaveFirstSteps();
    });
    connect(m_first, &FirstSteps::ownRequested, this, [this](const std::string& method) {
        m_session.setMethod(method);
        leaveFirstSteps();
        chooseFiles();
    });
    connect(m_first, &FirstSteps::getRequested, (*m_actions)("get-models"), &QAction::trigger);
    connect(m_first, &FirstSteps::modelRequested, (*m_actions)("choose-model"), &QAction::trigger);
    connect(m_first, &FirstSteps::helpRequested, this, [this] { showHelp({}); });
    connect(m_first, &FirstSteps::closed, this, &MainWindow::leaveFirstSteps);
    // Whoever begins otherwise needs them no longer.
    connect(&m_session.editor(), &Editor::inputChanged, this, &MainWindow::leaveFirstSteps);
    connect(&m_session.editor(), &Editor::methodChanged, this, &MainWindow::leaveFirstSteps);
    connect(&m_session.runs(), &Runs::added, this, &MainWindow::leaveFirstSteps);
    connect(&m_session.inputs(), &Inputs::failed, this, &MainWindow::leaveFirstSteps);
    // What is said would stand behind them: they come again at the next start.
    connect(&m_pane->notices(), &NoticeBar::said, this, [this] {
        if (m_center->currentWidget() == m_first)
            m_center->setCurrentWidget(m_pane);
    });
    connect(m_pane, &ResultPane::viewChanged, this, &MainWindow::leaveFirstSteps);
}

QString MainWindow::modeId() const
{
    return QString::fromStdString(m_session.editor().method().id);
}

void MainWindow::welcome()
{
    const Pictures& inputs = m_session.editor().document().inputs;
    const bool empty =
        std::ranges::all_of(inputs, [](const auto& in) { return in.second.empty(); });
    if (isFirstTime() && empty && m_session.runs().all().empty() && m_pane->notices().isHidden())
        showFirstSteps();
}

void MainWindow::showFirstSteps()
{
    if (m_center->currentWidget() == m_painting)
        return;
    m_center->setCurrentWidget(m_first);
    m_first->tiles().front().sample->setFocus(Qt::OtherFocusReason);
}

void MainWindow::leaveFirstSteps()
{
    if (m_center->currentWidget() != m_first)
        return;
    setFirstTimeOver();
    const bool focus = m_first->isAncestorOf(QApplication::focusWidget());
    m_center->setCurrentWidget(m_pane);
    if (const auto& slots = m_session.editor().method().slots; focus && !slots.empty())
        m_places->focus(slots.front().id);
}

void MainWindow::showHelp(const QString& page)
{
    try {
        if (!m_help) {
            m_help = new HelpWindow(this);
            connect(m_help, &HelpWindow::actionRequested, this, [this](const QString& id) {
                (*m_actions)(id.toLatin1().constData())->trigger();
            });
            connect(m_help, &HelpWindow::webRequested, this, [](const QUrl& address) {
                QDesktopServices::openUrl(address);
            });
        }
        m_help->showPage(page);
        m_help->show();
        m_help->raise();
        m_help->activateWindow();
    } catch (...) {
        m_pane->notices().say(currentFailure().sentence, true);
    }
}
