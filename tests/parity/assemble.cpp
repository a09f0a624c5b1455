// SPDX-License-Identifier: GPL-3.0-or-later

// assemble CASES OUT: links the committed cases into OUT and completes single-file-sd1 there. Its
// model.safetensors and model-fp16.safetensors hold the weights of unet-sd1, vae-sd1 and
// clip-text-sd1 under other names (names.json), so they are not committed a second time.

#include "core/files.h"
#include "core/nn/naming.h"
#include "core/nn/safetensors.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace fs = std::filesystem;

namespace {

using Names = std::unordered_map<std::string, std::string>;

void put(
    const Names& names, const fs::path& weights, const nlohmann::json& shapes,
    std::map<std::string, Tensor>& file)
{
    const auto tensors = loadSafetensors(weights);
    for (const auto& [ours, theirs] : names)
        file[theirs] = tensors.at(ours).reshape(shapes.at(theirs).get<std::vector<int64_t>>());
}

void completeSingleFile(const fs::path& cases, const fs::path& folder)
{
    const auto shapes = nlohmann::json::parse(readText(folder / "names.json"));
    std::vector<std::string> names;
    for (const auto& [name, shape] : shapes.items())
        names.push_back(name);
    const SingleFileNames parts = mapNames(names);

    std::map<std::string, Tensor> file;
    put(parts.unet, cases / "unet-sd1/weights.safetensors", shapes, file);
    put(parts.vae, cases / "vae-sd1/weights.safetensors", shapes, file);
    put(parts.textEncoder, cases / "clip-text-sd1/weights.safetensors", shapes, file);
    for (const std::string& name : parts.ignored)
        file[name] = at::zeros(shapes.at(name).get<std::vector<int64_t>>());
    saveSafetensors(folder / "model.safetensors", file);
    for (auto& [name, tensor] : file)
        tensor = tensor.to(at::kHalf);
    saveSafetensors(folder / "model-fp16.safetensors", file);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3)
        return 2;
    try {
        const fs::path cases = argv[1], out = argv[2];
        fs::remove_all(out);
        fs::create_directories(out);
        for (const auto& entry : fs::directory_iterator(cases)) {
            const fs::path here = out / entry.path().filename();
            if (entry.path().filename() == "single-file-sd1") {
                fs::copy(entry.path(), here);
                completeSingleFile(cases, here);
            } else if (fs::exists(entry.path() / "case.json")) {
                fs::create_directory_symlink(entry.path(), here);
            }
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
