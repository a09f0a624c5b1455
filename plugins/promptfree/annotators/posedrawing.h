// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "plugins/promptfree/annotators/posehands.h"

/// A person with what was found of hands and face, within their boxes.
struct DrawnPerson
{
    Person body = {};
    std::vector<std::pair<PoseBox, HandPoints>> hands = {};
    std::vector<PosePoint> face = {};
    PoseBox faceBox = {};
};
/// The people as coloured sticks on black.
Image drawnPoses(const std::vector<DrawnPerson>& people, int width, int height);
