// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/stablediffusion.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/weights/checkpoint.h"
#include "core/weights/safetensors.h"
#include "tests/parity/case.h"

namespace {

Architecture architectureOf(const Case& c)
{
    const auto json = nlohmann::json::parse(readText(c.folder / "architecture.json"));
    const auto part = [&](const char* name) {
        return json.contains(name) ? json.at(name).dump() : std::string();
    };
    return {part("unet"), part("vae"), part("text_encoder"), part("scheduler")};
}

/// model.safetensors: "", model-fp16.safetensors: "_fp16".
std::string suffixOf(const std::filesystem::path& file)
{
    const std::string stem = file.stem();
    const size_t dash = stem.find('-');
    return dash == std::string::npos ? "" : "_" + stem.substr(dash + 1);
}

/// The results of one file, in fp32; gives the context it computed, or @p context where the file
/// has no text encoder.
Tensor runModel(
    const Case& c, const std::filesystem::path& file, Tensor context, Comparison& results)
{
    const std::string suffix = suffixOf(file);
    const StableDiffusion model =
        loadStableDiffusion(file, c.device.str(), "fp32", {}, architectureOf(c));
    if (!model.textEncoder.empty()) {
        context = encodeText(model.textConfig, model.textEncoder, c.input("input_ids"));
        results.tensor("context" + suffix, context);
    }
    if (!model.vae.empty()) {
        results.tensor(
            "moments" + suffix, encode(model.vaeConfig, model.vae, c.input("image")).moments);
        // The decoder was given the upper left part of the latent.
        const Tensor& decoded = c.outputs.at("decoded");
        const Tensor z =
            c.input("latent").narrow(2, 0, decoded.size(2) / 8).narrow(3, 0, decoded.size(3) / 8);
        results.tensor("decoded" + suffix, decode(model.vaeConfig, model.vae, z));
    }
    const double time = c.params().at("timestep").get<double>();
    results.tensor(
        "eps" + suffix,
        unet(model.unetConfig, model.unet, c.input("latent"), {.time = time, .context = context}));
    return context;
}

/// A pickle's tensors against their safetensors copies; the case's tolerances name them.
void runCheckpoint(const Case& c, const std::string& file, Comparison& results)
{
    if (!std::filesystem::exists(c.folder / file))
        return;
    const auto loaded = loadCheckpoint(c.folder / file);
    const auto wanted = loadSafetensors(c.folder / "subset-expected.safetensors");
    if (loaded.size() != wanted.size())
        throw Error(
            file + " gives " + std::to_string(loaded.size()) + " tensors instead of "
            + std::to_string(wanted.size()) + ".");
    const nlohmann::json& tolerance = c.description.at("tolerance");
    for (const auto& [name, tensor] : wanted) {
        const auto found = loaded.find(name);
        if (found == loaded.end())
            throw Error(file + " lacks " + name + ".");
        if (found->second.scalar_type() != tensor.scalar_type())
            throw Error(file + " gives " + name + " in another type.");
        results.expected(file + " " + name, found->second, tensor, tolerance.value(name, 0.));
    }
}

} // namespace

void runSingleFile(const Case& c, Comparison& results)
{
    // The file without a suffix comes first: its context serves files without a text encoder.
    std::map<std::string, std::filesystem::path> files;
    for (const auto& name : c.description.at("uses").at("all"))
        files[suffixOf(name.get<std::string>())] = c.folder / name.get<std::string>();
    Tensor context;
    for (const auto& [suffix, file] : files) {
        const Tensor computed = runModel(c, file, context, results);
        if (!context.defined())
            context = computed;
    }
    runCheckpoint(c, "subset.ckpt", results);
    runCheckpoint(c, "subset-bare.pt", results);
}
