// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/components.h"
#include "core/inspect/trace.h"
#include "core/run.h"
#include "core/sentence.h"

#include <array>
#include <map>
#include <string>
#include <string_view>
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
    QueryChannels, ///< one channel of the queries, the heads side by side
    KeyChannels,
    Control, ///< size of what a ControlNet adds
    Tokens,  ///< of a reference: where each token looks and where it acts
    Origin,  ///< from a place of the result to the parts of the reference it looked at
    Noise,   ///< the guided prediction
    Clean,   ///< the predicted clean latent
    Latent   ///< after the step
};
/// The name on the command line ("cross-attention") and the label of a kind.
struct ViewKindName
{
    ViewKind kind;
    const char* name;
    Sentence label;
};
const std::vector<ViewKindName>& viewKinds();
const ViewKindName& nameOf(ViewKind kind);
/// Whether a kind is of sites of the network, of which there are several layers; else it is of the
/// latent.
bool hasLayers(ViewKind kind);
/// The sites that a kind looks at; of those that have no layers any.
SiteKind siteOf(ViewKind kind);
/// Whether a kind is shown in the colours of principal components.
bool hasComponents(ViewKind kind);
/// Whether a kind shows channels of what a layer holds, one at a time.
bool hasChannelsOfLayers(ViewKind kind);
/// Whether components of a kind are fitted to each map alone, as the paper does for attention: its
/// rows are too long to be kept together.
bool standsAlone(ViewKind kind);

/// A place in the picture, in parts of its width and height, of 1: a pixel's centre, a box, or an
/// outline.
struct Spot
{
    enum Shape { Point, Box, Outline };
    Shape shape = Point;
    std::vector<std::array<double, 2>> corners =
        {}; ///< x, y: one, two (opposite) or three and more

    bool operator==(const Spot&) const = default;
};
/// The tokens of a map of @p height x @p width that a spot covers, at least one: of a point the
/// cell (floor(x * width), floor(y * height)), else those whose centres lie inside or, where there
/// are none, that of the middle of its corners.
std::vector<int> cellsOf(const Spot& spot, int height, int width);
/// The spot of a pixel of a picture: its centre.
Spot spotOfPixel(int x, int y, int width, int height);

/// What is looked at. It stays as it is when step, run or mode changes.
struct View
{
    ViewKind kind = ViewKind::CrossAttention;
    Subject subject = {};
    int step = 0;                             ///< of the sampler, 0 is the noisiest
    Layers layers = {};                       ///< empty: all that were recorded
    int head = -1;                            ///< -1: the mean over the heads
    std::vector<std::vector<int>> words = {}; ///< groups of tokens, a map each; a group is a mean
    std::vector<Spot> spots = {};             ///< a map each
    bool column = false; ///< who attends to the spot, in place of where it attends
    int diffuse = 0;     ///< how often a row, or a word's map, is multiplied by the mean of the
                         ///< chosen layers' matrices, 0 to 16
    int channel = 0;     ///< of Channels, Noise, Clean and Latent; -1: each of them
    bool fitEachStep = false; ///< principal components fitted to each step, as the paper has it

    bool operator==(const View&) const = default;
};
/// What must be in a step's trace for a view.
Recording needed(const View& view);
/// Whether it is.
bool holds(const StepTrace& trace, const View& view);

/// A layer that was recorded, as it is called and as large as it is.
struct LayerName
{
    int layer = 0;
    std::string name = {}; ///< "up 2.1"
    int height = 0, width = 0, heads = 0,
        channels = 0; ///< heads of attention; channels of features, or of all heads together
};
/// The layers of a kind in a trace, by their number.
std::vector<LayerName> layersOf(const StepTrace& trace, ViewKind kind, const Subject& subject);
/// "up 2.1" of "up_blocks.2.attentions.1.transformer_blocks.0.attn1"; what is not recognised stays.
std::string shortName(const std::string& prefix);

/// The tokens of a word of the context, or of several in a row ("red circle"), every place where
/// they stand, whatever their case. Empty: there is none.
std::vector<int> wordTokens(const std::vector<ContextToken>& context, std::string_view word);
/// The same; else those of a mark ("start", "local 3"); else a number is the token of that place.
std::vector<int> tokensOf(const std::vector<ContextToken>& context, std::string_view word);

/// What a step left, as far as it is known.
struct Moment
{
    std::shared_ptr<const StepTrace> trace = {};
    std::shared_ptr<const Latent> latent = {};     ///< after the step
    std::shared_ptr<const Latent> prediction = {}; ///< the guided one
    std::shared_ptr<const Latent> clean = {};
};
Moment momentOf(const StepEvent& event);

/// A map to be drawn: a number a cell or, of principal components, three. A table has names.
struct SeenMap
{
    Sentence label = {};
    int layer = -1; ///< -1: of several or none
    int height = 0, width = 0, channels = 1;
    std::vector<float> values = {}; ///< [height, width, channels]
    bool diverges = false;          ///< from zero both ways, so the colours do
    bool injected = false;          ///< it came from the source at this step
    int reference = -1; ///< lies over that reference, not over the picture; -1: over the picture
    std::vector<std::string> rows = {}, columns = {}; ///< of a table: not a map of places
    /// Of principal components, the range of each channel that goes from dark to bright.
    std::array<float, 3> from = {}, to = {};

    float least() const;
    float most() const;
    bool table() const { return !rows.empty(); }
};
/// What is seen of a view at a step.
struct Seen
{
    std::vector<SeenMap> maps = {};
    std::vector<Sentence> notes = {};          ///< "The rows of A, A′ and B are zero: masking."
    std::map<std::string, Array> numbers = {}; ///< all that is shown, as data
};

/// Principal components of a view's layers, by layer; fitted by fitted().
using Fits = std::map<int, FittedComponents>;
/// Fits the layers of a view, of source and results together, to recorded steps; those without are
/// skipped. Reads each step twice: for the axes, and for their signs and ranges.
Fits fitted(const View& view, const TraceSource& steps);

/// Looks. Layers without a fit are fitted to the source and the results of this step, and so are
/// all where the view says so. Plain arithmetic: may be called on any thread. Throws ValueError in
/// a whole sentence where the view asks for a layer, head, token or channel that is not there.
Seen see(const View& view, const Moment& moment, const Fits& fits = {});
/// The mean of what is seen of the same view at several steps.
Seen meanOf(const std::vector<Seen>& steps);
