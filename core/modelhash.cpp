// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/convert.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/folders.h"
#include "core/file/hash.h"
#include "core/model/modelfiles.h"
#include "core/models.h"

#include <algorithm>

namespace fs = std::filesystem;

namespace {

/// A file's identity, cheap to compare: it changes when the file is replaced or written.
std::string stamp(const fs::path& path)
{
    std::error_code failed;
    return fs::canonical(path, failed).string() + "\n" + std::to_string(fs::file_size(path, failed))
        + "\n" + std::to_string(fs::last_write_time(path, failed).time_since_epoch().count());
}

} // namespace

std::string fileHash(const fs::path& path, const fs::path& cacheFolder)
{
    const std::string key = stamp(path);
    const fs::path cached =
        cacheFolder / (sha256(std::as_bytes(std::span(key))).substr(0, 32) + ".sha256");
    constexpr size_t digits = 64;
    try {
        const std::string text = readText(cached);
        if (text.size() == digits && text.find_first_not_of("0123456789abcdef") == text.npos)
            return text;
    } catch (const Error&) { // not computed yet, or no folder one can read
    }
    const std::string hash = sha256(path);
    if (hash.empty()) // stopped
        return hash;
    try {
        fs::create_directories(cacheFolder);
        writeFileAtomically(cached, std::as_bytes(std::span(hash)));
    } catch (const std::exception&) { // a full disk: it is computed again next time
    }
    return hash;
}

std::string modelHash(const ModelCard& card, const fs::path& cacheFolder)
{
    if (!fs::is_directory(card.path))
        return fileHash(card.path, cacheFolder);
    std::string all;
    const fs::path unet = card.path / "unet", pickle = pickledWeights(unet);
    const std::vector<fs::path> files = pickle.empty() ? weightFiles(unet) : std::vector {pickle};
    for (const fs::path& file : files)
        if (const std::string hash = fileHash(file, cacheFolder); !hash.empty())
            all += hash;
        else
            return {};
    return files.size() == 1 ? all : sha256(std::as_bytes(std::span(all)));
}

std::string fileStamp(const fs::path& path)
{
    if (!fs::is_directory(path))
        return stamp(path);
    std::vector<std::string> stamps;
    for (const fs::path& file : filesBelow(path))
        stamps.push_back(stamp(file));
    std::ranges::sort(stamps);
    std::string all;
    for (const std::string& one : stamps)
        all += one + "\n";
    return all;
}
