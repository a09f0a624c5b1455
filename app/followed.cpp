// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/followed.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

/// Takes what follows from a picture where it was not typed; what is to be said of it. Of two
/// sides of which one was typed the other keeps the picture's proportion.
static Sentence follow(const Method& method, const Followed& followed, Values& values)
{
    std::vector<std::string> typed, open;
    for (const auto& [id, value] : followed.values)
        (values.contains(id) ? typed : open).push_back(id);
    if (typed.empty()) {
        values.insert(followed.values.begin(), followed.values.end());
        return followed.said;
    }
    const auto side = [](const Values& from, const std::string& id) {
        const auto* number = std::get_if<int>(&from.at(id));
        return number ? *number : 0;
    };
    if (typed.size() != 1 || open.size() != 1 || side(followed.values, typed[0]) <= 0
        || side(values, typed[0]) <= 0)
        return {};
    const Parameter& p = parameter(method, open[0]);
    const double wanted = double(side(values, typed[0])) * side(followed.values, open[0])
        / side(followed.values, typed[0]);
    const double step = std::max(p.step, 1.);
    const int value = int(std::clamp(std::round(wanted / step) * step, p.minimum, p.maximum));
    values[open[0]] = value;
    return {
        "%1 follows %2 and the shape of the picture: %3.", inWords(p.label),
        inWords(parameter(method, typed[0]).label), value};
}

Sentence followPictures(const Method& method, const ModelCard& card, Request& request)
{
    if (!method.follows)
        return {};
    for (const Slot& slot : method.slots) {
        const auto found = request.images.find(slot.id);
        if (found == request.images.end() || found->second.empty())
            continue;
        const Followed followed = method.follows(slot.id, found->second.front().image, card);
        if (!followed.values.empty())
            return follow(method, followed, request.values);
    }
    return {};
}

void forgetFollowed(
    const Method& method, const ModelCard& card, const std::string& slot, Request& request)
{
    const auto found = request.images.find(slot);
    if (!method.follows || found == request.images.end() || found->second.empty())
        return;
    const Followed followed = method.follows(slot, found->second.front().image, card);
    const auto same = [&](const auto& value) {
        const auto now = request.values.find(value.first);
        return now != request.values.end() && now->second == value.second;
    };
    if (std::ranges::all_of(followed.values, same)) // else it was changed by hand
        for (const auto& [id, value] : followed.values)
            request.values.erase(id);
}
