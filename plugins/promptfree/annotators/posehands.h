// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/nn/weights.h"
#include "core/stagereport.h"
#include "plugins/promptfree/annotators/posepeople.h"

/// A square of a picture; it may reach over the right and the lower edge.
struct PoseBox
{
    int x = 0, y = 0, side = 0;
    bool operator==(const PoseBox&) const = default;
};
/// What of the picture is in the box.
Image boxed(const Image& picture, const PoseBox& box);

/// Wrist and four joints of each finger, thumb first; what was not found is at (0, 0).
using HandPoints = std::vector<PosePoint>;

/// Where the hands must be by shoulder, elbow and wrist: the left one, then the right one. None
/// where a part is missing or the hand is smaller than 20 pixels.
std::vector<PoseBox> handBoxes(const Person& person, int width, int height);
/// The mean maps of a picture of a hand at several scales (of 368 pixels): [22, 128, 128], double.
/// Tells the stage "Finding the hands" at each; empty where @p progress stopped it.
Tensor handMaps(
    const Weights& w, const Image& hand, const std::vector<double>& scales = {0.5, 1, 1.5, 2},
    const StageReport& progress = {});
/// The points in a picture of that size.
HandPoints handPoints(const Tensor& maps, int width, int height);
