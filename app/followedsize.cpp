// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/followedsize.h"

#include <algorithm>

namespace {

constexpr int cell = 64, usualSide = 512;

bool isWhole(const Method& method, const char* id)
{
    const auto found = std::ranges::find(method.parameters, id, &Parameter::id);
    return found != method.parameters.end() && std::holds_alternative<int>(found->initial);
}

} // namespace

const Slot* shapingSlot(const Method& method)
{
    if (!isWhole(method, "width") || !isWhole(method, "height"))
        return nullptr;
    const auto found =
        std::ranges::find_if(method.slots, [](const Slot& slot) { return !slot.kinds.empty(); });
    return found == method.slots.end() ? nullptr : &*found;
}

ResultSize followedSize(const Method& method, const Image& picture, const ModelCard& model)
{
    const Parameter& p = parameter(method, "width");
    const bool small = model.size > 0 && model.size < usualSide;
    const double longer = std::max(picture.width, picture.height);
    const double shorter = std::min(picture.width, picture.height);
    double scale = small ? std::min(1.0, model.size / shorter) : std::max(1.0, usualSide / shorter);
    scale = std::min(scale, p.maximum / longer);
    const int least = small ? int(p.minimum) : usualSide;
    const auto side = [&](int pixels) {
        const int floored = int(pixels * scale + 1e-6) / cell * cell;
        return std::clamp(floored, least, int(p.maximum));
    };
    return {side(picture.width), side(picture.height)};
}
