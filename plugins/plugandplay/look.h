// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"
#include "plugins/plugandplay/network.h"

/// A kind of tensors inside the network.
struct FeatureKind
{
    std::string value = {}, label = {};
    int layers = 0; ///< they count from 0
};
/// Pictures of what the network holds, with the numbers behind them.
struct Inspection
{
    struct Picture
    {
        std::string label = {};
        Image image = {}; ///< a pixel per cell of the feature map
    };
    std::vector<Picture> pictures = {};
    std::map<std::string, Array> arrays = {};
};

/// Kinds of tensors that can be looked at: what Plug-and-Play's visualisations show (section 8 of
/// the paper's appendix, figures 3 and 4).
std::vector<FeatureKind> featureKinds();

/// The rows of a site for principal components [tokens, channels], fp32 on the CPU.
struct FeatureMap
{
    Tensor rows = {};
    int width = 0, height = 0;
    int repeated = 1; ///< the columns stand so many times side by side
};
/// What of the network is shown: a kind of featureKinds() and a layer of it.
struct Shown
{
    std::string kind = {};
    int layer = 0;
};
/// Those of a pass over @p x with @p input and @p taps that ends there. Features, and queries and
/// keys (the heads side by side), are those of the last item. The rows of attention are those of
/// the probabilities of all items' heads side by side, or of their mean; the original has two
/// items, so those of a single one count twice. Without rows where the site was not computed: a
/// residual block whose features are injected has no first convolution.
FeatureMap featureMap(
    const Network& network, const Tensor& x, UNetInput input, Taps taps, const Shown& shown);

/// Rows of attention, [tokens, heads * tokens], from queries and keys [heads, tokens, d].
Tensor attentionRows(const Tensor& q, const Tensor& k, bool meanOfHeads);

/// Whether components are fitted to each map of a kind alone, as the paper does for attention.
bool standsAlone(const std::string& kind);

/// Pictures of feature maps in the colours of their components, with the numbers: "components" [3,
/// channels], "mean", "singular_values", and by label "scores of ..." [h, w, 3]. The components are
/// fitted to all maps or, where there are @p others, to those, which are not shown. Throws Error
/// where maps differ in their channels, as those of attention do with the size.
Inspection componentPictures(
    const std::vector<FeatureMap>& maps, const std::vector<std::string>& labels,
    const std::vector<FeatureMap>& others = {});
/// Adds a map with components of its own, whose numbers have "of" and its label behind their names.
void addAlone(Inspection& inspection, const FeatureMap& map, const std::string& label);

/// Throws Error where the kind has no such layer.
void checkLayer(const std::string& kind, int layer);
/// How much is looked at.
struct Extent
{
    int64_t height = 0, width = 0; ///< of the latent
    int64_t items = 1;             ///< of the source's pass
    int64_t maps = 1;              ///< at once
};
/// Throws Error where the rows of attention of so much would be too large.
void checkAttention(const UNetConfig& config, const Shown& shown, Extent extent);
