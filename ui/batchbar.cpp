// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/batchbar.h"

#include "app/batchrunner.h"
#include "ui/statusline.h"

#include <QDesktopServices>
#include <QUrl>

#include <cmath>
#include <utility>

QString batchProgress(const BatchRunner& runner)
{
    const BatchCounts counts = runner.counts();
    const double left = std::round(runner.secondsLeft());
    if (counts.failed == 0)
        return left > 0 ? BatchBar::tr("%1 of %2 are made; about %3 left.")
                              .arg(counts.done())
                              .arg(counts.all)
                              .arg(duration(left))
                        : BatchBar::tr("%1 of %2 are made.").arg(counts.done()).arg(counts.all);
    return left > 0 ? BatchBar::tr("%1 of %2 are made, %3 failed; about %4 left.")
                          .arg(counts.done())
                          .arg(counts.all)
                          .arg(counts.failed)
                          .arg(duration(left))
                    : BatchBar::tr("%1 of %2 are made, %3 failed.")
                          .arg(counts.done())
                          .arg(counts.all)
                          .arg(counts.failed);
}

QString batchOutcome(const BatchRunner& runner)
{
    return runner.reason().isEmpty() ? batchProgress(runner)
                                     : runner.reason() + QLatin1Char(' ') + batchProgress(runner);
}

BatchBar::BatchBar(BatchRunner& runner, QWidget* parent)
    : NoticeBar(parent)
    , m_runner(runner)
{
    connect(&runner, &BatchRunner::changed, this, &BatchBar::refresh);
}

void BatchBar::refresh()
{
    const bool before = std::exchange(m_running, m_runner.running());
    if (!m_running) {
        if (before)
            sayEnd();
        return;
    }
    if (before)
        return setText(batchProgress(m_runner));
    say(batchProgress(m_runner), false,
        {{tr("Show the list"),
          [this] {
              show(); // an answer hides it
              Q_EMIT listRequested();
          }},
         {tr("Stop"), [this] { m_runner.stop(); }}});
}

void BatchBar::sayEnd()
{
    const QUrl folder = QUrl::fromLocalFile(m_runner.plan().folder);
    say(batchOutcome(m_runner), m_runner.counts().failed > 0,
        {{tr("Show the list"), [this] { Q_EMIT listRequested(); }},
         {tr("Open the folder"), [folder] { QDesktopServices::openUrl(folder); }},
         {tr("Close"), {}}});
}
