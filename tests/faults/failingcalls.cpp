// SPDX-License-Identifier: GPL-3.0-or-later

// Loaded before all libraries (LD_PRELOAD), it fails one call of the system on files in some
// folders, by the environment:
//   FAIL_CALL   open, write, fsync, rename (also to a name that is free), allocate, close (of a
//               file that was opened for writing; it is closed all the same) or read
//   FAIL_AT     which of them, from 1
//   FAIL_WITH   the number of the error; 0: half of a write is written, and no error is told
//   FAIL_UNDER  the folders, with colons between them
//   FAIL_TOLD   a file that gets the path where it failed
// tests/faults/faults.py builds and uses it.

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

std::atomic<long> counted = 0;

/// Whether a path lies in one of the folders.
bool isUnder(const char* path)
{
    const char* folders = std::getenv("FAIL_UNDER");
    while (folders && *folders) {
        const std::size_t length = std::strcspn(folders, ":");
        if (std::strncmp(path, folders, length) == 0)
            return true;
        folders += length;
        folders += *folders == ':';
    }
    return false;
}

void tell(const char* path)
{
    const char* const file = std::getenv("FAIL_TOLD");
    const int told =
        file ? int(syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND, 0600)) : -1;
    if (told < 0)
        return;
    syscall(SYS_write, told, path, std::strlen(path));
    syscall(SYS_write, told, "\n", 1);
    syscall(SYS_close, told);
}

/// Whether this call is the one that fails.
bool isTheOne(const char* call, const char* path)
{
    const char* const wanted = std::getenv("FAIL_CALL");
    const char* const which = std::getenv("FAIL_AT");
    if (!wanted || !which || std::strcmp(wanted, call) != 0 || path[0] != '/' || !isUnder(path)
        || ++counted != std::atol(which))
        return false;
    tell(path);
    return true;
}

int wantedError()
{
    const char* const text = std::getenv("FAIL_WITH");
    return text ? std::atoi(text) : EIO;
}

bool fails(const char* call, const char* path)
{
    if (!isTheOne(call, path))
        return false;
    errno = wantedError();
    return true;
}

struct Path
{
    char text[4096] = {};

    explicit Path(int descriptor)
    {
        char link[64];
        std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
        if (readlink(link, text, sizeof text - 1) < 0)
            text[0] = '\0';
    }
    /// Of a name, which may be relative.
    explicit Path(const char* name)
    {
        if (name[0] == '/' || !getcwd(text, sizeof text / 2)) {
            std::snprintf(text, sizeof text, "%s", name);
            return;
        }
        const std::size_t length = std::strlen(text);
        std::snprintf(text + length, sizeof text - length, "/%s", name);
    }
};

bool writes(int flags)
{
    return (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
}

int openAt(int folder, const char* name, int flags, mode_t mode)
{
    if (writes(flags) && fails("open", Path(name).text))
        return -1;
    return int(syscall(SYS_openat, folder, name, flags, mode));
}

} // namespace

// The C library's own declarations have attributes that these must not repeat.
extern "C" {

int open(const char* name, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return openAt(AT_FDCWD, name, flags, mode);
}

int open64(const char* name, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return openAt(AT_FDCWD, name, flags, mode);
}

int openat(int folder, const char* name, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = va_arg(more, mode_t);
    va_end(more);
    return openAt(folder, name, flags, mode);
}

ssize_t write(int file, const void* bytes, size_t size)
{
    if (isTheOne("write", Path(file).text)) {
        if (wantedError() == 0)
            return syscall(SYS_write, file, bytes, (size + 1) / 2);
        errno = wantedError();
        return -1;
    }
    return syscall(SYS_write, file, bytes, size);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at)
{
    if (isTheOne("write", Path(file).text)) {
        if (wantedError() == 0)
            return syscall(SYS_pwrite64, file, bytes, (size + 1) / 2, at);
        errno = wantedError();
        return -1;
    }
    return syscall(SYS_pwrite64, file, bytes, size, at);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at)
{
    return pwrite64(file, bytes, size, at);
}

ssize_t read(int file, void* bytes, size_t size)
{
    return fails("read", Path(file).text) ? -1 : syscall(SYS_read, file, bytes, size);
}

ssize_t pread64(int file, void* bytes, size_t size, off64_t at)
{
    return fails("read", Path(file).text) ? -1 : syscall(SYS_pread64, file, bytes, size, at);
}

ssize_t pread(int file, void* bytes, size_t size, off_t at)
{
    return pread64(file, bytes, size, at);
}

int close(int file)
{
    const int flags = fcntl(file, F_GETFL);
    const bool failed = flags >= 0 && writes(flags) && fails("close", Path(file).text);
    const int error = errno;
    const auto closed = int(syscall(SYS_close, file));
    if (!failed)
        return closed;
    errno = error;
    return -1;
}

int fsync(int file)
{
    return fails("fsync", Path(file).text) ? -1 : int(syscall(SYS_fsync, file));
}

int fdatasync(int file)
{
    return fails("fsync", Path(file).text) ? -1 : int(syscall(SYS_fdatasync, file));
}

int rename(const char* from, const char* to)
{
    if (fails("rename", Path(to).text))
        return -1;
    return int(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int renameat2(int fromFolder, const char* from, int toFolder, const char* to, unsigned flags)
{
    if (fails("rename", Path(to).text))
        return -1;
    return int(syscall(SYS_renameat2, fromFolder, from, toFolder, to, flags));
}

int fallocate(int file, int mode, off_t at, off_t size)
{
    return fails("allocate", Path(file).text) ? -1
                                              : int(syscall(SYS_fallocate, file, mode, at, size));
}

int fallocate64(int file, int mode, off64_t at, off64_t size)
{
    return fallocate(file, mode, at, size);
}

} // extern "C"
