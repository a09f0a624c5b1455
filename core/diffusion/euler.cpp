// SPDX-License-Identifier: GPL-3.0-or-later

// The samplers whose latent is z + σ ε.

#include "core/diffusion/samplerstate.h"

#include <algorithm>

namespace {

Tensor derivative(const SamplerState& s, const Tensor& x, const Tensor& m, const Step& step)
{
    const Level level = s.move(step).from;
    return (x - clean(s.config, level.signal * x, m, level).latent) / level.sigma();
}

} // namespace

/// Karras et al. 2022, algorithm 2 without its second order and without churn.
Tensor euler(const SamplerState& s, const Tensor& x, const Tensor& m, const Step& step)
{
    const auto& [from, to] = s.move(step);
    return x + derivative(s, x, m, step) * (to.sigma() - from.sigma());
}

Tensor eulerAncestral(
    const SamplerState& s, const Tensor& x, const Tensor& m, const Step& step, const Noise& noise)
{
    const double from = s.move(step).from.sigma(), to = s.move(step).to.sigma();
    const double up = to * std::sqrt(std::max(1 - to * to / (from * from), 0.0));
    const double down = std::sqrt(std::max(to * to - up * up, 0.0));
    return x + derivative(s, x, m, step) * (down - from) + up * noise().to(x.options());
}
