// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/settings.h"

#include "core/errors.h"
#include "core/halves.h"

#include <charconv>

namespace {

Color colorFrom(const std::string& text)
{
    unsigned value = 0;
    const char* end = text.data() + text.size();
    const bool hash = text.size() == 7 && text[0] == '#';
    if (!hash || std::from_chars(text.data() + 1, end, value, 16).ptr != end)
        throw ValueError(
            "Transparency cannot be \"%1\": it is a colour such as #ffffff, or \"drop\".", text);
    return {uint8_t(value >> 16), uint8_t(value >> 8), uint8_t(value)};
}

template<typename T>
const T& get(const Values& values, const char* id)
{
    return std::get<T>(values.at(id));
}

} // namespace

AttentionEdits attentionEditsOf(const Values& values)
{
    // Where nothing is aligned there is nothing to clone.
    const bool aligned = get<std::string>(values, "layout") != "none";
    return {
        .cloning = aligned ? get<Layers>(values, "sac") : Layers {},
        .cloningSteps = get<Range>(values, "sac_steps"),
        .cloningScale = get<double>(values, "sac_scale"),
        .masking = get<Layers>(values, "cam"),
        .maskingSteps = get<Range>(values, "cam_steps")};
}

AnalogistSettings analogistSettings(const Values& values)
{
    const auto text = [&](const char* id) { return get<std::string>(values, id); };
    AnalogistSettings s;
    s.prompt = text("prompt") + text("prompt_suffix");
    s.negative = text("negative");
    s.steps = get<int>(values, "steps");
    s.candidates = get<int>(values, "candidates");
    s.guidance = get<double>(values, "guidance");
    s.strength = get<double>(values, "strength");
    s.geometry.cell = get<int>(values, "size") / 2;
    s.fit = text("fit") == "pad" ? Fit::Pad : text("fit") == "crop" ? Fit::Crop : Fit::Stretch;
    s.layout = text("layout") == "swapped" ? Layout::Swapped
        : text("layout") == "none"         ? Layout::None
                                           : Layout::Aligned;
    s.keepFrame = text("frame") == "keep";
    s.dropAlpha = text("ground") == "drop";
    if (!s.dropAlpha)
        s.ground = colorFrom(text("ground"));
    s.edits = attentionEditsOf(values);
    s.sampler = text("sampler");
    s.posteriorSample = text("posterior") == "sample";
    s.prompts = promptRulesOf(values);
    s.plain = get<bool>(values, "plain");
    s.halvesApart = halvesApart(values);
    return s;
}
