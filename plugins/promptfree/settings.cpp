// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/settings.h"

namespace {

std::vector<std::string> split(const std::string& text)
{
    std::vector<std::string> parts;
    for (size_t begin = 0; begin <= text.size();) {
        const size_t end = std::min(text.find(';', begin), text.size());
        std::string part = text.substr(begin, end - begin);
        while (part.starts_with(' '))
            part.erase(0, 1);
        while (part.ends_with(' '))
            part.pop_back();
        if (!part.empty())
            parts.push_back(part);
        begin = end + 1;
    }
    return parts;
}

} // namespace

PromptFreeSettings promptFreeSettings(const Values& values)
{
    const auto text = [&](const char* id) { return std::get<std::string>(values.at(id)); };
    const auto whole = [&](const char* id) { return std::get<int>(values.at(id)); };
    const auto number = [&](const char* id) { return std::get<double>(values.at(id)); };
    const auto flag = [&](const char* id) { return std::get<bool>(values.at(id)); };
    return {
        .encoder = text("encoder"),
        .encoderFile = text("encoder_file"),
        .controlModels = split(text("control_model")),
        .annotators = text("annotators"),
        .prompt = text("prompt"),
        .width = whole("width") / 64 * 64,
        .height = whole("height") / 64 * 64,
        .steps = whole("steps"),
        .candidates = whole("candidates"),
        .sampler = text("sampler"),
        .guidance = number("guidance"),
        .strength = number("strength"),
        .average = text("mixing") == "average",
        .guessMode = flag("guess_mode"),
        .halfSchedule = flag("half_schedule"),
        .prompts = promptRulesOf(values),
        .rounding = text("rounding") == "down" ? Rounding::Down : Rounding::Nearest,
        .dropAlpha = text("transparency") == "drop"};
}
