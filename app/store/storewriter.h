// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/sessionfile.h"
#include "core/sentence.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

/// Writes a session on a thread of its own, in the order of the calls, so that nobody waits for a
/// disk. What cannot be written because of something that passes (no space, another program's
/// write) is tried again until it can be.
class StoreWriter
{
public:
    using Job = std::function<void(SessionFile&)>;
    /// @p told is called on the writing thread: with a failure's sentence when writing begins to
    /// fail, and with an empty one when it works again.
    StoreWriter(SessionFile file, std::function<void(const Sentence&)> told);
    ~StoreWriter(); ///< writes what is left, but for what still fails

    void add(Job job);
    /// Waits until it is done, and throws what it throws; false: what is written before it fails.
    bool wait(Job job);
    bool idle(); ///< all is written
    /// Waits until all is written; false: it fails.
    bool drain();

private:
    void work();
    bool write(const Job& job);
    bool waitToTryAgain();

    SessionFile m_file;
    std::function<void(const Sentence&)> m_told;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Job> m_jobs; ///< the first is being written; behind the mutex, like the next
    bool m_closing = false;
    bool m_failing = false;
    std::thread m_thread; ///< the last member: it uses the others
};
