// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/trace.h"
#include "core/method.h"
#include "core/nn/tensor.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Where and when in the UNet a tensor is computed.
struct Site
{
    using Kind = SiteKind;
    using enum SiteKind;

    Kind kind = SelfAttention;
    int layer = 0; ///< running number among its kind in execution order: attention 0 to 15,
                   ///< residual blocks 0 to 21
    int step = 0;  ///< of the sampler; 0 is the noisiest
    std::string_view name = {}; ///< prefix in the state dict, e.g. "up_blocks.1.resnets.1"
    int height = 0, width = 0;  ///< of the feature map
    bool given = false;         ///< a tap provides what is otherwise computed here
};

/// Selects sites; what is left out does not restrict.
struct Where
{
    Site::Kind kind = Site::SelfAttention;
    Layers layers = {}; ///< empty: all ("off" is no tap, not an empty set)
    Range steps = {};
    std::string name = {};

    bool matches(const Site& site) const;
};

/// What an attention compares, split into heads: [batch, heads, tokens, d].
struct QueryKey
{
    Tensor query = {}, key = {};
};

/// Functions that a method attaches to the UNet for one run: they see the tensors that pass by,
/// change them, or provide them so that they are not computed. The network itself is never
/// modified. Several functions at a site are called in the order they were added; of providers the
/// last counts.
class Taps
{
public:
    using Edit = std::function<void(const Site&, Tensor&)>;
    using PairEdit = std::function<void(const Site&, Tensor& query, Tensor& key)>;
    /// From q, k, v [batch, heads, tokens, d] and the scale: the attention [batch, heads, queries,
    /// d].
    using Attend = std::function<Tensor(
        const Site&, const Tensor& q, const Tensor& k, const Tensor& v, double scale)>;
    using GiveQueryKey = std::function<QueryKey(const Site&)>;
    using Give = std::function<Tensor(const Site&)>;
    using Watch = std::function<void(std::string_view module, const Tensor&)>;

    /// [batch, heads, tokens, d], before the scores.
    void onQueryKey(Where where, PairEdit edit);
    /// Scaled, before the softmax: [batch * heads, query, key]. The site computes the whole matrix.
    void onScores(Where where, Edit edit);
    /// After the softmax. The site computes the whole matrix.
    void onProbabilities(Where where, Edit edit);
    /// Of a residual block, before the skip is added ([batch, channels, h, w]); at ResidualInput
    /// the first convolution's output before the time embedding.
    void onFeatures(Where where, Edit edit);
    /// What the heads of an attention give, [batch, heads, queries, d], before they are joined.
    void onHeads(Where where, Edit edit);
    /// Provides the attention of a site in place of softmax(q k^T) v.
    void provideAttention(Where where, Attend attend);
    /// Provides queries and keys in place of to_q and to_k, for every item or one for all.
    void provideQueryKey(Where where, GiveQueryKey give);
    /// Provides a residual block's features, before the skip is added, for every item or one for
    /// all: of the block only the skip is computed then.
    void provideFeatures(Where where, Give give);
    /// The output of every module by its diffusers name, only to look at.
    void onModule(Watch watch);

    /// Whether any function is called, or may be, in a step.
    bool actIn(int step) const;

    // For the UNet.
    void queryKey(const Site& site, Tensor& q, Tensor& k) const;
    bool wantsMatrix(const Site& site) const; ///< scores or probabilities are wanted here
    void scores(const Site& site, Tensor& s) const;
    void probabilities(const Site& site, Tensor& p) const;
    void features(const Site& site, Tensor& h) const;
    void heads(const Site& site, Tensor& h) const;
    const Attend* attend(const Site& site) const; ///< null: none provides it
    const GiveQueryKey* givenQueryKey(const Site& site) const;
    const Give* givenFeatures(const Site& site) const;
    void module(std::string_view name, const Tensor& x) const;

private:
    template<typename F>
    struct At
    {
        Where where;
        F function;
    };
    std::vector<At<PairEdit>> m_queryKey;
    std::vector<At<Edit>> m_scores, m_probabilities, m_features, m_heads;
    std::vector<At<Attend>> m_attend;
    std::vector<At<GiveQueryKey>> m_giveQueryKey;
    std::vector<At<Give>> m_giveFeatures;
    std::vector<Watch> m_watch;
};
