// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/controlnet.h"

#include "tests/parity/case.h"

void runControlNet(const Case& c, Comparison& results)
{
    const ControlNetConfig config =
        controlNetConfigFromJson(c.config("controlnet"), c.used("controlnet").string());
    const UNetConfig base = unetConfigFromJson(c.config("unet"), c.used("unet").string());
    const Weights w = c.weights("controlnet"), unetWeights = c.weights("unet");
    const double scale = c.params().at("scale").get<double>();
    const UNetInput input = {
        .time = c.params().at("timestep").get<double>(), .context = c.input("context")};
    const Tensor& x = c.input("latent");

    Taps taps;
    taps.onModule([&](std::string_view module, const Tensor& y) {
        results.tensor("block:" + std::string(module), y);
    });
    const Tensor hint = encodeHint(config, w, c.input("hint"));
    const Residuals residuals = controlNet(config, w, x, hint, input, taps);
    const auto compare = [&](const std::string& name, const Residuals& r) {
        for (size_t i = 0; i <= r.down.size(); ++i) {
            const std::string number = (i < 10 ? "0" : "") + std::to_string(i);
            results.tensor(name + number, i < r.down.size() ? r.down[i] : r.middle);
        }
    };
    compare("residual.", residuals);
    Residuals guess;
    addScaled(guess, residuals, 1, true);
    compare("guess_residual.", guess);

    const auto eps = [&](const Residuals* added) {
        UNetInput with = input;
        with.residuals = added;
        return unet(base, unetWeights, x, with);
    };
    Residuals scaled;
    addScaled(scaled, residuals, scale, false);
    results.tensor("eps", eps(&residuals));
    results.tensor("eps_scale", eps(&scaled));
    results.tensor("eps_without", eps(nullptr));
}
