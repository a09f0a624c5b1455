// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <map>
#include <memory>

/// Turns Ctrl-C (SIGINT) and SIGTERM into a signal of Qt while it lives. A second one ends the
/// program at once, as without it. There is one at a time.
/// The signals that mean that the user is done with a run: Ctrl+C, a polite kill, a terminal that
/// was closed.
inline constexpr std::array interruptSignals {SIGINT, SIGTERM, SIGHUP};

class Interrupt : public QObject
{
    Q_OBJECT

public:
    Interrupt();
    ~Interrupt() override;

    bool happened() const { return m_happened; }

Q_SIGNALS:
    void interrupted();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::map<int, void (*)(int)> m_before; ///< what the signals did
    bool m_happened = false;
};
