// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <functional>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

// Of a program of one source.

/// What the next calls of the C library answer; -1: they do their work.
struct Faults
{
    int writeError = 0, writeAt = -1; ///< the n-th write fails with that error
    int readError = 0, readAt = -1;   ///< and so of reads
    int wrongAt = -1;                 ///< the n-th read gives another byte than is there
    std::size_t longestWrite = SIZE_MAX;
    int syncError = 0, renameError = 0, folderSyncError = 0, reserveError = 0, accessError = 0;
    int closeError = 0; ///< of files that were written; they are closed all the same
    int renameNewError = 0, linkError = 0;   ///< of names that must be free
    std::function<void()> beforeRename = {}; ///< done in that very moment, once
    int writes = 0, reads = 0;               ///< counted by several threads

    void comeToRename() { std::exchange(beforeRename, {})(); }
};

inline Faults faults;
/// The folder in which no file takes a byte, as on a full disk; may be set on any thread.
inline std::atomic<const char*> fullFolder = nullptr;
inline std::atomic<int> fullFor = -1; ///< so many writes; then there is room again

inline bool isInFullFolder(int descriptor)
{
    const char* const folder = fullFolder;
    if (!folder)
        return false;
    char path[4096] = {};
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    const bool full = ::readlink(link.c_str(), path, sizeof path - 1) > 0
        && std::string_view(path).starts_with(folder);
    if (full && --fullFor == 0)
        fullFolder = nullptr;
    return full;
}

// These stand before the C library's own, for the library under test as well.
extern "C" ssize_t write(int descriptor, const void* data, size_t size)
{
    struct stat status;
    if (descriptor <= 2 || ::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return syscall(SYS_write, descriptor, data, size);
    if (isInFullFolder(descriptor)) {
        errno = ENOSPC;
        return -1;
    }
    if (std::atomic_ref(faults.writes)++ == faults.writeAt) {
        errno = faults.writeError;
        return -1;
    }
    return syscall(SYS_write, descriptor, data, std::min(size, faults.longestWrite));
}

extern "C" ssize_t pread(int descriptor, void* data, size_t size, off_t offset)
{
    const int number = std::atomic_ref(faults.reads)++;
    if (number == faults.readAt) {
        errno = faults.readError;
        return -1;
    }
    const auto count = syscall(SYS_pread64, descriptor, data, size, offset);
    if (number == faults.wrongAt && count > 0)
        *static_cast<char*>(data) ^= 1;
    return count;
}

extern "C" int close(int descriptor)
{
    struct stat status;
    const bool written = faults.closeError != 0 && ::fstat(descriptor, &status) == 0
        && S_ISREG(status.st_mode) && (::fcntl(descriptor, F_GETFL) & O_ACCMODE) != O_RDONLY;
    const auto closed = int(syscall(SYS_close, descriptor));
    if (!written)
        return closed;
    errno = faults.closeError;
    return -1;
}

extern "C" int fsync(int descriptor)
{
    struct stat status;
    const bool folder = ::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
    if (const int error = folder ? faults.folderSyncError : faults.syncError) {
        errno = error;
        return -1;
    }
    return int(syscall(SYS_fsync, descriptor));
}

extern "C" int rename(const char* from, const char* to) noexcept
{
    if (faults.beforeRename)
        faults.comeToRename();
    if (faults.renameError != 0) {
        errno = faults.renameError;
        return -1;
    }
    return int(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

extern "C" int renameat2(
    int fromFolder, const char* from, int toFolder, const char* to, unsigned flags) noexcept
{
    if (faults.beforeRename)
        faults.comeToRename();
    if (faults.renameNewError != 0) {
        errno = faults.renameNewError;
        return -1;
    }
    return int(syscall(SYS_renameat2, fromFolder, from, toFolder, to, flags));
}

extern "C" int link(const char* from, const char* to) noexcept
{
    if (faults.linkError != 0) {
        errno = faults.linkError;
        return -1;
    }
    return int(syscall(SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}

extern "C" int fallocate(int descriptor, int mode, off_t offset, off_t size)
{
    if (faults.reserveError != 0) {
        errno = faults.reserveError;
        return -1;
    }
    return int(syscall(SYS_fallocate, descriptor, mode, offset, size));
}

extern "C" int access(const char* path, int mode) noexcept
{
    if (faults.accessError != 0) {
        errno = faults.accessError;
        return -1;
    }
    return int(syscall(SYS_access, path, mode));
}
