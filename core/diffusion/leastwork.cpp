// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/leastwork.h"

#include "core/memory.h"

#include <algorithm>

namespace {

/// Of the first block at full size: its input, that normed, and what its first convolution gives.
uint64_t decoding(const StableDiffusion& model, uint64_t cells)
{
    const auto& channels = model.vaeConfig.blockChannels;
    if (model.quick || channels.empty())
        return 0;
    const uint64_t pixels = cells << (2 * (channels.size() - 1));
    return pixels * uint64_t(2 * channels[channels.size() > 1] + channels[0]);
}

/// What each block of the way down leaves for the way up.
uint64_t goingDown(const UNetConfig& config, uint64_t h, uint64_t w)
{
    uint64_t sum = h * w * uint64_t(config.blockChannels.front());
    for (size_t i = 0; i < config.blockChannels.size(); ++i) {
        const auto channels = uint64_t(config.blockChannels[i]);
        sum += h * w * channels * uint64_t(config.layersPerBlock);
        h = (h + 1) / 2;
        w = (w + 1) / 2;
        if (i + 1 < config.blockChannels.size())
            sum += h * w * channels;
    }
    return sum;
}

} // namespace

uint64_t leastWork(const StableDiffusion& model, int64_t count, int64_t h, int64_t w)
{
    const uint64_t down = uint64_t(count) * goingDown(model.unetConfig, uint64_t(h), uint64_t(w));
    return std::max(down, decoding(model, uint64_t(h * w))) * c10::elementSize(model.type);
}

void checkWork(const StableDiffusion& model, int64_t count, int64_t h, int64_t w)
{
    if (!model.device.is_cpu())
        return;
    const uint64_t least = leastWork(model, count, h, w);
    const Sentence work("the work on %1 x %2 pixels", 8 * w, 8 * h);
    const bool fewer = count > 1 && least > leastWork(model, 1, h, w);
    checkFree(
        least / 2, least, work,
        fewer ? Sentence("fewer pictures at once, or a smaller size") : Sentence("a smaller size"));
}
