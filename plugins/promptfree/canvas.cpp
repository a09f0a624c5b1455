// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/canvas.h"

#include "core/diffusion/samplingrun.h"
#include "core/errors.h"
#include "core/mask.h"
#include "core/nn/pixels.h"
#include "core/picture/resample.h"

#include <algorithm>

namespace {

constexpr int cell = 8; ///< pixels a latent cell, both ways

/// The picture of a slot; empty where there is none.
const Image& given(const Request& request, const char* slot)
{
    static const Image none;
    const auto found = request.images.find(slot);
    return found == request.images.end() || found->second.empty() ? none
                                                                  : *found->second.front().image;
}

/// The start picture at the result's size; empty where there is none.
Image startOf(const Request& request, const PromptFreeSettings& settings)
{
    const Image& picture = given(request, "init");
    return picture.empty()
        ? Image()
        : resize(settings.onGround(picture), settings.width, settings.height, Filter::Bicubic);
}

/// The 1-or-0 mask of @p height x @p width cells, [1, 1, height, width]: 1 where any pixel of the
/// mask that lies in a cell is white, so that thin lines are painted, too.
Tensor touchedCells(const Image& mask, int64_t height, int64_t width)
{
    Tensor result = at::zeros({1, 1, height, width});
    auto* values = result.data_ptr<float>();
    const auto first = [](int64_t i, int64_t pixels, int64_t cells) {
        return std::min(i * pixels / cells, pixels - 1);
    };
    for (int64_t y = 0; y < height; ++y)
        for (int64_t x = 0; x < width; ++x) {
            const int64_t top = first(y, mask.height, height), left = first(x, mask.width, width);
            const int64_t bottom = std::max(top + 1, (y + 1) * mask.height / height);
            const int64_t right = std::max(left + 1, (x + 1) * mask.width / width);
            for (int64_t row = top; row < bottom; ++row)
                for (int64_t column = left; column < right; ++column)
                    if (mask.pixel(int(column), int(row))[0] >= 128)
                        values[y * width + x] = 1;
        }
    return result;
}

/// Where the mask is white @p result, where it is black @p original, an Image or a DeepImage.
template<typename Picture>
Picture composited(const Picture& result, const Picture& original, const Image& mask)
{
    Picture image = result;
    for (size_t i = 0; i < image.rgb.size(); ++i) {
        const int share = mask.rgb[i / 3 * 3];
        const int sum = result.rgb[i] * share + original.rgb[i] * (255 - share);
        image.rgb[i] = static_cast<decltype(image.rgb)::value_type>((sum + 127) / 255);
    }
    return image;
}

/// What of a start picture stays: it, and where.
struct Around
{
    Image init = {}, mask = {}; ///< at the result's size; empty: nothing stays
};

Around aroundOf(const Request& request, const PromptFreeSettings& settings)
{
    checkMask(request); // out of a session it may lack pictures
    const Image mask = maskOf(given(request, "mask"));
    if (mask.empty())
        return {};
    return {
        .init = startOf(request, settings),
        .mask = resize(mask, settings.width, settings.height, Filter::Bicubic)};
}

} // namespace

void checkMask(const Request& request)
{
    if (!given(request, "mask").empty() && given(request, "init").empty())
        throw ValueError(
            "A mask needs a picture to start from: please load one, or take the mask out.");
}

Canvas canvasOf(
    const StableDiffusion& model, const Request& request, const PromptFreeSettings& settings)
{
    const int64_t h = settings.height / cell, w = settings.width / cell;
    const Tensor noise =
        startNoise(request, settings.candidates, {1, model.vaeConfig.latentChannels, h, w});
    Canvas canvas {.noise = noise.to(model.device)};
    const Image init = startOf(request, settings);
    const Image mask = maskOf(given(request, "mask"));
    Tensor kept; // of the picture
    if (!init.empty())
        canvas.init = latentOf(model, toTensor(init), {}, &canvas.notes);
    if (!mask.empty()) {
        canvas.mask = touchedCells(mask, h, w).to(model.device);
        kept = toTensor(init) * (1 - touchedCells(mask, settings.height, settings.width));
    }
    canvas.hole = holeOf(model, h, w, canvas.mask, kept, &canvas.notes);
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
    const Around around = aroundOf(request, settings);
    std::vector<Candidate> candidates;
    for (Image& made : pictures) {
        const SharedImage canvas = std::move(made);
        candidates.push_back(
            {.image = around.mask.empty()
                 ? canvas
                 : SharedImage(composited(*canvas, around.init, around.mask)),
             .canvas = canvas,
             .seed = request.seed + candidates.size()});
    }
    return candidates;
}

std::vector<DeepCandidate> candidatesOf(
    const Request& request, const PromptFreeSettings& settings, std::vector<DeepImage> pictures)
{
    const Around around = aroundOf(request, settings);
    const DeepImage init = deepened(around.init);
    std::vector<DeepCandidate> candidates;
    for (const DeepImage& made : pictures)
        candidates.push_back(
            {.image = around.mask.empty() ? made : composited(made, init, around.mask),
             .canvas = made});
    return candidates;
}
