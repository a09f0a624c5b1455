// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/conversionprocess.h"

#include "app/confinement.h"
#include "app/engine.h"
#include "app/translated.h"
#include "core/convert.h"
#include "core/file/inputfile.h"

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

constexpr uint64_t giga = uint64_t(1) << 30;

struct Pair
{
    InputFile in;
    int out = -1;
    std::string name = {}; ///< of the latter
};

/// Bytes that the weights of a file of that size may be written as: eight-bit numbers become wider.
uint64_t mostWritten(uint64_t size)
{
    return 8 * size + (uint64_t(64) << 20);
}

} // namespace

void handOver(const std::vector<int>& descriptors)
{
    constexpr unsigned closeOnExec = 1 << 2;
    syscall(SYS_close_range, 3U, ~0U, closeOnExec);
    for (const int each : descriptors)
        fcntl(each, F_SETFD, 0);
}

int convertCheckpointsHere(const std::vector<std::string>& files)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    try {
        std::vector<Pair> pairs;
        uint64_t largest = 0, all = 0;
        for (size_t i = 0; i + 3 < files.size(); i += 4) {
            pairs.push_back(
                {InputFile(files[i + 1], std::stoi(files[i])), std::stoi(files[i + 2]),
                 files[i + 3]});
            largest = std::max(largest, pairs.back().in.size());
            all += pairs.back().in.size();
        }
        prepareConversion();
        for (const Layer missing : confine(
                 {.memory = 3 * largest + 4 * giga,
         .file = mostWritten(largest),
         .processor = conversionSeconds(all)}))
            std::printf("%s\n", nameOf(missing).c_str());
        std::fflush(stdout);
        for (Pair& pair : pairs)
            convertCheckpoint(std::move(pair.in), pair.out, pair.name);
        return 0;
    } catch (...) {
        const Failure failure = currentFailure();
        const QString said = failure.cause == Failure::Memory && files.size() > 1
            ? translated(Sentence(
                "There is not enough memory to convert %1. Close other programs, then try again.",
                files[1]))
            : failure.sentence;
        std::fprintf(stderr, "%s\n", said.toUtf8().constData());
        return 1;
    }
}
