// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/trace.h"

#include <span>
#include <vector>

/// Vectors of a head, sixteen side by side so that a processor takes them together: [ceil(count /
/// 16), features, 16], zeros behind the last.
struct Tiles
{
    static constexpr int lanes = 16;

    int count = 0, features = 0;
    std::vector<float> values = {};

    Tiles() = default;
    /// Those of @p head of numbers [heads, count, features].
    Tiles(const Numbers& numbers, int head);
    int padded() const { return (count + lanes - 1) / lanes * lanes; }
    /// The products of all of them with a vector, times @p scale; @p into has room for padded().
    void products(std::span<const float> vector, float scale, std::span<float> into) const;
};

/// A head of an attention as it was used: what its queries give to its keys, P = softmax(scale q
/// k^T) with the rule, computed from queries and keys where it is asked for. The whole matrix is
/// never in memory. Sums are in fp32: within 1e-5 of exact ones.
class AttentionHead
{
public:
    /// @p trace must outlive this. Throws ValueError where there is no such head.
    AttentionHead(const AttentionTrace& trace, int head);

    /// P[query, :] [keys].
    std::vector<float> row(int query) const;
    /// P[:, key] [queries]: by the recorded logarithms of the rows' sums or, where there are none,
    /// by those of all rows, which takes as long as the whole matrix.
    std::vector<float> column(int key) const;
    /// The mean of the rows of some queries [keys].
    std::vector<float> meanRow(std::span<const int> queries) const;
    /// The mean of the columns of some keys [queries].
    std::vector<float> meanColumn(std::span<const int> keys) const;
    /// Adds rows @p begin to @p end of P, times @p times, to those of a matrix [queries, keys].
    void addTo(std::span<float> matrix, float times, int begin, int end) const;

private:
    struct Row
    {
        std::vector<float> p = {}; ///< [padded keys]
        float logSum = 0;
    };
    void score(int query, Row& row) const; ///< with the rule's exponentials, and their sum
    void rowInto(int query, Row& row) const;
    void loadKeys() const;
    void loadQueries() const;
    std::vector<float> vectorOf(const Numbers& numbers, int at) const;
    const std::vector<float>& logSums() const;
    float afterwards(int query, int key) const;

    const AttentionTrace& m_trace;
    int m_head = 0;
    bool m_cells = false, m_keyCells = false; ///< queries, and keys, are a grid of four cells
    // Read where they are needed, then kept.
    mutable Tiles m_keys = {}, m_queries = {};
    mutable std::vector<float> m_logSums = {};
};

/// The cell of a token of a grid of @p side x @p side, in reading order.
int cellOf(int token, int side);
/// What leads from a token of a cell to the one at the same place of another.
int shiftBetween(int fromCell, int toCell, int side);

/// The mean of what is computed of the heads or, with @p head >= 0, of that one.
template<typename Of>
std::vector<float> meanOfHeads(const AttentionTrace& trace, int head, const Of& of)
{
    if (head >= 0)
        return of(AttentionHead(trace, head));
    std::vector<float> sum;
    for (int i = 0; i < trace.heads; ++i) {
        const std::vector<float> each = of(AttentionHead(trace, i));
        sum.resize(each.size());
        for (std::size_t j = 0; j < each.size(); ++j)
            sum[j] += each[j] / float(trace.heads);
    }
    return sum;
}

/// The rows of an attention for principal components, [queries, heads * keys], the heads side by
/// side, or of their mean, [queries, keys] (Tumanyan et al. 2023, section 8 of the appendix).
std::vector<float> attentionRows(const AttentionTrace& trace, bool meanOfHeads);
/// Throws ValueError where rows of so many queries and keys are too large for components: of @p
/// heads side by side, or of their mean.
void checkAttentionRows(int heads, int64_t queries, int64_t keys, bool meanOfHeads);
