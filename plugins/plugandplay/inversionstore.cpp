// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/inversionstore.h"

#include "core/errors.h"
#include "core/file/hash.h"
#include "core/weights/safetensors.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace fs = std::filesystem;

namespace {

const std::string levelName = "level."; ///< before the level, in the names of the tensors

std::span<const std::byte> bytesOf(const Tensor& x)
{
    return {static_cast<const std::byte*>(x.data_ptr()), x.nbytes()};
}

/// One hash over all that is kept: how many steps were taken, and the latents in the order of their
/// levels.
std::string hashOf(const Trajectory& trajectory)
{
    std::string each = std::to_string(trajectory.done) + "\n";
    for (const auto& [level, x] : trajectory.latents)
        each += std::to_string(level) + ":" + sha256(bytesOf(x.contiguous())) + "\n";
    return sha256(std::as_bytes(std::span(each)));
}

int number(const std::string& text)
{
    int value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// Whether the file's own words say that it is this inversion.
bool is(const SafetensorsFile& file, const std::string& identity)
{
    const auto& says = file.metadata();
    return says.contains("inversion") && says.at("inversion") == identity && says.contains("done")
        && says.contains("sha256");
}

/// Whether all are latents of one picture: what is gone on with is each in turn.
bool isWhole(const Trajectory& trajectory)
{
    const auto fits = [&](const auto& entry) {
        const Tensor &x = entry.second, &first = trajectory.latents.begin()->second;
        return entry.first >= 0 && x.scalar_type() == at::kFloat && x.dim() == 4 && x.size(0) == 1
            && x.numel() > 0 && x.sizes() == first.sizes();
    };
    return trajectory.done > 0 && !trajectory.latents.empty()
        && std::ranges::all_of(trajectory.latents, fits);
}

Trajectory read(const SafetensorsFile& file)
{
    Trajectory trajectory {.done = number(file.metadata().at("done"))};
    for (const auto& [name, entry] : file.entries())
        if (name.starts_with(levelName))
            trajectory.latents[number(name.substr(levelName.size()))] = file.tensor(name);
    const bool whole = isWhole(trajectory) && hashOf(trajectory) == file.metadata().at("sha256");
    return whole ? trajectory : Trajectory {};
}

} // namespace

fs::path inversionFile(const fs::path& cacheFolder, const std::string& identity)
{
    return cacheFolder / "inversions"
        / (sha256(std::as_bytes(std::span(identity))) + ".safetensors");
}

Trajectory loadInversion(const fs::path& file, const std::string& identity)
{
    std::error_code problem;
    if (!fs::exists(file, problem))
        return {};
    try {
        const SafetensorsFile opened(file);
        if (!is(opened, identity))
            return {};
        Trajectory trajectory = read(opened);
        fs::last_write_time(file, fs::file_time_type::clock::now(), problem);
        return trajectory;
    } catch (const Error&) {
        return {}; // it is computed anew, and the file written over
    }
}

int keptSteps(const fs::path& file, const std::string& identity)
{
    std::error_code problem;
    if (!fs::exists(file, problem))
        return 0;
    try {
        const SafetensorsFile opened(file); // refuses a size that is not the header's
        return is(opened, identity) ? std::max(number(opened.metadata().at("done")), 0) : 0;
    } catch (const Error&) {
        return 0;
    }
}

bool saveInversion(const fs::path& file, const std::string& identity, const Trajectory& trajectory)
{
    std::map<std::string, Tensor> tensors;
    for (const auto& [level, x] : trajectory.latents)
        tensors[levelName + std::to_string(level)] = x.contiguous();
    try {
        std::error_code problem;
        fs::create_directories(file.parent_path(), problem);
        saveSafetensors(
            file, tensors,
            {{"format", "pt"},
             {"inversion", identity},
             {"done", std::to_string(trajectory.done)},
             {"sha256", hashOf(trajectory)}});
        return true;
    } catch (const Error&) {
        return false;
    }
}
