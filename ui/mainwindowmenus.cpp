// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cachefolder.h"
#include "app/devices.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/translated.h"
#include "ui/actions.h"
#include "ui/inputsdock.h"
#include "ui/mainwindow.h"
#include "ui/modelchooser.h"
#include "ui/parametersdock.h"
#include "ui/resultpane.h"
#include "ui/runsdock.h"
#include "ui/samplemenu.h"
#include "ui/sessionmenu.h"
#include "ui/statusline.h"
#include "ui/theme.h"
#include "ui/toolbar.h"
#include "ui/undoactions.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QtConcurrent>

namespace {

/// An entry of a menu of limits, one of which holds.
void addLimit(
    QMenu& menu, const QString& text, const std::function<bool()>& holds,
    const std::function<void()>& choose)
{
    QAction* limit = menu.addAction(text);
    limit->setCheckable(true);
    QObject::connect(limit, &QAction::triggered, &menu, choose);
    QObject::connect(
        &menu, &QMenu::aboutToShow, limit, [limit, holds] { limit->setChecked(holds()); });
}

} // namespace

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
    m_fileMenu = add(tr("&File"), {"open", "sample", nullptr, "save", "export", nullptr, "quit"});
    auto* samples = new SampleMenu(m_session, this);
    m_fileMenu->insertMenu(m_fileMenu->actions().at(2), samples); // behind the first of them
    m_tools->setSamples(*samples);
    QMenu* edit =
        add(tr("&Edit"),
            {"undo", "redo", nullptr, "copy", "copy-parameters", "copy-marked", "copy-question",
             "paste", nullptr, "swap", "swap-third"});
    connect(edit, &QMenu::aboutToShow, m_undo, &UndoActions::refresh);
    buildViewMenu();
    QMenu* run = add(
        tr("&Run"), {"run",         "run-front",     "discard", "keep",  "go-on",       nullptr,
                     "branch",      "leave-branch",  "verify",  nullptr, "pause-queue", "pause-run",
                     "clear-queue", "until-stopped", "sweep",   "batch", nullptr,       "dice",
                     "lock",        nullptr,         "decode",  nullptr});
    buildDeviceMenus(*run);
    buildCacheMenu(*run);
    menuBar()->addMenu(m_parameters->models()->menu());
    add(tr("&Help"),
        {"help", "first-steps", "choose-model", nullptr, "commands", "shortcuts", nullptr,
         "about"});
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
    QMenu* scheme = menu->addMenu(tr("&Appearance"));
    auto* choices = new QActionGroup(scheme);
    const std::pair<Appearance, QString> appearances[] = {
        {Appearance::System, tr("As the &system")},
        {Appearance::Dark, tr("&Dark")},
        {Appearance::Light, tr("&Light")}};
    for (const auto& [value, label] : appearances) {
        QAction* action = scheme->addAction(label);
        action->setCheckable(true);
        action->setChecked(appearance() == value);
        choices->addAction(action);
        connect(action, &QAction::triggered, this, [this, value = value] {
            m_settings.setAppearance(toText(value));
            applyAppearance(value);
        });
    }
    menu->addAction((*m_actions)("full-screen"));
}

void MainWindow::buildDeviceMenus(QMenu& menu)
{
    const auto add = [this, &menu](
                         const QString& title,
                         const std::vector<std::pair<QString, QString>>& choices,
                         QString Document::*read,
                         const std::function<void(const QString&)>& write) {
        QMenu* list = menu.addMenu(title);
        connect(&m_session.branch(), &BranchDraft::changed, list, [this, list] {
            list->setEnabled(!m_session.branch().on());
        });
        auto* group = new QActionGroup(list);
        for (const auto& [value, label] : choices) {
            QAction* action = list->addAction(label);
            action->setCheckable(true);
            group->addAction(action);
            connect(action, &QAction::triggered, this, [value = value, write] { write(value); });
            connect(list, &QMenu::aboutToShow, action, [this, action, value = value, read] {
                const bool chosen = m_session.editor().document().*read == value;
                action->setChecked(chosen);
                // What is not there is offered only where it was chosen, to be taken back.
                action->setVisible(value != QLatin1String("cuda") || chosen || hasNvidiaDriver());
            });
        }
    };
    add(tr("De&vice"),
        {{QStringLiteral("cpu"), deviceLabel(QStringLiteral("cpu"))},
         {QStringLiteral("cuda"), deviceLabel(QStringLiteral("cuda"))}},
        &Document::device, [this](const QString& device) { m_session.setDevice(device); });
    add(tr("&Precision"),
        {{QStringLiteral("auto"), tr("Automatic")},
         {QStringLiteral("fp32"), tr("fp32: 32 bits")},
         {QStringLiteral("bf16"), tr("bf16: 16 bits, wide range")},
         {QStringLiteral("fp16"), tr("fp16: 16 bits, for GPUs")}},
        &Document::precision,
        [this](const QString& precision) { m_session.setPrecision(precision); });
    add(tr("&Model predicts"),
        {{QStringLiteral("auto"), tr("As its files say, or a guess")},
         {QStringLiteral("epsilon"), tr("Noise (epsilon)")},
         {QStringLiteral("v_prediction"), tr("Velocity (v-prediction)")},
         {QStringLiteral("sample"), tr("The clean picture (sample)")}},
        &Document::prediction,
        [this](const QString& prediction) { m_session.model().setPrediction(prediction); });
}

/// What methods keep between runs, how much, and away with it; and how large pictures may be.
void MainWindow::buildCacheMenu(QMenu& menu)
{
    menu.addSeparator();
    for (const Method& method : m_session.editor().methods().methods())
        for (const KeptFiles& kept : method.keeps)
            buildKeptMenu(menu, kept);
    buildKeptMenu(menu, convertedFiles());
    QMenu* pictures = menu.addMenu(tr("Largest p&icture"));
    pictures->setObjectName(QStringLiteral("largest-picture"));
    for (const int megapixels : {25, 50, 100, 268})
        addLimit(
            *pictures, tr("%1 megapixels").arg(megapixels),
            [this, megapixels] { return m_settings.largestPicture() == megapixels; },
            [this, megapixels] { m_settings.setLargestPicture(megapixels); });
}

void MainWindow::buildKeptMenu(QMenu& menu, const KeptFiles& kept)
{
    QMenu* cache = menu.addMenu(translated(kept.label));
    cache->setObjectName(QStringLiteral("kept.") + QString::fromStdString(kept.folder));
    QAction* empty = cache->addAction(tr("&Delete all"));
    empty->setStatusTip(translated(kept.help));
    connect(empty, &QAction::triggered, this, [this, folder = keptFolder(kept)] {
        QtConcurrent::run([folder] {
            const auto before = bytesIn(folder);
            emptyFolder(folder);
            return before - bytesIn(folder);
        }).then(this, [this](uint64_t freed) {
            m_status->showMessage(
                tr("%1 deleted.").arg(locale().formattedDataSize(qint64(freed))), 8000);
            m_session.notes().askSoon();
        });
    });
    cache->addSeparator();
    for (const int megabytes : {256, 1024, 2048, 8192, 32768})
        addLimit(
            *cache, tr("Keep up to %1").arg(locale().formattedDataSize(qint64(megabytes) << 20, 0)),
            [this, kept, megabytes] { return m_settings.keptLimit(kept) == megabytes; },
            [this, kept, megabytes] { m_settings.setKeptLimit(kept, megabytes); });
    connect(cache, &QMenu::aboutToShow, empty, [this, empty, folder = keptFolder(kept)] {
        QtConcurrent::run([folder] {
            return bytesIn(folder);
        }).then(empty, [this, empty](uint64_t bytes) {
            empty->setText(
                tr("&Delete all (%1)").arg(locale().formattedDataSize(qint64(bytes), 1)));
            empty->setEnabled(bytes > 0 && !m_session.runs().running());
        });
    });
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
