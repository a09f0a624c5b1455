// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/numbers.h"
#include "core/values.h"

#include <compare>
#include <map>
#include <memory>
#include <string>
#include <vector>

// What a network held while it computed, as plain numbers: recorded by core/diffusion/recorder.h,
// looked at with the rest of this folder, by anybody, without torch and without the network.

/// What can be recorded in a network.
enum class SiteKind {
    SelfAttention,
    CrossAttention,
    ResidualBlock, ///< before the skip is added
    ResidualInput, ///< of a residual block, what its first convolution gives
    Control        ///< what a ControlNet adds to a skip or, as the last, to the middle
};

/// A place in a network: its running number among its kind in execution order.
struct TraceSite
{
    SiteKind kind = SiteKind::SelfAttention;
    int layer = 0;

    auto operator<=>(const TraceSite&) const = default;
};

/// Which of the passes of a step something belongs to.
struct Subject
{
    bool source = false;   ///< of a translation; else a candidate
    int candidate = 0;     ///< counted from 0; of a source 0
    bool negative = false; ///< the half that guidance leads away from

    auto operator<=>(const Subject&) const = default;
};

/// What changes an attention besides its queries and keys. Cells are the quadrants of a grid of
/// tokens, in reading order (A, A', B, B'). An empty list changes nothing.
struct AttentionRule
{
    /// The scores of the queries in a cell for the keys in another are those of two other cells,
    /// times a number (Gu et al. 2024, "Analogist", section 4: self-attention cloning).
    struct Cloned
    {
        int queries = 0, keys = 0;         ///< the cells whose scores are replaced
        int likeQueries = 0, likeKeys = 0; ///< by those of these cells
        double times = 1;

        bool operator==(const Cloned&) const = default;
    };
    std::vector<Cloned> cloned = {};
    std::vector<int> silent = {}; ///< cells whose queries look at nothing: rows of zeros

    /// Of queries in a cell for keys in a cell: what their exponentials are multiplied by before
    /// the rows are brought to a sum of 1.
    struct Share
    {
        int queries = 0, keys = 0;
        double times = 1;

        bool operator==(const Share&) const = default;
    };
    std::vector<Share> shares = {};
    std::vector<float> keyWeights = {}; ///< by key, before the rows are brought to a sum of 1
    std::vector<float> keyTimes = {};   ///< by key, afterwards (Hertz et al. 2022,
                                        ///< "Prompt-to-Prompt": attention re-weighting)
    std::vector<float> rowTimes = {};   ///< by query, afterwards

    bool empty() const { return *this == AttentionRule(); }
    bool operator==(const AttentionRule&) const = default;
};

/// Numbers of the whole matrix of an attention, the mean over its heads.
struct AttentionFigures
{
    double entropy = 0; ///< -sum P ln P / ln n over the rows that are not zero, 0 to 1
    int rows = 0;       ///< those rows; 0: there is none, and no entropy
    /// S[c, d], the mean over the queries of cell c of what they give to the keys of cell d, [4,
    /// 4] of a self-attention and [4, keys] of a cross-attention, row-major; empty where the tokens
    /// are no grid. Before: of the same queries and keys without the rule.
    std::vector<float> shares = {}, sharesBefore = {};
};

/// What an attention was computed of.
struct AttentionTrace
{
    std::string name = {};     ///< prefix in the state dict
    int height = 0, width = 0; ///< of the queries
    int heads = 0, keys = 0, features = 0;
    Numbers query = {};              ///< [heads, height * width, features], as it was used
    Numbers key = {};                ///< [heads, keys, features]
    double scale = 1;                ///< of the scores q k^T
    std::vector<float> logSums = {}; ///< [heads, height * width]: of each row's exponentials, with
                                     ///< the rule; empty: not taken
    AttentionRule rule = {};
    bool injected = false; ///< queries and keys came from elsewhere
    AttentionFigures figures = {};

    int queries() const { return height * width; }
};

/// A feature map.
struct FeatureTrace
{
    std::string name = {};
    Numbers values = {}; ///< [channels, height, width]
    bool injected = false;
};

/// What one pass of a step held.
struct PassTrace
{
    std::map<TraceSite, AttentionTrace> attention = {};
    std::map<TraceSite, FeatureTrace> features = {};
    /// The length of what guidance adds to the conditional prediction divided by its scale - 1, a
    /// candidate's; 0: without guidance.
    double guidanceNorm = 0;
};

/// A token of a context.
struct ContextToken
{
    std::string text = {}; ///< as people read it
    int word = -1;         ///< words of a prompt count from 0; -1: a mark, of the start or the end
};

/// Where a reference was looked at (Xu et al. 2023, "Prompt-Free Diffusion": SeeCoder).
struct ReferenceTrace
{
    int firstToken = 0;        ///< of the context
    double weight = 1;         ///< where references are averaged, of 1
    int height = 0, width = 0; ///< of the finest level of the encoder
    Numbers origins =
        {}; ///< R [tokens, height * width]: where each token comes from; rows sum to 1
};

/// What is the same for all steps of a run.
struct TraceSetting
{
    int latentHeight = 0, latentWidth = 0;
    bool grid = false; ///< the picture is a grid of 2 x 2 cells
    std::map<Subject, std::vector<ContextToken>> tokens = {}; ///< of each one's context
    std::vector<ReferenceTrace> references = {};
};

/// What a step of a run held; step 0 is the noisiest.
struct StepTrace
{
    int step = 0;
    std::shared_ptr<const TraceSetting> setting = {};
    std::map<Subject, PassTrace> passes = {};

    int64_t bytes() const; ///< in memory
};

/// What is to be recorded. Empty: nothing.
struct Recording
{
    struct Sites
    {
        SiteKind kind = SiteKind::SelfAttention;
        Layers layers = {}; ///< empty: all

        bool operator==(const Sites&) const = default;
    };
    std::vector<Sites> sites = {};
    bool figures = false;  ///< the whole matrices' numbers too (AttentionFigures)
    bool logSums = true;   ///< for columns and figures; costs as much as the attention itself
    bool negative = false; ///< also of the half that guidance leads away from
    bool source = true;    ///< also of the source of a translation

    bool empty() const { return sites.empty(); }
    bool wants(SiteKind kind) const;
    bool wants(const TraceSite& site) const;
    bool operator==(const Recording&) const = default;
};
/// Everything that can be recorded.
Recording everything();
/// Cross- and self-attention.
Recording attentionOnly();
