// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/guidance.h"

#include "plugins/plugandplay/recording.h"
#include "plugins/plugandplay/settings.h"

#include <cmath>

double emptyShare(AlphaSchedule schedule, double alpha, int step, int steps)
{
    const double progress = steps > 1 ? double(step) / (steps - 1) : 0;
    switch (schedule) {
    case AlphaSchedule::Linear:
        return alpha * (1 - progress);
    case AlphaSchedule::Exponential:
        return alpha * std::exp(-6 * progress);
    case AlphaSchedule::Constant:
        break;
    }
    return alpha;
}

Contexts contextsOf(const StableDiffusion& model, const TranslateSettings& settings, bool made)
{
    const bool awayFromSource = made && settings.negative.empty();
    std::vector<std::string> prompts = {
        "", awayFromSource ? settings.sourcePrompt : settings.negative};
    prompts.insert(prompts.end(), settings.prompts.begin(), settings.prompts.end());
    const Tensor all = encodePrompts(model, prompts, settings.inversion.prompts);
    Contexts contexts {.empty = all.narrow(0, 0, 1), .negative = all.narrow(0, 1, 1)};
    if (contexts.negative.equal(contexts.empty))
        contexts.negative = Tensor(); // computed once
    for (int64_t i = 2; i < all.size(0); ++i)
        contexts.targets.push_back(all.narrow(0, i, 1));
    return contexts;
}

Translation::Translation(
    const Network& network, const Source& source, Contexts contexts, Guidance guidance,
    Injection injection, bool plain)
    : m_network(network)
    , m_source(source)
    , m_contexts(std::move(contexts))
    , m_guidance(guidance)
    , m_injection(std::move(injection))
    , m_plain(plain)
{
}

bool Translation::wantsNegative(double share) const
{
    return m_guidance.scale != 1 && m_contexts.negative.defined() && share < 1;
}

bool Translation::wantsEmpty(double share) const
{
    return m_guidance.scale != 1 && (!m_contexts.negative.defined() || share > 0);
}

/// Lets the touches act on a prompt's batch, and the recorder look on.
void Translation::look(Taps& taps, int prompt, const Wanted& wanted) const
{
    std::vector<Subject> items;
    if (m_plain)
        items = itemsOfSource(m_source);
    // Of two that are led away from, the negative prompt comes last, so that it counts.
    for (int i = 0; i < int(wanted.negative) + int(wanted.empty); ++i)
        items.push_back({.candidate = prompt, .negative = true});
    if (wanted.target)
        items.push_back({.candidate = prompt});
    m_touches.act(taps, items);
    if (m_recorder)
        m_recorder->watch(taps, items, [this](const Site& site, const Subject& item) {
            return m_touches.rule(site, item);
        });
}

Tensor Translation::batchNoise(
    const Tensor& x, int prompt, int step, double share, const SourceFeatures& features)
{
    const Wanted all {.negative = wantsNegative(share), .empty = wantsEmpty(share), .target = true};
    if (!m_apart)
        return pass(x, prompt, step, all, features);
    std::vector<Tensor> made;
    for (const Wanted& one :
         {Wanted {.negative = all.negative}, Wanted {.empty = all.empty},
          Wanted {.target = true}}) {
        if (!one.negative && !one.empty && !one.target)
            continue;
        made.push_back(pass(x, prompt, step, one, features));
        if (!made.back().defined())
            return {};
    }
    return at::cat(made);
}

Tensor Translation::pass(
    const Tensor& x, int prompt, int step, const Wanted& wanted, const SourceFeatures& features)
{
    const int passes = int(m_source.context.size(0));
    std::vector<Tensor> contexts;
    if (m_plain)
        contexts.push_back(m_source.context);
    std::vector<int> halves; // the unconditional half serves whatever is guided away from
    if (wanted.negative)
        contexts.push_back(m_contexts.negative), halves.push_back(0);
    if (wanted.empty)
        contexts.push_back(m_contexts.empty), halves.push_back(0);
    if (wanted.target)
        contexts.push_back(m_contexts.targets[prompt]), halves.push_back(passes - 1);
    const int which = 4 * wanted.negative + 2 * wanted.empty + wanted.target;

    UNetInput input {
        .time = double(m_source.times[step]),
        .context = at::cat(contexts),
        .step = step,
        .contextKeys = m_plain ? nullptr : &m_keys[{prompt, which}]};
    const Injection injection = leftOf(m_injection, m_touches, step);
    Taps taps = m_plain ? overwriting(injection, halves) : injecting(injection, features, halves);
    look(taps, prompt, wanted);
    if (!m_plain)
        return m_network.noise(x, input, taps);
    const Tensor source = m_source.latents[step].to(x.device());
    const Tensor batch = at::cat(
        {source.expand({passes, -1, -1, -1}), x.expand({int64_t(halves.size()), -1, -1, -1})});
    return m_network.noise(batch, input, taps);
}

Tensor Translation::noise(const Tensor& x, int step, const SourceFeatures& features)
{
    const double share =
        emptyShare(m_guidance.schedule, m_guidance.alpha, step, int(m_source.times.size()));
    std::vector<Tensor> each, differences;
    for (int prompt = 0; prompt < int(m_contexts.targets.size()); ++prompt) {
        const Tensor all = batchNoise(x.narrow(0, prompt, 1), prompt, step, share, features);
        if (!all.defined())
            return {};
        const auto item = [&](int64_t fromEnd) { return all.narrow(0, all.size(0) - fromEnd, 1); };
        const Tensor target = item(1);
        if (m_guidance.scale == 1) {
            each.push_back(target);
            continue;
        }
        Tensor away = item(2);
        if (wantsNegative(share) && wantsEmpty(share))
            away = share * item(2) + (1 - share) * item(3);
        each.push_back(away + m_guidance.scale * (target - away));
        differences.push_back(target - away);
    }
    if (m_recorder && !differences.empty())
        m_recorder->guidance(at::cat(differences));
    return at::cat(each);
}
