// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/progress.h"

#include "app/runtimes.h"
#include "app/translated.h"

#include <nlohmann/json.hpp>

#include <QRegularExpression>

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
    QString line = translated(event.stage);
    // "Loading the UNet (5 %)": a line for each would bury the rest.
    static const QRegularExpression percent(QStringLiteral(" ?\\(\\d+ %\\)$"));
    const QString name = QString(line).remove(percent);
    if (!m_terminal && name == m_stage)
        return;
    m_stage = name;
    if (!m_terminal)
        line = name;
    if (event.of > 0)
        line += translated(Sentence(" (%1 of %2)", event.done, event.of));
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
    tell(translated(
        event.step < event.steps ? Sentence(
            "Step %1 of %2, %3 s left", event.step, event.steps, int64_t(std::ceil(left)))
                                 : Sentence("Step %1 of %2", event.step, event.steps)));
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

void Progress::note(const Sentence& sentence)
{
    end();
    if (m_json)
        writeLine({{"note", english(sentence)}});
    else
        std::fprintf(stderr, "%s\n", translated(sentence).toUtf8().constData());
}

void Progress::error(const QString& sentence, const QString& details)
{
    end();
    if (m_json)
        writeLine({{"error", sentence.toStdString()}, {"details", details.toStdString()}});
    else
        std::fprintf(stderr, "%s\n", sentence.toUtf8().constData());
}
