// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/unet.h"

#include "tests/parity/case.h"

void runUNet(const Case& c, Comparison& results)
{
    const UNetConfig config = unetConfigFromJson(c.config("unet"), c.used("unet").string());
    const Weights w = c.weights("unet");
    const bool single = c.params().contains("timestep");
    const auto times = single ? std::vector<int> {c.params().at("timestep").get<int>()}
                              : c.params().at("timesteps").get<std::vector<int>>();
    const int recordedAt = single ? times[0] : c.params().at("recorded_at").get<int>();

    for (const int time : times) {
        Taps taps;
        if (time == recordedAt)
            taps.onModule([&](std::string_view module, const Tensor& x) {
                results.tensor("block:" + std::string(module), x);
            });
        const std::string suffix = single ? "" : "_t" + std::to_string(time);
        results.tensor(
            "time_features" + suffix,
            timeFeatures(time, config.blockChannels[0], config.flipSinToCos, config.freqShift));
        const UNetInput input {.time = double(time), .context = c.input("context")};
        results.tensor("eps" + suffix, unet(config, w, c.input("latent"), input, taps));
    }
}
