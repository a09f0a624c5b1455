// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/model/shapes.h"

/// M-LSD (Gu et al. 2022, "Towards Light-weight and Real-time Line Segment Detection"), the large
/// network as mlsd_large_512_fp32.pth has it.
Shapes mlsdShapes();
/// The network's input for a picture: [1, 4, height, width], the fourth channel a constant.
Tensor mlsdInput(const Image& picture);
/// Centre logits and the displacements of both ends: [1, 9, height / 2, width / 2].
Tensor mlsdMap(const Weights& w, const Tensor& x);
/// The lines of a map, strongest first: [n, 4], x and y of the ends in pixels of the picture.
Tensor mlsdLines(const Tensor& map, double score = 0.1, double length = 0.1);
/// White lines on black.
Tensor drawnLines(const Tensor& lines, int width, int height);
