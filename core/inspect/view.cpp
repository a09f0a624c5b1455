// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/view.h"

#include "core/bounded.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numeric>
#include <set>

const std::vector<ViewKindName>& viewKinds()
{
    static const std::vector<ViewKindName> kinds = {
        {ViewKind::CrossAttention, "cross-attention", "Words"},
        {ViewKind::SelfAttention, "self-attention", "Places"},
        {ViewKind::Shares, "shares", "Shares of the cells"},
        {ViewKind::Features, "features", "Features"},
        {ViewKind::FeaturesInput, "features-input", "Features of the first convolution"},
        {ViewKind::Queries, "queries", "Queries"},
        {ViewKind::Keys, "keys", "Keys"},
        {ViewKind::AttentionRows, "attention", "Rows of self-attention"},
        {ViewKind::AttentionMean, "attention-mean", "Rows, mean of the heads"},
        {ViewKind::Channels, "channels", "Channels"},
        {ViewKind::QueryChannels, "query-channels", "Channels of the queries"},
        {ViewKind::KeyChannels, "key-channels", "Channels of the keys"},
        {ViewKind::Control, "control", "Control"},
        {ViewKind::Tokens, "tokens", "Tokens of a reference"},
        {ViewKind::Origin, "origin", "Where it looked in the reference"},
        {ViewKind::Noise, "noise", "Predicted noise"},
        {ViewKind::Clean, "clean", "Predicted clean picture"},
        {ViewKind::Latent, "latent", "Latent"}};
    return kinds;
}

const ViewKindName& nameOf(ViewKind kind)
{
    return *std::ranges::find(viewKinds(), kind, &ViewKindName::kind);
}

bool hasLayers(ViewKind kind)
{
    return kind != ViewKind::Noise && kind != ViewKind::Clean && kind != ViewKind::Latent;
}

SiteKind siteOf(ViewKind kind)
{
    switch (kind) {
    case ViewKind::CrossAttention:
    case ViewKind::Tokens:
    case ViewKind::Origin:
        return SiteKind::CrossAttention;
    case ViewKind::Features:
    case ViewKind::Channels:
        return SiteKind::ResidualBlock;
    case ViewKind::FeaturesInput:
        return SiteKind::ResidualInput;
    case ViewKind::Control:
        return SiteKind::Control;
    default:
        return SiteKind::SelfAttention;
    }
}

bool hasComponents(ViewKind kind)
{
    return kind == ViewKind::Features || kind == ViewKind::FeaturesInput
        || kind == ViewKind::Queries || kind == ViewKind::Keys || standsAlone(kind);
}

bool hasChannelsOfLayers(ViewKind kind)
{
    return kind == ViewKind::Channels || kind == ViewKind::QueryChannels
        || kind == ViewKind::KeyChannels;
}

bool standsAlone(ViewKind kind)
{
    return kind == ViewKind::AttentionRows || kind == ViewKind::AttentionMean;
}

namespace {

using Point = std::array<double, 2>;

/// Whether a point is in an outline: by how often a line to the right crosses it.
bool inside(const std::vector<Point>& outline, const Point& p)
{
    bool in = false;
    for (size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
        const auto& [xi, yi] = outline[i];
        const auto& [xj, yj] = outline[j];
        if ((yi > p[1]) != (yj > p[1]) && p[0] < (xj - xi) * (p[1] - yi) / (yj - yi) + xi)
            in = !in;
    }
    return in;
}

int tokenAt(const Point& p, int height, int width)
{
    const auto cell = [](double part, int cells) {
        return bounded(int(std::floor(part * cells)), 0, cells - 1);
    };
    return cell(p[1], height) * width + cell(p[0], width);
}

/// The corners of a box as an outline.
std::vector<Point> outlineOf(const Spot& spot)
{
    if (spot.shape != Spot::Box)
        return spot.corners;
    const auto& [x0, y0] = spot.corners.front();
    const auto& [x1, y1] = spot.corners.back();
    return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
}

} // namespace

std::vector<int> cellsOf(const Spot& spot, int height, int width)
{
    if (spot.corners.empty())
        return {};
    if (spot.shape == Spot::Point)
        return {tokenAt(spot.corners.front(), height, width)};
    const std::vector<Point> outline = outlineOf(spot);
    std::vector<int> cells;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            if (inside(outline, {(x + .5) / width, (y + .5) / height}))
                cells.push_back(y * width + x);
    if (cells.empty()) {
        Point middle = {};
        for (const Point& corner : outline)
            for (size_t i = 0; i < 2; ++i)
                middle[i] += corner[i] / double(outline.size());
        cells.push_back(tokenAt(middle, height, width));
    }
    return cells;
}

Spot spotOfPixel(int x, int y, int width, int height)
{
    return {.corners = {{(x + .5) / width, (y + .5) / height}}};
}

Recording needed(const View& view)
{
    if (!hasLayers(view.kind))
        return {};
    const bool cross = view.kind == ViewKind::CrossAttention || view.kind == ViewKind::Tokens;
    const bool shares = view.kind == ViewKind::Shares;
    Recording recording {
        .sites = {{siteOf(view.kind), view.layers}},
        .figures = shares,
        .logSums = cross || (view.kind == ViewKind::SelfAttention && view.column),
        .negative = view.subject.negative,
        .source = view.subject.source || hasComponents(view.kind)};
    if (shares)
        recording.sites.push_back({SiteKind::CrossAttention, view.layers});
    if (view.kind == ViewKind::CrossAttention && view.diffuse > 0)
        recording.sites.push_back({SiteKind::SelfAttention, view.layers});
    return recording;
}

namespace {

bool contains(const Layers& layers, int layer)
{
    return layers.empty()
        || std::ranges::any_of(layers, [&](const Range& range) { return range.contains(layer); });
}

/// How many of the view's layers of a kind of sites a pass has.
int countOf(const PassTrace& pass, SiteKind kind, const View& view)
{
    int count = 0;
    const auto add = [&](const auto& sites) {
        for (const auto& [site, trace] : sites)
            count += site.kind == kind && contains(view.layers, site.layer);
    };
    add(pass.attention);
    add(pass.features);
    return count;
}

} // namespace

bool holds(const StepTrace& trace, const View& view)
{
    if (!hasLayers(view.kind))
        return true;
    const auto found = trace.passes.find(view.subject);
    if (found == trace.passes.end())
        return false;
    const PassTrace& pass = found->second;
    // A kind of layers has an end that is not known here: of "3:" what there is counts.
    for (const Recording::Sites& sites : needed(view).sites)
        if (countOf(pass, sites.kind, view) == 0)
            return false;
    for (const Range& range : view.layers)
        for (int layer = range.begin; layer < range.end && layer < range.begin + 64; ++layer) {
            const TraceSite site {siteOf(view.kind), layer};
            const bool there = pass.attention.contains(site) || pass.features.contains(site);
            if (!there && range.end != INT_MAX)
                return false;
        }
    if (view.kind == ViewKind::Shares)
        return std::ranges::any_of(
            pass.attention, [](const auto& each) { return !each.second.figures.shares.empty(); });
    return true;
}

std::string shortName(const std::string& prefix)
{
    // "up_blocks.2.attentions.1.transformer_blocks.0.attn1"
    std::vector<std::string> parts(1);
    for (const char c : prefix)
        if (c == '.')
            parts.emplace_back();
        else
            parts.back() += c;
    const bool block = parts.size() >= 4 && parts[0].ends_with("_blocks");
    if (block)
        return parts[0].substr(0, parts[0].find('_')) + " " + parts[1] + "." + parts[3];
    if (parts.size() >= 3 && parts[0] == "mid_block")
        return "mid " + parts[2];
    return prefix;
}

std::vector<LayerName> layersOf(const StepTrace& trace, ViewKind kind, const Subject& subject)
{
    std::vector<LayerName> layers;
    const auto found = trace.passes.find(subject);
    if (found == trace.passes.end() || !hasLayers(kind))
        return layers;
    for (const auto& [site, each] : found->second.attention)
        if (site.kind == siteOf(kind))
            layers.push_back(
                {.layer = site.layer,
                 .name = shortName(each.name),
                 .height = each.height,
                 .width = each.width,
                 .heads = each.heads,
                 .channels = each.heads * each.features});
    for (const auto& [site, each] : found->second.features)
        if (site.kind == siteOf(kind))
            layers.push_back(
                {.layer = site.layer,
                 .name = shortName(each.name),
                 .height = int(each.values.shape().at(1)),
                 .width = int(each.values.shape().at(2)),
                 .channels = int(each.values.shape().at(0))});
    return layers;
}

namespace {

std::string lowered(std::string_view text)
{
    std::string small(text);
    for (char& c : small)
        if (static_cast<unsigned char>(c) < 128)
            c = char(std::tolower(c));
    return small;
}

std::string withoutBlanks(std::string text)
{
    std::erase_if(text, [](unsigned char c) { return std::isspace(c); });
    return text;
}

} // namespace

std::vector<int> wordTokens(const std::vector<ContextToken>& context, std::string_view word)
{
    std::set<int> found;
    const std::string wanted = withoutBlanks(lowered(word));
    for (size_t begin = 0; begin < context.size(); ++begin) {
        if (begin > 0 && context[begin].word == context[begin - 1].word)
            continue; // within a word
        std::string text;
        size_t end = begin;
        while (end < context.size() && context[end].word >= 0 && text.size() < wanted.size()) {
            const int here = context[end].word;
            for (; end < context.size() && context[end].word == here; ++end)
                text += withoutBlanks(lowered(context[end].text));
        }
        for (size_t i = begin; i < end && text == wanted; ++i)
            found.insert(int(i));
    }
    return {found.begin(), found.end()};
}

std::vector<int> tokensOf(const std::vector<ContextToken>& context, std::string_view word)
{
    std::vector<int> found = wordTokens(context, word);
    if (found.empty()) // a mark
        for (size_t i = 0; i < context.size(); ++i)
            if (context[i].word < 0 && lowered(context[i].text) == lowered(word))
                found.push_back(int(i));
    const bool number = !word.empty() && word.size() < 6
        && std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c); });
    return found.empty() && number ? std::vector {std::stoi(std::string(word))} : found;
}

Moment momentOf(const StepEvent& event)
{
    return {
        .trace = event.trace,
        .latent = event.latent,
        .prediction = event.prediction,
        .clean = event.clean};
}

float SeenMap::least() const
{
    return values.empty() ? 0 : *std::ranges::min_element(values);
}

float SeenMap::most() const
{
    return values.empty() ? 0 : *std::ranges::max_element(values);
}
