// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/confinement.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <memory>

#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

bool forbidPrivileges()
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

/// This process's address space in bytes; a guess where it cannot be read.
uint64_t addressSpace()
{
    unsigned long pages = 0;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
        std::fopen("/proc/self/statm", "r"), [](std::FILE* f) { return f ? std::fclose(f) : 0; });
    if (!file || std::fscanf(file.get(), "%lu", &pages) != 1)
        return uint64_t(4) << 30;
    return uint64_t(pages) * uint64_t(sysconf(_SC_PAGESIZE));
}

bool limit(__rlimit_resource_t resource, uint64_t value)
{
    rlimit limits = {};
    if (getrlimit(resource, &limits) != 0)
        return false;
    limits.rlim_cur = limits.rlim_max = std::min<rlim_t>(value, limits.rlim_max);
    return setrlimit(resource, &limits) == 0;
}

/// The signal comes first, so that whoever waits sees why it ended.
bool limitProcessor(uint64_t seconds)
{
    constexpr rlim_t toEnd = 5;
    rlimit limits = {};
    if (getrlimit(RLIMIT_CPU, &limits) != 0)
        return false;
    limits.rlim_max = std::min<rlim_t>(seconds + toEnd, limits.rlim_max);
    limits.rlim_cur = std::min<rlim_t>(seconds, limits.rlim_max);
    return setrlimit(RLIMIT_CPU, &limits) == 0;
}

bool setLimits(const Allowance& allowance)
{
    const std::array done = {
        limit(RLIMIT_CORE, 0),
        limit(RLIMIT_AS, allowance.memory),
        limit(RLIMIT_FSIZE, allowance.file),
        limit(RLIMIT_NPROC, 0),
        limit(RLIMIT_NOFILE, 0),
        limitProcessor(allowance.processor),
    };
    return std::ranges::all_of(done, [](bool each) { return each; });
}

bool unshareAll()
{
    constexpr int spaces = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNS;
    // Whoever may do without a user's own space may be forbidden to make one.
    return unshare(CLONE_NEWUSER | spaces) == 0 || unshare(spaces) == 0;
}

/// As the kernel has it (linux/landlock.h), whatever the headers here know of it.
struct Ruleset
{
    uint64_t files = 0, ports = 0, scopes = 0;
};

/// How many kinds of access to files a version of Landlock knows.
int kindsOfAccess(long version)
{
    return version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
}

/// A ruleset that handles everything and has no rule.
bool forbidPaths()
{
    constexpr unsigned askVersion = 1;
    const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, askVersion);
    if (version < 1)
        return false;
    const Ruleset nothing = {
        .files = (uint64_t(1) << kindsOfAccess(version)) - 1,
        .ports = version >= 4 ? 3u : 0u,  // TCP: to bind, to connect
        .scopes = version >= 6 ? 3u : 0u, // abstract sockets and signals of others
    };
    const long ruleset = syscall(SYS_landlock_create_ruleset, &nothing, sizeof nothing, 0);
    if (ruleset < 0)
        return false;
    const bool done = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(int(ruleset));
    return done;
}

/// All that computing, reading and writing open files, and ending takes. Whatever else is asked
/// fails as if it were not permitted; so a newer C library that tries something first goes on.
bool allowCalls()
{
    constexpr std::array calls = {
        SCMP_SYS(read),
        SCMP_SYS(readv),
        SCMP_SYS(pread64),
        SCMP_SYS(write),
        SCMP_SYS(writev),
        SCMP_SYS(pwrite64),
        SCMP_SYS(lseek),
        SCMP_SYS(close),
        SCMP_SYS(fsync),
        SCMP_SYS(fdatasync),
        SCMP_SYS(fallocate),
        SCMP_SYS(ftruncate),
        SCMP_SYS(fstat),
        SCMP_SYS(brk),
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(madvise),
        SCMP_SYS(futex),
        SCMP_SYS(getpid),
        SCMP_SYS(gettid),
        SCMP_SYS(exit),
        SCMP_SYS(exit_group),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigaction),
        SCMP_SYS(sigaltstack),
        SCMP_SYS(restart_syscall),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(gettimeofday),
        SCMP_SYS(getrandom),
        SCMP_SYS(sched_yield),
        SCMP_SYS(sysinfo),
        SCMP_SYS(getrusage),
        SCMP_SYS(sched_getaffinity),
    };
    const std::unique_ptr<void, void (*)(void*)> filter(
        seccomp_init(SCMP_ACT_ERRNO(EPERM)), [](void* f) { seccomp_release(f); });
    if (!filter)
        return false;
    bool done = seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
    for (const int call : calls)
        done = done && seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == 0;
    // Memory, but none to put a program into.
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        done = done
            && seccomp_rule_add(
                   filter.get(), SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0))
                == 0;
    // Signals to itself, as abort() sends.
    done = done
        && seccomp_rule_add(
               filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
               SCMP_A0(SCMP_CMP_EQ, scmp_datum_t(getpid())))
            == 0;
    return done && seccomp_load(filter.get()) == 0;
}

bool apply(Layer layer, const Allowance& allowance)
{
    switch (layer) {
    case Layer::Privileges:
        return forbidPrivileges();
    case Layer::Limits:
        return setLimits(allowance);
    case Layer::Namespaces:
        return unshareAll();
    case Layer::Landlock:
        return forbidPaths();
    case Layer::Seccomp:
        return allowCalls();
    }
    return false;
}

} // namespace

const std::vector<Layer>& allLayers()
{
    static const std::vector<Layer> all {
        Layer::Privileges, Layer::Namespaces, Layer::Landlock, Layer::Limits, Layer::Seccomp};
    return all;
}

std::string nameOf(Layer layer)
{
    switch (layer) {
    case Layer::Privileges:
        return "no_new_privs";
    case Layer::Limits:
        return "rlimit";
    case Layer::Namespaces:
        return "namespaces";
    case Layer::Landlock:
        return "Landlock";
    case Layer::Seccomp:
        return "seccomp";
    }
    return {};
}

std::vector<Layer> confine(const Allowance& allowance, const std::vector<Layer>& layers)
{
    Allowance whole = allowance;
    whole.memory += addressSpace(); // what tells it is out of reach later
    std::vector<Layer> missing;
    for (const Layer layer : layers)
        if (!apply(layer, whole))
            missing.push_back(layer);
    return missing;
}
