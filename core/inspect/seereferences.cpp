// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/inspect/attentionmatrix.h"
#include "core/inspect/seeing.h"

#include <algorithm>
#include <cmath>

namespace {

const std::vector<ReferenceTrace>& referencesOf(const Moment& moment)
{
    static const std::vector<ReferenceTrace> none;
    const auto& references =
        moment.trace && moment.trace->setting ? moment.trace->setting->references : none;
    if (references.empty())
        throw ValueError("This run has no reference that the network read.");
    return references;
}

/// None of one that was left out.
int tokensOf(const ReferenceTrace& reference)
{
    return reference.origins.empty() ? 0 : int(reference.origins.shape().at(0));
}

std::vector<float> originOf(const ReferenceTrace& reference, int token)
{
    std::vector<float> origin(size_t(reference.height) * size_t(reference.width));
    reference.origins.read(int64_t(token) * int64_t(origin.size()), origin);
    return origin;
}

SeenMap overReference(Sentence label, int number, const ReferenceTrace& reference)
{
    return {
        .label = std::move(label),
        .height = reference.height,
        .width = reference.width,
        .reference = number};
}

/// What a place gives to each token: the mean over layers, heads and the place's cells.
std::vector<float> givenTo(
    const Spot& spot, const std::vector<AttentionAt>& layers, const View& view)
{
    std::vector<float> mean(size_t(layers.front().trace->keys));
    for (const AttentionAt& each : layers) {
        const std::vector<int> cells = cellsOf(spot, each.trace->height, each.trace->width);
        const std::vector<float> row = meanOfHeads(
            *each.trace, view.head, [&](const AttentionHead& p) { return p.meanRow(cells); });
        for (size_t t = 0; t < mean.size(); ++t)
            mean[t] += row[t] / float(layers.size());
    }
    return mean;
}

/// J of a place: for each reference the sum over its tokens t of U[t] R[t], by its weight; and the
/// part of U that is the text's.
void addOrigin(
    Seen& seen, const std::vector<float>& given, const std::vector<ReferenceTrace>& references,
    int place)
{
    std::vector<bool> ofText(given.size(), true);
    for (size_t r = 0; r < references.size(); ++r) {
        const ReferenceTrace& reference = references[r];
        SeenMap map = overReference(
            {"Reference %1, from place %2", int(r + 1), place + 1}, int(r), reference);
        map.values.resize(size_t(reference.height) * size_t(reference.width));
        for (int t = 0; t < tokensOf(reference); ++t) {
            const auto token = size_t(reference.firstToken + t);
            if (token >= given.size())
                break;
            ofText[token] = false;
            const auto part = float(given[token] * reference.weight);
            const std::vector<float> origin = originOf(reference, t);
            for (size_t i = 0; i < origin.size(); ++i)
                map.values[i] += part * origin[i];
        }
        seen.maps.push_back(std::move(map));
    }
    double text = 0;
    for (size_t t = 0; t < given.size(); ++t)
        text += ofText[t] ? given[t] : 0;
    seen.numbers["part of the text, place " + std::to_string(place + 1)] = {{1}, {float(text)}};
    if (std::ranges::find(ofText, true) != ofText.end())
        seen.notes.push_back(
            {"Place %1 looked at the text with %2 % of its attention.", place + 1,
             std::to_string(int(std::lround(text * 100)))});
}

/// Where tokens look.
void addOrigins(
    Seen& seen, const std::vector<int>& tokens, const std::vector<ReferenceTrace>& references)
{
    for (size_t r = 0; r < references.size(); ++r) {
        const ReferenceTrace& reference = references[r];
        std::vector<int> inside;
        for (const int token : tokens)
            if (const int own = token - reference.firstToken; own >= 0 && own < tokensOf(reference))
                inside.push_back(own);
        if (inside.empty())
            continue;
        std::string names;
        for (const int own : inside)
            names += (names.empty() ? "" : ", ") + std::to_string(own + reference.firstToken);
        SeenMap map =
            overReference({"Token %1, in reference %2", names, int(r + 1)}, int(r), reference);
        map.values.resize(size_t(reference.height) * size_t(reference.width));
        for (const int own : inside) {
            const std::vector<float> origin = originOf(reference, own);
            for (size_t i = 0; i < origin.size(); ++i)
                map.values[i] += origin[i] / float(inside.size());
        }
        seen.maps.push_back(std::move(map));
    }
}

} // namespace

Seen seeReferences(const View& view, const Moment& moment)
{
    const std::vector<ReferenceTrace>& references = referencesOf(moment);
    if (view.kind == ViewKind::Tokens) {
        View words = view;
        words.diffuse = 0;
        Seen seen = seeWords(words, moment);
        for (const std::vector<int>& tokens : view.words)
            addOrigins(seen, tokens, references);
        return seen;
    }
    Seen seen;
    const auto layers = attentionsOf(view, moment, SiteKind::CrossAttention);
    if (view.spots.empty()) {
        seen.notes.push_back("Choose a place of the picture to see where it looked.");
        return seen;
    }
    for (size_t i = 0; i < view.spots.size(); ++i)
        addOrigin(seen, givenTo(view.spots[i], layers, view), references, int(i));
    return seen;
}
