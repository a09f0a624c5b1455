// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/memory.h"

#include "core/file/files.h"
#include "core/file/systemerror.h"
#include "core/nn/pool.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include <sys/resource.h>

namespace fs = std::filesystem;

namespace {

constexpr uint64_t truth = UINT64_MAX;
std::atomic<uint64_t> pretended = truth;

std::string textOf(const fs::path& file)
{
    std::error_code none;
    if (!fs::exists(file, none))
        return {};
    try {
        return readText(file);
    } catch (const Error&) { // not ours to read
        return {};
    }
}

/// A number at the beginning; nothing for "max" and the like.
std::optional<uint64_t> numberIn(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    uint64_t number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    return end.ec == std::errc() ? std::optional(number) : std::nullopt;
}

/// The number behind a key at the beginning of a line.
std::optional<uint64_t> numberOf(const std::string& text, const std::string& key)
{
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(key))
            return numberIn(std::string_view(line).substr(key.size()));
    return {};
}

/// What the files of a control group are called.
struct GroupFiles
{
    const char *limit, *usage, *cache;
};
constexpr GroupFiles version1 = {
    "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "};
constexpr GroupFiles version2 = {"memory.max", "memory.current", "inactive_file "};

/// What a group and those around it leave.
uint64_t leftBy(const fs::path& mount, fs::path group, const GroupFiles& files)
{
    uint64_t least = UINT64_MAX;
    for (group = group.relative_path();; group = group.parent_path()) {
        const fs::path folder = mount / group;
        const auto limit = numberIn(textOf(folder / files.limit));
        const auto usage = numberIn(textOf(folder / files.usage));
        if (limit && usage) {
            const uint64_t cache =
                numberOf(textOf(folder / "memory.stat"), files.cache).value_or(0);
            const uint64_t used = *usage - std::min(cache, *usage);
            least = std::min(least, *limit - std::min(used, *limit));
        }
        if (group.empty())
            return least;
    }
}

uint64_t leftByGroups(const fs::path& root)
{
    const fs::path groups = root / "sys" / "fs" / "cgroup";
    std::istringstream lines(textOf(root / "proc" / "self" / "cgroup"));
    uint64_t least = UINT64_MAX;
    for (std::string line; std::getline(lines, line);) { // number:controllers:path
        const std::size_t first = line.find(':'), second = line.find(':', first + 1);
        if (second == line.npos)
            continue;
        const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
        const fs::path path = line.substr(second + 1);
        if (controllers == ",,")
            least = std::min(least, leftBy(groups, path, version2));
        else if (controllers.find(",memory,") != controllers.npos)
            least = std::min(least, leftBy(groups / "memory", path, version1));
    }
    return least;
}

uint64_t leftByLimit(const fs::path& root)
{
    rlimit limit = {};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return UINT64_MAX;
    const auto kilobytes = numberOf(textOf(root / "proc" / "self" / "status"), "VmSize:");
    const uint64_t used = kilobytes.value_or(0) * 1024;
    return limit.rlim_cur - std::min<uint64_t>(used, limit.rlim_cur);
}

} // namespace

uint64_t freeMemory(const fs::path& root)
{
    const std::string system = textOf(root / "proc" / "meminfo");
    const auto available = numberOf(system, "MemAvailable:");
    uint64_t least = UINT64_MAX;
    if (available)
        least = (*available + numberOf(system, "SwapFree:").value_or(0)) * 1024;
    return std::min({least, leftByGroups(root), leftByLimit(root)});
}

uint64_t freeMemory()
{
    const uint64_t said = pretended;
    return said == truth ? freeMemory("/") : said;
}

void setFreeMemory(std::optional<uint64_t> bytes)
{
    pretended = bytes.value_or(truth);
}

static uint64_t ownMemory(const char* key)
{
    return numberOf(textOf("/proc/self/status"), key).value_or(0) * 1024;
}

uint64_t usedMemory()
{
    return ownMemory("VmRSS:");
}

uint64_t peakMemory()
{
    return ownMemory("VmHWM:");
}

bool watchPeakMemory()
{
    std::ofstream file("/proc/self/clear_refs");
    file << 5 << std::flush; // proc(5): the peak becomes what is there now
    return bool(file);
}

void checkMemory(uint64_t needed, const Sentence& what, const Sentence& instead)
{
    checkFree(needed + memoryBesides, needed + memoryBesides, what, instead);
}

void checkFree(uint64_t enough, uint64_t needed, const Sentence& what, const Sentence& instead)
{
    uint64_t left = freeMemory();
    if (left < enough) {
        releaseIdleMemory(); // which the system does not know to be free
        left = freeMemory();
    }
    if (left >= enough)
        return;
    throw MemoryError(
        "There is not enough memory for %1: it needs %2, and %3 can be had. Close other programs, "
        "or choose %4.",
        what, amountOf(needed), amountOf(left), instead);
}
