// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/recorder.h"

#include "core/diffusion/attentionrule.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace {

constexpr double largestHalf = 65504;

/// The item of a batch, or the one that serves all.
Tensor item(const Tensor& batch, size_t i)
{
    return batch[std::min(int64_t(i), batch.size(0) - 1)];
}

template<typename To, typename From>
std::vector<To> copied(const Tensor& x)
{
    static_assert(sizeof(To) == sizeof(From));
    std::vector<To> values(size_t(x.numel()));
    std::memcpy(values.data(), x.data_ptr<From>(), values.size() * sizeof(To));
    return values;
}

/// Whether a rule and shares by cells have a meaning: a square grid of even side.
bool dividesInCells(const Site& site)
{
    return site.height == site.width && site.height % 2 == 0;
}

} // namespace

namespace {

Numbers asSingles(const Tensor& x)
{
    const Tensor singles = x.to(at::kFloat).to(at::kCPU).contiguous();
    return {x.sizes().vec(), copied<float, float>(singles)};
}

/// Whether half precision keeps the probabilities of queries and keys within 1e-3 of the largest of
/// their row. What is in half precision or in bf16 already is exact there. Rounding single
/// precision changes a score by up to 2^-10 of |q| |k| scale; measured on random ones of 8 to 160
/// features, the probabilities were 1e-3 away from where that reaches 5 (scores of up to 5: 1.6e-3,
/// of up to 30: 6e-3). Keys less their mean, which changes no row, helped only where all have much
/// in common, and not between cloned cells.
bool halfIsEnough(const Tensor& q, const Tensor& k, double scale)
{
    constexpr double most = 4;
    if (q.scalar_type() != at::kFloat)
        return true;
    const auto longest = [](const Tensor& x) { return x.square().sum(2).amax(); };
    return (longest(q) * longest(k)).sqrt().item<double>() * scale <= most;
}

} // namespace

Numbers toNumbers(const Tensor& x)
{
    const bool fits = x.scalar_type() == at::kHalf
        || (x.numel() > 0 && x.abs().amax().item<double>() <= largestHalf);
    if (!fits)
        return asSingles(x);
    const Tensor halves = x.to(at::kHalf).to(at::kCPU).contiguous();
    return {x.sizes().vec(), copied<uint16_t, at::Half>(halves)};
}

Tensor toTensor(const Numbers& numbers)
{
    if (!numbers.isHalf())
        return at::tensor(at::ArrayRef<float>(numbers.singles().data(), numbers.singles().size()))
            .reshape(numbers.shape());
    Tensor halves = at::empty(numbers.shape(), at::kHalf);
    std::memcpy(halves.data_ptr(), numbers.halves().data(), numbers.halves().size_bytes());
    return halves.to(at::kFloat);
}

Recorder::Recorder(Recording recording, Keep keep)
    : m_recording(std::move(recording))
    , m_keep(keep)
    , m_setting(std::make_shared<TraceSetting>())
{
}

bool Recorder::wants(const Subject& subject) const
{
    return (m_recording.negative || !subject.negative) && (m_recording.source || !subject.source);
}

Numbers Recorder::kept(const Tensor& x) const
{
    return m_keep == Keep::Singles ? asSingles(x) : toNumbers(x);
}

void Recorder::attention(
    PassTrace& pass, const Site& site, const Tensor& q, const Tensor& k, const AttentionRule& rule)
{
    const double scale = 1 / std::sqrt(double(q.size(2)));
    const bool half = m_keep == Keep::Compact && halfIsEnough(q, k, scale);
    AttentionTrace trace {
        .name = std::string(site.name),
        .height = site.height,
        .width = site.width,
        .heads = int(q.size(0)),
        .keys = int(k.size(1)),
        .features = int(q.size(2)),
        .query = half ? toNumbers(q) : asSingles(q),
        .key = half ? toNumbers(k) : asSingles(k),
        .scale = scale,
        .rule = rule,
        .injected = site.given};
    const bool cells = m_setting->grid && dividesInCells(site);
    if (m_recording.figures || m_recording.logSums) {
        const MeasuredAttention measured = measuredAttention(q, k, trace.scale, rule, cells);
        trace.logSums = copied<float, float>(measured.logSums.to(at::kCPU).contiguous());
        if (m_recording.figures)
            trace.figures = measured.figures;
    }
    pass.attention[{site.kind, site.layer}] = std::move(trace);
}

void Recorder::watch(
    Taps& taps, std::vector<Subject> items, const RuleAt& rule, std::vector<int> steps)
{
    const auto each = [this, items = std::move(items),
                       steps = std::move(steps)](const auto& record) {
        for (size_t i = 0; i < items.size(); ++i)
            if (wants(items[i]))
                record(
                    (steps.empty() ? m_trace.passes : m_ofStep[steps[i]])[items[i]], items[i], i);
    };
    for (const Recording::Sites& sites : m_recording.sites) {
        const Where where {.kind = sites.kind, .layers = sites.layers};
        if (sites.kind == SiteKind::SelfAttention || sites.kind == SiteKind::CrossAttention)
            taps.onQueryKey(where, [this, each, rule](const Site& site, Tensor& q, Tensor& k) {
                each([&](PassTrace& pass, const Subject& subject, size_t i) {
                    attention(
                        pass, site, item(q, i), item(k, i),
                        rule ? rule(site, subject) : AttentionRule());
                });
            });
        else if (sites.kind != SiteKind::Control)
            taps.onFeatures(where, [this, each](const Site& site, Tensor& h) {
                each([&](PassTrace& pass, const Subject&, size_t i) {
                    pass.features[{site.kind, site.layer}] = {
                        .name = std::string(site.name),
                        .values = kept(item(h, i)),
                        .injected = site.given};
                });
            });
    }
}

void Recorder::feature(
    const Subject& subject, const TraceSite& site, const std::string& name, const Tensor& x)
{
    if (wants(subject) && m_recording.wants(site))
        m_trace.passes[subject].features[site] = {.name = name, .values = kept(x[0])};
}

void Recorder::guidance(const Tensor& difference)
{
    if (!on())
        return;
    const Tensor norms =
        difference.to(at::kFloat).flatten(1).square().sum(1).sqrt().to(at::kCPU).contiguous();
    for (int64_t i = 0; i < norms.size(0); ++i)
        m_trace.passes[{.candidate = int(i)}].guidanceNorm = norms[i].item<double>();
}

std::shared_ptr<const StepTrace> Recorder::take(int step)
{
    if (!on())
        return nullptr;
    StepTrace taken = std::move(m_trace);
    m_trace = {};
    if (auto known = m_ofStep.extract(step))
        taken.passes.merge(known.mapped());
    m_ofStep.erase(m_ofStep.begin(), m_ofStep.lower_bound(step)); // of steps that were done already
    taken.step = step;
    taken.setting = m_setting;
    return std::make_shared<const StepTrace>(std::move(taken));
}
