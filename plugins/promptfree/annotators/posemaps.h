// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/nn/tensor.h"

/// Pictures and maps on their way into OpenPose's networks and out of them.

/// What a network is given: the picture, padded with grey to multiples of 8.
struct PoseInput
{
    Tensor x = {};             ///< [1, 3, height, width], blue first, -0.5 to 0.5
    int width = 0, height = 0; ///< of the picture in it
};

/// The picture in another size, which need not be whole: averaged where that is smaller, Lanczos
/// where it is larger.
Image resizedForPose(const Image& picture, double width, double height);
PoseInput poseInput(const Image& picture);
/// A network's maps [1, n, h, w] without the padding, as [n, height, width].
Tensor enlargedMaps(const Tensor& maps, const PoseInput& input, int width, int height);
/// A map [height, width] in double, blurred with sigma 3; mirrored at the edges.
Tensor smoothedMap(const Tensor& map);
