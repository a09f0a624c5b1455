// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/storewriter.h"

#include "core/errors.h"

#include <chrono>
#include <exception>
#include <future>
#include <memory>
#include <utility>

StoreWriter::StoreWriter(SessionFile file, std::function<void(const Sentence&)> told)
    : m_file(std::move(file))
    , m_told(std::move(told))
    , m_thread([this] { work(); })
{
}

StoreWriter::~StoreWriter()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_closing = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void StoreWriter::add(Job job)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_changed.notify_all();
}

bool StoreWriter::wait(Job job)
{
    const auto done = std::make_shared<std::promise<void>>();
    add([job = std::move(job), done](SessionFile& file) {
        try {
            job(file);
            done->set_value();
        } catch (...) {
            done->set_exception(std::current_exception());
        }
    });
    if (!drain())
        return false;
    done->get_future().get();
    return true;
}

bool StoreWriter::idle()
{
    const std::scoped_lock lock(m_mutex);
    return m_jobs.empty();
}

bool StoreWriter::drain()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_jobs.empty() || m_failing; });
    return m_jobs.empty();
}

void StoreWriter::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return !m_jobs.empty() || m_closing; });
        if (m_jobs.empty())
            return;
        const Job job = m_jobs.front();
        lock.unlock();
        const bool written = write(job);
        lock.lock();
        if (written)
            m_jobs.pop_front();
        else if (!waitToTryAgain())
            return;
        lock.unlock();
        m_changed.notify_all();
        lock.lock();
    }
}

/// False: it is to be tried again.
bool StoreWriter::write(const Job& job)
{
    Sentence failure;
    bool again = false;
    try {
        job(m_file);
    } catch (const WorkError& error) {
        failure = error.sentence();
        again = true;
    } catch (const Error& error) { // that will not pass
        failure = error.sentence();
    } catch (const std::exception& error) {
        failure = Sentence("The session could not be written: %1.", std::string(error.what()));
    }
    bool failed = !failure.empty(), before = false;
    {
        const std::scoped_lock lock(m_mutex);
        before = std::exchange(m_failing, failed);
    }
    if (failed != before)
        m_told(failure);
    return !again;
}

/// False: the program ends.
bool StoreWriter::waitToTryAgain()
{
    constexpr auto pause = std::chrono::seconds(2);
    if (m_closing)
        return false; // it was tried once more
    std::unique_lock lock(m_mutex, std::adopt_lock);
    m_changed.notify_all();
    m_changed.wait_for(lock, pause, [this] { return m_closing; });
    lock.release(); // the caller holds it on
    return true;
}
