// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cachefolder.h"

#include "app/methodlist.h"
#include "app/settings.h"

#include <algorithm>
#include <fstream>
#include <system_error>
#include <vector>

namespace fs = std::filesystem;

namespace {

const char* const used = ".used";          ///< behind the name of an entry: an empty file
const char* const configuration = ".yaml"; ///< in place of its suffix: what it goes with

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
        std::error_code inside;
        if (entry.path.extension() == used
            && fs::exists(fs::symlink_status(entry.path.parent_path() / entry.path.stem(), inside)))
            continue; // it stands for the other
        if (entry.path.extension() == configuration)
            continue;
        count(entry.path, entry);
        if (const auto time = fs::last_write_time(entry.path.string() + used, inside); !inside)
            entry.written = std::max(entry.written, time);
        inside.clear();
        if (fs::is_directory(fs::symlink_status(entry.path, inside)))
            for (fs::recursive_directory_iterator file(entry.path, inside), last;
                 !inside && file != last; file.increment(inside))
                count(file->path(), entry);
        entries.push_back(std::move(entry));
    }
    return entries;
}

void remove(const Entry& entry)
{
    std::error_code ignored;
    fs::remove_all(entry.path, ignored);
    fs::remove(entry.path.string() + used, ignored);
    fs::remove(fs::path(entry.path).replace_extension(configuration), ignored);
}

} // namespace

const KeptFiles& convertedFiles()
{
    static const KeptFiles kept {
        .folder = "converted",
        .label = "Converted models",
        .help = "The weights of pickled checkpoints (.ckpt, .pt, .bin) in a form that can be "
                "loaded; they are made again when they are needed.",
        .usualLimit = 32768};
    return kept;
}

void markUsed(const fs::path& entry)
{
    std::ofstream(entry.string() + used, std::ios::trunc); // one that is there is written anew
}

void trimConverted(const Settings& settings)
{
    const KeptFiles& kept = convertedFiles();
    trimFolder(keptFolder(kept), uint64_t(settings.keptLimit(kept)) << 20, 1);
}

fs::path keptFolder(const KeptFiles& kept)
{
    return fs::path(Settings::cacheFolder().toStdString()) / kept.folder;
}

void trimKept(const MethodList& methods, const Settings& settings)
{
    for (const Method& method : methods.methods())
        for (const KeptFiles& kept : method.keeps)
            trimFolder(keptFolder(kept), uint64_t(settings.keptLimit(kept)) << 20);
    trimConverted(settings);
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
    for (const Entry& entry : entriesOf(folder))
        remove(entry);
}

void trimFolder(const fs::path& folder, uint64_t limit, std::size_t least)
{
    std::vector<Entry> entries = entriesOf(folder);
    std::ranges::sort(entries, {}, &Entry::written);
    uint64_t bytes = 0;
    for (const Entry& entry : entries)
        bytes += entry.bytes;
    std::size_t left = entries.size();
    for (const Entry& entry : entries) {
        if (bytes <= limit || left-- <= least)
            return;
        remove(entry);
        bytes -= entry.bytes;
    }
}
