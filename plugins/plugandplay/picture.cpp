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

} // namespace

const Image* pictureOf(const Request& request)
{
    const auto found = request.images.find("source");
    return found == request.images.end() || found->second.empty() ? nullptr
                                                                  : &*found->second.front().image;
}

Image fittedPicture(const Image& picture, const InversionSettings& settings)
{
    const Image whole = flattened(picture, {});
    const int size = settings.size, shorter = std::min(whole.width, whole.height);
    if (settings.fit == PictureFit::Square) {
        const Image square = crop(
            whole, (whole.width - shorter) / 2, (whole.height - shorter) / 2, shorter, shorter);
        return resize(square, size, size, Filter::Lanczos);
    }
    if (std::max(whole.width, whole.height) > mostPerSide * shorter)
        throw Error(
            "The source is more than %1 times as long as it is wide. Please crop it, or set Fit to "
            "the middle square.",
            mostPerSide);
    const bool eights = settings.fit == PictureFit::Eights;
    const auto side = [&](int length) {
        const double scaled = double(size) * length / shorter;
        return eights ? int(std::lround(scaled / 8)) * 8 : int(int64_t(size) * length / shorter);
    };
    return resize(
        whole, side(whole.width), side(whole.height), eights ? Filter::Lanczos : Filter::Bilinear);
}

Tensor pictureLatent(
    const StableDiffusion& model, const Request& request, const Image& picture, bool sample)
{
    const Tensor image = toTensor(picture);
    if (!sample)
        return latentOf(model, image);
    const int64_t channels = model.vaeConfig.latentChannels;
    const int64_t h = picture.height / 8, w = picture.width / 8;
    const Tensor stored = storedNoise(request, "noise_source", {1, channels, h, w});
    return latentOf(
        model, image,
        stored.defined() ? stored : candidateNoise(startSeed(request), 1, 1, {1, channels, h, w}));
}
