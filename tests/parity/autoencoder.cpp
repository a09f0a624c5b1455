// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/autoencoder.h"

#include "tests/parity/case.h"

void runAutoencoder(const Case& c, Comparison& results)
{
    const std::string file = c.used("autoencoder").string();
    const AutoencoderConfig config = autoencoderConfigFromJson(c.config("autoencoder"), file);
    const Weights w = c.weights("autoencoder");
    const Watch watch = [&](std::string_view module, const Tensor& x) {
        results.tensor("block:" + std::string(module), x);
    };

    const Posterior posterior = encode(config, w, c.input("image"), watch);
    results.tensor("moments", posterior.moments);
    results.tensor("mean", posterior.mean);
    results.tensor("logvar", posterior.logVariance);
    const Tensor sample = posterior.sample(c.input("noise"));
    results.tensor("sample", sample);
    results.tensor("sample_scaled", sample * config.scalingFactor);

    results.tensor("decoded", decode(config, w, c.input("z")));
    // The decoder's modules were recorded in this second run.
    const Tensor scaled = c.input("z") * 0.3 / config.scalingFactor;
    results.tensor("decoded_scaled", decode(config, w, scaled, watch));
}
