// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"

#include <vector>

/// DDIM (Song et al. 2021, η = 0) on the original's grid of time steps: every c-th from 1, c being
/// 1000 / steps rounded down. So 30 steps are 31, and numbers for which the grid ends beyond the
/// last time step do not exist.
class PromptFreeDdim
{
public:
    /// Of the last @p strength (0 to 1) of the steps. @p half rounds the noise levels to half
    /// precision. Throws Error where so many steps cannot be.
    PromptFreeDdim(const ScheduleConfig& config, int steps, double strength = 1, bool half = false);

    const std::vector<Step>& steps() const { return m_steps; }
    /// The latent of a clean one with noise at the level of the first step.
    Tensor noised(const Tensor& clean, const Tensor& noise) const;
    /// The same at the level that a step leads to.
    Tensor noisedAfter(const Tensor& clean, const Tensor& noise, const Step& step) const;
    Tensor predictedClean(const Tensor& x, const Tensor& prediction, const Step& step) const;
    Tensor next(const Tensor& x, const Tensor& prediction, const Step& step) const;

private:
    ScheduleConfig m_config;
    std::vector<Step> m_steps;
    std::vector<float> m_from, m_to; ///< alpha-bar by step
};
