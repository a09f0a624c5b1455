// SPDX-License-Identifier: GPL-3.0-or-later

// The program itself is a library (main.cpp), so that something can be done before the libraries
// that it needs do their own start. OpenMP's threads spin while they wait for each other, which
// makes a step take ten times as long on a machine that has other work as well; its library can be
// told to let them sleep by the environment alone, and reads that when it is loaded. CUDA numbers
// GPUs the fastest first unless the environment says otherwise, and the driver, which we ask what
// there is, by their places.

#include "app/exitcode.h"
#include "app/process.h"

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

namespace {

constexpr int unloadable = 127; // as of a program whose libraries the system cannot load

void letThreadsSleep()
{
    if (!std::getenv("OMP_WAIT_POLICY") && !std::getenv("GOMP_SPINCOUNT"))
        ::setenv("OMP_WAIT_POLICY", "passive", 1);
}

void countGpusByPlace()
{
    ::setenv("CUDA_DEVICE_ORDER", "PCI_BUS_ID", 0); // the user's own order stays
}

/// Whether the libraries have as many addresses as they need: what the loader says where one cannot
/// be mapped does not tell.
bool hasRoom()
{
    constexpr std::size_t needed = std::size_t(640) << 20;
    void* const room =
        ::mmap(nullptr, needed, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED)
        return false;
    ::munmap(room, needed);
    return true;
}

/// In the folder of our libraries, as seen from this program, wherever it is called from.
std::string programPath()
{
    std::array<char, 4096> self = {};
    const ssize_t length = ::readlink("/proc/self/exe", self.data(), self.size() - 1);
    const std::string file(self.data(), length > 0 ? std::size_t(length) : 0);
    return file.substr(0, file.rfind('/') + 1) + PROGRAM_LIBRARY;
}

} // namespace

int main(int argc, char** argv)
{
    prepareProcess();
    letThreadsSleep();
    countGpusByPlace();
    // What libtorch and Qt look up late they go on to look up late; ours are linked with -z now.
    void* const program = ::dlopen(programPath().c_str(), RTLD_LAZY | RTLD_GLOBAL);
    using Start = int(int, char**);
    auto* const start =
        program ? reinterpret_cast<Start*>(::dlsym(program, "simileMain")) : nullptr;
    if (!start) {
        std::fprintf(stderr, "Simile could not be loaded: %s.\n", ::dlerror());
        if (hasRoom())
            return unloadable;
        std::fputs("There is not enough memory to start.\n", stderr);
        return ExitOutOfMemory;
    }
    return start(argc, argv);
}
