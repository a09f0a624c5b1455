// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/preview.h"

#include "core/errors.h"
#include "core/file/json.h"
#include "core/nn/pixels.h"

#include <algorithm>

PreviewMap previewMapFromJson(const std::string& json, int64_t channels, const std::string& file)
{
    const auto refuse = [&] {
        throw Error(
            "The file %1 is no map of %2 channels to red, green and blue (three rows of %2 numbers "
            "as \"weight\" and three numbers as \"bias\"). Please delete it; previews are then "
            "fitted to the model.",
            file, channels);
    };
    const auto member = [&](const nlohmann::json& of, const char* key) {
        if (!of.is_object() || !of.contains(key))
            refuse();
        return of[key];
    };
    const auto numbers = [&](const nlohmann::json& list, size_t count) {
        const bool fits = list.is_array() && list.size() == count
            && std::ranges::all_of(list, [](const auto& one) { return one.is_number(); });
        if (!fits)
            refuse();
        return at::tensor(list.get<std::vector<float>>());
    };
    const auto map = member(parseJson(json, {"The file %1", file}), "latent_to_rgb");
    const auto rows = member(map, "weight");
    if (!rows.is_array() || rows.size() != 3)
        refuse();
    std::vector<Tensor> weight;
    for (const auto& row : rows)
        weight.push_back(numbers(row, size_t(channels)));
    return {.weight = at::stack(weight), .bias = numbers(member(map, "bias"), 3)};
}

PreviewMap fitPreviewMap(const AutoencoderConfig& config, const Weights& vae, const Tensor& latents)
{
    std::vector<Tensor> inputs, targets; // a row per latent cell
    for (const Tensor& latent : latents.split(1)) {
        const Tensor decoded = decode(config, vae, latent / config.scalingFactor);
        if (!decoded.defined())
            return {};
        const Tensor image = decoded.clamp(-1, 1);
        const Tensor blocks = at::adaptive_avg_pool2d(image, latent.sizes().slice(2));
        const Tensor rows = latent.flatten(2)[0].t().to(at::kCPU, at::kDouble);
        inputs.push_back(at::cat({rows, at::ones({rows.size(0), 1}, at::kDouble)}, 1));
        targets.push_back(blocks.flatten(2)[0].t().to(at::kCPU, at::kDouble));
    }
    // gelsd copes with cells that are all alike (a picture of one colour).
    const Tensor solution =
        std::get<0>(at::linalg_lstsq(at::cat(inputs), at::cat(targets), 1e-6, "gelsd"))
            .to(at::kFloat);
    const int64_t channels = latents.size(1);
    return {.weight = solution.narrow(0, 0, channels).t().contiguous(), .bias = solution[channels]};
}

std::vector<Image> preview(const PreviewMap& map, const Tensor& latents)
{
    if (!map.weight.defined())
        return {};
    const Tensor cells = latents.to(at::kFloat).permute({0, 2, 3, 1}).cpu();
    return toImages(at::linear(cells, map.weight, map.bias).permute({0, 3, 1, 2}));
}

std::vector<Image> stepPreview(const PreviewMap& map, const Tensor& latents)
{
    if (!map.tiny)
        return preview(map, latents);
    constexpr int64_t pixels = 4; // of a cell, of the 8 that it is decoded to: sessions keep them
    std::vector<Image> pictures;
    for (const Tensor& latent : latents.split(1)) {
        const Tensor decoded = decode(*map.tiny, latent);
        if (!decoded.defined()) // stopped
            return preview(map, latents);
        const Tensor small = at::adaptive_avg_pool2d(
            decoded.clamp(-1, 1), {pixels * latent.size(2), pixels * latent.size(3)});
        for (Image& picture : toImages(small.cpu()))
            pictures.push_back(std::move(picture));
    }
    return pictures;
}
