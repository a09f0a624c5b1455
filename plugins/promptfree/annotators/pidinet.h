// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/model/shapes.h"

/// PiDiNet (Su et al. 2021, "Pixel Difference Networks for Efficient Edge Detection"), the variant
/// carv4 with dilations and spatial attention, as table5_pidinet.pth has it (without its
/// "module.").
Shapes pidinetShapes(int width = 60, int dilationWidth = 24);
/// Soft edges of [0, 1]: those of the four stages and the fused ones, each [height, width].
std::vector<Tensor> pidinetEdges(const Weights& w, const Image& picture);
