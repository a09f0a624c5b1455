// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/model/shapes.h"

/// Holistically-nested edge detection (Xie and Tu 2015) as ControlNetHED.pth has it.
Shapes hedShapes();
/// The logits of the five blocks, each [height, width] of its own size.
std::vector<Tensor> hedProjections(const Weights& w, const Image& picture);
/// The maps brought to one size (that of the first) and averaged: a logit.
Tensor meanLogit(const std::vector<Tensor>& projections);
/// Soft edges as bytes.
Tensor hedEdges(const Tensor& logit);
