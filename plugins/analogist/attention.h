// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/taps.h"

/// The quadrants of the grid, in reading order.
enum Cell { A, APrime, B, BPrime };

/// What Analogist does to the attention (section 4 of the paper); the defaults are the paper's.
struct AttentionEdits
{
    Layers cloning = {{3, 11}}; ///< self-attention cloning (SAC); empty: off
    Range cloningSteps = {};
    double cloningScale = 1.3;  ///< s
    Layers masking = {{3, 11}}; ///< cross-attention masking (CAM); empty: off
    Range maskingSteps = {};
};

/// The part of dimension @p dim, which counts the tokens of the whole square grid row by row, that
/// lies in @p cell; a view.
Tensor part(const Tensor& x, int64_t dim, Cell cell);
/// How much the tokens of @p from look at those of @p to, of a matrix [batch * heads, query, key];
/// a view, so it can be assigned to.
Tensor look(const Tensor& matrix, Cell from, Cell to);

/// Cloning on the scores: A' and B' relate as A and B do, times s, both ways.
void cloneScores(Tensor& scores, double scale);
/// Masking on the probabilities: the prompt speaks of B' alone.
void maskProbabilities(Tensor& probabilities);

/// The same attention as after cloneScores(), without the matrix, at the cost of a plain one: one
/// softmax over what each cell looks at, or where that is not to be had three attentions over parts
/// of the keys, merged by their log-sum-exps. q, k, v are [batch, heads,
/// tokens, d] with tokens a square of even side.
Tensor clonedAttention(
    const Tensor& q, const Tensor& k, const Tensor& v, double scale, double cloningScale);
/// The same attention as after maskProbabilities(): computed for the queries in B', zero elsewhere.
Tensor maskedAttention(const Tensor& q, const Tensor& k, const Tensor& v, double scale);

/// What the edits are at a site, to be looked at.
AttentionRule ruleAt(const AttentionEdits& edits, const Site& site);

/// The taps of a run. @p plain edits scores and probabilities as the original does; otherwise the
/// attention is provided, but at the sites that others edit too, which are apart.
Taps analogistTaps(
    const AttentionEdits& edits, bool plain, const std::vector<Where>& editedToo = {});
