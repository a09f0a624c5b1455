// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/attentionrule.h"

#include "core/inspect/softmaxsums.h"
#include "core/nn/fastpaths.h"

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
    Tensor q, k;                               ///< [heads, tokens, d], fp32, scaled
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

/// Sums over all rows of a matrix.
struct Totals
{
    double entropy = 0;
    int64_t rows = 0;               ///< of all heads, that are not zero
    Tensor after = {}, before = {}; ///< [4, cells or keys]
};

/// Where a head's row is in four parts, or in one.
constexpr int mostParts = 4;
/// What is known of a row once its scores were read.
struct RowFigures
{
    float logSum = 0, entropy = 0;
    float after[mostParts] = {}, before[mostParts] = {}; ///< shares of the parts
};

/// A row of @p parts parts of @p length scores each; @p cloned are those of the part @p at, in
/// whose place they stand, if there are any.
RowFigures figuresOfRow(const float* scores, int parts, int length, const float* cloned, int at)
{
    const float own = largestOf(scores, parts * length);
    const float largest = cloned ? std::max(own, largestOf(cloned, length)) : own;
    SoftmaxSums sums[mostParts];
    float before = 0, after = 0, weighted = 0;
    for (int i = 0; i < parts; ++i) {
        sums[i] = softmaxSums(scores + i * length, length, largest);
        before += sums[i].exponentials;
    }
    RowFigures figures;
    for (int i = 0; i < parts; ++i)
        figures.before[i] = sums[i].exponentials / before;
    if (cloned)
        sums[at] = softmaxSums(cloned, length, largest);
    for (int i = 0; i < parts; ++i) {
        after += sums[i].exponentials;
        weighted += sums[i].weighted;
    }
    for (int i = 0; i < parts; ++i)
        figures.after[i] = sums[i].exponentials / after;
    figures.logSum = largest + std::log(after);
    figures.entropy = std::log(after) - weighted / after;
    return figures;
}

/// A row that is shown by its keys: leaves the probabilities in place of the scores.
RowFigures figuresOfRow(float* scores, int keys)
{
    RowFigures figures;
    const float largest = largestOf(scores, keys);
    const SoftmaxSums sums = softmaxSums(scores, keys, largest);
    figures.logSum = largest + std::log(sums.exponentials);
    figures.entropy = std::log(sums.exponentials) - sums.weighted / sums.exponentials;
    exponentials(scores, keys, figures.logSum);
    return figures;
}

/// The figures of an attention on the CPU that nothing but cloning and masking changes: each score
/// is read once more after the product that makes it.
Totals totalsOfRows(const Matrix& matrix, Tensor& logSums)
{
    const int64_t heads = matrix.q.size(0), queries = matrix.q.size(1), keys = matrix.k.size(1);
    const bool cells = matrix.queriesOfCell > 0, byKey = cells && !matrix.selfAttends();
    const int parts = matrix.selfAttends() ? mostParts : 1, length = int(keys / parts);
    const int64_t whole = cells ? queries / 4 : queries;
    const int64_t block = std::clamp<int64_t>(mostAtOnce / (heads * keys), 1, whole);
    Totals totals {
        .after = at::zeros({4, byKey ? keys : 4}), .before = at::zeros({4, byKey ? keys : 4})};
    auto after = totals.after.accessor<float, 2>(), before = totals.before.accessor<float, 2>();
    auto sums = logSums.accessor<float, 2>();
    std::vector<RowFigures> rows(size_t(heads * block));
    for (int64_t begin = 0, count = 0; begin < queries; begin += count) {
        const int cell = int(begin / whole);
        count = std::min(block, (cell + 1) * whole - begin);
        const Tensor scores = matrix.plainScores(begin, count).contiguous();
        const auto& list = matrix.rule.cloned;
        const auto rule =
            std::ranges::find(list, parts > 1 ? cell : -1, &AttentionRule::Cloned::queries);
        const bool clones = rule != list.end();
        Tensor cloned;
        if (clones) {
            const int64_t like = begin + (rule->likeQueries - cell) * whole;
            const Tensor keysLike = matrix.k.narrow(1, rule->likeKeys * length, length);
            cloned = at::matmul(matrix.q.narrow(1, like, count), keysLike.transpose(1, 2))
                         .mul_(rule->times)
                         .contiguous();
        }
        float* s = scores.data_ptr<float>();
        const float* c = clones ? cloned.const_data_ptr<float>() : nullptr;
        constexpr int64_t rowsOfTask = 64;
        runTasks((heads * count + rowsOfTask - 1) / rowsOfTask, 0, [&](int64_t task, float*) {
            const int64_t from = task * rowsOfTask;
            for (int64_t i = from; i < std::min(from + rowsOfTask, heads * count); ++i)
                rows[size_t(i)] = byKey ? figuresOfRow(s + i * keys, int(keys))
                                        : figuresOfRow(
                                            s + i * keys, parts, length,
                                            c ? c + i * length : nullptr, clones ? rule->keys : 0);
        });
        const auto& silent = matrix.rule.silent;
        const bool speaks = !cells || std::ranges::find(silent, cell) == silent.end();
        for (int64_t head = 0; head < heads; ++head)
            for (int64_t i = 0; i < count; ++i) {
                const RowFigures& row = rows[size_t(head * count + i)];
                sums[head][begin + i] = row.logSum;
                totals.entropy += speaks ? double(row.entropy) : 0;
                for (int part = 0; parts > 1 && part < parts; ++part) {
                    after[cell][part] += speaks ? row.after[part] : 0;
                    before[cell][part] += row.before[part];
                }
            }
        totals.rows += speaks ? heads * count : 0;
        if (byKey) {
            const Tensor shares = scores.sum(at::IntArrayRef {0, 1});
            totals.before[cell].add_(shares);
            if (speaks)
                totals.after[cell].add_(shares);
        }
    }
    return totals;
}

/// The same of any attention with any rule, on any device.
Totals totalsOf(const Matrix& matrix, Tensor& logSums)
{
    const int64_t heads = matrix.q.size(0), queries = matrix.q.size(1), keys = matrix.k.size(1);
    const AttentionRule& rule = matrix.rule;
    const bool cells = matrix.queriesOfCell > 0;
    const bool rows = !rule.silent.empty() || matrix.rowTimes.defined();
    // Where an exponential may be zero its logarithm is not finite, but 0 ln 0 is 0.
    const bool zeros =
        rows || matrix.keyWeights.defined() || !rule.shares.empty() || matrix.keyTimes.defined();
    const int64_t whole = cells ? queries / 4 : queries;
    const int64_t block = std::clamp<int64_t>(mostAtOnce / (heads * keys), 1, whole);
    const int64_t columns = matrix.keysOfCell > 0 ? 4 : keys;
    const auto options = matrix.q.options();
    Totals totals {
        .after = at::zeros({4, columns}, options), .before = at::zeros({4, columns}, options)};
    for (int64_t begin = 0, count = 0; begin < queries; begin += count) {
        const int64_t cell = begin / whole;
        count = std::min(block, (cell + 1) * whole - begin);
        const Tensor plainScores = matrix.plainScores(begin, count);
        const Tensor s = matrix.scores(begin, count, plainScores);
        const Tensor sums = s.logsumexp(at::IntArrayRef {-1});
        logSums.narrow(1, begin, count).copy_(sums);
        const Tensor logs = s - sums.unsqueeze(-1);
        Tensor p = logs.exp();
        matrix.finish(begin, count, p);
        totals.rows +=
            rows ? (p.sum(at::IntArrayRef {-1}) > 0).sum().item<int64_t>() : heads * count;
        totals.entropy -= (zeros ? p.xlogy(p) : p * logs).sum(at::kDouble).item<double>();
        if (cells) {
            totals.after[cell].add_(given(p, matrix.keysOfCell));
            totals.before[cell].add_(given(plainScores.softmax(-1), matrix.keysOfCell));
        }
    }
    return totals;
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
    const bool untouched = rule.shares.empty() && rule.keyWeights.empty() && rule.keyTimes.empty()
        && rule.rowTimes.empty();
    Tensor logSums = at::empty({heads, queries}, matrix.q.options());
    const Totals totals =
        untouched && q.is_cpu() ? totalsOfRows(matrix, logSums) : totalsOf(matrix, logSums);
    MeasuredAttention measured;
    if (cells) {
        const int64_t whole = queries / 4;
        const double each = double(heads) * double(whole);
        measured.figures.shares = numbersOf(totals.after / each);
        measured.figures.sharesBefore = numbersOf(totals.before / each);
        logSums = inReadingOrder(logSums.reshape({1, heads, 4, whole, 1})).reshape({heads, -1});
    }
    measured.logSums = logSums;
    measured.figures.rows = int(totals.rows / heads);
    if (totals.rows > 0 && keys > 1)
        measured.figures.entropy = totals.entropy / double(totals.rows) / std::log(double(keys));
    return measured;
}
