// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/inspect/seeing.h"

#include <algorithm>

namespace {

const std::vector<std::string> cells = {"A", "A′", "B", "B′"};

/// Names of the keys of a cross-attention.
std::vector<std::string> tokenNames(const View& view, const Moment& moment, int keys)
{
    std::vector<std::string> names;
    for (int i = 0; i < keys; ++i)
        names.push_back(textOf({i}, view, moment));
    return names;
}

using Table = std::vector<float> AttentionFigures::*;

SeenMap tableOf(
    Sentence label, int layer, const std::vector<float>& values, std::vector<std::string> columns)
{
    return {
        .label = std::move(label),
        .layer = layer,
        .height = 4,
        .width = int(columns.size()),
        .values = values,
        .rows = cells,
        .columns = std::move(columns)};
}

void add(
    Seen& seen, const Sentence& label, const std::vector<AttentionAt>& layers, Table table,
    const std::vector<std::string>& columns)
{
    std::vector<float> mean(columns.size() * 4);
    for (const AttentionAt& each : layers) {
        const std::vector<float>& values = each.trace->figures.*table;
        seen.maps.push_back(
            tableOf({"%1, %2", label, shortName(each.trace->name)}, each.layer, values, columns));
        for (size_t i = 0; i < mean.size(); ++i)
            mean[i] += values[i] / float(layers.size());
    }
    if (layers.size() > 1)
        seen.maps.push_back(
            tableOf({"%1, mean of %2 layers", label, int(layers.size())}, -1, mean, columns));
}

/// Those of a kind that have shares of as many keys as the first.
std::vector<AttentionAt> withShares(const View& view, const Moment& moment, SiteKind kind)
{
    std::vector<AttentionAt> some;
    for (const auto& [site, trace] : passOf(view, moment).attention)
        if (site.kind == kind && looksAt(view, site.layer) && !trace.figures.shares.empty()
            && (some.empty()
                || some.front().trace->figures.shares.size() == trace.figures.shares.size()))
            some.push_back({site.layer, &trace});
    return some;
}

} // namespace

Seen seeShares(const View& view, const Moment& moment)
{
    Seen seen;
    const auto self = withShares(view, moment, SiteKind::SelfAttention);
    const auto cross = withShares(view, moment, SiteKind::CrossAttention);
    if (self.empty() && cross.empty()) {
        const auto& setting = moment.trace->setting;
        if (setting && !setting->grid)
            throw ValueError(
                "Shares are those of the cells A, A′, B and B′, and this picture has none.");
        throw ValueError("The shares of these layers were not recorded at step %1.", view.step);
    }
    if (view.head >= 0)
        seen.notes.push_back("Shares are the mean over the heads.");
    if (!self.empty()) {
        add(seen, "After", self, &AttentionFigures::shares, cells);
        add(seen, "Before cloning", self, &AttentionFigures::sharesBefore, cells);
    }
    if (!cross.empty()) {
        const int keys = int(cross.front().trace->figures.shares.size()) / 4;
        const auto names = tokenNames(view, moment, keys);
        add(seen, "Words, after", cross, &AttentionFigures::shares, names);
        add(seen, "Words, before masking", cross, &AttentionFigures::sharesBefore, names);
        const bool masked = std::ranges::any_of(
            cross, [](const AttentionAt& each) { return !each.trace->rule.silent.empty(); });
        if (masked)
            seen.notes.push_back(
                "Masking: the rows of A, A′ and B are zero for words, so they sum to 0, not 1.");
    }
    return seen;
}
