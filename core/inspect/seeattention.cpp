// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/inspect/attentionmatrix.h"
#include "core/inspect/diffused.h"
#include "core/inspect/mapsize.h"
#include "core/inspect/parallel.h"
#include "core/inspect/seeing.h"

#include <algorithm>
#include <set>

bool looksAt(const View& view, int layer)
{
    return view.layers.empty() || std::ranges::any_of(view.layers, [&](const Range& range) {
               return range.contains(layer);
           });
}

const PassTrace& passOf(const View& view, const Moment& moment)
{
    if (moment.trace)
        if (const auto found = moment.trace->passes.find(view.subject);
            found != moment.trace->passes.end())
            return found->second;
    if (view.subject.source)
        throw ValueError("Nothing was recorded of the source at step %1.", view.step);
    throw ValueError(
        view.subject.negative ? "The negative half of candidate %1 was not recorded at step %2."
                              : "Nothing was recorded of candidate %1 at step %2.",
        int64_t(view.subject.candidate) + 1, view.step);
}

std::vector<AttentionAt> attentionsOf(const View& view, const Moment& moment, SiteKind kind)
{
    std::vector<AttentionAt> found;
    for (const auto& [site, trace] : passOf(view, moment).attention)
        if (site.kind == kind && looksAt(view, site.layer))
            found.push_back({site.layer, &trace});
    if (found.empty())
        throw ValueError(
            "None of these layers has an attention that was recorded at step %1: layers count "
            "from 0.",
            view.step);
    return found;
}

MapSize sizeOf(const std::vector<AttentionAt>& layers, const Moment& moment)
{
    if (layers.size() == 1)
        return {layers.front().trace->height, layers.front().trace->width};
    const auto& setting = moment.trace->setting;
    if (setting && setting->latentHeight > 0)
        return {setting->latentHeight, setting->latentWidth};
    const auto most = std::ranges::max_element(
        layers, {}, [](const AttentionAt& each) { return each.trace->queries(); });
    return {most->trace->height, most->trace->width};
}

std::vector<std::vector<float>> meanMaps(
    const std::vector<AttentionAt>& layers, int head, MapSize size,
    const std::function<std::vector<std::vector<float>>(const AttentionAt&, int head)>& of)
{
    struct Task
    {
        const AttentionAt* at;
        int head;
        std::vector<std::vector<float>> maps = {};
    };
    std::vector<Task> tasks;
    for (const AttentionAt& each : layers)
        for (int i = 0; i < (head < 0 ? each.trace->heads : 1); ++i)
            tasks.push_back({&each, head < 0 ? i : head});
    inParallel(int(tasks.size()), [&](int i) {
        Task& task = tasks[size_t(i)];
        const AttentionTrace& trace = *task.at->trace;
        for (const std::vector<float>& map : of(*task.at, task.head))
            task.maps.push_back(
                resizedMap(map, trace.height, trace.width, size.height, size.width));
    });
    std::vector<std::vector<float>> means = tasks.front().maps;
    for (size_t m = 0; m < means.size(); ++m)
        for (size_t cell = 0; cell < means[m].size(); ++cell) {
            double sum = 0;
            for (const Task& task : tasks)
                sum += task.maps[m][cell];
            means[m][cell] = float(sum / double(tasks.size()));
        }
    return means;
}

std::string textOf(const std::vector<int>& tokens, const View& view, const Moment& moment)
{
    const auto& setting = moment.trace->setting;
    std::string text;
    int word = -1;
    if (setting)
        if (const auto found = setting->tokens.find(view.subject); found != setting->tokens.end())
            for (const int token : tokens) {
                if (token >= int(found->second.size()))
                    continue;
                const ContextToken& each = found->second[size_t(token)];
                text += (text.empty() || each.word == word ? "" : " ") + each.text;
                word = each.word;
            }
    if (!text.empty())
        return text;
    for (const int token : tokens)
        text += (text.empty() ? "" : ", ") + std::to_string(token);
    return text;
}

void checkTokens(const std::vector<int>& tokens, const AttentionTrace& trace)
{
    for (const int token : tokens)
        if (token < 0 || token >= trace.keys)
            throw ValueError(
                "There is no token %1: they count from 0 to %2.", token, trace.keys - 1);
}

namespace {

/// What is said where layers are left out.
void noteLeftOut(
    Seen& seen, const std::vector<AttentionAt>& all, const std::vector<AttentionAt>& used)
{
    if (used.size() == all.size())
        return;
    const AttentionTrace& trace = *used.front().trace;
    seen.notes.push_back(
        {"Diffused over layers of %2 x %3: %1 of %4.", int(used.size()), trace.height, trace.width,
         int(all.size())});
}

/// What is said where masking makes rows zero.
void noteSilent(Seen& seen, const std::vector<AttentionAt>& layers)
{
    const char* const cells[] = {"A", "A′", "B", "B′"};
    std::set<int> silent;
    for (const AttentionAt& each : layers)
        silent.insert(each.trace->rule.silent.begin(), each.trace->rule.silent.end());
    std::string names;
    for (const int cell : silent)
        names += (names.empty() ? "" : ", ") + std::string(cells[cell]);
    if (!names.empty())
        seen.notes.push_back({"Masking: the rows of %1 are zero here.", names});
}

/// "circle", as one layer of its own or the mean of several.
SeenMap mapOf(
    Sentence label, MapSize size, std::vector<float> values, const std::vector<AttentionAt>& layers)
{
    const bool one = layers.size() == 1;
    return {
        .label = std::move(label),
        .layer = one ? layers.front().layer : -1,
        .height = size.height,
        .width = size.width,
        .values = std::move(values),
        .injected = std::ranges::any_of(
            layers, [](const AttentionAt& each) { return each.trace->injected; })};
}

void checkDiffuse(const View& view)
{
    if (view.diffuse < 0 || view.diffuse > 16)
        throw ValueError("A map is diffused 0 to 16 times, not %1.", view.diffuse);
}

} // namespace

Seen seeWords(const View& view, const Moment& moment)
{
    Seen seen;
    checkDiffuse(view);
    const auto layers = attentionsOf(view, moment, SiteKind::CrossAttention);
    if (view.words.empty()) {
        seen.notes.push_back("Choose a word to see where it acts.");
        return seen;
    }
    for (const std::vector<int>& word : view.words)
        checkTokens(word, *layers.front().trace);
    MapSize size = sizeOf(layers, moment);
    Diffusion diffusion;
    if (view.diffuse > 0) {
        const auto all = attentionsOf(view, moment, SiteKind::SelfAttention);
        diffusion = diffusionOf(view.head, all);
        noteLeftOut(seen, all, diffusion.layers);
        size = {diffusion.layers.front().trace->height, diffusion.layers.front().trace->width};
    }
    for (const std::vector<int>& word : view.words) {
        // Each token is cut off below 0 by itself.
        const auto tokens = meanMaps(layers, view.head, size, [&](const AttentionAt& at, int head) {
            const AttentionHead p(*at.trace, head);
            std::vector<std::vector<float>> columns;
            for (const int token : word)
                columns.push_back(p.column(token));
            return columns;
        });
        std::vector<float> mean(tokens.front().size());
        for (const std::vector<float>& token : tokens)
            for (size_t i = 0; i < mean.size(); ++i)
                mean[i] += token[i] / float(tokens.size());
        if (view.diffuse > 0)
            mean = diffusion.fromRight(std::move(mean), view.diffuse);
        seen.maps.push_back(mapOf(textOf(word, view, moment), size, std::move(mean), layers));
    }
    noteSilent(seen, layers);
    return seen;
}

Seen seePlaces(const View& view, const Moment& moment)
{
    Seen seen;
    checkDiffuse(view);
    const auto all = attentionsOf(view, moment, SiteKind::SelfAttention);
    if (view.spots.empty()) {
        seen.notes.push_back("Choose a place of the picture to see where it attends.");
        return seen;
    }
    Diffusion diffusion;
    if (view.diffuse > 0) {
        diffusion = diffusionOf(view.head, all);
        noteLeftOut(seen, all, diffusion.layers);
    }
    const auto& layers = view.diffuse > 0 ? diffusion.layers : all;
    const AttentionTrace& first = *layers.front().trace;
    const MapSize size =
        view.diffuse > 0 ? MapSize {first.height, first.width} : sizeOf(layers, moment);
    for (size_t i = 0; i < view.spots.size(); ++i) {
        auto map = meanMaps(layers, view.head, size, [&](const AttentionAt& at, int head) {
            const std::vector<int> cells =
                cellsOf(view.spots[i], at.trace->height, at.trace->width);
            const AttentionHead p(*at.trace, head);
            return std::vector<std::vector<float>> {
                view.column ? p.meanColumn(cells) : p.meanRow(cells)};
        });
        std::vector<float> values = std::move(map.front());
        if (view.diffuse > 0)
            values = view.column ? diffusion.fromRight(std::move(values), view.diffuse)
                                 : diffusion.fromLeft(std::move(values), view.diffuse);
        Sentence label = view.column ? Sentence("To place %1", int(i + 1))
                                     : Sentence("From place %1", int(i + 1));
        seen.maps.push_back(mapOf(std::move(label), size, std::move(values), layers));
    }
    noteSilent(seen, layers);
    return seen;
}
