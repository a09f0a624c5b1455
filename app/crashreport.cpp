// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/crashreport.h"

#include "app/lockedfile.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>
#include <system_error>

#include <execinfo.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace {

struct Fault
{
    int signal;
    std::string_view line;
};
constexpr std::array faults {
    Fault {SIGSEGV, "Simile " PROGRAM_VERSION " ended by SIGSEGV, memory that is not its own.\n"},
    Fault {SIGBUS, "Simile " PROGRAM_VERSION " ended by SIGBUS, a file that became shorter.\n"},
    Fault {SIGILL, "Simile " PROGRAM_VERSION " ended by SIGILL, an unknown instruction.\n"},
    Fault {SIGFPE, "Simile " PROGRAM_VERSION " ended by SIGFPE, a division by zero.\n"},
    Fault {SIGABRT, "Simile " PROGRAM_VERSION " ended by SIGABRT, a failed condition.\n"}};
constexpr const char* running = "running-"; // of one that has not ended; its process has it locked
constexpr const char* report = "crash-";
constexpr std::size_t mostReports = 10;

int descriptor = -1;
std::string path;

/// Only what may be done in a signal's handler.
void write(std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written <= 0)
            return;
        text.remove_prefix(std::size_t(written));
    }
}

/// After it the signal does what it does by default: a core dump, and the shell says so.
void takeFault(int signal)
{
    for (const Fault& fault : faults)
        if (fault.signal == signal)
            write(fault.line);
    std::array<void*, 128> frames;
    backtrace_symbols_fd(frames.data(), backtrace(frames.data(), int(frames.size())), descriptor);
    raise(signal);
}

/// What a fault is reported on: a stack that is too deep is one, too, and has no room left.
class FaultStack
{
public:
    FaultStack()
    {
        const stack_t own {.ss_sp = m_room.data(), .ss_flags = 0, .ss_size = m_room.size()};
        sigaltstack(&own, &m_before);
    }
    ~FaultStack() { sigaltstack(&m_before, nullptr); }
    FaultStack(const FaultStack&) = delete;
    FaultStack& operator=(const FaultStack&) = delete;

private:
    stack_t m_before {}; ///< a sanitizer's, or none
    std::vector<char> m_room = std::vector<char>(std::size_t(1) << 16);
};

/// The time as it sorts: "20261130-142501".
std::string timeOf(const fs::path& file)
{
    struct stat status
    {
    };
    std::tm time {};
    if (stat(file.c_str(), &status) != 0 || !gmtime_r(&status.st_mtime, &time))
        return "unknown";
    std::array<char, 32> text {};
    return std::string(
        text.data(), std::strftime(text.data(), text.size(), "%Y%m%d-%H%M%S", &time));
}

/// The files there whose names begin so, in the order of their names.
std::vector<fs::path> filesOf(const fs::path& folder, const char* begin)
{
    std::vector<fs::path> files;
    std::error_code ignored;
    for (fs::directory_iterator at(folder, ignored), end; !ignored && at != end;
         at.increment(ignored))
        if (at->path().filename().string().starts_with(begin))
            files.push_back(at->path());
    std::ranges::sort(files);
    return files;
}

} // namespace

void reportCrashes(const fs::path& folder)
{
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    path = folder / (running + std::to_string(getpid()) + ".txt");
    descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return;
    flock(descriptor, LOCK_EX | LOCK_NB);
    void* first = nullptr;
    backtrace(&first, 1); // what it loads the first time cannot be loaded in a fault
    reportDeepStacksHere();
    struct sigaction action
    {
    };
    action.sa_handler = takeFault;
    action.sa_flags = int(SA_ONSTACK | SA_RESETHAND);
    for (const Fault& fault : faults)
        sigaction(fault.signal, &action, nullptr);
}

void reportDeepStacksHere()
{
    static thread_local const FaultStack stack;
}

void endCrashReports()
{
    if (descriptor < 0)
        return;
    for (const Fault& fault : faults)
        signal(fault.signal, SIG_DFL);
    unlink(path.c_str());
    close(descriptor);
    descriptor = -1;
}

std::vector<fs::path> newCrashReports(const fs::path& folder)
{
    std::vector<fs::path> found;
    std::error_code ignored;
    for (const fs::path& file : filesOf(folder, running)) {
        if (!isLeft(file))
            continue;
        if (fs::file_size(file, ignored) == 0) {
            fs::remove(file, ignored); // killed
            continue;
        }
        const std::string pid = file.stem().string().substr(std::strlen(running));
        const fs::path kept = folder / (report + timeOf(file) + "-" + pid + ".txt");
        fs::rename(file, kept, ignored);
        if (!ignored)
            found.push_back(kept);
    }
    std::ranges::sort(found, std::greater());
    auto all = filesOf(folder, report);
    for (std::size_t i = 0; i + mostReports < all.size(); ++i)
        fs::remove(all[i], ignored);
    return found;
}
