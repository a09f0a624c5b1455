// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/noticebar.h"

class BatchRunner;

/// Says how far a batch is, with buttons that show its list and stop it, and then what came of it.
class BatchBar : public NoticeBar
{
    Q_OBJECT

public:
    explicit BatchBar(BatchRunner& runner, QWidget* parent = nullptr);

Q_SIGNALS:
    void listRequested();

private:
    void refresh();
    void sayEnd();

    BatchRunner& m_runner;
    bool m_running = false;
};

/// "37 of 500 are made, 2 failed; about 12 min left."
QString batchProgress(const BatchRunner& runner);
/// What came of it, or why it stopped.
QString batchOutcome(const BatchRunner& runner);
