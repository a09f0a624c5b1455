// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/checkconfig.h"

#include "core/errors.h"

void checkDivides(int channels, int parts, const std::string& place, const std::string& file)
{
    if (channels < 1 || parts < 1 || channels % parts != 0)
        throw Error(
            "The network in the file %1 has %2 channels at %3, which do not make %4 equal parts: "
            "the file is damaged or of a model that is not known.",
            file, channels, place, parts);
}

void checkConfig(const UNetConfig& config, const std::string& file)
{
    for (size_t i = 0; i < config.blockChannels.size(); ++i) {
        const std::string block = "down_blocks." + std::to_string(i);
        checkDivides(config.blockChannels[i], config.groups, block, file);
        checkDivides(config.blockChannels[i], config.heads[i], block, file);
    }
    constexpr int both = 2; // as many sines as cosines
    checkDivides(config.blockChannels.front(), both, "time_embedding", file);
    // Beside the latent an inpainting model has a mask and what is not masked.
    if (config.inChannels != config.outChannels && config.inChannels != 2 * config.outChannels + 1)
        throw Error(
            "The UNet in %1 takes %2 channels and gives %3, which do not belong together: the file "
            "is damaged or of a model that is not known.",
            file, config.inChannels, config.outChannels);
}

void checkConfig(const AutoencoderConfig& config, const std::string& file)
{
    constexpr size_t levels = 4; // each but one halves
    if (config.blockChannels.size() != levels)
        throw Error(
            "The autoencoder %1 has %2 levels, where %3 are needed: its latents are of another "
            "size than the UNet's. Please choose another autoencoder.",
            file, config.blockChannels.size(), levels);
    for (size_t i = 0; i < levels; ++i)
        checkDivides(
            config.blockChannels[i], config.groups, "encoder.down_blocks." + std::to_string(i),
            file);
}

void checkConfig(const TextEncoderConfig& config, const std::string& file)
{
    checkDivides(config.width, config.heads, "text_model", file);
    constexpr int chunk = 77; // 75 tokens and the marks around them
    if (config.positions < chunk)
        throw Error(
            "The text encoder %1 reads %2 tokens at once, where %3 are needed. Please choose "
            "another one.",
            file, config.positions, chunk);
}
