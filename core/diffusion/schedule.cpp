// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/schedule.h"

#include "core/errors.h"
#include "core/file/json.h"
#include "core/nn/tensor.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

namespace {

using Json = nlohmann::json;

constexpr int maximalTrainSteps = 100'000;

/// One scheduler file, read key by key.
class Reader
{
public:
    Reader(const std::string& text, const std::string& file)
        : m_object(parseJson(text, {"The file %1", file}))
        , m_file(file)
    {
        if (!m_object.is_object())
            throw Error("The file %1 is not a scheduler configuration in JSON.", file);
    }

    /// Leaves @p value alone where the key is absent or null.
    template<class T>
    void read(const char* key, T& value) const
    {
        if (!m_object.contains(key) || m_object[key].is_null())
            return;
        if (!fits<T>(m_object[key]))
            refuse(key);
        value = m_object[key].get<T>();
    }

    void choice(const char* key, std::string& value, std::vector<std::string> choices) const
    {
        read(key, value);
        if (m_object.contains(key) && std::ranges::find(choices, value) == choices.end())
            refuse(key);
    }

    void check(const char* key, bool good) const
    {
        if (!good)
            refuse(key);
    }

    /// What would change the result and is not built.
    void mustBeOff(const char* key) const
    {
        bool on = false;
        read(key, on);
        check(key, !on);
    }

private:
    template<class T>
    static bool fits(const Json& json)
    {
        if constexpr (std::is_same_v<T, bool>)
            return json.is_boolean();
        else if constexpr (std::is_same_v<T, int>)
            return json.is_number_integer() && json.get<double>() == json.get<int>();
        else if constexpr (std::is_same_v<T, double>)
            return json.is_number();
        else if constexpr (std::is_same_v<T, std::string>)
            return json.is_string();
        else
            return json.is_array()
                && std::ranges::all_of(json, [](const Json& item) { return item.is_number(); });
    }

    [[noreturn]] void refuse(const char* key) const
    {
        const Sentence value =
            m_object.contains(key) ? jsonInQuotes(m_object[key]) : Sentence("\"absent\"");
        throw Error(
            "The scheduler file %1 sets %2 to %3, which is not supported.", m_file,
            std::string(key), value);
    }

    Json m_object;
    std::string m_file;
};

ScheduleConfig classDefaults(const std::string& className)
{
    ScheduleConfig config;
    config.className = className;
    const bool lcm = className == "LCMScheduler";
    if (!lcm) {
        config.betaStart = 0.0001;
        config.betaEnd = 0.02;
        config.betaSchedule = "linear";
    }
    config.setAlphaToOne = className != "PNDMScheduler";
    config.stepsOffset = 0;
    config.clipSample = className.starts_with("DDIM");
    return config;
}

void readBetas(const Reader& reader, ScheduleConfig& config)
{
    reader.read("num_train_timesteps", config.trainSteps);
    reader.check(
        "num_train_timesteps", config.trainSteps >= 1 && config.trainSteps <= maximalTrainSteps);
    reader.read("beta_start", config.betaStart);
    reader.check("beta_start", config.betaStart > 0 && config.betaStart < 1);
    reader.read("beta_end", config.betaEnd);
    reader.check("beta_end", config.betaEnd > 0 && config.betaEnd < 1);
    reader.choice(
        "beta_schedule", config.betaSchedule, {"linear", "scaled_linear", "squaredcos_cap_v2"});
    reader.read("trained_betas", config.trainedBetas);
    reader.check(
        "trained_betas",
        config.trainedBetas.size() <= size_t(maximalTrainSteps)
            && std::ranges::all_of(config.trainedBetas, [](float b) { return b > 0 && b < 1; }));
    if (!config.trainedBetas.empty())
        config.trainSteps = int(config.trainedBetas.size());
    reader.read("rescale_betas_zero_snr", config.rescaleZeroSnr);
}

void readPrediction(const Reader& reader, ScheduleConfig& config)
{
    std::string prediction = "epsilon";
    reader.choice("prediction_type", prediction, {"epsilon", "v_prediction", "sample"});
    config.prediction = *predictionNamed(prediction);
    reader.read("clip_sample", config.clipSample);
    reader.read("clip_sample_range", config.clipSampleRange);
    reader.check("clip_sample_range", config.clipSampleRange > 0);
    for (const char* key :
         {"thresholding", "use_exponential_sigmas", "use_beta_sigmas", "use_flow_sigmas",
          "use_lu_lambdas"})
        reader.mustBeOff(key);
}

void readSteps(const Reader& reader, ScheduleConfig& config)
{
    reader.read("set_alpha_to_one", config.setAlphaToOne);
    reader.read("steps_offset", config.stepsOffset);
    reader.check("steps_offset", config.stepsOffset >= 0 && config.stepsOffset < config.trainSteps);
    reader.choice("timestep_spacing", config.spacing, {"leading", "linspace", "trailing"});
    reader.read("use_karras_sigmas", config.karras);
    config.originalSteps = std::min(config.originalSteps, config.trainSteps);
    reader.read("original_inference_steps", config.originalSteps);
    reader.check(
        "original_inference_steps",
        config.originalSteps >= 1 && config.originalSteps <= config.trainSteps);
    reader.read("algorithm_type", config.algorithm);
    reader.read("solver_order", config.solverOrder);
    reader.choice(
        "solver_type", config.solverType,
        {"midpoint", "heun", "bh1", "bh2", "logrho"}); // the last is another class's
    reader.choice("final_sigmas_type", config.finalSigma, {"zero", "sigma_min"});
}

/// Nichol and Dhariwal 2021, equation 17.
Tensor cosineBetas(int steps)
{
    const auto f = [](double u) {
        return std::pow(std::cos((u + 0.008) / 1.008 * std::numbers::pi / 2), 2);
    };
    std::vector<float> betas(steps);
    for (int i = 0; i < steps; ++i)
        betas[i] = float(std::min(1 - f(double(i + 1) / steps) / f(double(i) / steps), 0.999));
    return at::tensor(betas);
}

Tensor betas(const ScheduleConfig& config)
{
    if (!config.trainedBetas.empty())
        return at::tensor(config.trainedBetas);
    if (config.betaSchedule == "squaredcos_cap_v2")
        return cosineBetas(config.trainSteps);
    if (config.betaSchedule == "linear")
        return at::linspace(config.betaStart, config.betaEnd, config.trainSteps, at::kFloat);
    return at::linspace(
               std::sqrt(config.betaStart), std::sqrt(config.betaEnd), config.trainSteps,
               at::kFloat)
        .square();
}

} // namespace

std::optional<Prediction> predictionNamed(const std::string& name)
{
    if (name == "epsilon")
        return Prediction::Epsilon;
    if (name == "v_prediction")
        return Prediction::Velocity;
    if (name == "sample")
        return Prediction::Sample;
    if (name != "auto")
        throw ValueError(
            "There is no prediction \"%1\". There are: auto, epsilon, v_prediction, sample.", name);
    return {};
}

ScheduleConfig scheduleConfigFromJson(
    const std::string& json, const std::string& file, bool stableDiffusion)
{
    const Reader reader(json, file);
    std::string className = ScheduleConfig().className;
    reader.read("_class_name", className);
    ScheduleConfig config = classDefaults(className);
    readBetas(reader, config);
    readPrediction(reader, config);
    readSteps(reader, config);
    if (stableDiffusion) {
        config.stepsOffset = 1;
        config.clipSample = false;
    }
    return config;
}

bool isKnownScheduler(const std::string& className)
{
    static const std::set<std::string> names = {
        "DDIMScheduler",
        "DDIMInverseScheduler",
        "DDPMScheduler",
        "PNDMScheduler",
        "LMSDiscreteScheduler",
        "EulerDiscreteScheduler",
        "EulerAncestralDiscreteScheduler",
        "HeunDiscreteScheduler",
        "KDPM2DiscreteScheduler",
        "KDPM2AncestralDiscreteScheduler",
        "DPMSolverMultistepScheduler",
        "DPMSolverSinglestepScheduler",
        "DPMSolverSDEScheduler",
        "DEISMultistepScheduler",
        "UniPCMultistepScheduler",
        "LCMScheduler",
        "TCDScheduler"};
    return names.contains(className);
}

Schedule::Schedule(const ScheduleConfig& config)
{
    // In torch's own float32 arithmetic: a rounding in a thousand factors shows in the results.
    Tensor alphaBar = at::cumprod(1 - betas(config), 0);
    if (config.rescaleZeroSnr) { // Lin et al. 2024, algorithm 1
        const Tensor root = alphaBar.sqrt();
        const Tensor first = root[0], last = root[-1];
        alphaBar = ((root - last) * (first / (first - last))).square();
    }
    if (config.half)
        alphaBar = alphaBar.to(at::kHalf).to(at::kFloat);
    alphaBar = alphaBar.contiguous();
    m_alphaBar.assign(
        alphaBar.const_data_ptr<float>(), alphaBar.const_data_ptr<float>() + alphaBar.numel());
}

double Schedule::sigma(int t) const
{
    const double bar = alphaBar(t);
    return std::sqrt((1 - bar) / bar);
}
