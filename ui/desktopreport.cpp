// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktopreport.h"

#include "app/batchrunner.h"
#include "app/desktop/desktop.h"
#include "app/session.h"
#include "app/settings.h"
#include "ui/batchbar.h"
#include "ui/statusline.h"

#include <QApplication>
#include <QWidget>

#include <utility>

void bringUp(QWidget& window)
{
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

DesktopReport::DesktopReport(Session& session, Desktop& desktop, QWidget& window)
    : QObject(&window)
    , m_session(session)
    , m_desktop(desktop)
    , m_window(window)
    , m_batch(window.findChild<BatchRunner*>())
    , m_title(window.windowTitle())
{
    if (m_batch) {
        connect(m_batch, &BatchRunner::changed, this, &DesktopReport::refresh);
        connect(m_batch, &BatchRunner::finished, this, &DesktopReport::tellBatch);
    }
    connect(&session.runs(), &Runs::added, this, &DesktopReport::refresh);
    connect(&session.runs(), &Runs::changed, this, &DesktopReport::refresh);
    connect(&session.runs(), &Runs::stepAdded, this, &DesktopReport::refresh);
    connect(&session.runs(), &Runs::ended, this, &DesktopReport::takeEnd);
    connect(&session.queue(), &Queue::changed, this, &DesktopReport::refresh);
    connect(&desktop, &Desktop::clicked, this, &DesktopReport::takeClick);
    connect(qApp, &QGuiApplication::applicationStateChanged, this, [this](auto state) {
        if (state == Qt::ApplicationActive)
            m_desktop.takeBack();
    });
}

/// Whether another run follows without anybody's doing.
bool DesktopReport::goesOn() const
{
    if (m_batch && m_batch->running())
        return true;
    const Queue& queue = m_session.queue();
    return !queue.paused()
        && (!queue.waiting().empty() || queue.held() != 0 || queue.untilStopped());
}

void DesktopReport::refresh()
{
    const auto run = m_session.runs().inProgress();
    const bool before = std::exchange(m_busy, run || (m_busy && goesOn()));
    m_desktop.keepAwake(m_busy, tr("A picture is being made"));
    if (m_busy && !before)
        m_done = m_failed = 0;
    if (!run) {
        m_window.setWindowTitle(m_title);
        m_desktop.setProgress({});
        return;
    }
    const double part = run->stepCount > 0 ? double(run->stepsDone()) / run->stepCount : 0;
    m_desktop.setProgress(part);
    m_window.setWindowTitle(
        part > 0 ? tr("%1 % \u2013 %2").arg(int(part * 100)).arg(m_title) : m_title);
}

/// What somebody stopped or discarded, he knows of.
void DesktopReport::takeEnd(int number)
{
    const auto run = m_session.runs().run(number);
    if (run && (run->state == Run::Done || run->state == Run::Failed)) {
        ++(run->state == Run::Done ? m_done : m_failed);
        const bool inBatch = m_batch && m_batch->running(); // its end is told once
        if (!inBatch && QGuiApplication::applicationState() != Qt::ApplicationActive
            && (run->state == Run::Failed || !goesOn()))
            tell(*run);
    }
    refresh();
}

void DesktopReport::tellBatch()
{
    refresh();
    if (QGuiApplication::applicationState() == Qt::ApplicationActive)
        return;
    QApplication::alert(&m_window);
    m_desktop.say(tr("The folder is done"), batchProgress(*m_batch));
}

void DesktopReport::tell(const Run& run)
{
    m_told = run.number;
    QApplication::alert(&m_window);
    if (!Settings().notifies())
        return;
    const int all = m_done + m_failed;
    if (run.state == Run::Failed && (all == 1 || goesOn()))
        return m_desktop.say(tr("The run failed"), run.error);
    if (all > 1)
        return m_desktop.say(
            tr("All %1 runs are over").arg(all),
            m_failed == 0 ? tr("All of them are done.") : tr("%1 failed.").arg(m_failed));
    m_desktop.say(tr("The picture is done"), tr("It took %1.").arg(duration(run.seconds)));
}

void DesktopReport::takeClick()
{
    bringUp(m_window);
    m_session.runs().show(m_told);
}
