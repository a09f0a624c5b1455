// SPDX-License-Identifier: GPL-3.0-or-later

// The samplers that work with ᾱ by time step: DDIM and its inverse, PLMS, LCM.

#include "core/diffusion/samplerstate.h"

#include <algorithm>

namespace {

/// Liu et al. 2022 (PNDM), equation 11: DDIM without randomness.
Tensor transfer(const SamplerState& s, const Tensor& x, const Tensor& prediction, const Move& move)
{
    return atLevel(clean(s.config, x, prediction, move.from), move.to);
}

/// Adams-Bashforth over the newest predictions.
Tensor extrapolated(const std::vector<Tensor>& e)
{
    switch (e.size()) {
    case 1:
        return e[0];
    case 2:
        return (3 * e[0] - e[1]) / 2;
    case 3:
        return (23 * e[0] - 16 * e[1] + 5 * e[2]) / 12;
    default:
        return (55 * e[0] - 59 * e[1] + 37 * e[2] - 9 * e[3]) / 24;
    }
}

} // namespace

/// Song et al. 2021, equations 12 and 16. The inverse differs in its levels alone.
Tensor ddim(
    const SamplerState& s, const Tensor& x, const Tensor& m, const Step& step, const Noise& noise)
{
    const auto& [from, to] = s.move(step);
    const auto [latent, epsilon] = clean(s.config, x, m, from);
    const double ratio = from.signal * from.signal / (to.signal * to.signal);
    const double sigma =
        s.options.eta * to.noise / from.noise * std::sqrt(std::max(1 - ratio, 0.0));
    const double direction = std::sqrt(std::max(to.noise * to.noise - sigma * sigma, 0.0));
    const Tensor next = to.signal * latent + direction * epsilon;
    return s.options.eta > 0 ? next + sigma * noise().to(x.options()) : next;
}

/// Liu et al. 2022, without the Runge-Kutta steps: the second evaluation corrects the first move.
Tensor plms(SamplerState& s, const Tensor& x, const Tensor& m, const Step& step)
{
    if (step.index == 1)
        return transfer(s, s.lastSample, (m + s.history.front()) / 2, s.moves.front());
    s.remember(m, 4);
    s.lastSample = x;
    return transfer(s, x, extrapolated(s.history), s.move(step));
}

/// Luo et al. 2023, algorithm 3.
Tensor lcm(
    const SamplerState& s, const Tensor& x, const Tensor& m, const Step& step, const Noise& noise)
{
    constexpr double timeScale = 10, variance = 0.25;
    const double scaled = timeScale * step.time;
    const double skip = variance / (scaled * scaled + variance);
    const double out = scaled / std::sqrt(scaled * scaled + variance);
    const auto& [from, to] = s.move(step);
    const Tensor y = out * clean(s.config, x, m, from).latent + skip * x;
    if (step.index + 1 == int(s.steps.size()))
        return y;
    return to.signal * y + to.noise * noise().to(x.options());
}
