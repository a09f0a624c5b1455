// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/halves.h"

namespace {

constexpr const char* halvesId = "guidance_apart";

} // namespace

Parameter halvesParameter(const std::string& group)
{
    return {
        .id = halvesId,
        .label = "Guidance in two halves",
        .help = "Asks the network for the two halves of a guided step one after the other, not in "
                "one batch.\nTakes less memory and about as long; the numbers are the same but for "
                "their last places.\nHas no effect at guidance 1.",
        .group = group,
        .initial = false,
        .mayChange = true};
}

bool halvesApart(const Values& values)
{
    return std::get<bool>(values.at(halvesId));
}

std::optional<std::pair<std::string, Value>> takenApart(const Method& method, const Values& values)
{
    const auto value = values.find(halvesId);
    if (value == values.end() || halvesApart(values))
        return {};
    if (const Parameter* guidance = parameter(method, Role::Guidance)) {
        const auto scale = values.find(guidance->id);
        const auto* number = scale == values.end() ? nullptr : std::get_if<double>(&scale->second);
        if (number && *number == 1)
            return {};
    }
    return std::pair(std::string(halvesId), Value(true));
}
