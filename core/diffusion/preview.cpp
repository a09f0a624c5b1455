// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/preview.h"

#include "core/errors.h"
#include "core/nn/pixels.h"

#include <nlohmann/json.hpp>

PreviewMap previewMapFromJson(const std::string& json, const std::string& file)
{
    try {
        const auto entry = nlohmann::json::parse(json).at("latent_to_rgb");
        const auto rows = entry.at("weight").get<std::vector<std::vector<float>>>();
        const auto bias = entry.at("bias").get<std::vector<float>>();
        std::vector<Tensor> weight;
        for (const auto& row : rows)
            weight.push_back(at::tensor(at::ArrayRef<float>(row)));
        if (rows.size() == 3 && bias.size() == 3)
            return {.weight = at::stack(weight), .bias = at::tensor(at::ArrayRef<float>(bias))};
    } catch (const std::exception&) {
        // Said below: whatever is wrong, the file holds no such map.
    }
    throw Error(
        "The file " + file
        + " holds no preview map: latent_to_rgb needs a weight of three rows and a bias of three.");
}

PreviewMap fitPreviewMap(const AutoencoderConfig& config, const Weights& vae, const Tensor& latents)
{
    const Tensor image = decode(config, vae, latents / config.scalingFactor).clamp(-1, 1);
    const Tensor blocks =
        at::adaptive_avg_pool2d(image, {latents.size(2), latents.size(3)}).to(at::kCPU);
    const Tensor here = latents.to(at::kCPU, at::kFloat);
    // Least squares over all cells, in double: rows [latent, 1] against RGB.
    const Tensor x = here.permute({0, 2, 3, 1}).flatten(0, 2).to(at::kDouble);
    const Tensor rows = at::cat({x, at::ones({x.size(0), 1}, at::kDouble)}, 1);
    const Tensor target = blocks.permute({0, 2, 3, 1}).flatten(0, 2).to(at::kDouble);
    // gelsd copes with cells that are all alike (a picture of one colour).
    const Tensor solution =
        std::get<0>(at::linalg_lstsq(rows, target, 1e-6, "gelsd")).to(at::kFloat);
    const int64_t channels = x.size(1);
    return {.weight = solution.narrow(0, 0, channels).t().contiguous(), .bias = solution[channels]};
}

std::vector<Image> preview(const PreviewMap& map, const Tensor& latents)
{
    const Tensor cells = latents.to(at::kFloat).permute({0, 2, 3, 1});
    const Tensor rgb = cells.matmul(map.weight.t()) + map.bias;
    return toImages(rgb.permute({0, 3, 1, 2}));
}
