// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>

namespace fs = std::filesystem;

// The fuzz targets (TARGETS is a list of them) without a fuzzer: each is given the files of its
// corpus, so that what was found once is not met again.
//
//     corpus tests/fuzz/corpus

#define TARGET(name) extern "C" int name##Input(const uint8_t* data, std::size_t size);
TARGETS
#undef TARGET

namespace {

struct Target
{
    const char* name;
    int (*input)(const uint8_t*, std::size_t);
};

#define TARGET(name) {#name, name##Input},
constexpr Target targets[] = {TARGETS};
#undef TARGET

int replayed(const fs::path& corpus)
{
    int all = 0;
    for (const Target& target : targets) {
        int count = 0;
        for (const auto& file : fs::directory_iterator(corpus / target.name)) {
            // Before it is tried: where it ends the program, this is what remains.
            std::printf("%s\n", file.path().c_str());
            std::fflush(stdout);
            const std::string bytes = readText(file.path());
            target.input(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
            ++count;
        }
        if (count == 0) {
            std::printf("There is nothing in the corpus of %s.\n", target.name);
            return 1;
        }
        all += count;
    }
    std::printf("%d files were replayed.\n", all);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2)
        return 2;
    // What the targets write lies apart, and goes.
    char folder[] = "/tmp/corpusXXXXXX";
    if (!::mkdtemp(folder) || ::setenv("TMPDIR", folder, 1) != 0)
        return 2;
    int status = 1;
    try {
        status = replayed(argv[1]);
    } catch (const std::exception& error) {
        std::printf("An exception left the target: %s\n", error.what());
    }
    fs::remove_all(folder);
    return status;
}
