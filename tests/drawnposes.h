// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/promptfree/annotators/posenetworks.h"
#include "plugins/promptfree/annotators/posepeople.h"

#include <algorithm>
#include <cmath>
#include <vector>

/// A person's parts in cells of the network's maps.
struct DrawnPart
{
    double x = 0, y = 0;
};
using DrawnBody = std::array<std::optional<DrawnPart>, bodyPartCount>;

/// Maps as of a network that saw these people (tests/reference/openpose.py has the same formula):
/// a bump for each part, and along each limb its direction.
inline BodyMaps drawnBodyMaps(const std::vector<DrawnBody>& people, int rows, int columns)
{
    constexpr int channels[] = {12, 20, 14, 16, 22, 24, 0,  2,  4, 6,
                                8,  10, 28, 30, 34, 32, 36, 18, 26};
    Tensor heat = at::zeros({19, rows, columns}, at::kDouble);
    Tensor fields = at::zeros({38, rows, columns}, at::kDouble);
    const auto draw = [&](Tensor& map, int64_t channel, const auto& change) {
        auto* value = map[channel].data_ptr<double>();
        for (int y = 0; y < rows; ++y)
            for (int x = 0; x < columns; ++x, ++value)
                change(*value, x, y);
    };
    for (const DrawnBody& body : people) {
        for (int part = 0; part < bodyPartCount; ++part)
            if (const auto at = body[part])
                draw(heat, part, [&](double& value, double x, double y) {
                    const double d = (x - at->x) * (x - at->x) + (y - at->y) * (y - at->y);
                    value = std::max(value, std::exp(-d / 2));
                });
        for (size_t limb = 0; limb < bodyLimbs.size(); ++limb) {
            const auto a = body[bodyLimbs[limb].first], b = body[bodyLimbs[limb].second];
            if (!a || !b)
                continue;
            const double length = std::hypot(b->x - a->x, b->y - a->y);
            const double ux = (b->x - a->x) / length, uy = (b->y - a->y) / length;
            for (const int axis : {0, 1})
                draw(fields, channels[limb] + axis, [&](double& value, double x, double y) {
                    const double along = std::clamp((x - a->x) * ux + (y - a->y) * uy, 0., length);
                    const double dx = x - a->x - along * ux, dy = y - a->y - along * uy;
                    value += std::exp(-(dx * dx + dy * dy) / 2) * (axis == 0 ? ux : uy);
                });
        }
    }
    return {.fields = fields.to(at::kFloat).unsqueeze(0), .heat = heat.to(at::kFloat).unsqueeze(0)};
}
