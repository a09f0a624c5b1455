// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/controlnet.h"

#include "core/diffusion/unetpass.h"
#include "core/nn/layers.h"
#include "core/stopping.h"

#include <cmath>

Tensor encodeHint(const ControlNetConfig& config, const Weights& w, const Tensor& hint)
{
    const Weights encoder = w["controlnet_cond_embedding"];
    const Tensor ordered = config.bgr ? hint.flip(1) : hint;
    Tensor h = ordered.to(encoder["conv_in"]("weight").options());
    h = at::silu(conv2d(encoder["conv_in"], h, 1, 1));
    for (int i = 0; i < 2 * int(config.hintChannels.size() - 1); ++i) // every second one halves
        h = at::silu(conv2d(encoder["blocks"][i], h, i % 2 == 0 ? 1 : 2, 1));
    h = conv2d(encoder["conv_out"], h, 1, 1);
    return stopAsked() ? Tensor() : h;
}

Residuals controlNet(
    const ControlNetConfig& config, const Weights& w, const Tensor& x, const Tensor& hint,
    const UNetInput& input, const Taps& taps)
{
    UNetPass pass(config.unet, w, input, taps);
    const Tensor middle = pass.encode(x, hint);
    if (!middle.defined())
        return {};
    Residuals residuals;
    for (const Tensor& skip : pass.skips()) {
        const Weights zero = w["controlnet_down_blocks"][int(residuals.down.size())];
        residuals.down.push_back(conv2d(zero, skip));
    }
    residuals.middle = conv2d(w["controlnet_mid_block"], middle);
    if (config.pooled) {
        for (Tensor& down : residuals.down)
            down = down.mean({2, 3}, true);
        residuals.middle = residuals.middle.mean({2, 3}, true);
    }
    return stopAsked() ? Residuals() : residuals;
}

std::vector<double> controlScales(size_t outputs, double weight, bool guessMode)
{
    std::vector<double> scales(outputs, weight);
    for (size_t i = 0; guessMode && outputs > 1 && i < outputs; ++i)
        scales[i] = weight * std::pow(10, double(i) / double(outputs - 1) - 1);
    return scales;
}

void addScaled(Residuals& sum, const Residuals& residuals, double weight, bool guessMode)
{
    const size_t count = residuals.down.size();
    const std::vector<double> scales = controlScales(count + 1, weight, guessMode);
    const auto add = [](Tensor& to, const Tensor& x, double scale) {
        const Tensor scaled = scale == 1 ? x : x * scale;
        to = to.defined() ? to + scaled : scaled;
    };
    sum.down.resize(count);
    for (size_t i = 0; i < count; ++i)
        add(sum.down[i], residuals.down[i], scales[i]);
    add(sum.middle, residuals.middle, scales.back());
}
