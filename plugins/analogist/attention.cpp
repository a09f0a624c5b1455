// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/attention.h"

#include "core/diffusion/attentionrule.h"
#include "core/nn/fastpaths.h"
#include "core/nn/layers.h"

#include <cmath>

namespace {

int64_t half(int64_t tokens)
{
    return std::lround(std::sqrt(double(tokens))) / 2;
}

/// A and B look at everything as they are, A' at A, A' and B as it is and at B' as A looks at B; B'
/// likewise.
TokenParts clonedLooks(int64_t tokens, double scale, double cloningScale)
{
    TokenParts parts;
    const int64_t h = half(tokens);
    for (const Cell cell : {A, APrime, B, BPrime}) {
        const int64_t top = cell / 2 * h, left = cell % 2 * h;
        for (int64_t y = top; y < top + h; ++y)
            for (int64_t x = left; x < left + h; ++x)
                parts.order.push_back(y * 2 * h + x);
        for (const Cell other : {A, APrime, B, BPrime})
            parts.looks.push_back({cell, other, other, scale});
    }
    parts.looks[4 * APrime + BPrime] = {A, B, BPrime, scale * cloningScale};
    parts.looks[4 * BPrime + APrime] = {B, A, APrime, scale * cloningScale};
    return parts;
}

/// The tokens of some cells, one cell after the other: [batch, heads, cells * tokens / 4, d].
Tensor cells(const Tensor& x, std::initializer_list<Cell> which)
{
    std::vector<Tensor> parts;
    for (const Cell cell : which)
        parts.push_back(x.select(2, cell));
    return at::cat(parts, 2);
}

} // namespace

Tensor part(const Tensor& x, int64_t dim, Cell cell)
{
    const int64_t h = half(x.size(dim));
    return x.unflatten(dim, {2, h, 2, h}).select(dim, cell / 2).select(dim + 1, cell % 2);
}

Tensor look(const Tensor& matrix, Cell from, Cell to)
{
    return part(part(matrix, 2, to), 1, from);
}

void cloneScores(Tensor& scores, double scale)
{
    look(scores, APrime, BPrime).copy_(look(scores, A, B) * scale);
    look(scores, BPrime, APrime).copy_(look(scores, B, A) * scale);
}

void maskProbabilities(Tensor& probabilities)
{
    for (const Cell cell : {A, APrime, B})
        part(probabilities, 1, cell).zero_();
}

Tensor clonedAttention(
    const Tensor& q, const Tensor& k, const Tensor& v, double scale, double cloningScale)
{
    const Tensor fast = q.is_cpu() // elsewhere there is none that wants the looks
        ? attention(q, k, v, clonedLooks(q.size(2), scale, cloningScale))
        : Tensor();
    if (fast.defined())
        return fast;
    const Tensor qs = byCell(q), ks = byCell(k), vs = byCell(v);
    // A and B look at everything as they are.
    const auto plain = attention(
                           cells(qs, {A, B}), cells(ks, {A, APrime, B, BPrime}),
                           cells(vs, {A, APrime, B, BPrime}), scale)
                           .chunk(2, 2);
    // A' looks at A, A' and B as it is, and at B' as A looks at B; B' likewise. Both at once, one
    // after the other on the batch.
    const PartialAttention own = partialAttention(
        at::cat({qs.select(2, APrime), qs.select(2, BPrime)}),
        at::cat({cells(ks, {A, APrime, B}), cells(ks, {A, B, BPrime})}),
        at::cat({cells(vs, {A, APrime, B}), cells(vs, {A, B, BPrime})}), scale);
    const PartialAttention cloned = partialAttention(
        at::cat({qs.select(2, A), qs.select(2, B)}), at::cat({ks.select(2, B), ks.select(2, A)}),
        at::cat({vs.select(2, BPrime), vs.select(2, APrime)}), scale * cloningScale);
    const auto primed = merge(own, cloned).chunk(2, 0);
    return inReadingOrder(at::stack({plain[0], primed[0], plain[1], primed[1]}, 2));
}

Tensor maskedAttention(const Tensor& q, const Tensor& k, const Tensor& v, double scale)
{
    const Tensor answered = attention(part(q, 2, BPrime).flatten(2, 3), k, v, scale);
    // As the attention itself gives it: a token's heads beside each other.
    const Tensor all = at::zeros({q.size(0), q.size(2), q.size(1), v.size(3)}, v.options());
    const Tensor to = part(all, 1, BPrime);
    to.copy_(answered.transpose(1, 2).reshape(to.sizes()));
    return all.transpose(1, 2);
}

AttentionRule ruleAt(const AttentionEdits& edits, const Site& site)
{
    const auto acts = [&](const Layers& layers, const Range& steps, Site::Kind kind) {
        return !layers.empty()
            && Where {.kind = kind, .layers = layers, .steps = steps}.matches(site);
    };
    const double s = edits.cloningScale;
    AttentionRule rule;
    if (acts(edits.cloning, edits.cloningSteps, Site::SelfAttention))
        rule.cloned = {{APrime, BPrime, A, B, s}, {BPrime, APrime, B, A, s}};
    if (acts(edits.masking, edits.maskingSteps, Site::CrossAttention))
        rule.silent = {A, APrime, B};
    return rule;
}

Taps analogistTaps(const AttentionEdits& edits, bool plain, const std::vector<Where>& editedToo)
{
    Taps taps;
    const Where cloning {
        .kind = Site::SelfAttention, .layers = edits.cloning, .steps = edits.cloningSteps};
    const Where masking {
        .kind = Site::CrossAttention, .layers = edits.masking, .steps = edits.maskingSteps};
    const double s = edits.cloningScale;
    const auto clone = [s, cloning](const Site& site, Tensor& scores) {
        if (cloning.matches(site))
            cloneScores(scores, s);
    };
    const auto mask = [masking](const Site& site, Tensor& probabilities) {
        if (masking.matches(site))
            maskProbabilities(probabilities);
    };
    if (!edits.cloning.empty())
        for (const Where& where : plain ? std::vector {cloning} : editedToo)
            taps.onScores(where, clone);
    if (!edits.masking.empty())
        for (const Where& where : plain ? std::vector {masking} : editedToo)
            taps.onProbabilities(where, mask);
    if (!edits.cloning.empty() && !plain)
        taps.provideAttention(
            cloning,
            [s](const Site&, const Tensor& q, const Tensor& k, const Tensor& v, double scale) {
                return clonedAttention(q, k, v, scale, s);
            });
    if (!edits.masking.empty() && !plain)
        taps.provideAttention(
            masking,
            [](const Site&, const Tensor& q, const Tensor& k, const Tensor& v, double scale) {
                return maskedAttention(q, k, v, scale);
            });
    return taps;
}
