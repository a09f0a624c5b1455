// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stagereport.h"
#include "plugins/promptfree/annotators/posedrawing.h"
#include "plugins/promptfree/annotators/posenetworks.h"

/// OpenPose's three networks; without weights: not looked for.
struct PoseNetworks
{
    Weights body = {}, hand = {}, face = {};
};
/// The people in a picture by the body network alone.
std::vector<Person> peopleIn(const Weights& body, const Image& picture);
/// The people in a picture, drawn. Tells the stages "Finding the hands" and "Finding the face",
/// person by person. An empty picture where @p progress stopped it.
Image openpose(
    const PoseNetworks& networks, const Image& picture, const StageReport& progress = {});
