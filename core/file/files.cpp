// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"

#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/file/systemerror.h"

namespace {

constexpr std::size_t pieceSize = 1 << 20;

} // namespace

std::vector<std::byte> readFile(const std::filesystem::path& path, uint64_t limit)
{
    const InputFile file(path);
    const auto checkSize = [&](uint64_t size) {
        if (size > limit)
            throw Error("%1 is too large: it may have at most %2.", path.string(), amountOf(limit));
    };
    checkSize(file.size());
    // One more than it should have: whether it grows is seen.
    std::vector<std::byte> bytes(std::size_t(file.size()) + 1);
    std::size_t have = 0;
    while ((have += file.readSome(have, std::span(bytes).subspan(have))) == bytes.size()) {
        checkSize(have);
        bytes.resize(limit - have < pieceSize ? limit + 1 : have + pieceSize);
    }
    bytes.resize(have);
    return bytes;
}

std::string readText(const std::filesystem::path& path, uint64_t limit)
{
    const std::vector<std::byte> bytes = readFile(path, limit);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void readPieces(
    const std::filesystem::path& path, const std::function<void(std::span<const std::byte>)>& take)
{
    const InputFile file(path);
    std::vector<std::byte> piece(pieceSize);
    uint64_t offset = 0;
    while (const std::size_t have = file.readSome(offset, piece)) {
        take({piece.data(), have});
        offset += have;
    }
}

void writeFileAtomically(
    const std::filesystem::path& path, std::span<const std::byte> bytes, IfThere there)
{
    OutputFile file(path, bytes.size(), there);
    file.write(bytes);
    file.commit();
}
