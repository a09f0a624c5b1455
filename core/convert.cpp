// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/convert.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/folders.h"
#include "core/file/inputfile.h"
#include "core/weights/checkpoint.h"
#include "core/weights/float8.h"
#include "core/weights/safetensors.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace fs = std::filesystem;

namespace {

const char* const partFolders[] = {"unet", "vae", "text_encoder"};

/// Everything in a folder but weights and folders.
void copySmall(const fs::path& from, const fs::path& to)
{
    constexpr uintmax_t largest = 16 << 20;
    for (const auto& entry : fs::directory_iterator(from)) {
        const fs::path kind = entry.path().extension();
        if (entry.is_regular_file() && kind != ".bin" && kind != ".safetensors"
            && entry.file_size() <= largest)
            fs::copy_file(entry.path(), to / entry.path().filename());
    }
}

PickledPart beginPart(const fs::path& from, const fs::path& to)
{
    fs::create_directory(to);
    copySmall(from, to);
    const fs::path pickle = pickledWeights(from);
    const bool text = pickle.filename().string().starts_with("pytorch_model");
    return {pickle, to / (text ? "model.safetensors" : "diffusion_pytorch_model.safetensors")};
}

std::vector<PickledPart> beginParts(const fs::path& in, const fs::path& out)
{
    std::vector<PickledPart> pickled;
    fs::create_directories(out);
    copySmall(in, out);
    for (const auto& entry : fs::directory_iterator(in)) {
        if (!entry.is_directory())
            continue;
        if (!pickledWeights(entry.path()).empty())
            pickled.push_back(beginPart(entry.path(), out / entry.path().filename()));
        else
            fs::create_directory_symlink(
                fs::canonical(entry.path()), out / entry.path().filename());
    }
    return pickled;
}

} // namespace

void convertCheckpoint(const fs::path& in, const fs::path& out)
{
    saveSafetensors(out, loadCheckpoint(in));
}

void convertCheckpoint(InputFile in, int out, const fs::path& name)
{
    saveSafetensors(name, out, loadCheckpoint(std::move(in)));
}

void prepareConversion()
{
    at::set_num_threads(1);
    const Tensor some = at::ones({2, 3}, at::kByte);
    decodedFloat8(some.t().contiguous(), "F8_E4M3").to(at::kHalf);
}

bool hasPickleName(const fs::path& file)
{
    std::string extension = file.extension().string();
    std::ranges::transform(extension, extension.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
    });
    return extension == ".ckpt" || extension == ".pt" || extension == ".pth" || extension == ".bin";
}

bool isPickled(const fs::path& file)
{
    std::error_code none;
    if (!fs::is_regular_file(file, none))
        return hasPickleName(file);
    std::string begin;
    try {
        const InputFile opened(file);
        begin = opened.text(0, std::min<uint64_t>(opened.size(), 9));
    } catch (const Error&) { // told where it is loaded
        return hasPickleName(file);
    }
    for (const std::string_view magic : {"PK\x03\x04", "\x80\x02", "\x80\x03", "\x80\x04"})
        if (begin.starts_with(magic) && !(begin.size() == 9 && begin[8] == '{'))
            return true;
    // A header of safetensors: its length in eight bytes, then an object.
    return !(begin.size() == 9 && begin[8] == '{') && hasPickleName(file);
}

fs::path snapshotOf(const fs::path& path)
{
    std::error_code none;
    const fs::path reference = path / "refs" / "main", snapshots = path / "snapshots";
    if (!fs::is_directory(snapshots, none) || !fs::is_regular_file(reference, none))
        return path;
    std::string commit = readText(reference, 1024);
    while (!commit.empty() && std::isspace(static_cast<unsigned char>(commit.back())))
        commit.pop_back();
    // A name out of a file is only looked up.
    for (const auto& entry : fs::directory_iterator(snapshots, none))
        if (entry.path().filename() == commit)
            return entry.path();
    return path;
}

fs::path pickledWeights(const fs::path& part)
{
    std::error_code noFolder;
    for (const auto& entry : fs::directory_iterator(part, noFolder))
        if (entry.path().extension() == ".safetensors")
            return {};
    for (const std::string base : {"diffusion_pytorch_model", "pytorch_model"})
        for (const std::string variant : {"", ".fp16", ".non_ema"})
            if (const fs::path file = part / (base + variant + ".bin"); fs::exists(file))
                return file;
    return {};
}

bool hasPickledParts(const fs::path& folder)
{
    for (const char* part : partFolders)
        if (!pickledWeights(folder / part).empty())
            return true;
    return false;
}

bool isWhole(const fs::path& converted)
{
    try {
        if (!fs::is_directory(converted)) {
            const SafetensorsFile file(converted);
            return true;
        }
        for (const fs::path& path : filesBelow(converted))
            if (path.extension() == ".safetensors")
                const SafetensorsFile file(path);
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

std::vector<PickledPart> beginFolder(const fs::path& in, const fs::path& out)
{
    try {
        return beginParts(in, out);
    } catch (const fs::filesystem_error& error) {
        throw WorkError(
            "The model %1 could not be converted: %2.", in.string(), error.code().message());
    }
}
