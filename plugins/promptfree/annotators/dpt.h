// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/model/shapes.h"

/// DPT-hybrid (Ranftl et al. 2021, "Vision Transformers for Dense Prediction"): ViT-B/16 on a
/// ResNet-50 of weight-standardised convolutions, as dpt_hybrid-midas-501f0c75.pt has it. What the
/// file holds besides (the classifier's head, the last norm) has no part in the result.
Shapes dptShapes();
/// Relative inverse depth [height, width], both multiples of 32; near is large.
Tensor dptDepth(const Weights& w, const Image& picture);
