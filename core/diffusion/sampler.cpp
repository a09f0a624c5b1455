// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/sampler.h"

#include "core/diffusion/samplerstate.h"
#include "core/diffusion/timesteps.h"
#include "core/errors.h"
#include "core/file/inputfile.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace {

constexpr std::string_view karrasSuffix = "-karras", trailingSuffix = "-trailing";

struct Named
{
    std::string_view name;
    std::string_view className; ///< diffusers'; empty: the kind is a setting of another class
    SamplerKind kind;
};
constexpr std::array<Named, 9> samplers = {{
    {"ddim", "DDIMScheduler", SamplerKind::Ddim},
    {"ddim-inverse", "DDIMInverseScheduler", SamplerKind::DdimInverse},
    {"plms", "PNDMScheduler", SamplerKind::Plms},
    {"euler", "EulerDiscreteScheduler", SamplerKind::Euler},
    {"euler-a", "EulerAncestralDiscreteScheduler", SamplerKind::EulerAncestral},
    {"dpm++2m", "DPMSolverMultistepScheduler", SamplerKind::DpmPlusPlus2M},
    {"dpm++2m-sde", "", SamplerKind::DpmPlusPlus2MSde},
    {"unipc", "UniPCMultistepScheduler", SamplerKind::UniPC},
    {"lcm", "LCMScheduler", SamplerKind::Lcm},
}};

bool takesKarras(SamplerKind kind)
{
    return kind == SamplerKind::Euler || kind == SamplerKind::DpmPlusPlus2M
        || kind == SamplerKind::DpmPlusPlus2MSde;
}

/// Those by which models are asked that were distilled to few steps, which count from the last
/// noise level.
bool takesTrailing(SamplerKind kind)
{
    return kind == SamplerKind::Ddim || kind == SamplerKind::Euler;
}

std::string listOfSamplers()
{
    std::string list = "model";
    for (const Named& sampler : samplers) {
        list += ", " + std::string(sampler.name);
        if (takesKarras(sampler.kind))
            list += ", " + std::string(sampler.name) + std::string(karrasSuffix);
        if (takesTrailing(sampler.kind))
            list += ", " + std::string(sampler.name) + std::string(trailingSuffix);
    }
    return list;
}

SamplerOptions modelOptions(const ScheduleConfig& config, int steps)
{
    const auto found = std::ranges::find(samplers, config.className, &Named::className);
    if (found == samplers.end())
        throw ValueError(
            "The model's own sampler %1 is not supported; choose one of: %2.",
            inQuotes(config.className), listOfSamplers());
    SamplerKind kind = found->kind;
    if (kind == SamplerKind::DpmPlusPlus2M && config.algorithm == "sde-dpmsolver++")
        kind = SamplerKind::DpmPlusPlus2MSde;
    else if (kind == SamplerKind::DpmPlusPlus2M && config.algorithm != "dpmsolver++")
        throw ValueError(
            "The model's own sampler uses the algorithm %1, which is not supported; choose one of: "
            "%2.",
            inQuotes(config.algorithm), listOfSamplers());
    return {
        .kind = kind,
        .steps = steps,
        .karras = config.karras && (takesKarras(kind) || kind == SamplerKind::UniPC)};
}

/// Whether the latent is z + σ ε, the noise on top of an unscaled picture.
bool addsNoise(SamplerKind kind)
{
    return kind == SamplerKind::Euler || kind == SamplerKind::EulerAncestral;
}

/// Whether the rule knows clip_sample.
bool clips(SamplerKind kind)
{
    return kind == SamplerKind::Ddim || kind == SamplerKind::DdimInverse
        || kind == SamplerKind::Lcm;
}

/// With the reference's float32 rounding.
Level levelOf(float alphaBar)
{
    return {.signal = std::sqrt(alphaBar), .noise = std::sqrt(1 - alphaBar)};
}

Level levelOfSigma(double sigma)
{
    const double signal = 1 / std::sqrt(sigma * sigma + 1);
    return {.signal = signal, .noise = sigma * signal};
}

/// Levels of the samplers that know ᾱ by time.
std::vector<Move> movesByTime(
    const ScheduleConfig& config, const SamplerOptions& options, const std::vector<double>& times)
{
    const Schedule schedule(config);
    const int last = config.trainSteps - 1, stride = config.trainSteps / options.steps;
    const auto at = [&](int t) {
        if (t < 0)
            return levelOf(config.setAlphaToOne ? 1 : schedule.alphaBar(0));
        return levelOf(schedule.alphaBar(std::min(t, last)));
    };
    std::vector<Move> moves;
    for (size_t i = 0; i < times.size(); ++i) {
        const int t = int(times[i]);
        if (options.kind == SamplerKind::DdimInverse)
            moves.push_back({at(t - stride), at(t)});
        else if (options.kind == SamplerKind::Lcm)
            moves.push_back({at(t), i + 1 < times.size() ? at(int(times[i + 1])) : Level()});
        else if (!options.times.empty())
            moves.push_back({at(t), at(i + 1 < times.size() ? int(times[i + 1]) : -1)});
        else
            moves.push_back({at(t), at(t - stride)});
    }
    return moves;
}

std::vector<Move> movesBySigma(const std::vector<float>& sigmas)
{
    std::vector<Move> moves;
    for (size_t i = 0; i + 1 < sigmas.size(); ++i)
        moves.push_back({levelOfSigma(sigmas[i]), levelOfSigma(sigmas[i + 1])});
    return moves;
}

void checkDefined(const SamplerState& s)
{
    const bool unipc = s.options.kind == SamplerKind::UniPC;
    if (s.config.prediction == Prediction::Epsilon
        && std::ranges::any_of(s.moves, [](const Move& move) { return move.from.signal == 0; }))
        throw ValueError(
            "This model predicts noise, which says nothing where its schedule (without any signal "
            "at the last time) is asked; choose another sampler or fewer steps.");
    if (unipc && s.config.solverType == "bh1" && s.sigmas.back() == 0)
        throw ValueError(
            "UniPC's variant bh1 is not defined for a last noise level of zero; choose another "
            "sampler.");
    if ((unipc || s.options.kind == SamplerKind::DpmPlusPlus2M
         || s.options.kind == SamplerKind::DpmPlusPlus2MSde)
        && (s.config.solverOrder < 1 || s.config.solverOrder > 2))
        throw ValueError(
            "The model's scheduler file asks for solver_order %1; the orders 1 and 2 are "
            "supported. Choose another sampler.",
            s.config.solverOrder);
}

} // namespace

struct Sampler::State : SamplerState
{
};

void SamplerState::remember(const Tensor& prediction, size_t most)
{
    history.insert(history.begin(), prediction);
    if (history.size() > most)
        history.pop_back();
}

Clean clean(const ScheduleConfig& config, const Tensor& x, const Tensor& prediction, Level level)
{
    Clean result = clean(config.prediction, x, prediction, level);
    if (config.clipSample)
        result.latent = result.latent.clamp(-config.clipSampleRange, config.clipSampleRange);
    return result;
}

SamplerOptions samplerOptions(const std::string& name, const ScheduleConfig& config, int steps)
{
    if (name == "model")
        return modelOptions(config, steps);
    std::string_view base = name;
    const bool karras = base.ends_with(karrasSuffix);
    if (karras)
        base.remove_suffix(karrasSuffix.size());
    const bool trailing = base.ends_with(trailingSuffix);
    if (trailing)
        base.remove_suffix(trailingSuffix.size());
    const auto found = std::ranges::find(samplers, base, &Named::name);
    if (found == samplers.end() || (karras && (trailing || !takesKarras(found->kind)))
        || (trailing && !takesTrailing(found->kind)))
        throw ValueError(
            "There is no sampler %1; choose one of: %2.", inQuotes(name), listOfSamplers());
    return {
        .kind = found->kind,
        .steps = steps,
        .karras = karras,
        .spacing = trailing ? "trailing" : ""};
}

Sampler::Sampler(const ScheduleConfig& config, const SamplerOptions& options)
    : m_state(std::make_unique<State>())
{
    SamplerState& s = *m_state;
    s.config = config;
    s.config.clipSample = config.clipSample && clips(options.kind);
    if (!options.spacing.empty())
        s.config.spacing = options.spacing;
    s.options = options;
    auto [times, sigmas] = timeSteps(s.config, Schedule(config), options);
    if (options.kind == SamplerKind::DdimInverse) {
        times.resize(times.size() - options.skip);
    } else {
        times.erase(times.begin(), times.begin() + options.skip);
        if (!sigmas.empty())
            sigmas.erase(sigmas.begin(), sigmas.begin() + options.skip);
    }
    if (options.kind == SamplerKind::Plms && times.size() > 1)
        times.insert(times.begin() + 1, times[1]);
    s.moves = sigmas.empty() ? movesByTime(config, options, times) : movesBySigma(sigmas);
    s.sigmas = sigmas;
    for (const double time : times)
        s.steps.push_back({.index = int(s.steps.size()), .time = time});
    checkDefined(s);
}

Sampler::~Sampler() = default;
Sampler::Sampler(Sampler&&) noexcept = default;

const std::vector<Step>& Sampler::steps() const
{
    return m_state->steps;
}

const std::vector<float>& Sampler::sigmas() const
{
    return m_state->sigmas;
}

double Sampler::initialScale() const
{
    const SamplerState& s = *m_state;
    if (!addsNoise(s.options.kind))
        return 1;
    const double sigma = s.sigmas.front();
    return s.config.spacing == "leading" ? std::sqrt(sigma * sigma + 1) : sigma;
}

Tensor Sampler::noised(const Tensor& clean, const Tensor& noise, int step) const
{
    const SamplerState& s = *m_state;
    const Level level = s.moves.at(step).from;
    if (addsNoise(s.options.kind))
        return clean + level.sigma() * noise;
    return level.signal * clean + level.noise * noise;
}

Tensor Sampler::modelInput(const Tensor& x, const Step& step) const
{
    const SamplerState& s = *m_state;
    if (!addsNoise(s.options.kind))
        return x;
    return s.move(step).from.signal * x;
}

Tensor Sampler::predictedClean(const Tensor& x, const Tensor& prediction, const Step& step) const
{
    return clean(
               m_state->config, modelInput(x, step), prediction.to(at::kFloat),
               m_state->move(step).from)
        .latent;
}

Tensor Sampler::next(
    const Tensor& x, const Tensor& prediction, const Step& step, const Noise& noise)
{
    SamplerState& s = *m_state;
    assert(step.index == s.taken && "steps are taken in order");
    ++s.taken;
    const Tensor m = prediction.to(at::kFloat);
    switch (s.options.kind) {
    case SamplerKind::Ddim:
    case SamplerKind::DdimInverse:
        return ddim(s, x, m, step, noise);
    case SamplerKind::Plms:
        return plms(s, x, m, step);
    case SamplerKind::Euler:
        return euler(s, x, m, step);
    case SamplerKind::EulerAncestral:
        return eulerAncestral(s, x, m, step, noise);
    case SamplerKind::DpmPlusPlus2M:
    case SamplerKind::DpmPlusPlus2MSde:
        return dpmPlusPlus(s, x, m, step, noise);
    case SamplerKind::UniPC:
        return uniPC(s, x, m, step);
    case SamplerKind::Lcm:
        return lcm(s, x, m, step, noise);
    }
    throw Error("The sampler is not known.");
}
