// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <optional>

class Engine;
class Runs;

/// After how many minutes without use the networks are released; 0: never.
int restAfter();
void setRestAfter(int minutes); ///< 0 to a day

/// Releases the networks from memory: when that is asked for, and after a time in which no run was
/// made and nothing decoded. The next run loads them again.
class NetworkRest : public QObject
{
    Q_OBJECT

public:
    NetworkRest(Engine& engine, Runs& runs, QObject* parent = nullptr);

    /// Releases them behind what is in progress; released() follows.
    void release();
    /// How long a minute of restAfter() is, for tests.
    void setMinute(int milliseconds);

Q_SIGNALS:
    /// What is to be said of it: how much memory is free now.
    void released(const QString& sentence);

private:
    /// What there is after it.
    struct Freed
    {
        bool onCard = false;               ///< the networks were on a GPU
        std::optional<uint64_t> free = {}; ///< bytes, where they were
    };
    static QString sentence(const Freed& freed);
    void begin();
    void releaseNow(bool say);

    Engine& m_engine;
    Runs& m_runs;
    QTimer m_timer;
    int m_minute = 60'000;
};
