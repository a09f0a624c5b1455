// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/view.h"

#include <functional>
#include <optional>
#include <vector>

// The parts of see() (core/inspect/view.h), one a group of kinds.

/// Where words act, also times the matrices of self-attention.
Seen seeWords(const View& view, const Moment& moment);
/// Where places attend, or who attends to them.
Seen seePlaces(const View& view, const Moment& moment);
/// The tables of an analogy: a table a layer and, of several, their mean.
Seen seeShares(const View& view, const Moment& moment);
/// Principal components, a map a layer.
Seen seeComponents(const View& view, const Moment& moment, const Fits& fits);
/// Channels, and the size of what a ControlNet adds: a map a layer.
Seen seeFeatures(const View& view, const Moment& moment);
/// Channels of queries or keys: a map a layer.
Seen seeProjections(const View& view, const Moment& moment);
/// Where tokens of references look and act, and where a place looked in the references.
Seen seeReferences(const View& view, const Moment& moment);
/// Noise, clean picture and latent.
Seen seeLatent(const View& view, const Moment& moment);

/// The pass of the view's subject. Throws ValueError where it was not recorded.
const PassTrace& passOf(const View& view, const Moment& moment);
/// An attention of the view's layers.
struct AttentionAt
{
    int layer = 0;
    const AttentionTrace* trace = nullptr;
};
/// Those of a kind, by their layer. Throws ValueError where none was recorded.
std::vector<AttentionAt> attentionsOf(const View& view, const Moment& moment, SiteKind kind);
/// Whether the view's layers have that one.
bool looksAt(const View& view, int layer);

/// A size of maps.
struct MapSize
{
    int height = 0, width = 0;
};
/// That of the one layer or, of several, of the latent.
MapSize sizeOf(const std::vector<AttentionAt>& layers, const Moment& moment);
/// The mean over layers and heads of what @p of gives of a head, maps [height, width] of the
/// layer's size, each brought to @p size before (Tang et al. 2022, "What the DAAM", section 3.1).
/// @p of gives several maps at once, which are apart; their mean is of each.
std::vector<std::vector<float>> meanMaps(
    const std::vector<AttentionAt>& layers, int head, MapSize size,
    const std::function<std::vector<std::vector<float>>(const AttentionAt&, int head)>& of);
/// "circle" or "start", of a group of tokens.
std::string textOf(const std::vector<int>& tokens, const View& view, const Moment& moment);
/// Throws ValueError where the context has no such token.
void checkTokens(const std::vector<int>& tokens, const AttentionTrace& trace);

/// The rows of a site for principal components.
struct ComponentRows
{
    std::string name = {};
    int height = 0, width = 0, channels = 0;
    std::vector<float> values = {}; ///< [height * width, channels]
    bool injected = false;
};
/// Of features the channels of each cell; of queries and keys the heads side by side; of rows of
/// attention what attentionRows() gives. Nothing where the site was not recorded. Throws ValueError
/// where rows of attention would be too large.
std::optional<ComponentRows> rowsOf(const PassTrace& pass, ViewKind kind, int layer);
