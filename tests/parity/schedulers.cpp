// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/sampler.h"
#include "core/errors.h"
#include "tests/parity/case.h"

namespace {

SamplerKind kindOf(const std::string& className, const nlohmann::json& config)
{
    static const std::map<std::string, SamplerKind> kinds = {
        {"DDIMScheduler", SamplerKind::Ddim},
        {"DDIMInverseScheduler", SamplerKind::DdimInverse},
        {"DPMSolverMultistepScheduler", SamplerKind::DpmPlusPlus2M},
        {"EulerAncestralDiscreteScheduler", SamplerKind::EulerAncestral},
        {"EulerDiscreteScheduler", SamplerKind::Euler},
        {"LCMScheduler", SamplerKind::Lcm},
        {"PNDMScheduler", SamplerKind::Plms},
        {"UniPCMultistepScheduler", SamplerKind::UniPC},
    };
    if (config.value("algorithm_type", "") == "sde-dpmsolver++")
        return SamplerKind::DpmPlusPlus2MSde;
    const auto found = kinds.find(className);
    if (found == kinds.end())
        throw Error("The scheduler " + className + " is not built.");
    return found->second;
}

/// The model of the recorded trajectories.
Tensor analytic(const Tensor& x, double time)
{
    return (x * 0.5).tanh() + (at::tensor(float(time)) / 100).sin().to(x.device()) * 0.1;
}

void runScheduler(
    const Case& c, const std::string& name, const nlohmann::json& description, Comparison& results)
{
    nlohmann::json json = description.at("config");
    const auto className = description.at("scheduler").get<std::string>();
    json["_class_name"] = className;
    const ScheduleConfig config = scheduleConfigFromJson(json.dump(), name, false);
    Sampler sampler(
        config,
        {.kind = kindOf(className, json),
         .steps = description.at("steps").get<int>(),
         .eta = description.value("eta", 0.),
         .karras = config.karras});

    int draws = 0;
    const Noise noise = [&] { return c.input("noise").select(0, draws++); };
    std::vector<double> times;
    Tensor x = c.input("start") * sampler.initialScale();
    std::vector<Tensor> latents = {x};
    for (const Step& step : sampler.steps()) {
        times.push_back(step.time);
        x = sampler.next(x, analytic(sampler.modelInput(x, step), step.time), step, noise);
        latents.push_back(x);
    }
    results.tensor(name + ".latents", at::stack(latents));
    results.tensor(name + ".timesteps", at::tensor(times));
    results.tensor(name + ".sigmas", at::tensor(sampler.sigmas()));
    const int drawn = description.value("noise_draws", draws);
    results.expected(name + " draws", at::tensor(draws), at::tensor(drawn), 0);

    const Schedule schedule(config);
    std::vector<float> alphas;
    for (const int t : {0, 1, 20, 21, 499, 500, 981, 999})
        alphas.push_back(schedule.alphaBar(std::min(t, schedule.trainSteps() - 1)));
    results.tensor(name + ".alphas_cumprod", at::tensor(alphas));
}

} // namespace

void runSchedulers(const Case& c, Comparison& results)
{
    for (const auto& [name, description] : c.params().items())
        runScheduler(c, name, description, results);
}
