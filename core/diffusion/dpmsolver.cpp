// SPDX-License-Identifier: GPL-3.0-or-later

// DPM-Solver++ and UniPC: exponential integrators in λ = ln(signal / noise) over predictions of the
// clean latent.

#include "core/diffusion/samplerstate.h"

#include <algorithm>

namespace {

constexpr int fewSteps = 15; // below, the last step is of first order

bool isLast(const SamplerState& s, const Step& step)
{
    return step.index + 1 == int(s.steps.size());
}

/// The difference quotient of the two newest predictions, in units of the coming step.
Tensor slope(const SamplerState& s, const Step& step)
{
    const Move &now = s.move(step), &before = s.moves.at(step.index - 1);
    const double h = now.to.lambda() - now.from.lambda();
    const double r = (now.from.lambda() - before.from.lambda()) / h;
    return (s.history[0] - s.history[1]) / r;
}

/// What is added to the decayed latent: the integral over the step of the weight e^λ.
double heunWeight(double h)
{
    return std::expm1(-h) / h + 1;
}

} // namespace

/// Lu et al. 2022 (DPM-Solver++), algorithm 2, and its stochastic form, equation 17.
Tensor dpmPlusPlus(
    SamplerState& s, const Tensor& x, const Tensor& m, const Step& step, const Noise& noise)
{
    const auto& [from, to] = s.move(step);
    s.remember(clean(s.config, x, m, from).latent, 2);
    const bool stochastic = s.options.kind == SamplerKind::DpmPlusPlus2MSde;
    const double h = to.lambda() - from.lambda();
    const double decay = stochastic ? std::exp(-h) : 1;
    const double gain = -to.signal * std::expm1(stochastic ? -2 * h : -h);
    Tensor next = (to.noise / from.noise * decay) * x + gain * s.history[0];
    const bool first = s.history.size() < 2 || s.config.solverOrder < 2
        || (isLast(s, step) && (to.noise == 0 || s.options.steps < fewSteps));
    if (!first && s.config.solverType == "heun")
        next = next + to.signal * (stochastic ? heunWeight(2 * h) : heunWeight(h)) * slope(s, step);
    else if (!first)
        next = next + 0.5 * gain * slope(s, step);
    if (stochastic)
        next = next + to.noise * std::sqrt(-std::expm1(-2 * h)) * noise().to(x.options());
    return next;
}

namespace {

/// The coefficients of Zhao et al. 2023 (UniPC), section 3.2, for one step of length h.
struct UniPCStep
{
    double h = 0, phi = 0, b = 0; ///< phi: e^{-h} - 1

    UniPCStep(const SamplerState& s, const Move& move)
        : h(move.to.lambda() - move.from.lambda())
        , phi(std::expm1(-h))
        , b(s.config.solverType == "bh1" ? -h : phi)
    {
    }
};

Tensor firstOrder(const UniPCStep& u, const Move& move, const Tensor& x, const Tensor& latent)
{
    return (move.to.noise / move.from.noise) * x - move.to.signal * u.phi * latent;
}

/// Ratio of the step before @p index to that of length h; negative.
double ratio(const SamplerState& s, int index, double h)
{
    return (s.moves.at(index - 1).from.lambda() - s.moves.at(index).from.lambda()) / h;
}

/// The latent reached by the previous step, again with what the model says there.
Tensor corrected(const SamplerState& s, const Tensor& latent, const Step& step)
{
    const int before = step.index - 1;
    const Move& move = s.moves.at(before);
    const UniPCStep u(s, move);
    const double phi1 = u.phi / -u.h - 1, b1 = phi1 / u.b;
    const double b2 = (phi1 / -u.h - 0.5) * 2 / u.b;
    Tensor sum;
    if (s.lastOrder < 2) {
        sum = 0.5 * (latent - s.history[0]);
    } else { // R ρ = b with R = [[1, 1], [r, 1]]
        const double r = ratio(s, before, u.h);
        const double rho1 = (b1 - b2) / (1 - r), rho2 = b1 - rho1;
        sum = rho1 / r * (s.history[1] - s.history[0]) + rho2 * (latent - s.history[0]);
    }
    return firstOrder(u, move, s.lastSample, s.history[0]) - move.to.signal * u.b * sum;
}

} // namespace

/// Zhao et al. 2023, algorithms 1 and 2 with order 2.
Tensor uniPC(SamplerState& s, const Tensor& x, const Tensor& m, const Step& step)
{
    const Move& move = s.move(step);
    const Tensor latent = clean(s.config, x, m, move.from).latent;
    const Tensor sample = s.lastSample.defined() ? corrected(s, latent, step) : x;
    s.remember(latent, 2);
    const int remaining = int(s.steps.size()) - step.index;
    s.lastOrder = std::min({s.config.solverOrder, remaining, int(s.history.size())});
    s.lastSample = sample;
    const UniPCStep u(s, move);
    Tensor next = firstOrder(u, move, sample, latent);
    if (s.lastOrder > 1)
        next = next
            - move.to.signal * u.b * 0.5 / ratio(s, step.index, u.h)
                * (s.history[1] - s.history[0]);
    return next;
}
