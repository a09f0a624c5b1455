// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/keeper.h"
#include "app/runs.h"
#include "app/session.h"
#include "app/settings.h"
#include "ui/desktopreport.h"
#include "ui/mainwindow.h"

#include <QCloseEvent>
#include <QEventLoop>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

// How the window is closed while something is in progress.

bool MainWindow::wouldLoseARun() const
{
    const bool kept = m_keeper && !m_keeper->path().empty(); // all is there next time
    return m_session.runs().running() && !m_closing && !kept;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (wouldLoseARun()) {
        event->ignore();
        if (!findChild<QMessageBox*>())
            askBeforeClosing();
        return;
    }
    if (isFullScreen())
        setFullScreen(false);
    m_settings.setWindow(saveGeometry(), saveState());
    event->accept();
}

/// The one question that the window asks, where nothing is kept.
void MainWindow::askBeforeClosing()
{
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("Close Simile"), tr("A run is in progress."),
        QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const auto run = m_session.runs().inProgress();
    if (run->stepCount > 0)
        box->setText(tr("A run is in progress, at step %1 of %2.")
                         .arg(std::max(0, int(run->steps.size()) - 1))
                         .arg(run->stepCount));
    box->setInformativeText(tr("Its picture is lost when the window is closed now."));
    QPushButton* stop = box->addButton(tr("Stop and close"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("Stay"), QMessageBox::RejectRole));
    connect(stop, &QPushButton::clicked, this, [this] {
        m_session.runs().stop(false);
        m_closing = true;
        close();
    });
    // Nothing is left to ask about once the run has ended.
    connect(&m_session.runs(), &Runs::changed, box, [this, box] {
        if (!m_session.runs().running())
            box->close();
    });
    box->open();
}

bool MainWindow::endsWithTheDesktop(const std::function<bool()>& mayAsk)
{
    if (!wouldLoseARun())
        return true;
    if (!mayAsk())
        return m_closing = true; // it closes when it is told to
    bringUp(*this);
    if (!findChild<QMessageBox*>())
        askBeforeClosing();
    QEventLoop answer;
    connect(findChild<QMessageBox*>(), &QDialog::finished, &answer, &QEventLoop::quit);
    answer.exec();
    return m_closing; // not where the run ended meanwhile: what it made is not kept either
}
