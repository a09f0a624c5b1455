// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/curves.h"

#include "core/inspect/seeing.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

using Steps = std::vector<std::shared_ptr<const StepTrace>>;

std::shared_ptr<const StepTrace> figuresOnly(const StepTrace& trace)
{
    auto small = std::make_shared<StepTrace>();
    small->step = trace.step;
    small->setting = trace.setting;
    for (const auto& [subject, pass] : trace.passes) {
        PassTrace& kept = small->passes[subject];
        kept.guidanceNorm = pass.guidanceNorm;
        for (const auto& [site, each] : pass.attention)
            kept.attention[site] = {
                .name = each.name,
                .height = each.height,
                .width = each.width,
                .heads = each.heads,
                .keys = each.keys,
                .features = each.features,
                .scale = each.scale,
                .rule = each.rule,
                .injected = each.injected,
                .figures = each.figures};
    }
    return small;
}

namespace {

const PassTrace* passIn(const StepTrace& step, const Subject& subject)
{
    const auto found = step.passes.find(subject);
    return found == step.passes.end() ? nullptr : &found->second;
}

void addPoint(Curve& curve, double x, double y)
{
    curve.x.push_back(x);
    curve.y.push_back(y);
}

Sentence nameOf(const AttentionTrace& trace)
{
    return {"%1, %2 keys", shortName(trace.name), trace.keys};
}

/// 16 curves, of what each cell gives to each.
std::vector<Curve> shareCurves()
{
    const char* const cells[] = {"A", "A′", "B", "B′"};
    std::vector<Curve> curves;
    for (const char* from : cells)
        for (const char* to : cells)
            curves.push_back({.label = {"%1 to %2", std::string(from), std::string(to)}});
    return curves;
}

void addShares(std::vector<Curve>& curves, double x, const std::vector<float>& shares)
{
    for (size_t i = 0; i < curves.size(); ++i)
        addPoint(curves[i], x, shares[i]);
}

/// The view's layers of self-attention that have shares.
template<typename Use>
void eachShares(const StepTrace& step, const View& view, const Use& use)
{
    if (const PassTrace* pass = passIn(step, view.subject))
        for (const auto& [site, trace] : pass->attention)
            if (site.kind == SiteKind::SelfAttention && looksAt(view, site.layer)
                && trace.figures.shares.size() == 16)
                use(site.layer, trace.figures.shares);
}

} // namespace

std::vector<Curve> entropyOverSteps(const Steps& steps, SiteKind kind, const Subject& subject)
{
    std::map<int, Curve> curves;
    for (const auto& step : steps)
        if (const PassTrace* pass = step ? passIn(*step, subject) : nullptr)
            for (const auto& [site, trace] : pass->attention)
                if (site.kind == kind && trace.figures.rows > 0) {
                    Curve& curve = curves[site.layer];
                    curve.label = nameOf(trace);
                    addPoint(curve, step->step, trace.figures.entropy);
                }
    std::vector<Curve> all;
    for (auto& [layer, curve] : curves)
        all.push_back(std::move(curve));
    return all;
}

Curve entropyOverLayers(const StepTrace& step, SiteKind kind, const Subject& subject)
{
    Curve curve {.label = {"Step %1", step.step}};
    if (const PassTrace* pass = passIn(step, subject))
        for (const auto& [site, trace] : pass->attention)
            if (site.kind == kind && trace.figures.rows > 0)
                addPoint(curve, site.layer, trace.figures.entropy);
    return curve;
}

std::vector<Curve> sharesOverSteps(const Steps& steps, const View& view)
{
    std::vector<Curve> curves = shareCurves();
    for (const auto& step : steps) {
        if (!step)
            continue;
        std::vector<float> mean(16);
        int layers = 0;
        eachShares(*step, view, [&](int, const std::vector<float>& shares) {
            for (size_t i = 0; i < mean.size(); ++i)
                mean[i] += shares[i];
            ++layers;
        });
        for (float& each : mean)
            each /= float(layers);
        if (layers > 0)
            addShares(curves, step->step, mean);
    }
    return curves;
}

std::vector<Curve> sharesOverLayers(const StepTrace& step, const View& view)
{
    std::vector<Curve> curves = shareCurves();
    eachShares(step, view, [&](int layer, const std::vector<float>& shares) {
        addShares(curves, layer, shares);
    });
    return curves;
}

Curve guidanceOverSteps(const Steps& steps, const Subject& subject)
{
    Curve curve {.label = "What guidance adds"};
    for (const auto& step : steps)
        if (const PassTrace* pass = step ? passIn(*step, subject) : nullptr)
            if (pass->guidanceNorm > 0)
                addPoint(curve, step->step, pass->guidanceNorm);
    return curve;
}

double normOf(const Latent& latent, int candidate)
{
    const auto size = size_t(latent.shape[1] * latent.shape[2] * latent.shape[3]);
    if (candidate < 0 || candidate >= latent.shape[0])
        return NAN;
    double sum = 0;
    for (size_t i = 0; i < size; ++i) {
        const double value = latent.values[size_t(candidate) * size + i];
        sum += value * value;
    }
    return std::sqrt(sum);
}

namespace {

double median(std::vector<double> numbers)
{
    std::ranges::sort(numbers);
    const size_t n = numbers.size();
    return n % 2 == 1 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
}

} // namespace

std::vector<bool> standingOut(const std::vector<double>& numbers, double threshold)
{
    std::vector<bool> out(numbers.size());
    if (numbers.empty())
        return out;
    const double middle = median(numbers);
    std::vector<double> away;
    for (const double number : numbers)
        away.push_back(std::abs(number - middle));
    const double deviation = 1.4826 * median(away); // of a normal distribution the standard one
    for (size_t i = 0; i < numbers.size() && deviation > 0; ++i)
        out[i] = away[i] / deviation > threshold;
    return out;
}

namespace {

std::string quoted(const std::string& text)
{
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

/// The shortest text that is read as the same number, whatever the language of the computer.
std::string shortest(double number)
{
    char text[32];
    const auto [end, error] = std::to_chars(text, text + sizeof text, number);
    return {text, end};
}

} // namespace

std::string toCsv(const std::string& x, const std::vector<Curve>& curves)
{
    std::set<double> all;
    std::string csv = quoted(x);
    for (const Curve& curve : curves) {
        csv += "," + quoted(english(curve.label));
        all.insert(curve.x.begin(), curve.x.end());
    }
    csv += "\n";
    for (const double at : all) {
        csv += shortest(at);
        for (const Curve& curve : curves) {
            csv += ",";
            const auto found = std::ranges::find(curve.x, at);
            if (found != curve.x.end())
                csv += shortest(curve.y[size_t(found - curve.x.begin())]);
        }
        csv += "\n";
    }
    return csv;
}
