// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cachefolder.h"

#include "app/methodlist.h"
#include "app/settings.h"

#include <algorithm>
#include <system_error>
#include <vector>

namespace fs = std::filesystem;

namespace {

struct Entry
{
    fs::path path = {};
    uint64_t bytes = 0;
    fs::file_time_type written = fs::file_time_type::min(); ///< of its newest file
};

void count(const fs::path& file, Entry& entry)
{
    std::error_code problem;
    if (!fs::is_regular_file(fs::symlink_status(file, problem)))
        return;
    const auto bytes = fs::file_size(file, problem);
    if (!problem)
        entry.bytes += bytes;
    const auto written = fs::last_write_time(file, problem);
    if (!problem)
        entry.written = std::max(entry.written, written);
}

std::vector<Entry> entriesOf(const fs::path& folder)
{
    std::vector<Entry> entries;
    std::error_code problem;
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
         at.increment(problem)) {
        Entry entry {.path = at->path()};
        count(entry.path, entry);
        std::error_code inside;
        if (fs::is_directory(fs::symlink_status(entry.path, inside)))
            for (fs::recursive_directory_iterator file(entry.path, inside), last;
                 !inside && file != last; file.increment(inside))
                count(file->path(), entry);
        entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace

fs::path keptFolder(const KeptFiles& kept)
{
    return fs::path(Settings::cacheFolder().toStdString()) / kept.folder;
}

void trimKept(const MethodList& methods, const Settings& settings)
{
    for (const Method& method : methods.methods())
        for (const KeptFiles& kept : method.keeps)
            trimFolder(keptFolder(kept), uint64_t(settings.keptLimit(kept)) << 20);
}

uint64_t bytesIn(const fs::path& folder)
{
    uint64_t bytes = 0;
    for (const Entry& entry : entriesOf(folder))
        bytes += entry.bytes;
    return bytes;
}

void emptyFolder(const fs::path& folder)
{
    std::error_code ignored;
    for (const Entry& entry : entriesOf(folder))
        fs::remove_all(entry.path, ignored);
}

void trimFolder(const fs::path& folder, uint64_t limit)
{
    std::vector<Entry> entries = entriesOf(folder);
    std::ranges::sort(entries, {}, &Entry::written);
    uint64_t bytes = 0;
    for (const Entry& entry : entries)
        bytes += entry.bytes;
    for (const Entry& entry : entries) {
        if (bytes <= limit)
            return;
        std::error_code ignored;
        fs::remove_all(entry.path, ignored);
        bytes -= entry.bytes;
    }
}
