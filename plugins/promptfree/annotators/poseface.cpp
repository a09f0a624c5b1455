// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/poseface.h"

#include "plugins/promptfree/annotators/maps.h"
#include "plugins/promptfree/annotators/posemaps.h"
#include "plugins/promptfree/annotators/posenetworks.h"

#include <algorithm>
#include <cstdlib>

namespace {

constexpr double inputSide = 384;
constexpr float threshold = 0.05f;
constexpr double smallest = 20;

/// How far a face reaches by the distance from the nose to an eye or an ear.
struct Measure
{
    int part;
    double factor;
};
constexpr Measure measures[] = {{14, 3}, {15, 3}, {16, 1.5}, {17, 1.5}};

} // namespace

std::optional<PoseBox> faceBox(const Person& person, int width, int height)
{
    if (!person[0])
        return {};
    const PosePoint nose = *person[0];
    double reach = 0;
    for (const Measure& measure : measures)
        if (const auto& part = person[measure.part])
            reach = std::max(
                reach,
                measure.factor * std::max(std::abs(nose.x - part->x), std::abs(nose.y - part->y)));
    const double x = std::max(nose.x - reach, 0.), y = std::max(nose.y - reach, 0.);
    const double across = x + reach > width ? width - x : 2 * reach;
    const double down = y + reach > height ? height - y : 2 * reach;
    const double side = std::min(across, down);
    if (side < smallest)
        return {};
    return PoseBox {int(x), int(y), int(side)};
}

Tensor faceMaps(const Weights& w, const Image& face)
{
    const Image sized = resizedForPose(face, inputSide, inputSide);
    const Tensor maps = pointMaps(w, toPlanes(sized).flip(1) / 256 - 0.5);
    return at::upsample_bilinear2d(maps, {face.height, face.width}, /*align_corners=*/true)[0];
}

std::vector<PosePoint> facePoints(const Tensor& maps)
{
    std::vector<PosePoint> points;
    const auto width = int(maps.size(2));
    for (int64_t i = 0; i < maps.size(0); ++i) {
        const Tensor map = maps[i].contiguous();
        const auto* const values = map.data_ptr<float>();
        const auto* const highest = std::max_element(values, values + map.numel());
        const auto place = int(highest - values);
        if (*highest > threshold)
            points.push_back({place % width, place / width});
    }
    return points;
}
