// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/trace.h"
#include "core/run.h"
#include "core/sentence.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

// What of a trace is looked at, and what is seen. Window and command line have no other way.

enum class ViewKind {
    CrossAttention, ///< where words act
    SelfAttention,  ///< where a place attends, or who attends to it
    Shares,         ///< of an analogy: what the cells give to each other
    Features,       ///< principal components of a residual block
    FeaturesInput,  ///< of its first convolution
    Queries,
    Keys,
    AttentionRows, ///< of the rows of self-attention, the heads side by side (the paper's figure 4)
    AttentionMean, ///< the same of the mean over the heads
    Channels,      ///< one channel of a residual block
    Control,       ///< size of what a ControlNet adds
    Tokens,        ///< of a reference: where each token looks and where it acts
    Origin,        ///< from a place of the result to the parts of the reference it looked at
    Noise,         ///< the guided prediction
    Clean,         ///< the predicted clean latent
    Latent
};
/// The name on the command line ("cross-attention") and the label of a kind.
struct ViewKindName
{
    ViewKind kind;
    const char* name;
    Sentence label;
};
const std::vector<ViewKindName>& viewKinds();

/// A place in the picture, in parts of its width and height, of 1: a pixel's centre, a box, or an
/// outline.
struct Spot
{
    enum Shape { Point, Box, Outline };
    Shape shape = Point;
    std::vector<std::array<double, 2>> corners = {}; ///< x, y: one, two (opposite) or three and more

    bool operator==(const Spot&) const = default;
};
/// The tokens of a map of @p height x @p width that a spot covers, at least one: of a point the
/// cell (floor(x * width), floor(y * height)), else those whose centres lie inside.
std::vector<int> cellsOf(const Spot& spot, int height, int width);

/// What is looked at. It stays as it is when step, run or mode changes.
struct View
{
    ViewKind kind = ViewKind::CrossAttention;
    Subject subject = {};
    int step = 0;           ///< of the sampler, 0 is the noisiest
    Layers layers = {};     ///< empty: all that were recorded
    int head = -1;          ///< -1: the mean over the heads
    std::vector<std::vector<int>> words = {}; ///< groups of tokens, a map each; a group is a mean
    std::vector<Spot> spots = {};             ///< a map each
    bool column = false;    ///< who attends to the spot, in place of where it attends
    int diffuse = 0;        ///< how often a row, or a word's map, is multiplied by the mean of the
                            ///< chosen layers' matrices, 0 to 16
    int channel = 0;
    bool fitEachStep = false; ///< principal components fitted to each step, as the paper has it

    bool operator==(const View&) const = default;
};
/// What must be in a step's trace for a view.
Recording needed(const View& view);
/// Whether it is.
bool holds(const StepTrace& trace, const View& view);

/// A map to be drawn: a number a cell or, of principal components, three.
struct SeenMap
{
    Sentence label = {};
    int height = 0, width = 0, channels = 1;
    std::vector<float> values = {}; ///< [height, width, channels]
    bool diverges = false;          ///< from zero both ways, so the colours do
    bool ofReference = false;       ///< lies over the reference, not over the picture
    int reference = 0;

    float least() const;
    float most() const;
};
/// What is seen of a view at a step.
struct Seen
{
    std::vector<SeenMap> maps = {};
    std::vector<Sentence> notes = {}; ///< "The rows of A, A' and B are zero: masking."
    std::map<std::string, Array> numbers = {}; ///< all that is shown, as data
};
