// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/touches.h"

#include "core/errors.h"
#include "core/inspect/view.h"
#include "core/touchtext.h"

#include <algorithm>
#include <cmath>

namespace {

/// The least weight of a key: next to any other it is nothing, and next to its like it is whole.
constexpr double nothing = 1e-30;

/// The heads of each attention layer, in execution order.
std::vector<int> headsOf(const UNetConfig& config)
{
    std::vector<int> heads;
    const size_t last = config.heads.size() - 1;
    const auto add = [&](int count, bool attends, int each) {
        heads.insert(heads.end(), size_t(attends ? count : 0), each);
    };
    for (size_t i = 0; i <= last; ++i)
        add(config.layersPerBlock, config.downAttention[i], config.heads[i]);
    add(1, true, config.heads.back());
    for (size_t i = 0; i <= last; ++i)
        add(config.layersPerBlock + 1, config.upAttention[i], config.heads[last - i]);
    return heads;
}

/// The cells of a map that a touch's box covers.
std::vector<int> boxIn(const Touch& touch, int height, int width)
{
    const Spot box {
        .shape = Spot::Box,
        .corners = {{touch.x, touch.y}, {touch.x + touch.width, touch.y + touch.height}}};
    return cellsOf(box, height, width);
}

void multiply(std::vector<float>& list, size_t size, const std::vector<int>& at, double times)
{
    if (list.empty())
        list.assign(size, 1);
    for (const int i : at)
        list.at(size_t(i)) *= float(times);
}

/// The part of dimension @p dim, which counts the tokens of a square grid, that lies in a cell; a
/// view.
Tensor cellOf(const Tensor& x, int64_t dim, int cell)
{
    const int64_t half = std::lround(std::sqrt(double(x.size(dim)))) / 2;
    return x.unflatten(dim, {2, half, 2, half}).select(dim, cell / 2).select(dim + 1, cell % 2);
}

Tensor placesOf(const std::vector<float>& numbers, const Tensor& like)
{
    return at::tensor(at::ArrayRef<float>(numbers)).to(like.device());
}

/// What a rule says of the exponentials besides cloning, on scores [heads, queries, keys].
void changeScores(Tensor scores, const AttentionRule& rule)
{
    for (const AttentionRule::Share& share : rule.shares)
        cellOf(cellOf(scores, 2, share.keys), 1, share.queries).add_(std::log(share.times));
    if (!rule.keyWeights.empty())
        scores.add_(placesOf(rule.keyWeights, scores).log());
}

/// What it says of the rows besides silent cells, on probabilities [heads, queries, keys].
void changeProbabilities(Tensor p, const AttentionRule& rule)
{
    if (!rule.keyTimes.empty())
        p.mul_(placesOf(rule.keyTimes, p));
    if (!rule.rowTimes.empty())
        p.mul_(placesOf(rule.rowTimes, p).unsqueeze(1));
}

bool changesMatrix(const Touch& touch)
{
    return touch.what != Touch::Head && touch.what != Touch::Injection;
}

/// Whose an item is; one that stands for all is the last one's, which is a result.
const Subject& subjectOf(const std::vector<Subject>& items, int64_t i, int64_t batch)
{
    return batch == 1 ? items.back() : items.at(size_t(i));
}

} // namespace

Range stepsBetween(double begin, double end, int of)
{
    return {int(std::lround(begin * of)), int(std::lround(end * of))};
}

bool Touches::Acting::at(const Site& site) const
{
    return Where {.kind = touch.kind, .layers = touch.layers, .steps = steps}.matches(site);
}

Touches::Touches(
    const std::vector<Touch>& touches, int steps, const UNetConfig& config, Tokens tokens)
    : m_heads(headsOf(config))
    , m_tokens(std::move(tokens))
{
    for (const Touch& touch : touches) {
        check(touch);
        if (touch.times != 1)
            m_acting.push_back({touch, stepsBetween(touch.begin, touch.end, steps)});
    }
}

/// Throws ValueError where a head or a word is not there.
void Touches::check(const Touch& touch) const
{
    if (touch.what == Touch::Head) {
        int least = INT_MAX, most = 0;
        for (int layer = 0; layer < int(m_heads.size()); ++layer)
            if (Where {.kind = touch.kind, .layers = touch.layers}.matches(
                    {.kind = touch.kind, .layer = layer})) {
                least = std::min(least, m_heads[size_t(layer)]);
                most = std::max(most, m_heads[size_t(layer)]);
            }
        // Of all layers those are meant that have this head.
        if (const int heads = touch.layers.empty() ? most : least; touch.head >= heads)
            throw ValueError(
                "The touch \"%1\" is of a head that is not there: this model has %2 heads there, "
                "which count from 0.",
                toText(touch), heads);
    }
    const auto isIn = [&](const auto& context) {
        const auto& [subject, tokens] = context;
        return !subject.source && !subject.negative && !wordTokens(tokens, touch.word).empty();
    };
    if (touch.what == Touch::Word && std::ranges::none_of(m_tokens, isIn))
        throw ValueError(
            "The touch \"%1\" is of a word that is not in the prompt. Please write it there, or "
            "take the touch out.",
            toText(touch));
}

AttentionRule Touches::rule(const Site& site, const Subject& subject, AttentionRule rule) const
{
    if (subject.source)
        return rule;
    const auto queries = size_t(site.height) * size_t(site.width);
    for (const Acting& acting : m_acting) {
        const Touch& touch = acting.touch;
        if (!acting.at(site))
            continue;
        const double weight = std::max(touch.times, nothing);
        if (touch.what == Touch::Word) {
            const auto tokens = m_tokens.find(subject);
            if (!subject.negative && tokens != m_tokens.end())
                if (const auto places = wordTokens(tokens->second, touch.word); !places.empty())
                    multiply(rule.keyTimes, tokens->second.size(), places, touch.times);
        } else if (touch.what == Touch::Rows) {
            multiply(rule.rowTimes, queries, boxIn(touch, site.height, site.width), touch.times);
        } else if (touch.what == Touch::Columns) {
            multiply(rule.keyWeights, queries, boxIn(touch, site.height, site.width), weight);
        } else if (touch.what == Touch::Share) {
            if (site.height == site.width && site.height % 2 == 0)
                rule.shares.push_back({touch.queries, touch.keys, weight});
        }
    }
    for (float& weight : rule.keyWeights)
        weight = std::max(weight, float(nothing));
    return rule;
}

bool Touches::leavesOut(const Site& site) const
{
    return std::ranges::any_of(m_acting, [&](const Acting& acting) {
        return acting.touch.what == Touch::Injection && acting.at(site);
    });
}

std::vector<Where> Touches::edited() const
{
    std::vector<Where> sites;
    for (const SiteKind kind : {SiteKind::SelfAttention, SiteKind::CrossAttention})
        for (int layer = 0; layer < int(m_heads.size()); ++layer) {
            Layers steps;
            for (const Acting& acting : m_acting)
                if (const Site first {.kind = kind, .layer = layer, .step = acting.steps.begin};
                    changesMatrix(acting.touch) && acting.at(first))
                    steps.push_back(acting.steps);
            std::ranges::sort(steps, {}, &Range::begin);
            std::vector<Where> here;
            for (const Range& each : steps)
                if (!here.empty() && each.begin <= here.back().steps.end)
                    here.back().steps.end = std::max(here.back().steps.end, each.end);
                else
                    here.push_back({.kind = kind, .layers = {{layer, layer + 1}}, .steps = each});
            sites.insert(sites.end(), here.begin(), here.end());
        }
    return sites;
}

void Touches::actOnHeads(Taps& taps, const std::vector<Subject>& items) const
{
    for (const Acting& acting : m_acting) {
        const Touch& touch = acting.touch;
        if (touch.what != Touch::Head)
            continue;
        const Where where {.kind = touch.kind, .layers = touch.layers, .steps = acting.steps};
        taps.onHeads(where, [&touch, items](const Site&, Tensor& h) {
            for (int64_t i = 0; i < h.size(0); ++i)
                if (!subjectOf(items, i, h.size(0)).source && touch.head < h.size(1))
                    h[i][touch.head].mul_(touch.times);
        });
    }
}

void Touches::act(Taps& taps, const std::vector<Subject>& items) const
{
    actOnHeads(taps, items);
    const auto each = [this, items](const Site& site, const Tensor& matrix, const auto& change) {
        const int64_t heads = m_heads.at(size_t(site.layer)), batch = matrix.size(0) / heads;
        for (int64_t i = 0; i < batch; ++i)
            change(matrix.narrow(0, i * heads, heads), rule(site, subjectOf(items, i, batch)));
    };
    for (const Where& where : edited()) {
        taps.onScores(where, [each](const Site& site, Tensor& s) { each(site, s, changeScores); });
        taps.onProbabilities(
            where, [each](const Site& site, Tensor& p) { each(site, p, changeProbabilities); });
    }
}
