// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/schedule.h"
#include "core/nn/tensor.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

enum class SamplerKind {
    Ddim,
    DdimInverse,
    Plms,
    Euler,
    EulerAncestral,
    DpmPlusPlus2M,
    DpmPlusPlus2MSde,
    UniPC,
    Lcm
};

/// "ddim", "ddim-inverse", "plms", "euler", "euler-a", "dpm++2m", "dpm++2m-sde", "unipc", "lcm";
/// with "-karras" appended for euler and the dpm++ ones, "-trailing" for ddim and euler. "model":
/// what the model's scheduler file says (PNDMScheduler is plms). Throws Error listing what there
/// is.
struct SamplerOptions
{
    SamplerKind kind = SamplerKind::Ddim;
    int steps = 50;
    int skip = 0;   ///< leave out that many steps at the noisy end (strength)
    double eta = 0; ///< of DDIM
    bool karras = false;
    std::string spacing = {};    ///< of its steps, in place of the schedule's; empty: that
    std::vector<int> times = {}; ///< of DDIM: a grid of one's own, the noisiest first, in place of
                                 ///< what the schedule gives for so many steps
};
SamplerOptions samplerOptions(const std::string& name, const ScheduleConfig& config, int steps);

/// One evaluation of the model.
struct Step
{
    int index = 0;   ///< running number, from 0
    double time = 0; ///< that the model is asked at
};

/// Draws standard normal noise of a latent's shape; called in order, once per draw.
using Noise = std::function<Tensor()>;

/// A diffusion sampler: turns the model's predictions into the next latent. It keeps what its
/// multistep rule needs, so it serves one run. Latents are fp32; the tensors stay on their device.
class Sampler
{
public:
    /// Throws Error where steps are not in 1 to 1000 or the combination is undefined.
    Sampler(const ScheduleConfig& config, const SamplerOptions& options);
    ~Sampler();
    Sampler(Sampler&&) noexcept;

    const std::vector<Step>& steps() const;
    const std::vector<float>& sigmas()
        const; ///< of the σ-space samplers, with the last one; else empty
    double initialScale()
        const; ///< start = noise times this, where nothing is known of the picture
    /// The latent of a clean one with noise at the level from which the step of that running number
    /// starts: √ᾱ z + √(1-ᾱ) ε, or z + σ ε in σ space.
    Tensor noised(const Tensor& clean, const Tensor& noise, int step = 0) const;
    /// What the model is given.
    Tensor modelInput(const Tensor& x, const Step& step) const;
    /// The clean latent that a prediction at @p x means.
    Tensor predictedClean(const Tensor& x, const Tensor& prediction, const Step& step) const;
    /// The next latent. Steps must be taken in order.
    Tensor next(const Tensor& x, const Tensor& prediction, const Step& step, const Noise& noise);

private:
    struct State;
    std::unique_ptr<State> m_state;
};
