// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/view.h"
#include "plugins/plugandplay/network.h"

/// Kinds of which principal components are shown: what Plug-and-Play's visualisations show (section
/// 8 of the paper's appendix, figures 3 and 4).
std::vector<ViewKindName> componentKinds();

/// What the network holds of one layer, @p view's, in a pass over @p x with @p input that ends
/// there. The last item of the batch is the view's subject. In single precision.
std::shared_ptr<const StepTrace> tracedLayer(
    const Network& network, const Tensor& x, UNetInput input, const View& view);

/// Throws ValueError where the kind has no such layer.
void checkLayer(ViewKind kind, int layer);
/// Throws ValueError where the rows of attention of the view's layer would be too large for a
/// latent of that size.
void checkAttention(const UNetConfig& config, const View& view, int64_t height, int64_t width);
