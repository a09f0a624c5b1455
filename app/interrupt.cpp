// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/interrupt.h"

#include "app/process.h"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace {

std::array<int, 2> ends {-1, -1}; ///< of the pipe that the handler writes into
volatile std::sig_atomic_t caught = 0;

/// Only what a signal handler may do.
void handle(int number)
{
    caught = 1;
    const char byte = 0;
    [[maybe_unused]] const auto written = write(ends[1], &byte, 1);
    std::signal(number, SIG_DFL); // a second one ends the program at once
}

} // namespace

Interrupt::Interrupt()
{
    if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return; // no descriptors left: an interrupt ends the program at once
    m_notifier = std::make_unique<QSocketNotifier>(ends[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (read(ends[0], &byte, 1) > 0) { }
        Q_EMIT interrupted();
    });
}

bool Interrupt::happened() const
{
    return caught != 0;
}

void Interrupt::hold()
{
    if (!m_notifier || !m_before.empty())
        return;
    for (const int number : interruptSignals)
        if (const auto before = std::signal(number, handle); before == SIG_IGN)
            std::signal(number, SIG_IGN); // as nohup wants it
        else
            m_before[number] = before;
}

Interrupt::~Interrupt()
{
    if (!m_notifier)
        return;
    for (const auto& [number, before] : m_before)
        std::signal(number, before);
    m_notifier.reset();
    for (const int end : ends)
        close(end);
    caught = 0;
}
