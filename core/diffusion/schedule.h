// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

enum class Prediction { Epsilon, Velocity, Sample };
/// By diffusers' name (epsilon, v_prediction, sample); nothing for "auto". Throws ValueError.
std::optional<Prediction> predictionNamed(const std::string& name);
enum class Spacing { Leading, Linspace, Trailing };

/// A scheduler's configuration file, with diffusers' names; the defaults are those of Stable
/// Diffusion's files.
struct ScheduleConfig
{
    std::string className = "DDIMScheduler";
    int trainSteps = 1000;
    double betaStart = 0.00085, betaEnd = 0.012;
    std::string betaSchedule = "scaled_linear"; ///< linear, scaled_linear, squaredcos_cap_v2
    std::vector<float> trainedBetas = {};
    Prediction prediction = Prediction::Epsilon;
    bool setAlphaToOne = false;
    int stepsOffset = 1;
    bool clipSample = false;
    double clipSampleRange = 1;
    bool rescaleZeroSnr = false;
    std::string spacing = {}; ///< leading, linspace, trailing; empty: the class's own
    bool karras = false;
    int originalSteps = 50;                ///< of LCM
    std::string algorithm = "dpmsolver++"; ///< of DPM-Solver: or sde-dpmsolver++
    int solverOrder = 2;
    std::string solverType = {}; ///< DPM-Solver: midpoint, heun; UniPC: bh2, bh1; empty: the first
    std::string finalSigma = "zero"; ///< zero, sigma_min
    bool half = false;               ///< rounds the noise levels to half precision; in no file
};

/// Reads a scheduler_config.json: absent keys take the class's defaults, except
/// that, as the SD pipelines of diffusers do, steps_offset is 1 and clip_sample false where @p
/// stableDiffusion. Throws Error naming a value that makes no schedule.
ScheduleConfig scheduleConfigFromJson(
    const std::string& json, const std::string& file, bool stableDiffusion = true);

/// Whether a class's name is one of diffusers' schedulers for such models. The levels of another
/// one may be made in another way.
bool isKnownScheduler(const std::string& className);

/// The noise levels: alpha-bar by time step, fp32 as the reference computes them.
class Schedule
{
public:
    explicit Schedule(const ScheduleConfig& config);

    int trainSteps() const { return int(m_alphaBar.size()); }
    float alphaBar(int t) const { return m_alphaBar.at(t); } ///< ᾱ
    double sigma(int t) const;                               ///< √((1-ᾱ)/ᾱ)

private:
    std::vector<float> m_alphaBar;
};
