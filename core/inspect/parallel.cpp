// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/parallel.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

void inParallel(int count, const std::function<void(int)>& of)
{
    std::atomic<int> next = 0;
    const auto work = [&] {
        for (int i = next++; i < count; i = next++)
            of(i);
    };
    std::vector<std::future<void>> others;
    const int threads = std::min(count, int(std::thread::hardware_concurrency()));
    for (int i = 1; i < threads; ++i)
        others.push_back(std::async(std::launch::async, work));
    // Waits for the others, also where this one throws: a future of async() does.
    work();
    for (std::future<void>& each : others)
        each.get();
}
