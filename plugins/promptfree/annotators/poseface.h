// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/promptfree/annotators/posehands.h"

/// Where the face must be by nose, eyes and ears; none where they are missing or too near.
std::optional<PoseBox> faceBox(const Person& person, int width, int height);
/// The maps of a picture of a face, in its size: [71, height, width].
Tensor faceMaps(const Weights& w, const Image& face);
/// The points that were found; the original takes the background's, too.
std::vector<PosePoint> facePoints(const Tensor& maps);
