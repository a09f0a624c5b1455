// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/outputfile.h"

#include "core/errors.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace {

/// Permissions that a new file gets, or those of the file that it replaces.
mode_t modeFor(const std::filesystem::path& path)
{
    struct stat status = {};
    if (::stat(path.c_str(), &status) == 0)
        return status.st_mode & 0777;
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}

} // namespace

OutputFile::OutputFile(const std::filesystem::path& path)
    : m_path(path)
{
    // Through a link the file that it points to is written, as editors do.
    std::error_code none;
    if (std::filesystem::is_symlink(path, none))
        m_path = std::filesystem::weakly_canonical(path, none);
    std::string name = (m_path.parent_path() / ".simile-XXXXXX").string();
    m_descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (m_descriptor < 0)
        fail(errno);
    m_temporary = name;
    ::fchmod(m_descriptor, modeFor(m_path));
}

OutputFile::~OutputFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
}

void OutputFile::write(std::span<const std::byte> bytes)
{
    constexpr size_t block = 16 << 20;
    while (!bytes.empty()) {
        const ssize_t n = ::write(m_descriptor, bytes.data(), std::min(bytes.size(), block));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            fail(errno);
        bytes = bytes.subspan(size_t(n));
    }
}

void OutputFile::commit()
{
    if (::fsync(m_descriptor) != 0)
        fail(errno);
    if (::close(std::exchange(m_descriptor, -1)) != 0)
        fail(errno);
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        fail(errno);
    m_temporary.clear();
    // The rename itself is on the disk only when the folder is. Some file systems cannot sync one.
    const std::filesystem::path folder = m_path.has_parent_path() ? m_path.parent_path() : ".";
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

void OutputFile::fail(int error) const
{
    throw Error(
        "The file " + m_path.string()
        + " cannot be written: " + std::generic_category().message(error) + ".");
}
