// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"
#include "plugins/plugandplay/network.h"

/// Kinds of tensors that can be looked at: what Plug-and-Play's visualisations show (section 8 of
/// the paper's appendix, figures 3 and 4).
std::vector<LookKind> featureKinds();

/// The rows of a site for principal components [tokens, channels], fp32 on the CPU, from a pass
/// over @p x with @p input and @p taps that ends there. Features, and queries and keys (the heads
/// side by side), are those of the last item; the rows of attention are those of the probabilities
/// of all items' heads side by side, or of their mean (@p meanOfHeads). Without rows where the site
/// was not computed: a residual block whose features are injected has no first convolution.
struct FeatureMap
{
    Tensor rows = {};
    int width = 0, height = 0;
};
FeatureMap featureMap(
    const Network& network, const Tensor& x, UNetInput input, Taps taps, const std::string& kind,
    int layer, bool meanOfHeads = false);

/// Rows of attention, [tokens, heads * tokens], from queries and keys [heads, tokens, d].
Tensor attentionRows(const Tensor& q, const Tensor& k, bool meanOfHeads);

/// Pictures of feature maps in the colours of their components, with the numbers: "components" [3,
/// channels], "mean", "singular_values", and by label "scores of ..." [h, w, 3]. The components are
/// fitted to all maps together or, as the paper does for attention, to each alone; then the
/// numbers have "of" and the map's label behind their names.
Inspection componentPictures(
    const std::vector<FeatureMap>& maps, const std::vector<std::string>& labels,
    bool together = true);

/// Throws Error where the kind has no such layer.
void checkLayer(const std::string& kind, int layer);

/// What source and results hold at a step of a translation.
Inspection inspectTranslate(
    const Request& request, Models& models, const Look& look, const Latent& latent);
