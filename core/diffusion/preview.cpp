// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/preview.h"

#include "core/errors.h"
#include "core/nn/pixels.h"

#include <nlohmann/json.hpp>

#include <algorithm>

PreviewMap previewMapFromJson(const std::string& json, const std::string& file)
{
    try {
        const auto map = nlohmann::json::parse(json).at("latent_to_rgb");
        const auto rows = map.at("weight").get<std::vector<std::vector<float>>>();
        const auto bias = map.at("bias").get<std::vector<float>>();
        if (rows.size() != 3 || bias.size() != 3 || std::ranges::any_of(rows, [&](const auto& row) {
                return row.empty() || row.size() != rows[0].size();
            }))
            throw Error(
                "The file %1 has no three rows of equal length for red, green and blue. Please "
                "delete it; previews are then fitted to the model.",
                file);
        std::vector<Tensor> weight;
        for (const auto& row : rows)
            weight.push_back(at::tensor(row));
        return {.weight = at::stack(weight), .bias = at::tensor(bias)};
    } catch (const nlohmann::json::exception& error) {
        throw Error(
            "The file %1 cannot be read: %2. Please delete it; previews are then fitted to the "
            "model.",
            file, std::string(error.what()));
    }
}

PreviewMap fitPreviewMap(const AutoencoderConfig& config, const Weights& vae, const Tensor& latents)
{
    std::vector<Tensor> inputs, targets; // a row per latent cell
    for (const Tensor& latent : latents.split(1)) {
        const Tensor image = decode(config, vae, latent / config.scalingFactor).clamp(-1, 1);
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
    const Tensor cells = latents.to(at::kFloat).permute({0, 2, 3, 1}).cpu();
    return toImages(at::linear(cells, map.weight, map.bias).permute({0, 3, 1, 2}));
}
