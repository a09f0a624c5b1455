// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/files.h"

#include "core/errors.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <random>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>

namespace fs = std::filesystem;

namespace {

constexpr std::size_t pieceSize = 1 << 20;
constexpr std::size_t reserveAbove = 16 << 20;

/// A descriptor that closes itself.
class File
{
public:
    explicit File(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    operator int() const { return m_descriptor; }
    int close() { return ::close(std::exchange(m_descriptor, -1)); }

private:
    int m_descriptor;
};

std::string amount(uint64_t bytes)
{
    if (bytes < 1 << 20)
        return std::to_string(bytes) + " bytes";
    return std::to_string((bytes + (1 << 19)) >> 20) + " MiB";
}

std::string reason(int error)
{
    switch (error) {
    case EACCES:
    case EPERM:
        return "you have no permission";
    case EROFS:
        return "its disk can only be read";
    case ENOENT:
        return "there is no such file or folder";
    case ENOTDIR:
        return "a part of its path is not a folder";
    case EDQUOT:
        return "your disk quota is used up";
    case EFBIG:
        return "it would become larger than the system allows";
    case ENAMETOOLONG:
        return "its name is too long";
    case EIO:
        return "the disk reports an error";
    default:
        return std::string("the system says: ") + std::strerror(error);
    }
}

const char* kind(mode_t mode)
{
    if (S_ISDIR(mode))
        return "a folder";
    if (S_ISFIFO(mode))
        return "a pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device";
}

[[noreturn]] void cannotRead(const fs::path& path, int error)
{
    throw Error(path.string() + " could not be read: " + reason(error) + ".");
}

/// Opens a regular file; anything else is refused without being waited for.
File openToRead(const fs::path& path, struct stat& status)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    // A socket cannot be opened at all.
    if (descriptor < 0 && errno == ENXIO && ::stat(path.c_str(), &status) == 0)
        throw Error(path.string() + " is " + kind(status.st_mode) + ", not a file.");
    if (descriptor < 0 || ::fstat(descriptor, &status) != 0) {
        const int error = errno;
        const File closed(descriptor);
        cannotRead(path, error);
    }
    if (!S_ISREG(status.st_mode)) {
        const File closed(descriptor);
        throw Error(path.string() + " is " + kind(status.st_mode) + ", not a file.");
    }
    return File(descriptor);
}

/// Reads until @p size bytes are there or the file ends.
std::size_t readSome(int descriptor, const fs::path& path, std::byte* into, std::size_t size)
{
    std::size_t have = 0;
    while (have < size) {
        const ssize_t count = ::read(descriptor, into + have, size - have);
        if (count == 0)
            break;
        if (count < 0 && errno != EINTR)
            cannotRead(path, errno);
        have += std::max<ssize_t>(count, 0);
    }
    return have;
}

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

[[noreturn]] void cannotWrite(const fs::path& path, std::size_t size, int error)
{
    std::string why = reason(error);
    if (error == ENOSPC) {
        why = "there is not enough space (it needs " + amount(size);
        struct statvfs disk;
        if (::statvfs(folderOf(path).c_str(), &disk) == 0)
            why += ", free are " + amount(uint64_t(disk.f_bavail) * disk.f_frsize);
        why += ")";
    }
    throw Error(path.string() + " could not be written: " + why + ".");
}

/// The temporary sibling: removed unless it has become the file.
struct Temporary
{
    fs::path path = {};
    bool kept = false;
    ~Temporary()
    {
        if (!kept)
            ::unlink(path.c_str());
    }
};

int createSibling(const fs::path& target, fs::path& name)
{
    std::random_device random;
    for (int attempt = 0; attempt < 100; ++attempt) {
        name = folderOf(target) / (".simile-" + std::to_string(random()) + ".part");
        const int descriptor =
            ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }
    return -1;
}

bool hasMode(int descriptor, mode_t mode)
{
    struct stat status;
    return ::fstat(descriptor, &status) == 0 && (status.st_mode & 07777) == mode;
}

/// 0, or what went wrong. A write may take less than it was given.
int writeAll(int descriptor, std::span<const std::byte> bytes)
{
    if (bytes.size() > reserveAbove) {
        const int error = ::posix_fallocate(descriptor, 0, off_t(bytes.size()));
        if (error != 0 && error != EOPNOTSUPP && error != EINVAL && error != EINTR)
            return error;
    }
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
        if (count == 0)
            return ENOSPC;
        if (count < 0 && errno != EINTR)
            return errno;
        bytes = bytes.subspan(std::max<ssize_t>(count, 0));
    }
    return 0;
}

/// Makes the rename survive a power failure.
void syncFolder(const fs::path& path)
{
    const File folder(::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder < 0) // a folder may be writable and not readable
        return;
    if (::fsync(folder) != 0 && errno != EINVAL && errno != ENOTSUP && errno != EROFS)
        throw Error(
            path.string() + " was written, but may be lost if the power fails: " + reason(errno)
            + ".");
}

/// The mode of the file that is to be replaced, if there is one; throws where it must stay.
std::optional<mode_t> oldMode(const fs::path& path, std::size_t size)
{
    struct stat status;
    if (::stat(path.c_str(), &status) != 0)
        return {};
    if (!S_ISREG(status.st_mode))
        throw Error(
            path.string() + " is " + kind(status.st_mode) + "; choose another name to write to.");
    if (::access(path.c_str(), W_OK) != 0)
        cannotWrite(path, size, errno);
    return status.st_mode & 07777;
}

} // namespace

std::vector<std::byte> readFile(const fs::path& path, uint64_t limit)
{
    struct stat status;
    const File file = openToRead(path, status);
    const std::string tooLarge =
        path.string() + " is too large: it may have at most " + amount(limit) + ".";
    if (uint64_t(status.st_size) > limit)
        throw Error(tooLarge);
    // One more than it should have: whether it grows is seen.
    std::vector<std::byte> bytes(std::size_t(status.st_size) + 1);
    std::size_t have = 0;
    while ((have += readSome(file, path, bytes.data() + have, bytes.size() - have))
           == bytes.size()) {
        if (have > limit)
            throw Error(tooLarge);
        bytes.resize(limit - have < pieceSize ? limit + 1 : have + pieceSize);
    }
    bytes.resize(have);
    return bytes;
}

std::string readText(const fs::path& path, uint64_t limit)
{
    const std::vector<std::byte> bytes = readFile(path, limit);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void readPieces(const fs::path& path, const std::function<void(std::span<const std::byte>)>& take)
{
    struct stat status;
    const File file = openToRead(path, status);
    std::vector<std::byte> piece(pieceSize);
    while (const std::size_t have = readSome(file, path, piece.data(), piece.size()))
        take({piece.data(), have});
}

void writeFileAtomically(const fs::path& path, std::span<const std::byte> bytes)
{
    const fs::path target = followed(path);
    const std::optional<mode_t> mode = oldMode(target, bytes.size());
    Temporary temporary;
    File file(createSibling(target, temporary.path));
    if (file < 0) {
        temporary.kept = true; // there is none
        cannotWrite(path, bytes.size(), errno);
    }
    if (mode && !hasMode(file, *mode) && ::fchmod(file, *mode) != 0)
        cannotWrite(path, bytes.size(), errno);
    if (const int error = writeAll(file, bytes))
        cannotWrite(path, bytes.size(), error);
    if (::fsync(file) != 0 || file.close() != 0
        || ::rename(temporary.path.c_str(), target.c_str()) != 0)
        cannotWrite(path, bytes.size(), errno);
    temporary.kept = true;
    syncFolder(target);
}
