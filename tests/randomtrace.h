// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/trace.h"
#include "core/random.h"

#include <algorithm>
#include <cmath>
#include <vector>

/// Random numbers of a normal distribution.
inline std::vector<float> randomNumbers(size_t count, uint32_t stream)
{
    std::vector<float> numbers(count);
    normal(17, stream, numbers);
    return numbers;
}

/// A random attention of queries in a map; self-attention unless it is given @p keys. Its numbers
/// are kept in single precision, its scores are up to about @p largest.
inline AttentionTrace randomAttention(
    int height, int width, int heads, int features, uint32_t stream, int keys = 0,
    double largest = 4)
{
    const int queries = height * width;
    keys = keys > 0 ? keys : queries;
    const auto numbers = [&](int tokens, uint32_t part) {
        std::vector<float> values =
            randomNumbers(size_t(heads) * size_t(tokens) * size_t(features), stream * 2 + part);
        for (float& value : values)
            value *= float(std::sqrt(largest / 4));
        return Numbers({heads, tokens, features}, std::move(values));
    };
    return {
        .name = "up_blocks.2.attentions.1.transformer_blocks.0.attn1",
        .height = height,
        .width = width,
        .heads = heads,
        .keys = keys,
        .features = features,
        .query = numbers(queries, 0),
        .key = numbers(keys, 1),
        .scale = 1 / std::sqrt(double(features))};
}

/// The cell of a token in a grid of four, as one reads.
inline int plainCell(int token, int side)
{
    const int y = token / side, x = token % side;
    return (y < side / 2 ? 0 : 2) + (x < side / 2 ? 0 : 1);
}

/// P of a head with the rule, [queries][keys], by plain loops in double precision; @p logSums takes
/// the logarithms of the rows' sums.
inline std::vector<std::vector<double>> plainMatrix(
    const AttentionTrace& t, int head, std::vector<double>* logSums = nullptr)
{
    const std::vector<float> q = t.query.all(), k = t.key.all();
    const int n = t.queries(), side = t.width, half = side / 2;
    const bool self = n == t.keys;
    const auto score = [&](int i, int j) {
        double sum = 0;
        for (int f = 0; f < t.features; ++f)
            sum += double(q[size_t((head * n + i) * t.features + f)])
                * k[size_t((head * t.keys + j) * t.features + f)];
        return sum * t.scale;
    };
    const auto moved = [&](int token, int cell) { // to the same place of another cell
        const int y = token / side % half, x = token % side % half;
        return (cell / 2 * half + y) * side + cell % 2 * half + x;
    };
    const AttentionRule& rule = t.rule;
    std::vector<std::vector<double>> p(size_t(n), std::vector<double>(size_t(t.keys)));
    for (int i = 0; i < n; ++i) {
        double sum = 0;
        std::vector<double>& row = p[size_t(i)];
        for (int j = 0; j < t.keys; ++j) {
            double s = score(i, j), times = 1;
            if (self)
                for (const auto& each : rule.cloned)
                    if (plainCell(i, side) == each.queries && plainCell(j, side) == each.keys)
                        s = each.times * score(moved(i, each.likeQueries), moved(j, each.likeKeys));
            if (self)
                for (const auto& each : rule.shares)
                    if (plainCell(i, side) == each.queries && plainCell(j, side) == each.keys)
                        times *= each.times;
            if (!rule.keyWeights.empty())
                times *= rule.keyWeights[size_t(j)];
            row[size_t(j)] = std::exp(s) * times;
            sum += row[size_t(j)];
        }
        if (logSums)
            logSums->push_back(std::log(sum));
        const bool silent = std::find(rule.silent.begin(), rule.silent.end(), plainCell(i, side))
            != rule.silent.end();
        for (int j = 0; j < t.keys; ++j) {
            row[size_t(j)] = silent ? 0 : row[size_t(j)] / sum;
            if (!rule.keyTimes.empty())
                row[size_t(j)] *= rule.keyTimes[size_t(j)];
            if (!rule.rowTimes.empty())
                row[size_t(j)] *= rule.rowTimes[size_t(i)];
        }
    }
    return p;
}

/// Fills in the recorded logarithms of the rows' sums.
inline void addLogSums(AttentionTrace& trace)
{
    std::vector<double> sums;
    for (int head = 0; head < trace.heads; ++head)
        plainMatrix(trace, head, &sums);
    trace.logSums.assign(sums.begin(), sums.end());
}
