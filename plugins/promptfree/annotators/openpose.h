// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/promptfree/annotators/posedrawing.h"
#include "plugins/promptfree/annotators/posenetworks.h"

/// OpenPose's three networks; without weights: not looked for.
struct PoseNetworks
{
    Weights body = {}, hand = {}, face = {};
};
/// The people in a picture by the body network alone.
std::vector<Person> peopleIn(const Weights& body, const Image& picture);
/// The people in a picture, drawn. An empty picture where @p goOn answered no.
Image openpose(
    const PoseNetworks& networks, const Image& picture, const std::function<bool()>& goOn = {});
