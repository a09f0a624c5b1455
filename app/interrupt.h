// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <map>
#include <memory>

/// Turns interruptSignals into a signal of Qt from hold() on, as long as it lives: before there is
/// work to be ended in order, they end the program at once (app/process.h). A second one does so
/// always. There is one at a time.
class Interrupt : public QObject
{
    Q_OBJECT

public:
    Interrupt();
    ~Interrupt() override;

    /// From here on an interrupt waits until somebody looks.
    void hold();
    bool happened() const;

Q_SIGNALS:
    void interrupted();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::map<int, void (*)(int)> m_before; ///< what the signals did
};
