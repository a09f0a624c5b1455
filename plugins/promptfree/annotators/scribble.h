// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/nn/tensor.h"

/// The soft edges (a map of bytes), blurred with sigma 3: fp32.
Tensor blurredEdges(const Tensor& edges);
/// White where the blurred edges are a ridge in one of four directions and above half.
Tensor thinned(const Tensor& edges);
/// Lines as of a thick pen along the ridges of soft edges.
Tensor scribble(const Tensor& edges);

/// The difference of two Gaussians (sigma 0.5 and 5), strongest channel, as bytes: lines are dark.
Tensor differenceOfGaussians(const Image& picture);
/// Scribble without a network (XDoG).
Tensor scribbleOf(const Image& picture);
