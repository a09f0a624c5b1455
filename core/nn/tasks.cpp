// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"
#include "core/stopping.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include <unistd.h>

namespace {

/// What a team does at the moment.
struct Job
{
    const std::function<void(int64_t)>& work; ///< of the threads, by their number
    const int64_t threads;
    std::atomic<int64_t> numbers = 1; ///< the caller is number 0
    std::mutex mutex = {};
    std::exception_ptr failure = {}; ///< the first that a helper met

    void help()
    {
        const int64_t number = numbers++;
        if (number >= threads)
            return;
        try {
            work(number);
        } catch (...) {
            const std::scoped_lock lock(mutex);
            failure = failure ? failure : std::current_exception();
        }
    }
};

/// Threads that help whoever has a job. OpenMP's would have to arrive, all of them, before a job
/// ends, and where others use the machine too, one of them does so milliseconds late, a thousand
/// times a pass; these are waited for only while they work at something.
class Team
{
public:
    void run(int64_t threads, const std::function<void(int64_t)>& work);

private:
    void help();
    void grow(int64_t helpers);

    std::atomic_flag m_taken = {}; ///< somebody's job is being done
    std::atomic<Job*> m_job = nullptr;
    std::atomic<uint32_t> m_jobs = 0;   ///< how many there were: a new one wakes the helpers
    std::atomic<uint32_t> m_inside = 0; ///< helpers that may look at m_job
    int64_t m_helpers = 0;
    const pid_t m_process = getpid(); ///< a copy of the process has no helpers
};

/// Looks often whether something has changed, for the time that waking up would take.
bool comesSoon(const std::atomic<uint32_t>& number, uint32_t old)
{
    for (int i = 0; i < 2000; ++i) {
        if (number != old)
            return true;
#if defined(__x86_64__)
        __builtin_ia32_pause();
#endif
    }
    return false;
}

void Team::help()
{
    for (uint32_t seen = 0;;) {
        if (!comesSoon(m_jobs, seen))
            m_jobs.wait(seen);
        seen = m_jobs;
        ++m_inside; // before it looks: from now on the job's owner waits
        if (Job* job = m_job)
            job->help();
        if (--m_inside == 0)
            m_inside.notify_one();
    }
}

void Team::grow(int64_t helpers)
{
    try {
        for (; m_helpers < helpers; ++m_helpers)
            std::thread([this] { help(); }).detach();
    } catch (const std::exception&) { // as many as the system gives
    }
}

void Team::run(int64_t threads, const std::function<void(int64_t)>& work)
{
    if (threads < 2 || getpid() != m_process || m_taken.test_and_set())
        return work(0);
    grow(threads - 1);
    Job job {.work = work, .threads = threads};
    m_job = &job;
    ++m_jobs;
    m_jobs.notify_all();
    try {
        work(0);
    } catch (...) {
        const std::scoped_lock lock(job.mutex);
        job.failure = std::current_exception();
    }
    m_job = nullptr;
    for (uint32_t inside = m_inside; inside != 0; inside = m_inside)
        if (!comesSoon(m_inside, inside))
            m_inside.wait(inside);
    m_taken.clear();
    if (job.failure)
        std::rethrow_exception(job.failure);
}

} // namespace

bool runTasks(
    int64_t count, int64_t room, const std::function<void(int64_t task, float* room)>& task)
{
    static Team& team = *new Team; // its threads may outlive everything
    const int64_t threads = std::min<int64_t>(count, at::get_num_threads());
    constexpr int64_t line = 16;
    const int64_t each = (room + line - 1) / line * line;
    const Tensor rooms = at::empty({std::max<int64_t>(1, threads * each)}, at::kFloat);
    std::atomic<int64_t> next = 0;
    std::atomic<bool> ends = false;
    team.run(threads, [&](int64_t number) {
        float* own = rooms.data_ptr<float>() + number * each;
        while (!ends) {
            if (number == 0 && stopAsked()) // the thread that a stop is told
                ends = true;
            const int64_t mine = ends ? count : next++;
            if (mine >= count)
                return;
            task(mine, own);
        }
    });
    return !ends;
}
