// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/progress.h"

#include "app/runtimes.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>

#include <unistd.h>

namespace {

void writeLine(const nlohmann::json& object)
{
    const auto text = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::fprintf(stderr, "%s\n", text.c_str());
}

} // namespace

Progress::Progress(bool json)
    : m_json(json)
    , m_terminal(isatty(STDERR_FILENO) == 1)
{
}

void Progress::stage(const StageEvent& event)
{
    if (m_json) {
        writeLine({{"stage", english(event.stage)}, {"done", event.done}, {"of", event.of}});
        return;
    }
    QString line = QString::fromStdString(english(event.stage));
    // "Loading the UNet (5 %)": a line for each would bury the rest.
    const QString name = line.section(QStringLiteral(" ("), 0, 0);
    if (!m_terminal && name == m_stage)
        return;
    m_stage = name;
    if (!m_terminal)
        line = name;
    if (event.of > 0)
        line += QStringLiteral(" (%1 of %2)").arg(event.done).arg(event.of);
    tell(line);
}

void Progress::step(const StepEvent& event, double seconds)
{
    m_finished.push_back(seconds);
    const double left = secondsLeft(m_finished, event.steps);
    if (m_json) {
        writeLine(
            {{"step", event.step}, {"steps", event.steps}, {"seconds", seconds}, {"left", left}});
        return;
    }
    if (event.step == 0)
        return;
    QString line = QStringLiteral("Step %1 of %2").arg(event.step).arg(event.steps);
    if (event.step < event.steps)
        line += QStringLiteral(", %1 s left").arg(std::ceil(left));
    tell(line);
}

void Progress::tell(const QString& line)
{
    // Back to the start of the line, and what stood there away.
    std::fprintf(stderr, m_terminal ? "\r\x1b[K%s" : "%s\n", line.toUtf8().constData());
    m_open = m_terminal;
}

void Progress::end()
{
    if (m_open)
        std::fputc('\n', stderr);
    m_open = false;
}

void Progress::note(const std::string& sentence)
{
    end();
    if (m_json)
        writeLine({{"note", sentence}});
    else
        std::fprintf(stderr, "%s\n", sentence.c_str());
}

void Progress::error(const QString& sentence, const QString& details)
{
    end();
    if (m_json)
        writeLine({{"error", sentence.toStdString()}, {"details", details.toStdString()}});
    else
        std::fprintf(stderr, "%s\n", sentence.toUtf8().constData());
}
