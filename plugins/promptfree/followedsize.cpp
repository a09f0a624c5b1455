// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/followedsize.h"

#include "plugins/promptfree/parameters.h"

#include <algorithm>

namespace {

constexpr int sizeStep = 64, usualSide = 512;

} // namespace

Followed followedSize(const std::string& slot, const Image& picture, const ModelCard& model)
{
    if (slot != "control" && slot != "init")
        return {};
    const Limits limits = sideLimits();
    const bool small = model.size > 0 && model.size < usualSide;
    const double longer = std::max(picture.width, picture.height);
    const double shorter = std::min(picture.width, picture.height);
    double scale = small ? std::min(1.0, model.size / shorter) : std::max(1.0, usualSide / shorter);
    scale = std::min(scale, limits.most / longer);
    const int least = small ? limits.least : usualSide;
    const auto side = [&](int pixels) {
        const int floored = int(pixels * scale + 1e-6) / sizeStep * sizeStep;
        return std::clamp(floored, least, limits.most);
    };
    const int width = side(picture.width), height = side(picture.height);
    return {
        .values = {{"width", width}, {"height", height}},
        .said = {
            slot == "control" ? "Width and height follow the picture for Control: %1 × %2."
                              : "Width and height follow the picture to start from: %1 × %2.",
            width, height}};
}
