// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/attentionmatrix.h"

#include "core/errors.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace {

constexpr int lanes = Tiles::lanes;

bool has(const std::vector<int>& cells, int cell)
{
    return std::ranges::find(cells, cell) != cells.end();
}

} // namespace

Tiles::Tiles(const Numbers& numbers, int head)
    : count(int(numbers.shape().at(1)))
    , features(int(numbers.shape().at(2)))
    , values(size_t(padded()) * size_t(features))
{
    std::vector<float> rows(size_t(lanes) * size_t(features));
    for (int begin = 0; begin < count; begin += lanes) {
        const int some = std::min(lanes, count - begin);
        const std::span<float> read(rows.data(), size_t(some) * size_t(features));
        numbers.read((int64_t(head) * count + begin) * features, read);
        float* tile = values.data() + size_t(begin) * size_t(features);
        for (int i = 0; i < some; ++i)
            for (int f = 0; f < features; ++f)
                tile[f * lanes + i] = rows[size_t(i) * size_t(features) + size_t(f)];
    }
}

void Tiles::products(std::span<const float> vector, float scale, std::span<float> into) const
{
    const float* tile = values.data();
    float* out = into.data();
    for (int begin = 0; begin < count; begin += lanes, out += lanes) {
        float sums[lanes] = {};
        for (int f = 0; f < features; ++f, tile += lanes) {
            const float factor = vector[size_t(f)];
            for (int i = 0; i < lanes; ++i)
                sums[i] += factor * tile[i];
        }
        for (int i = 0; i < lanes; ++i)
            out[i] = sums[i] * scale;
    }
}

int cellOf(int token, int side)
{
    const int half = side / 2;
    return token / side / half * 2 + token % side / half;
}

int shiftBetween(int fromCell, int toCell, int side)
{
    const int half = side / 2;
    return (toCell / 2 - fromCell / 2) * half * side + (toCell % 2 - fromCell % 2) * half;
}

AttentionHead::AttentionHead(const AttentionTrace& trace, int head)
    : m_trace(trace)
    , m_head(head)
    , m_cells(trace.height == trace.width && trace.height % 2 == 0)
    , m_keyCells(m_cells && trace.keys == trace.queries())
{
    if (head < 0 || head >= trace.heads)
        throw ValueError(
            "There is no head %1: they count from 0 to %2 here.", head, trace.heads - 1);
}

void AttentionHead::loadKeys() const
{
    if (m_keys.count == 0)
        m_keys = Tiles(m_trace.key, m_head);
}

void AttentionHead::loadQueries() const
{
    if (m_queries.count == 0)
        m_queries = Tiles(m_trace.query, m_head);
}

std::vector<float> AttentionHead::vectorOf(const Numbers& numbers, int at) const
{
    std::vector<float> vector(size_t(m_trace.features));
    numbers.read((int64_t(m_head) * numbers.shape()[1] + at) * int64_t(m_trace.features), vector);
    return vector;
}

float AttentionHead::afterwards(int query, int key) const
{
    const AttentionRule& rule = m_trace.rule;
    if (m_cells && has(rule.silent, cellOf(query, m_trace.width)))
        return 0;
    return (rule.keyTimes.empty() ? 1 : rule.keyTimes[size_t(key)])
        * (rule.rowTimes.empty() ? 1 : rule.rowTimes[size_t(query)]);
}

void AttentionHead::score(int query, Row& row) const
{
    loadKeys();
    const AttentionRule& rule = m_trace.rule;
    const auto scale = float(m_trace.scale);
    const int side = m_trace.width, keys = m_trace.keys;
    row.p.resize(size_t(m_keys.padded()));
    m_keys.products(vectorOf(m_trace.query, query), scale, row.p);
    if (m_keyCells && !(rule.cloned.empty() && rule.shares.empty())) {
        const int cell = cellOf(query, side);
        std::vector<float> like(row.p.size());
        for (const AttentionRule::Cloned& each : rule.cloned) {
            if (each.queries != cell)
                continue;
            const int other = query + shiftBetween(cell, each.likeQueries, side);
            m_keys.products(vectorOf(m_trace.query, other), scale * float(each.times), like);
            const int shift = shiftBetween(each.keys, each.likeKeys, side);
            for (int j = 0; j < keys; ++j)
                if (cellOf(j, side) == each.keys)
                    row.p[size_t(j)] = like[size_t(j + shift)];
        }
        for (const AttentionRule::Share& each : rule.shares)
            if (each.queries == cell)
                for (int j = 0; j < keys; ++j)
                    if (cellOf(j, side) == each.keys)
                        row.p[size_t(j)] += float(std::log(each.times));
    }
    for (int j = 0; j < keys && !rule.keyWeights.empty(); ++j)
        row.p[size_t(j)] += std::log(rule.keyWeights[size_t(j)]);
    const auto end = row.p.begin() + keys;
    const float largest = *std::max_element(row.p.begin(), end);
    double sum = 0;
    for (auto p = row.p.begin(); p != end; ++p) {
        *p = std::isinf(largest) ? 0 : std::exp(*p - largest);
        sum += *p;
    }
    const auto inverse = sum > 0 ? float(1 / sum) : 0;
    for (auto p = row.p.begin(); p != end; ++p)
        *p *= inverse;
    row.logSum = float(largest + std::log(sum));
}

void AttentionHead::rowInto(int query, Row& row) const
{
    score(query, row);
    const AttentionRule& rule = m_trace.rule;
    if (rule.silent.empty() && rule.keyTimes.empty() && rule.rowTimes.empty())
        return;
    for (int j = 0; j < m_trace.keys; ++j)
        row.p[size_t(j)] *= afterwards(query, j);
}

std::vector<float> AttentionHead::row(int query) const
{
    return meanRow({&query, 1});
}

std::vector<float> AttentionHead::meanRow(std::span<const int> queries) const
{
    std::vector<float> mean(size_t(m_trace.keys));
    Row row;
    for (const int query : queries) {
        rowInto(query, row);
        for (size_t j = 0; j < mean.size(); ++j)
            mean[j] += row.p[j] / float(queries.size());
    }
    return mean;
}

const std::vector<float>& AttentionHead::logSums() const
{
    if (!m_logSums.empty())
        return m_logSums;
    const int queries = m_trace.queries();
    if (!m_trace.logSums.empty()) {
        const auto begin = m_trace.logSums.begin() + ptrdiff_t(m_head) * queries;
        m_logSums.assign(begin, begin + queries);
        return m_logSums;
    }
    Row row;
    for (int i = 0; i < queries; ++i) {
        score(i, row);
        m_logSums.push_back(row.logSum);
    }
    return m_logSums;
}

std::vector<float> AttentionHead::column(int key) const
{
    loadQueries();
    const AttentionRule& rule = m_trace.rule;
    const auto scale = float(m_trace.scale);
    const int side = m_trace.width, queries = m_trace.queries();
    std::vector<float> p(size_t(m_queries.padded()));
    m_queries.products(vectorOf(m_trace.key, key), scale, p);
    const int cell = m_keyCells ? cellOf(key, side) : -1;
    std::vector<float> like(p.size());
    for (const AttentionRule::Cloned& each : rule.cloned) {
        if (cell < 0 || each.keys != cell)
            continue;
        const int other = key + shiftBetween(cell, each.likeKeys, side);
        m_queries.products(vectorOf(m_trace.key, other), scale * float(each.times), like);
        const int shift = shiftBetween(each.queries, each.likeQueries, side);
        for (int i = 0; i < queries; ++i)
            if (cellOf(i, side) == each.queries)
                p[size_t(i)] = like[size_t(i + shift)];
    }
    for (const AttentionRule::Share& each : rule.shares)
        if (cell >= 0 && each.keys == cell)
            for (int i = 0; i < queries; ++i)
                if (cellOf(i, side) == each.queries)
                    p[size_t(i)] += float(std::log(each.times));
    const float weight = rule.keyWeights.empty() ? 0 : std::log(rule.keyWeights[size_t(key)]);
    const std::vector<float>& sums = logSums();
    p.resize(size_t(queries));
    for (int i = 0; i < queries; ++i) {
        const float sum = sums[size_t(i)];
        p[size_t(i)] =
            std::isinf(sum) ? 0 : std::exp(p[size_t(i)] + weight - sum) * afterwards(i, key);
    }
    return p;
}

std::vector<float> AttentionHead::meanColumn(std::span<const int> keys) const
{
    std::vector<float> mean(size_t(m_trace.queries()));
    for (const int key : keys) {
        const std::vector<float> each = column(key);
        for (size_t i = 0; i < mean.size(); ++i)
            mean[i] += each[i] / float(keys.size());
    }
    return mean;
}

void AttentionHead::addTo(std::span<float> matrix, float times, int begin, int end) const
{
    Row row;
    for (int i = begin; i < end; ++i) {
        rowInto(i, row);
        float* into = matrix.data() + size_t(i) * size_t(m_trace.keys);
        for (int j = 0; j < m_trace.keys; ++j)
            into[j] += row.p[size_t(j)] * times;
    }
}

std::vector<float> attentionRows(const AttentionTrace& trace, bool meanOfHeads)
{
    const auto queries = size_t(trace.queries()), keys = size_t(trace.keys);
    const size_t wide = meanOfHeads ? keys : keys * size_t(trace.heads);
    std::vector<float> rows(queries * wide);
    for (int h = 0; h < trace.heads; ++h) {
        const AttentionHead head(trace, h);
        if (meanOfHeads) {
            head.addTo(rows, 1 / float(trace.heads), 0, trace.queries());
            continue;
        }
        for (size_t i = 0; i < queries; ++i) {
            const std::vector<float> row = head.row(int(i));
            std::ranges::copy(row, rows.begin() + ptrdiff_t(i * wide + size_t(h) * keys));
        }
    }
    return rows;
}

void checkAttentionRows(int heads, int64_t queries, int64_t keys, bool meanOfHeads)
{
    // Their decomposition takes twice that besides, and a quarter of a minute.
    constexpr double most = 0.6; // GiB
    const double rows = (meanOfHeads ? 1 : heads) * double(queries) * double(keys);
    if (rows * sizeof(float) / (1 << 30) <= most)
        return;
    throw ValueError(
        meanOfHeads
            ? "The self-attention of %1 x %2 is too large to be shown as components: choose "
              "a layer whose map is smaller, or a smaller size."
            : "The self-attention of %1 x %2, the heads side by side, is too large to be "
              "shown as components: choose \"attention-mean\" (the mean of heads), a layer "
              "whose map is smaller, or a smaller size.",
        queries, keys);
}
