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
#include <vector>

#include <zlib.h>

namespace fs = std::filesystem;

namespace {

constexpr uint64_t reserveAbove = 16 << 20;
/// Larger ones are weights, which have hashes; reading them would take seconds.
constexpr uint64_t readAgainUpTo = 64 << 20;

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

/// Whether a file system does not know a way to give a name that must be free.
bool isUnknownWay(int error)
{
    return error == EINVAL || error == ENOSYS || error == EOPNOTSUPP || error == EPERM
        || error == EMLINK;
}

} // namespace

OutputFile::OutputFile(const fs::path& path, uint64_t size, IfThere there)
    : m_path(path)
    , m_target(there == IfThere::Keep ? path : followed(path))
    , m_there(there)
    , m_size(size)
{
    struct stat old = {};
    if (m_there == IfThere::Keep && ::lstat(m_target.c_str(), &old) == 0)
        failAsTaken(); // before the work
    const bool replaces = m_there == IfThere::Replace && ::stat(m_target.c_str(), &old) == 0;
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
            ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
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
        const auto written = std::size_t(std::max<ssize_t>(count, 0));
        m_sum = uint32_t(::crc32_z(m_sum, reinterpret_cast<const Bytef*>(bytes.data()), written));
        m_written += written;
        bytes = bytes.subspan(written);
    }
}

void OutputFile::commit()
{
    if (::fsync(m_descriptor) != 0)
        fail(errno);
    if (m_lent)
        return;
    verify();
    if (::close(std::exchange(m_descriptor, -1)) != 0)
        fail(errno);
    putInPlace();
    syncFolder(m_target);
}

/// What was synced is read again, from the disk where the system lets go of its copy.
void OutputFile::verify() const
{
    struct stat now = {};
    if (::fstat(m_descriptor, &now) != 0)
        fail(errno);
    if (m_written == 0) // it is empty, or another process wrote it, which is looked at elsewhere
        return;
    const bool read = m_written <= readAgainUpTo && uint64_t(now.st_size) == m_written;
    uint64_t have = read ? 0 : uint64_t(now.st_size);
    uint32_t sum = read ? 0 : m_sum;
    if (read)
        ::posix_fadvise(m_descriptor, 0, 0, POSIX_FADV_DONTNEED);
    std::vector<Bytef> piece(read ? std::min<uint64_t>(m_written, 1 << 20) : 0);
    while (read && have < m_written) {
        const ssize_t count = ::pread(m_descriptor, piece.data(), piece.size(), off_t(have));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            fail(errno);
        if (count == 0)
            break;
        sum = uint32_t(::crc32_z(sum, piece.data(), std::size_t(count)));
        have += uint64_t(count);
    }
    if (have != m_written || sum != m_sum)
        throw WorkError(
            "%1 could not be written: its disk does not give back what was written to it. Choose "
            "another disk.",
            m_path.string());
}

void OutputFile::putInPlace()
{
    const int error = m_there == IfThere::Keep                 ? putNew()
        : ::rename(m_temporary.c_str(), m_target.c_str()) == 0 ? 0
                                                               : errno;
    if (error == EEXIST && m_there == IfThere::Keep)
        failAsTaken();
    if (error != 0)
        fail(error);
    m_temporary.clear();
}

/// Gives the file its name where nothing has it in that very moment; else the error, EEXIST among
/// them.
int OutputFile::putNew() const
{
    const char *from = m_temporary.c_str(), *to = m_target.c_str();
    if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (!isUnknownWay(errno))
        return errno;
    if (::link(from, to) == 0) { // fails where the name is taken
        ::unlink(from);
        return 0;
    }
    if (!isUnknownWay(errno))
        return errno;
    // Neither is known (some disks of other computers): an empty file of our own takes the name.
    const int own = ::open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (own < 0)
        return errno;
    ::close(own);
    const int error = ::rename(from, to) == 0 ? 0 : errno;
    if (error != 0)
        ::unlink(to);
    return error;
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

void OutputFile::failAsTaken() const
{
    throw NameTaken(
        "There is a file %1 already, and nothing is replaced: choose another name or folder.",
        m_path.string());
}
