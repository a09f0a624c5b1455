// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/likeness.h"

#include "core/errors.h"
#include "core/vision/clipimage.h"

#include <cmath>

namespace {

/// The network of a file; null where the caller stopped.
std::shared_ptr<const ClipImage> networkOf(
    const std::filesystem::path& file, Models& models, const StageReport& progress)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
        throw Error("There is no file %1 to load CLIP from.", file.string());
    return models.kept<const ClipImage>("image encoder of CLIP", fileStamp(file), [&] {
        if (!progress("Loading CLIP"))
            return std::shared_ptr<const ClipImage>();
        const std::filesystem::path weights = models.readable(file, progress);
        return weights.empty() ? nullptr
                               : std::make_shared<const ClipImage>(
                                   loadClipImage(weights, file.parent_path() / "config.json"));
    });
}

Tensor featuresOf(const ClipImage& clip, const Image& picture)
{
    return clipFeatures(clip, clipInput(picture, clip.config.side)).projected;
}

/// Cosines that @p measure gives for the features of each picture; empty where the caller stopped.
template<typename Measure>
std::vector<double> cosines(
    const ClipImage& clip, const std::filesystem::path& file,
    const std::vector<SharedImage>& pictures, const StageReport& progress, const Measure& measure)
{
    std::vector<double> values;
    for (const SharedImage& picture : pictures) {
        if (!progress("Comparing", int(values.size()), int(pictures.size())))
            return {};
        values.push_back(measure(featuresOf(clip, picture)));
        if (!std::isfinite(values.back()))
            throw Error(
                "The file %1 is damaged: what the network gives is no number. Please get it again.",
                file.string());
    }
    return values;
}

} // namespace

std::vector<double> clipLikeness(
    const std::filesystem::path& file, const SharedImage& reference,
    const std::vector<SharedImage>& pictures, Models& models, const StageReport& progress)
{
    const auto clip = networkOf(file, models, progress);
    if (!clip)
        return {};
    const Tensor first = featuresOf(*clip, reference);
    return cosines(
        *clip, file, pictures, progress, [&](const Tensor& each) { return cosine(first, each); });
}

std::vector<double> clipDirections(
    const std::filesystem::path& file, const SharedImage& a, const SharedImage& aAfter,
    const SharedImage& b, const std::vector<SharedImage>& results, Models& models,
    const StageReport& progress)
{
    const auto clip = networkOf(file, models, progress);
    if (!clip)
        return {};
    const Tensor from = featuresOf(*clip, a), to = featuresOf(*clip, aAfter);
    const Tensor start = featuresOf(*clip, b);
    return cosines(*clip, file, results, progress, [&](const Tensor& each) {
        return directionSimilarity(from, to, start, each);
    });
}
