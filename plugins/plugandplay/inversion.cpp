// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/inversion.h"

#include "core/diffusion/samplingrun.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <utility>

Way inversion(InversionRule rule, int steps, bool keepsAll)
{
    return {
        .name = "The inversion",
        .stage = "Inverting the picture",
        .steps = inversionSteps(rule, steps),
        .keepsAll = keepsAll};
}

Way wayBack(int steps, const std::vector<int>& kept)
{
    return {
        .name = "The way back",
        .stage = "Sampling the source back",
        .steps = wayBackSteps(steps),
        .kept = kept};
}

namespace {

/// Whether the latent of a level stays when the way goes on from there.
bool stays(const Way& way, int level)
{
    return way.keepsAll || level == way.steps.front().from
        || std::ranges::find(way.kept, level) != way.kept.end();
}

/// What is to be seen of a latent; empty without a map.
SharedImage seen(const PreviewMap& map, const Tensor& latent)
{
    std::vector<Image> pictures = preview(map, latent);
    return pictures.empty() ? SharedImage() : SharedImage(std::move(pictures.front()));
}

} // namespace

bool follow(
    const Way& way, const Network& network, const Tensor& context, Trajectory& trajectory,
    const StageReport& progress, const PreviewMap& map)
{
    const int of = int(way.steps.size());
    KeptPasses kept = keptPasses(network.model);
    while (trajectory.done < of) {
        const auto& [time, from, to] = way.steps[trajectory.done];
        if (!progress(way.stage, trajectory.done, of, seen(map, trajectory.latents.at(from))))
            return false;
        const Tensor x = trajectory.latents.at(from).to(network.model.device);
        const UNetInput input {
            .time = double(time),
            .context = context,
            .contextKeys = &kept.keys,
            .graph = &kept.graph};
        const Tensor noise = network.noise(x, input);
        if (!noise.defined())
            return false;
        const Tensor next = ddimStep(x, noise, network.level(from), network.level(to)).to(at::kCPU);
        checkNumbers(next, way.name, trajectory.done + 1, of, "try precision fp32");
        if (!stays(way, from))
            trajectory.latents.erase(from);
        trajectory.latents[to] = next;
        ++trajectory.done;
    }
    return progress(way.stage, of, of);
}

Tensor sampledBack(
    const Network& network, const Tensor& noise, const Tensor& context, int steps,
    const StageReport& progress)
{
    const Way way = wayBack(steps);
    Trajectory back {.latents = {{way.steps.front().from, noise}}};
    return follow(way, network, context, back, progress) ? back.latents.at(0) : Tensor();
}

Sentence reconstructionNote(const Image& source, const Image& back)
{
    const int width = std::min(source.width, back.width);
    const int height = std::min(source.height, back.height);
    double sum = 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c) {
                const double d = double(source.pixel(x, y)[c]) - back.pixel(x, y)[c];
                sum += d * d;
            }
    std::ostringstream text;
    text << std::fixed << std::setprecision(1)
         << 10 * std::log10(255. * 255 * 3 * width * height / std::max(sum, 1.));
    return {"The inversion brings the source back with %1 dB (PSNR).", text.str()};
}
