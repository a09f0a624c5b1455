// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/record.h"

#include <QObject>
#include <QString>

class NoticeBar;
class ResultPane;
class Session;
class Settings;

/// Saves and copies what is shown; a step that is a preview only is decoded first.
class Saver : public QObject
{
    Q_OBJECT

public:
    Saver(Session& session, Settings& settings, ResultPane& pane);

    void save();
    void copyImage();
    void copyParameters();
    /// The picture about which a vision-language model is asked for a prompt, and what it is asked.
    void copyMarked();
    void copyQuestion();
    void write(const QString& path, Embed embed);

Q_SIGNALS:
    void saved(const QString& path);

private:
    void ask();

    Session& m_session;
    Settings& m_settings;
    ResultPane& m_pane;
    int m_waitingRun = 0, m_waitingStep = -1; ///< for a full decode
};
