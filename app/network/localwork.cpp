// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/network/localwork.h"

#include "core/errors.h"
#include "core/file/freespace.h"
#include "core/file/inputfile.h"
#include "core/file/partialfile.h"

#include <functional>
#include <map>

namespace fs = std::filesystem;

namespace {

/// Gives a file piece by piece, as long as the answer is yes; false: it was not.
bool eachPiece(const InputFile& file, const std::function<bool(std::span<const std::byte>)>& take)
{
    std::vector<std::byte> piece(1 << 20);
    uint64_t offset = 0;
    while (const std::size_t have = file.readSome(offset, piece)) {
        if (!take(std::span(piece).first(have)))
            return false;
        offset += have;
    }
    return true;
}

} // namespace

void LocalWork::start()
{
    try {
        switch (m_source.kind) {
        case FetchSource::TakeIn:
            return takeIn();
        case FetchSource::Verify:
            return verify();
        case FetchSource::Move:
            return move();
        case FetchSource::Fetch:
            break;
        }
    } catch (...) {
        end({.why = sentenceInFlight()});
    }
}

void LocalWork::takeIn()
{
    const InputFile file(m_source.local);
    const uint64_t bytes = file.size();
    if (m_source.bytes > 0 && bytes != m_source.bytes)
        throw Error(
            "%1 is not the file that is known by this name: it has %2 bytes in place of %3. If "
            "you trust it, open it where it lies.",
            m_source.local.string(), bytes, m_source.bytes);
    checkSpace(
        {{.folder = m_source.target.parent_path(), .bytes = bytes}},
        m_source.local.filename().string());
    PartialFile part(m_source.target);
    part.restart({.source = m_source.local.filename().string(), .bytes = bytes});
    const bool whole = eachPiece(file, [&](std::span<const std::byte> piece) {
        part.write(piece);
        tell(part.size(), bytes);
        return !stopped();
    });
    if (!whole) {
        part.discard();
        return end({.what = FetchOutcome::Stopped});
    }
    part.finish();
    if (!m_source.sha256.empty() && part.hash() != m_source.sha256) {
        part.discard();
        throw Error(
            "%1 is not the file that is known by this name: its SHA-256 is another one. Nothing "
            "of it was taken in. If you trust it, open it where it lies.",
            m_source.local.string());
    }
    if (m_source.sha256.empty())
        m_notes.push_back({"What %1 should hold is not independently known.", m_source.name()});
    part.commit();
    tell(bytes, bytes, true);
    end({.what = FetchOutcome::Done, .sha256 = part.hash()});
}

void LocalWork::verify()
{
    const InputFile file(m_source.target);
    RunningHash hash;
    uint64_t done = 0;
    const bool whole = eachPiece(file, [&](std::span<const std::byte> piece) {
        hash.add(piece);
        done += piece.size();
        tell(done, file.size());
        return !stopped();
    });
    if (!whole)
        return end({.what = FetchOutcome::Stopped});
    const std::string found = hash.hexadecimal();
    if (!m_source.sha256.empty() && found != m_source.sha256)
        throw Error(
            "%1 is damaged: its SHA-256 is another one than that of the published file. Delete it "
            "and get it again.",
            m_source.target.string());
    tell(done, done, true);
    end({.what = FetchOutcome::Done, .sha256 = found});
}

/// Files that are there already under the same name stay, and so do those that would take their
/// place.
void LocalWork::move()
{
    std::map<fs::path, fs::path> files;
    for (const std::string& folder : m_source.folders) {
        std::error_code none;
        for (const auto& entry : fs::directory_iterator(m_source.local / folder, none)) {
            if (!entry.is_regular_file() || entry.is_symlink())
                continue;
            files[entry.path()] = m_source.target / folder / entry.path().filename();
            m_bytes += entry.file_size();
        }
    }
    for (const auto& [from, to] : files) {
        if (stopped())
            return end({.what = FetchOutcome::Stopped});
        if (fs::exists(to)) {
            m_notes.push_back({"%1 is there already: the other one stays.", to.string()});
            continue;
        }
        fs::create_directories(to.parent_path());
        const uint64_t size = fs::file_size(from);
        std::error_code failed;
        fs::rename(from, to, failed);
        if (failed && failed != std::errc::cross_device_link)
            throw fs::filesystem_error("", from, failed);
        if (failed && !copy(from, to))
            return end({.what = FetchOutcome::Stopped});
        m_done += failed ? 0 : size;
        tell(m_done, m_bytes);
    }
    tell(m_bytes, m_bytes, true);
    end({.what = FetchOutcome::Done});
}

/// To another disk; the file goes from its old place when it is whole in its new one.
bool LocalWork::copy(const fs::path& from, const fs::path& to)
{
    const InputFile file(from);
    checkSpace({{.folder = to.parent_path(), .bytes = file.size()}}, from.filename().string());
    PartialFile part(to);
    part.restart({.source = from.filename().string(), .bytes = file.size()});
    const bool whole = eachPiece(file, [&](std::span<const std::byte> piece) {
        part.write(piece);
        m_done += piece.size();
        tell(m_done, m_bytes);
        return !stopped();
    });
    if (!whole || part.size() != file.size()) {
        part.discard();
        return false;
    }
    part.finish();
    part.commit();
    fs::remove(from);
    return true;
}
