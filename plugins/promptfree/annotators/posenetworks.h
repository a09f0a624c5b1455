// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/shapes.h"

/// OpenPose's networks (Cao et al. 2017, "Realtime Multi-Person 2D Pose Estimation using Part
/// Affinity Fields"; Simon et al. 2017 for hands and faces), by the names of body_pose_model.pth,
/// hand_pose_model.pth and facenet.pth. All take [1, 3, height, width] (blue first, -0.5 to 0.5)
/// and give maps of an eighth of that.

constexpr int handMapCount = 22, faceMapCount = 71; ///< the last is the background

Shapes bodyPoseShapes();
Shapes handPoseShapes();
Shapes facePoseShapes();

struct BodyMaps
{
    Tensor fields = {}; ///< [1, 38, h, w]: the directions of 19 limbs, x and y of each
    Tensor heat = {};   ///< [1, 19, h, w]: 18 parts and the background
};
BodyMaps bodyMaps(const Weights& w, const Tensor& x);
/// Of a hand or a face: [1, 22 or 71, h, w].
Tensor pointMaps(const Weights& w, const Tensor& x);
