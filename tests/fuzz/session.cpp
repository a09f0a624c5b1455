// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/sessionedits.h"
#include "app/store/sessionfile.h"
#include "tests/fuzz/bytes.h"

#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;

/// A session from elsewhere: refused, or all of it can be read.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    static const fs::path path =
        fs::temp_directory_path() / ("fuzz-" + std::to_string(getpid()) + ".simile");
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(path.string() + end);
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(data), long(size));
    parse([&] {
        const SessionFile file(path, SessionFile::Look);
        for (const KeptRun& run : file.runs()) {
            parse([&] { file.steps(run.id); });
            parse([&] { file.candidates(run.id); });
        }
        parse([&] { file.document(); });
        for (const KeptEdit& edit : file.edits())
            parse([&] { file.edit(edit.number); });
        for (const KeptWaiting& waiting : file.waiting())
            parse([&] { file.waiting(waiting.run.id); });
    });
    return 0;
}
