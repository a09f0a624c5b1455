// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/files.h"

#include <fstream>
#include <functional>
#include <string>

/// How far the peak of this process's memory rises while the action runs, in MiB. Sanitizers take
/// memory for themselves and keep what is given back: nothing is said, then.
inline long peakMemoryOf(const std::function<void()>& action)
{
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    action();
    return 0;
#endif
    const auto peak = [] {
        const std::string key = "VmHWM:", text = readText("/proc/self/status");
        return std::stol(text.substr(text.find(key) + key.size())); // KiB
    };
    // Brings the peak down to what is in use now: behind an earlier, higher one nothing is seen.
    std::ofstream("/proc/self/clear_refs") << 5 << std::flush;
    const long before = peak();
    action();
    return (peak() - before) / 1024;
}
