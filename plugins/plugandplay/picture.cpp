// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/picture.h"

#include "core/branch.h"
#include "core/diffusion/samplingrun.h"
#include "core/errors.h"
#include "core/picture/resample.h"

#include <algorithm>
#include <cmath>

namespace {

constexpr int mostPerSide = 4; ///< long side to short side

struct Size
{
    int width = 0, height = 0;
};

/// Throws Error where the picture is too long for its width.
Size fittedSize(const Image& picture, const InversionSettings& settings)
{
    const int size = settings.size, shorter = std::min(picture.width, picture.height);
    if (settings.fit == PictureFit::Square)
        return {size, size};
    if (std::max(picture.width, picture.height) > mostPerSide * shorter)
        throw Error(
            "The source is more than %1 times as long as it is wide. Please crop it, or set Fit to "
            "the middle square.",
            mostPerSide);
    const bool eights = settings.fit == PictureFit::Eights;
    const auto side = [&](int length) {
        const double scaled = double(size) * length / shorter;
        return eights ? int(std::lround(scaled / 8)) * 8 : int(int64_t(size) * length / shorter);
    };
    return {side(picture.width), side(picture.height)};
}

} // namespace

const Image* pictureOf(const Request& request)
{
    const auto found = request.images.find("source");
    return found == request.images.end() || found->second.empty()
            || found->second.front().image.empty()
        ? nullptr
        : &*found->second.front().image;
}

Image fittedPicture(const Image& picture, const InversionSettings& settings)
{
    const Size size = fittedSize(picture, settings);
    const Image whole = flattened(picture, {});
    const int shorter = std::min(whole.width, whole.height);
    if (settings.fit == PictureFit::Square) {
        const Image square = crop(
            whole, (whole.width - shorter) / 2, (whole.height - shorter) / 2, shorter, shorter);
        return resize(square, size.width, size.height, Filter::Lanczos);
    }
    return resize(
        whole, size.width, size.height,
        settings.fit == PictureFit::Eights ? Filter::Lanczos : Filter::Bilinear);
}

LatentSize latentSize(const Request& request, const TranslateSettings& settings)
{
    if (const Image* picture = pictureOf(request)) {
        const Size size = fittedSize(*picture, settings.inversion);
        return {size.height / 8, size.width / 8};
    }
    const std::string& shape = settings.sourceShape;
    const double wide = std::stod(shape), high = std::stod(shape.substr(shape.find(':') + 1));
    const auto side = [&](double length) {
        return int64_t(std::lround(settings.inversion.size * length / std::min(wide, high) / 8));
    };
    return {side(high), side(wide)};
}

Tensor keptLatent(
    const StableDiffusion& model, const Request& request, const TranslateSettings& settings,
    const Latent& latent)
{
    const LatentSize size = latentSize(request, settings);
    return keptLatent(model, latent, settings.prompts.size(), size.height, size.width);
}

Tensor pictureLatent(
    const StableDiffusion& model, const Request& request, const Image& picture, bool sample,
    std::vector<Sentence>& notes)
{
    const Tensor image = toTensor(picture);
    if (!sample)
        return latentOf(model, image, {}, &notes);
    const int64_t channels = model.vaeConfig.latentChannels;
    const int64_t h = picture.height / 8, w = picture.width / 8;
    const Tensor stored = storedNoise(request, "noise_source", {1, channels, h, w});
    return latentOf(
        model, image,
        stored.defined() ? stored : candidateNoise(startSeed(request), 1, 1, {1, channels, h, w}),
        &notes);
}
