// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/trace.h"
#include "core/nn/tensor.h"

/// The tokens of a square grid of even side, [batch, heads, tokens, d], by its cells: [batch,
/// heads, 4, tokens / 4, d], in reading order.
Tensor byCell(const Tensor& x);
/// The inverse of byCell().
Tensor inReadingOrder(const Tensor& x);

/// Numbers of the whole matrix of an attention, which is never in memory at once.
struct MeasuredAttention
{
    Tensor logSums = {}; ///< [heads, queries], fp32: of each row's exponentials, with the rule
    AttentionFigures figures = {};
};
/// Of queries and keys [heads, tokens, d] at @p scale with a rule. @p cells: the queries are a
/// square grid of even side, whose shares are wanted. Sums are in fp32.
MeasuredAttention measuredAttention(
    const Tensor& q, const Tensor& k, double scale, const AttentionRule& rule, bool cells);
