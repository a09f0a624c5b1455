// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/inspect/attentionmatrix.h"
#include "core/inspect/seeing.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace {

constexpr size_t count = PrincipalComponents::count;

/// [parts, tokens, each] as [tokens, parts * each].
std::vector<float> sideBySide(const Numbers& numbers)
{
    const auto parts = size_t(numbers.shape()[0]), tokens = size_t(numbers.shape()[1]),
               each = size_t(numbers.shape()[2]);
    const std::vector<float> values = numbers.all();
    std::vector<float> rows(values.size());
    for (size_t part = 0; part < parts; ++part)
        for (size_t token = 0; token < tokens; ++token)
            std::copy_n(
                values.begin() + ptrdiff_t((part * tokens + token) * each), each,
                rows.begin() + ptrdiff_t((token * parts + part) * each));
    return rows;
}

ComponentRows rowsOfAttention(const AttentionTrace& trace, ViewKind kind)
{
    ComponentRows rows {
        .name = trace.name,
        .height = trace.height,
        .width = trace.width,
        .channels = trace.heads * trace.features,
        .injected = trace.injected};
    if (standsAlone(kind)) {
        const bool mean = kind == ViewKind::AttentionMean;
        checkAttentionRows(trace.heads, trace.queries(), trace.keys, mean);
        rows.channels = trace.keys * (mean ? 1 : trace.heads);
        rows.values = attentionRows(trace, mean);
        return rows;
    }
    rows.values = sideBySide(kind == ViewKind::Keys ? trace.key : trace.query);
    return rows;
}

ComponentRows rowsOfFeatures(const FeatureTrace& trace)
{
    const auto channels = size_t(trace.values.shape().at(0));
    const std::vector<float> values = trace.values.all();
    ComponentRows rows {
        .name = trace.name,
        .height = int(trace.values.shape().at(1)),
        .width = int(trace.values.shape().at(2)),
        .channels = int(channels),
        .values = std::vector<float>(values.size()),
        .injected = trace.injected};
    const size_t cells = values.size() / channels;
    for (size_t c = 0; c < channels; ++c)
        for (size_t i = 0; i < cells; ++i)
            rows.values[i * channels + c] = values[c * cells + i];
    return rows;
}

/// Source and results, the same half of guidance as the view's.
std::vector<ComponentRows> rowsOfAll(const StepTrace& step, const View& view, int layer)
{
    std::vector<ComponentRows> all;
    for (const auto& [subject, pass] : step.passes) {
        if (subject.negative != view.subject.negative)
            continue;
        auto rows = rowsOf(pass, view.kind, layer);
        if (rows && (all.empty() || all.front().channels == rows->channels))
            all.push_back(std::move(*rows));
    }
    return all;
}

/// The range of the scores; turns components to where the score of the largest magnitude is
/// positive.
class Ranges
{
public:
    explicit Ranges(const PrincipalComponents& components)
        : m_components(components)
    {
        m_least.fill(INFINITY);
        m_most.fill(-INFINITY);
    }
    void add(const ComponentRows& rows)
    {
        const std::vector<float> scores = project(m_components, rows.values);
        for (size_t i = 0; i < scores.size(); ++i) {
            m_least[i % count] = std::min(m_least[i % count], scores[i]);
            m_most[i % count] = std::max(m_most[i % count], scores[i]);
        }
    }
    FittedComponents fit(int steps) const
    {
        FittedComponents fit {
            .components = m_components, .least = m_least, .most = m_most, .steps = steps};
        const size_t channels = size_t(m_components.channels);
        for (size_t c = 0; c < count; ++c) {
            const double singular = m_components.singularValues[c];
            if (m_components.total > 0)
                fit.explained[c] = singular * singular / m_components.total;
            if (-fit.least[c] <= fit.most[c])
                continue;
            for (size_t i = 0; i < channels; ++i)
                fit.components.components[c * channels + i] *= -1;
            std::swap(fit.least[c], fit.most[c]);
            fit.least[c] *= -1;
            fit.most[c] *= -1;
        }
        return fit;
    }

private:
    const PrincipalComponents& m_components;
    std::array<float, 3> m_least = {}, m_most = {};
};

std::vector<int> layersIn(const StepTrace& step, const View& view)
{
    std::set<int> layers;
    for (const auto& [subject, pass] : step.passes)
        for (const LayerName& each : layersOf(step, view.kind, subject))
            if (looksAt(view, each.layer))
                layers.insert(each.layer);
    return {layers.begin(), layers.end()};
}

} // namespace

std::optional<ComponentRows> rowsOf(const PassTrace& pass, ViewKind kind, int layer)
{
    const TraceSite site {siteOf(kind), layer};
    if (const auto found = pass.attention.find(site); found != pass.attention.end())
        return rowsOfAttention(found->second, kind);
    if (const auto found = pass.features.find(site); found != pass.features.end())
        return rowsOfFeatures(found->second);
    return {};
}

Fits fitted(const View& view, const TraceSource& steps)
{
    Fits fits;
    if (!hasComponents(view.kind) || standsAlone(view.kind))
        return fits;
    std::map<int, ComponentSums> sums;
    std::map<int, int> counts;
    for (int i = 0; i < steps.count; ++i) {
        const auto step = steps.at(i);
        if (!step)
            continue;
        for (const int layer : layersIn(*step, view)) {
            const auto all = rowsOfAll(*step, view, layer);
            for (const ComponentRows& rows : all)
                sums.try_emplace(layer, rows.channels).first->second.add(rows.values);
            counts[layer] += !all.empty();
        }
    }
    std::map<int, PrincipalComponents> components;
    std::map<int, Ranges> ranges;
    for (const auto& [layer, sum] : sums)
        ranges.emplace(layer, components[layer] = sum.fit());
    for (int i = 0; i < steps.count; ++i)
        if (const auto step = steps.at(i))
            for (auto& [layer, range] : ranges)
                for (const ComponentRows& rows : rowsOfAll(*step, view, layer))
                    range.add(rows);
    for (const auto& [layer, range] : ranges)
        fits[layer] = range.fit(counts[layer]);
    return fits;
}

namespace {

/// Fitted to this map, or to those of this step.
FittedComponents fitHere(
    const View& view, const Moment& moment, int layer, const ComponentRows& rows)
{
    if (!standsAlone(view.kind)) {
        View one = view;
        one.layers = {{layer, layer + 1}};
        return fitted(one, {1, [&](int) { return moment.trace; }}).at(layer);
    }
    const PrincipalComponents components = fitComponents(rows.values, rows.channels);
    Ranges ranges(components);
    ranges.add(rows);
    return ranges.fit(1);
}

std::string percent(double part)
{
    return std::to_string(int(std::lround(part * 100)));
}

void addNumbers(Seen& seen, const FittedComponents& fit, const std::string& name)
{
    const PrincipalComponents& fitted = fit.components;
    const auto array = [](std::vector<int64_t> shape, const auto& values) {
        return Array {std::move(shape), {values.begin(), values.end()}};
    };
    seen.numbers["components of " + name] = array({count, fitted.channels}, fitted.components);
    seen.numbers["mean of " + name] = array({fitted.channels}, fitted.mean);
    seen.numbers["singular values of " + name] = array({count}, fitted.singularValues);
    seen.numbers["explained variance of " + name] = array({count}, fit.explained);
}

} // namespace

Seen seeComponents(const View& view, const Moment& moment, const Fits& fits)
{
    Seen seen;
    const PassTrace& pass = passOf(view, moment);
    for (const LayerName& each : layersOf(*moment.trace, view.kind, view.subject)) {
        if (!looksAt(view, each.layer))
            continue;
        const auto rows = rowsOf(pass, view.kind, each.layer);
        const auto kept = fits.find(each.layer);
        const bool keeps = kept != fits.end() && !view.fitEachStep && !standsAlone(view.kind)
            && kept->second.components.channels == rows->channels;
        const FittedComponents fit =
            keeps ? kept->second : fitHere(view, moment, each.layer, *rows);
        seen.maps.push_back(
            {.label = each.name,
             .layer = each.layer,
             .height = rows->height,
             .width = rows->width,
             .channels = int(count),
             .values = project(fit.components, rows->values),
             .injected = rows->injected,
             .from = fit.least,
             .to = fit.most});
        const auto& part = fit.explained;
        seen.notes.push_back(
            {fit.steps == 1
                 ? "%1: red, green and blue are %2, %3 and %4 % of the variance; fitted to a step."
                 : "%1: red, green and blue are %2, %3 and %4 % of the variance; fitted to %5 "
                   "steps.",
             each.name, percent(part[0]), percent(part[1]), percent(part[2]), fit.steps});
        addNumbers(seen, fit, each.name);
    }
    if (seen.maps.empty())
        throw ValueError(
            "None of these layers has been recorded at step %1: layers count from 0.", view.step);
    return seen;
}
