// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/inputfile.h"

#include "core/errors.h"
#include "core/file/systemerror.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error)
{
    throw Error("%1 could not be read: %2.", path.string(), systemReason(error));
}

[[noreturn]] void refuse(const std::filesystem::path& path, mode_t mode)
{
    throw Error("%1 is %2, not a file.", path.string(), kindOfNode(mode));
}

} // namespace

InputFile::InputFile(const std::filesystem::path& path)
    : m_path(path)
{
    struct stat status = {};
    // Non-blocking, or opening a pipe would wait for somebody to write into it.
    m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_descriptor < 0) {
        const int error = errno;
        if (error == ENXIO && ::stat(path.c_str(), &status) == 0) // a socket cannot be opened
            refuse(path, status.st_mode);
        fail(path, error);
    }
    examine();
}

InputFile::InputFile(const std::filesystem::path& path, int descriptor)
    : m_path(path)
    , m_descriptor(descriptor)
{
    examine();
}

/// Takes its size, or closes what is no file.
void InputFile::examine()
{
    struct stat status = {};
    const int result = ::fstat(m_descriptor, &status);
    if (result == 0 && S_ISREG(status.st_mode)) {
        m_size = uint64_t(status.st_size);
        return;
    }
    const int error = errno;
    ::close(m_descriptor);
    if (result == 0)
        refuse(m_path, status.st_mode);
    fail(m_path, error);
}

InputFile::~InputFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

InputFile::InputFile(InputFile&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_size(other.m_size)
{
}

std::size_t InputFile::readSome(uint64_t offset, std::span<std::byte> bytes) const
{
    constexpr std::size_t block = 16 << 20;
    std::size_t have = 0;
    while (have < bytes.size()) {
        const ssize_t count = ::pread(
            m_descriptor, bytes.data() + have, std::min(bytes.size() - have, block),
            off_t(offset + have));
        if (count == 0)
            break;
        if (count < 0 && errno != EINTR)
            fail(m_path, errno);
        have += std::size_t(std::max<ssize_t>(count, 0));
    }
    return have;
}

void InputFile::read(uint64_t offset, std::span<std::byte> bytes) const
{
    if (readSome(offset, bytes) < bytes.size())
        throw Error(
            "The file %1 became shorter while it was read. Please try again when nothing writes to "
            "it.",
            m_path.string());
}

std::string InputFile::text(uint64_t offset, uint64_t length) const
{
    std::string result(length, '\0');
    read(offset, std::as_writable_bytes(std::span(result)));
    return result;
}

Sentence kindOfFile(std::string_view begin)
{
    struct Kind
    {
        std::string_view magic;
        const char* what;
    };
    static constexpr std::array<Kind, 13> kinds = {{
        {"version https://git-lfs",
         "a Git LFS pointer, which stands for the file itself: fetch it with \"git lfs pull\""},
        {"PK\x03\x04",
         "a zip archive, as .ckpt and .pt files are: it can be converted to safetensors"},
        {"\x80\x02", "a bare Python pickle"},
        {"\x80\x03", "a bare Python pickle"},
        {"\x80\x04", "a bare Python pickle"},
        {"\x80\x05", "a bare Python pickle"},
        {"GGUF", "a GGUF file"},
        {"<", "a web page: the download went wrong"},
        {"{\"error\"", "an error message of a server: the download went wrong"},
        {"\x1f\x8b", "a gzip archive"},
        {"\x89PNG", "a PNG picture"},
        {"\xff\xd8\xff", "a JPEG picture"},
        {"%PDF", "a PDF document"},
    }};
    for (const Kind& kind : kinds)
        if (begin.starts_with(kind.magic))
            return kind.what;
    constexpr std::size_t shown = 40;
    const bool isText = !begin.empty() && std::ranges::all_of(begin, [](char c) {
        return (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t';
    });
    if (isText)
        return {
            "a text that begins with %1: the download went wrong",
            inQuotes(begin.substr(0, shown))};
    return {};
}

std::string inQuotes(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text.substr(0, 100)) {
        if (c >= ' ' && c <= '~') {
            result += c;
        } else {
            char escape[5];
            std::snprintf(escape, sizeof escape, "\\x%02x", unsigned(uint8_t(c)));
            result += escape;
        }
    }
    return result + (text.size() > 100 ? "...\"" : "\"");
}
