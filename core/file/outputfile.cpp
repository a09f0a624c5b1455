// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/outputfile.h"

#include "core/errors.h"
#include "core/file/systemerror.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <random>
#include <string>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace fs = std::filesystem;

namespace {

constexpr uint64_t reserveAbove = 16 << 20;

/// Where writing really goes: the file at the end of symbolic links.
fs::path followed(fs::path path)
{
    std::error_code failed;
    for (int links = 0; links < 40 && fs::is_symlink(path, failed); ++links)
        path = path.parent_path() / fs::read_symlink(path, failed);
    return path;
}

fs::path folderOf(const fs::path& path)
{
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// Makes the rename survive a power failure.
void syncFolder(const fs::path& path)
{
    const int folder = ::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) // a folder may be writable and not readable
        return;
    const int error = ::fsync(folder) == 0 ? 0 : errno;
    ::close(folder);
    if (error != 0 && error != EINVAL && error != ENOTSUP && error != EROFS)
        throw WorkError(
            "%1 was written, but may be lost if the power fails: %2.", path.string(),
            systemReason(error));
}

} // namespace

OutputFile::OutputFile(const fs::path& path, uint64_t size)
    : m_path(path)
    , m_target(followed(path))
    , m_size(size)
{
    struct stat old = {};
    const bool replaces = ::stat(m_target.c_str(), &old) == 0;
    if (replaces && !S_ISREG(old.st_mode))
        throw WorkError(
            "%1 is %2; choose another name to write to.", m_target.string(),
            kindOfNode(old.st_mode));
    if (replaces && ::access(m_target.c_str(), W_OK) != 0)
        fail(errno);
    create();
    try {
        if (replaces)
            takeMode(old.st_mode & 07777);
        reserve();
    } catch (...) {
        discard();
        throw;
    }
}

OutputFile::OutputFile(const fs::path& path, uint64_t size, int descriptor)
    : m_path(path)
    , m_target(path)
    , m_size(size)
    , m_descriptor(descriptor)
    , m_lent(true)
{
    reserve();
}

OutputFile::~OutputFile()
{
    discard();
}

void OutputFile::discard()
{
    if (m_descriptor >= 0 && !m_lent)
        ::close(std::exchange(m_descriptor, -1));
    if (!m_temporary.empty())
        ::unlink(std::exchange(m_temporary, {}).c_str());
}

void OutputFile::create()
{
    std::random_device random;
    int error = EEXIST;
    for (int attempt = 0; attempt < 100 && error == EEXIST; ++attempt) {
        const fs::path name =
            folderOf(m_target) / (".simile-" + std::to_string(random()) + ".part");
        m_descriptor =
            ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        error = m_descriptor < 0 ? errno : 0;
        if (error == 0)
            m_temporary = name;
    }
    if (error != 0)
        fail(error);
}

void OutputFile::takeMode(mode_t mode)
{
    struct stat now = {};
    const bool has = ::fstat(m_descriptor, &now) == 0 && (now.st_mode & 07777) == mode;
    if (!has && ::fchmod(m_descriptor, mode) != 0)
        fail(errno);
}

void OutputFile::reserve()
{
    if (m_size <= reserveAbove)
        return;
    // Not posix_fallocate(), which writes every block where the file system cannot do it.
    const int error = ::fallocate(m_descriptor, 0, 0, off_t(m_size)) == 0 ? 0 : errno;
    if (error != 0 && error != EOPNOTSUPP && error != EINVAL && error != EINTR && error != ENOSYS)
        fail(error);
}

void OutputFile::write(std::span<const std::byte> bytes)
{
    constexpr std::size_t block = 16 << 20;
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_descriptor, bytes.data(), std::min(bytes.size(), block));
        if (count == 0)
            fail(ENOSPC);
        if (count < 0 && errno != EINTR)
            fail(errno);
        bytes = bytes.subspan(std::size_t(std::max<ssize_t>(count, 0)));
    }
}

void OutputFile::commit()
{
    if (m_lent) {
        if (::fsync(m_descriptor) != 0)
            fail(errno);
        return;
    }
    if (::fsync(m_descriptor) != 0 || ::close(std::exchange(m_descriptor, -1)) != 0
        || ::rename(m_temporary.c_str(), m_target.c_str()) != 0)
        fail(errno);
    m_temporary.clear();
    syncFolder(m_target);
}

void OutputFile::fail(int error) const
{
    Sentence why = systemReason(error);
    if (error == ENOSPC) {
        why = {"there is not enough space (it needs %1)", amountOf(m_size)};
        struct statvfs disk = {};
        if (::statvfs(folderOf(m_path).c_str(), &disk) == 0)
            why = {
                "there is not enough space (it needs %1, free are %2)", amountOf(m_size),
                amountOf(uint64_t(disk.f_bavail) * disk.f_frsize)};
    }
    throw WorkError("%1 could not be written: %2.", m_path.string(), why);
}
