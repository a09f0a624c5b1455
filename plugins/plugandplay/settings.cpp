// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/settings.h"

#include "core/errors.h"
#include "core/halves.h"

#include <algorithm>
#include <sstream>

namespace {

template<typename T>
const T& valueOf(const Values& values, const char* id)
{
    return std::get<T>(values.at(id));
}

std::vector<std::string> lines(const std::string& text)
{
    std::vector<std::string> prompts;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        if (line.find_first_not_of(" \t\r") != std::string::npos)
            prompts.push_back(line);
    if (prompts.empty())
        prompts.emplace_back();
    return prompts;
}

void checkCount(int count, const std::vector<int>& offered, const char* of, int steps)
{
    if (std::ranges::find(offered, count) != offered.end())
        return;
    std::string list;
    for (const int n : offered)
        list += (list.empty() ? "" : n == offered.back() ? " or " : ", ") + std::to_string(n);
    throw ValueError(
        "%1 steps of the %2 do not meet the times of %3 sampling steps: take %4.", count, of, steps,
        list);
}

/// The noise level that an inversion ends at.
int endOf(const InversionSettings& s)
{
    return inversionSteps(s.rule, s.steps).back().to;
}

/// Whether the way back, if there is one, begins where the inversion ends.
bool meets(const InversionSettings& s)
{
    return s.forward || endOf(s) == samplingTimes(s.reverseSteps).front();
}

/// Steps of a part of the run: of 50 and .8, 0 to 39; inclusive, 0 to 40.
Range part(double until, int steps, bool inclusive)
{
    // 50 * .58 is 28.999999999999996 in binary
    return {0, std::min(int(steps * until + 1e-9) + (inclusive ? 1 : 0), steps)};
}

} // namespace

InversionSettings inversionSettings(const Values& values)
{
    const auto text = [&](const char* id) { return valueOf<std::string>(values, id); };
    InversionSettings s;
    s.rule = text("inversion_rule") == "current" ? InversionRule::CurrentLevel
                                                 : InversionRule::NextLevel;
    s.steps = valueOf<int>(values, "inversion_steps");
    s.prompt = text("inversion_prompt");
    s.size = valueOf<int>(values, "size");
    s.fit = text("fit") == "square"   ? PictureFit::Square
        : text("fit") == "short-side" ? PictureFit::ShortSide
                                      : PictureFit::Eights;
    s.posteriorSample = text("posterior") == "sample";
    s.prompts = promptRulesOf(values);
    s.samplingSteps = valueOf<int>(values, "steps");
    s.forward = text("features_from") == "inversion";
    s.reverseSteps = valueOf<int>(values, "reverse_steps");
    return s;
}

void checkInversion(const InversionSettings& s)
{
    checkCount(
        s.steps, inversionCounts(s.rule, s.samplingSteps, s.forward), "inversion", s.samplingSteps);
    if (s.forward)
        return;
    checkCount(s.reverseSteps, containingCounts(s.samplingSteps), "way back", s.samplingSteps);
    if (!meets(s))
        throw ValueError(
            "The inversion ends at the noise level %1 and the way back begins at %2: take 999 "
            "steps for both.",
            endOf(s), samplingTimes(s.reverseSteps).front());
}

std::vector<int> offeredCounts(const std::string& id, const Values& values)
{
    InversionSettings s = inversionSettings(values);
    const bool back = id == "reverse_steps";
    if (!back && id != "inversion_steps")
        return {};
    const std::vector<int> all = back ? containingCounts(s.samplingSteps)
                                      : inversionCounts(s.rule, s.samplingSteps, s.forward);
    std::vector<int> fitting; // with the other of the two numbers
    for (const int count : all) {
        (back ? s.reverseSteps : s.steps) = count;
        if (meets(s))
            fitting.push_back(count);
    }
    return fitting.empty() ? all : fitting;
}

Injection injectedBy(const Values& values)
{
    const int steps = valueOf<int>(values, "steps");
    const bool inclusive = valueOf<bool>(values, "inclusive");
    return {
        .features = valueOf<Layers>(values, "feature_layers"),
        .featureSteps = part(valueOf<double>(values, "feature_until"), steps, inclusive),
        .attention = valueOf<Layers>(values, "attention_layers"),
        .attentionSteps = part(valueOf<double>(values, "attention_until"), steps, inclusive)};
}

Rounding roundingOf(const Values& values)
{
    return valueOf<std::string>(values, "rounding") == "down" ? Rounding::Down : Rounding::Nearest;
}

TranslateSettings translateSettings(const Values& values)
{
    const auto text = [&](const char* id) { return valueOf<std::string>(values, id); };
    TranslateSettings s;
    s.inversion = inversionSettings(values);
    s.prompts = lines(text("prompt"));
    s.negative = text("negative");
    s.sourcePrompt = text("source_prompt");
    s.sourceGuidance = valueOf<double>(values, "source_guidance");
    s.sourceShape = text("source_shape");
    const std::string schedule = text("alpha_schedule");
    s.guidance = {
        .scale = valueOf<double>(values, "guidance"),
        .alpha = valueOf<double>(values, "alpha"),
        .schedule = schedule == "linear" ? AlphaSchedule::Linear
            : schedule == "exp"          ? AlphaSchedule::Exponential
                                         : AlphaSchedule::Constant};
    s.injection = injectedBy(values);
    s.memory = valueOf<double>(values, "feature_memory");
    s.reconstruct = valueOf<bool>(values, "reconstruct");
    s.rounding = roundingOf(values);
    s.plain = valueOf<bool>(values, "plain");
    s.halvesApart = halvesApart(values);
    return s;
}
