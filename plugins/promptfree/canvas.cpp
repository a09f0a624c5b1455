// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/canvas.h"

#include "core/diffusion/samplingrun.h"
#include "core/nn/pixels.h"
#include "core/picture/resample.h"

namespace {

constexpr int cell = 8; ///< pixels a latent cell, both ways

/// The picture of a slot at the result's size; empty where there is none.
Image picture(const Request& request, const PromptFreeSettings& settings, const char* slot)
{
    const auto found = request.images.find(slot);
    if (found == request.images.end() || found->second.empty() || found->second[0].image.empty())
        return {};
    return resize(
        flattened(found->second.front().image, {}), settings.width, settings.height,
        Filter::Bicubic);
}

/// Where the mask is white @p result, where it is black @p original.
Image composited(const Image& result, const Image& original, const Image& mask)
{
    Image image = result;
    for (size_t i = 0; i < image.rgb.size(); ++i) {
        const int share = mask.rgb[i / 3 * 3];
        image.rgb[i] =
            uint8_t((result.rgb[i] * share + original.rgb[i] * (255 - share) + 127) / 255);
    }
    return image;
}

} // namespace

Canvas canvasOf(
    const StableDiffusion& model, const Request& request, const PromptFreeSettings& settings)
{
    const int64_t h = settings.height / cell, w = settings.width / cell;
    const Tensor noise =
        startNoise(request, settings.candidates, {1, model.vaeConfig.latentChannels, h, w});
    Canvas canvas {.noise = noise.to(model.device)};
    const Image init = picture(request, settings, "init");
    const Image mask = picture(request, settings, "mask");
    Tensor kept; // of the picture
    if (!init.empty())
        canvas.init = latentOf(model, toTensor(init));
    if (!mask.empty()) {
        canvas.mask = latentMask(mask, h, w).to(model.device);
        kept = toTensor(init) * (1 - latentMask(mask, settings.height, settings.width));
    }
    canvas.hole = holeOf(model, h, w, canvas.mask, kept);
    return canvas;
}

Tensor restored(const Canvas& canvas, const Sampler& sampler, const Tensor& x, const Step& step)
{
    if (!canvas.mask.defined())
        return x;
    const bool last = step.index + 1 == int(sampler.steps().size());
    const Tensor known =
        last ? canvas.init : sampler.noised(canvas.init, canvas.noise, step.index + 1);
    return x * canvas.mask + known * (1 - canvas.mask);
}

std::vector<Candidate> candidatesOf(
    const Request& request, const PromptFreeSettings& settings, std::vector<Image> pictures)
{
    const Image mask = picture(request, settings, "mask");
    const Image init = mask.empty() ? Image() : picture(request, settings, "init");
    std::vector<Candidate> candidates;
    for (Image& made : pictures) {
        const SharedImage canvas = std::move(made);
        candidates.push_back(
            {.image = mask.empty() ? canvas : SharedImage(composited(canvas, init, mask)),
             .canvas = canvas,
             .seed = request.seed + candidates.size()});
    }
    return candidates;
}
