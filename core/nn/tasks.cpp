// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/fastpaths.h"
#include "core/stopping.h"

#include <algorithm>
#include <atomic>
#include <thread>

bool runTasks(
    int64_t count, int64_t room, const std::function<void(int64_t task, float* room)>& task)
{
    const int64_t threads = std::min<int64_t>(count, at::get_num_threads());
    constexpr int64_t line = 16;
    const int64_t each = (room + line - 1) / line * line;
    const Tensor rooms = at::empty({std::max<int64_t>(1, threads * each)}, at::kFloat);
    std::atomic<int64_t> next = 0, rank = 0;
    std::atomic<bool> ends = false;
    const std::thread::id caller = std::this_thread::get_id(); // whom a stop is told
    // Whoever is free takes the next: where others use the machine too, threads differ.
    const auto work = [&] {
        float* own = rooms.data_ptr<float>() + rank++ * each;
        while (!ends) {
            if (std::this_thread::get_id() == caller && stopAsked())
                ends = true;
            const int64_t mine = ends ? count : next++;
            if (mine >= count)
                return;
            task(mine, own);
        }
    };
    at::parallel_for(0, threads, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i)
            work();
    });
    return !ends;
}
