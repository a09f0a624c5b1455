// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <QString>

#include <vector>

/// Tells on standard error how far a run is: a line that is replaced where that is a terminal,
/// plain lines elsewhere, or JSON objects, one a line, which are in English.
class Progress
{
public:
    explicit Progress(bool json);

    void stage(const StageEvent& event);
    void step(const StepEvent& event, double seconds);
    void end(); ///< leaves the line
    void note(const Sentence& sentence);
    void error(const QString& sentence, const QString& details);

private:
    void tell(const QString& line);

    bool m_json = false, m_terminal = false, m_open = false;
    QString m_stage; ///< that was told last
    std::vector<double> m_finished;
};
