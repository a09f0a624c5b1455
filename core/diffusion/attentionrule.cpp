// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/attentionrule.h"

#include <algorithm>
#include <cmath>

Tensor byCell(const Tensor& x)
{
    const int64_t h = std::lround(std::sqrt(double(x.size(2)))) / 2, d = x.size(3);
    return x.reshape({x.size(0), x.size(1), 2, h, 2, h, d})
        .transpose(3, 4)
        .reshape({x.size(0), x.size(1), 4, h * h, d});
}

Tensor inReadingOrder(const Tensor& x)
{
    const int64_t h = std::lround(std::sqrt(double(x.size(3))));
    return x.reshape({x.size(0), x.size(1), 2, 2, h, h, x.size(4)})
        .transpose(3, 4)
        .reshape({x.size(0), x.size(1), 4 * h * h, x.size(4)});
}

namespace {

constexpr int64_t mostAtOnce = 1 << 18; // numbers of a block of the matrix: 1 MB

/// A matrix whose tokens are ordered by cells, if they are a grid: one block of rows after the
/// other, each within a cell.
struct Matrix
{
    Tensor q, k; ///< [heads, tokens, d], fp32, scaled
    int64_t queriesOfCell = 0, keysOfCell = 0; ///< 0: no grid
    const AttentionRule& rule;
    Tensor keyWeights = {}, keyTimes = {}, rowTimes = {}; ///< in the order of the tokens here

    bool selfAttends() const { return keysOfCell > 0; }
    Tensor plainScores(int64_t begin, int64_t count) const
    {
        return at::matmul(q.narrow(1, begin, count), k.transpose(1, 2));
    }
    /// With what the rule says of the exponentials.
    Tensor scores(int64_t begin, int64_t count, const Tensor& plain) const;
    /// What the rule says of the rows once they sum to 1.
    void finish(int64_t begin, int64_t count, Tensor& p) const;
};

Tensor Matrix::scores(int64_t begin, int64_t count, const Tensor& plain) const
{
    if (rule.cloned.empty() && rule.shares.empty() && !keyWeights.defined())
        return plain;
    Tensor s = plain.clone();
    const int cell = queriesOfCell > 0 ? int(begin / queriesOfCell) : -1;
    const auto keysIn = [&](int of) { return s.narrow(2, of * keysOfCell, keysOfCell); };
    if (selfAttends())
        for (const AttentionRule::Cloned& each : rule.cloned)
            if (each.queries == cell) {
                const int64_t like = begin + (each.likeQueries - cell) * queriesOfCell;
                const Tensor keys = k.narrow(1, each.likeKeys * keysOfCell, keysOfCell);
                keysIn(each.keys).copy_(
                    at::matmul(q.narrow(1, like, count), keys.transpose(1, 2)) * each.times);
            }
    if (selfAttends())
        for (const AttentionRule::Share& each : rule.shares)
            if (each.queries == cell)
                keysIn(each.keys).add_(std::log(each.times));
    if (keyWeights.defined())
        s.add_(keyWeights.log());
    return s;
}

void Matrix::finish(int64_t begin, int64_t count, Tensor& p) const
{
    if (keyTimes.defined())
        p.mul_(keyTimes);
    if (rowTimes.defined())
        p.mul_(rowTimes.narrow(0, begin, count).unsqueeze(1));
    const int cell = queriesOfCell > 0 ? int(begin / queriesOfCell) : -1;
    if (std::ranges::find(rule.silent, cell) != rule.silent.end())
        p.zero_();
}

/// A list of the rule as a tensor; undefined where it is empty.
Tensor listOf(const std::vector<float>& numbers, const Tensor& like)
{
    if (numbers.empty())
        return {};
    return at::tensor(at::ArrayRef<float>(numbers)).to(like.device());
}

/// [tokens] of a grid, by its cells.
Tensor listByCell(const Tensor& list)
{
    return list.defined() ? byCell(list.reshape({1, 1, -1, 1})).reshape({-1}) : list;
}

/// What a block's probabilities give to the keys, or to the cells of keys: summed over heads and
/// rows.
Tensor given(const Tensor& p, int64_t keysOfCell)
{
    const Tensor byKey = p.sum(at::IntArrayRef {0, 1});
    return keysOfCell > 0 ? byKey.unflatten(0, {4, keysOfCell}).sum(1) : byKey;
}

std::vector<float> numbersOf(const Tensor& x)
{
    const Tensor values = x.to(at::kCPU, at::kFloat).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

} // namespace

MeasuredAttention measuredAttention(
    const Tensor& q, const Tensor& k, double scale, const AttentionRule& rule, bool cells)
{
    const int64_t heads = q.size(0), queries = q.size(1), keys = k.size(1);
    const bool self = queries == keys;
    const auto ordered = [](const Tensor& x) { return byCell(x.unsqueeze(0))[0].flatten(1, 2); };
    Matrix matrix {
        .q = q.to(at::kFloat) * scale,
        .k = k.to(at::kFloat),
        .queriesOfCell = cells ? queries / 4 : 0,
        .keysOfCell = cells && self ? keys / 4 : 0,
        .rule = rule,
        .keyWeights = listOf(rule.keyWeights, q),
        .keyTimes = listOf(rule.keyTimes, q),
        .rowTimes = listOf(rule.rowTimes, q)};
    if (cells) {
        matrix.q = ordered(matrix.q);
        matrix.rowTimes = listByCell(matrix.rowTimes);
        if (self) {
            matrix.k = ordered(matrix.k);
            matrix.keyWeights = listByCell(matrix.keyWeights);
            matrix.keyTimes = listByCell(matrix.keyTimes);
        }
    }
    const bool rows = !matrix.rule.silent.empty() || matrix.rowTimes.defined();
    const bool plain = rule.empty();
    // Where an exponential may be zero its logarithm is not finite, but 0 ln 0 is 0.
    const bool zeros = matrix.keyWeights.defined() || !rule.shares.empty()
        || matrix.keyTimes.defined() || rows;
    const int64_t whole = cells ? queries / 4 : queries;
    const int64_t block = std::clamp<int64_t>(mostAtOnce / (heads * keys), 1, whole);
    const auto options = matrix.q.options();
    Tensor logSums = at::empty({heads, queries}, options);
    const int64_t columns = matrix.keysOfCell > 0 ? 4 : keys;
    Tensor after = at::zeros({4, columns}, options), before = at::zeros({4, columns}, options);
    double entropy = 0;
    int64_t counted = 0;
    for (int64_t part = 0; part < queries; part += whole)
        for (int64_t begin = part; begin < part + whole; begin += block) {
            const int64_t count = std::min(block, part + whole - begin);
            const Tensor plainScores = matrix.plainScores(begin, count);
            const Tensor s = matrix.scores(begin, count, plainScores);
            const Tensor sums = s.logsumexp(at::IntArrayRef {-1});
            logSums.narrow(1, begin, count).copy_(sums);
            const Tensor logs = s - sums.unsqueeze(-1);
            Tensor p = logs.exp();
            matrix.finish(begin, count, p);
            if (rows) {
                counted += (p.sum(at::IntArrayRef {-1}) > 0).sum().item<int64_t>();
            } else {
                counted += heads * count;
            }
            entropy -= (zeros ? p.xlogy(p) : p * logs).sum(at::kDouble).item<double>();
            if (!cells)
                continue;
            const int64_t cell = begin / whole;
            after[cell].add_(given(p, matrix.keysOfCell));
            if (!plain)
                before[cell].add_(given(plainScores.softmax(-1), matrix.keysOfCell));
        }
    MeasuredAttention measured;
    const double each = double(heads) * double(whole);
    if (cells) {
        measured.figures.shares = numbersOf(after / each);
        measured.figures.sharesBefore =
            plain ? measured.figures.shares : numbersOf(before / each);
        logSums = inReadingOrder(logSums.reshape({1, heads, 4, whole, 1})).reshape({heads, -1});
    }
    measured.logSums = logSums;
    measured.figures.rows = int(counted / heads);
    if (counted > 0 && keys > 1)
        measured.figures.entropy = entropy / double(counted) / std::log(double(keys));
    return measured;
}
