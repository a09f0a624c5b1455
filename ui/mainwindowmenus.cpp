// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/session.h"
#include "ui/actions.h"
#include "ui/getmodels.h"
#include "ui/inputsdock.h"
#include "ui/mainwindow.h"
#include "ui/modelchooser.h"
#include "ui/opener.h"
#include "ui/parametersdock.h"
#include "ui/pictureplaces.h"
#include "ui/recentfiles.h"
#include "ui/resultpane.h"
#include "ui/runsdock.h"
#include "ui/samplemenu.h"
#include "ui/sessionmenu.h"
#include "ui/settingsdialog.h"
#include "ui/statusline.h"
#include "ui/toolbar.h"
#include "ui/undoactions.h"

#include <QAction>
#include <QApplication>
#include <QMenuBar>
#include <QMessageBox>

void MainWindow::buildMenus()
{
    const auto add = [this](const QString& title, std::initializer_list<const char*> ids) {
        QMenu* menu = menuBar()->addMenu(title);
        for (const char* id : ids)
            if (id)
                menu->addAction((*m_actions)(id));
            else
                menu->addSeparator();
        return menu;
    };
    m_fileMenu =
        add(tr("&File"),
            {"open", "sample", nullptr, "save", "export", nullptr, "found", nullptr, "quit"});
    auto* samples = new SampleMenu(m_session, this);
    m_fileMenu->insertMenu(m_fileMenu->actions().at(2), samples); // behind the first of them
    m_tools->setSamples(*samples);
    addRecentFiles();
    QMenu* edit =
        add(tr("&Edit"),
            {"undo", "redo", nullptr, "copy", "copy-parameters", "copy-marked", "copy-question",
             "paste", nullptr, "swap", "swap-third", nullptr, "settings"});
    connect(edit, &QMenu::aboutToShow, m_undo, &UndoActions::refresh);
    buildViewMenu();
    add(tr("&Run"),
        {"run",         "run-front",     "discard", "keep",    "go-on",       nullptr,
         "branch",      "leave-branch",  "verify",  nullptr,   "pause-queue", "pause-run",
         "clear-queue", "until-stopped", "sweep",   "batch",   nullptr,       "dice",
         "lock",        nullptr,         "decode",  "release", nullptr});
    menuBar()->addMenu(m_parameters->models()->menu());
    auto* models = new GetModels(m_session, *this);
    connect((*m_actions)("get-models"), &QAction::triggered, models, [this, models] {
        models->openFor(modeId().toStdString());
    });
    add(tr("&Help"),
        {"help", "first-steps", "choose-model", "get-models", nullptr, "commands", "shortcuts",
         nullptr, "about"});
}

/// Below Open: a picture goes where one that is opened does, and a result of ours is restored.
void MainWindow::addRecentFiles()
{
    auto* recent = new QMenu(tr("Open &recent"), this);
    m_fileMenu->insertMenu((*m_actions)("sample"), recent);
    connect(recent, &QMenu::aboutToShow, this, [this, recent] {
        fillRecentFiles(*recent, [this](const QString& path) {
            m_opener->open({path}, m_places->target(), Opener::RestoreAtOnce);
        });
    });
}

void MainWindow::setSessions(Sessions& sessions, Keeper& keeper)
{
    m_keeper = &keeper;
    m_sessions = new SessionMenu(
        m_session, sessions, keeper, m_pane->notices(), *m_fileMenu, (*m_actions)("quit"), this);
}

void MainWindow::connectBranch()
{
    const auto branch = [this](int step) {
        if (const auto run = m_session.runs().current())
            m_session.restorer().branchFrom(run->number, step);
    };
    connect(m_pane, &ResultPane::branchRequested, this, branch);
    connect((*m_actions)("branch"), &QAction::triggered, this, [this, branch] {
        branch(m_pane->shownStep());
    });
    connect((*m_actions)("verify"), &QAction::triggered, this, [this] {
        if (const auto run = m_session.runs().current())
            m_session.verifier().verify(run->number);
    });
    connect(&m_session.branch(), &BranchDraft::changed, this, &MainWindow::refresh);
    connect(&m_session.verifier(), &Verifier::changed, this, &MainWindow::refreshBranch);
}

void MainWindow::refreshBranch()
{
    const auto run = m_session.runs().current();
    const int step = m_pane->shownStep();
    QAction* branch = (*m_actions)("branch");
    branch->setEnabled(run && m_session.runs().methodOf(*run) && run->canBranch(step));
    branch->setText(
        branch->isEnabled() ? tr("&Branch from step %1").arg(step) : tr("&Branch from this step"));
    (*m_actions)("verify")->setEnabled(
        run && m_session.verifier().run() == 0 && Verifier::canVerify(*run));
}

void MainWindow::buildViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    for (const char* id :
         {"all-pictures", "result-alone", "compare", "inspect", "network", "play",
          "candidate-sheet"})
        menu->addAction((*m_actions)(id));
    menu->addSeparator();
    for (const char* id : {"fit-view", "actual", "zoom-in", "zoom-out"})
        menu->addAction((*m_actions)(id));
    menu->addSeparator();
    QMenu* panels = menu->addMenu(tr("&Panels"));
    for (QDockWidget* dock :
         {static_cast<QDockWidget*>(m_inputs), static_cast<QDockWidget*>(m_parameters),
          static_cast<QDockWidget*>(m_runs)})
        panels->addAction(dock->toggleViewAction());
    menu->addAction((*m_actions)("full-screen"));
}

void MainWindow::showSettings(const QString& page)
{
    auto* dialog = new SettingsDialog(m_session, m_settings, *m_actions, this);
    dialog->showPage(page);
    dialog->open();
}

void MainWindow::about()
{
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Simile"), QString(), QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::RichText);
    box->setText(
        tr("<b>Simile %1</b><br>Edit pictures by example.<br><br>Licence: GNU General Public "
           "License, version 3 or later.")
            .arg(QApplication::applicationVersion()));
    box->open();
}
