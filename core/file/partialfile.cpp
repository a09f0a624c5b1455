// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/partialfile.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/json.h"
#include "core/file/systemerror.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// After a loss of power only what was synced counts: that is written down this often.
constexpr uint64_t syncEvery = 256 << 20;
constexpr uint64_t largestState = 64 << 10;

fs::path beside(const fs::path& target, const char* ending)
{
    fs::path name = target;
    name += ending;
    return name;
}

fs::path parentOf(const fs::path& path)
{
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// Another one after each start of the system; empty where the system does not tell.
std::string bootId()
{
    try {
        return readText("/proc/sys/kernel/random/boot_id", 100);
    } catch (const Error&) {
        return {};
    }
}

std::string textIn(const json& from, const char* entry)
{
    const auto found = from.find(entry);
    return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

uint64_t numberIn(const json& from, const char* entry)
{
    const auto found = from.find(entry);
    return found != from.end() && found->is_number_unsigned() ? found->get<uint64_t>() : 0;
}

} // namespace

PartialFile::PartialFile(const fs::path& target)
    : m_target(target)
    , m_part(beside(target, ".simile-part"))
    , m_stateFile(beside(target, ".simile-part.json"))
{
    fs::create_directories(parentOf(target));
    open();
    try {
        readState();
    } catch (...) {
        ::close(std::exchange(m_descriptor, -1));
        throw;
    }
}

PartialFile::~PartialFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

/// Locks what it opened. Another process may have put that in its place meanwhile: then there is a
/// new one to open.
void PartialFile::open()
{
    for (int attempt = 0; attempt < 100; ++attempt) {
        m_descriptor = ::open(
            m_part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_APPEND,
            0666);
        if (m_descriptor < 0)
            fail(errno);
        struct stat there = {}, named = {};
        int error = ::fstat(m_descriptor, &there) == 0 ? 0 : errno;
        if (error == 0 && !S_ISREG(there.st_mode)) {
            ::close(std::exchange(m_descriptor, -1));
            throw WorkError("%1 is %2; take it away.", m_part.string(), kindOfNode(there.st_mode));
        }
        if (error == 0 && ::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0)
            error = errno;
        const bool same = ::stat(m_part.c_str(), &named) == 0 && named.st_ino == there.st_ino;
        if (error == 0 && same) {
            m_size = uint64_t(there.st_size);
            return;
        }
        ::close(std::exchange(m_descriptor, -1));
        if (error == EWOULDBLOCK)
            throw WorkError(
                "%1 is being fetched by another window or command already.",
                m_target.filename().string());
        if (error != 0)
            fail(error);
    }
    fail(EBUSY);
}

/// Bytes without a state mean nothing, and after a loss of power those mean nothing that were not
/// synced.
void PartialFile::readState()
{
    json from;
    try {
        from = readJson(m_stateFile, largestState);
    } catch (const Error&) { // there is none, or half of one
    }
    const std::string source = from.is_object() ? textIn(from, "source") : std::string();
    if (source.empty()) {
        truncate(0);
        return;
    }
    m_state = PartialState {
        .source = source,
        .linkedEtag = textIn(from, "linked-etag"),
        .etag = textIn(from, "etag"),
        .bytes = numberIn(from, "bytes")};
    m_synced = std::min(numberIn(from, "synced"), m_size);
    const std::string boot = bootId();
    if (boot.empty() || textIn(from, "boot") != boot)
        truncate(m_synced);
}

void PartialFile::writeState(uint64_t synced)
{
    const json object {{"source", m_state->source}, {"linked-etag", m_state->linkedEtag},
                       {"etag", m_state->etag},     {"bytes", m_state->bytes},
                       {"synced", synced},          {"boot", bootId()}};
    const std::string text = object.dump(1, ' ', true, json::error_handler_t::replace);
    writeFileAtomically(m_stateFile, std::as_bytes(std::span(text)));
    m_synced = synced;
}

void PartialFile::truncate(uint64_t size)
{
    if (m_size != size && ::ftruncate(m_descriptor, off_t(size)) != 0)
        fail(errno);
    m_size = size;
    m_synced = std::min(m_synced, size);
}

bool PartialFile::rehash(const std::function<bool()>& goOn)
{
    std::vector<std::byte> piece(1 << 20);
    m_hash = RunningHash();
    uint64_t offset = 0;
    while (offset < m_size) {
        if (!goOn())
            return false;
        const std::size_t want = std::min<uint64_t>(piece.size(), m_size - offset);
        const ssize_t have = ::pread(m_descriptor, piece.data(), want, off_t(offset));
        if (have < 0 && errno == EINTR)
            continue;
        if (have < 0)
            fail(errno);
        if (have == 0) // somebody cut it off
            break;
        m_hash.add({piece.data(), std::size_t(have)});
        offset += uint64_t(have);
    }
    m_size = offset;
    return true;
}

void PartialFile::restart(const PartialState& state)
{
    truncate(0);
    m_hash = RunningHash();
    m_state = state;
    writeState(0);
}

void PartialFile::setState(const PartialState& state)
{
    if (state == m_state)
        return;
    m_state = state;
    writeState(m_synced);
}

void PartialFile::write(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            fail(count == 0 ? ENOSPC : errno);
        m_hash.add(bytes.first(std::size_t(count)));
        m_size += uint64_t(count);
        bytes = bytes.subspan(std::size_t(count));
    }
    if (m_size - m_synced >= syncEvery) {
        sync();
        writeState(m_size);
    }
}

void PartialFile::sync()
{
    if (::fsync(m_descriptor) != 0)
        fail(errno);
}

void PartialFile::finish()
{
    m_digest = m_hash.hexadecimal();
}

void PartialFile::commit()
{
    sync();
    if (::rename(m_part.c_str(), m_target.c_str()) != 0)
        fail(errno);
    ::close(std::exchange(m_descriptor, -1));
    ::unlink(m_stateFile.c_str());
    const int folder = ::open(parentOf(m_target).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    ::fsync(folder); // where that fails the file may be lost with the power, and is fetched again
    ::close(folder);
}

void PartialFile::discard()
{
    ::unlink(m_part.c_str());
    ::unlink(m_stateFile.c_str());
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
}

void PartialFile::fail(int error) const
{
    Sentence why = systemReason(error);
    struct statvfs disk = {};
    if (error == ENOSPC && ::statvfs(parentOf(m_part).c_str(), &disk) == 0)
        why = {
            "there is not enough space (free are %1); make room and go on",
            amountOf(uint64_t(disk.f_bavail) * disk.f_frsize)};
    throw WorkError("%1 cannot be written: %2.", m_part.string(), why);
}

uint64_t partialBytes(const fs::path& target)
{
    std::error_code none;
    const auto size = fs::file_size(beside(target, ".simile-part"), none);
    return none ? 0 : size;
}

void discardPartial(const fs::path& target)
{
    ::unlink(beside(target, ".simile-part").c_str());
    ::unlink(beside(target, ".simile-part.json").c_str());
}
