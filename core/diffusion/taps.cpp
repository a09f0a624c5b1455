// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/taps.h"

#include <algorithm>

namespace {

/// The function of the tap that was added last at a site; null: there is none.
template<typename Tap>
auto lastAt(const std::vector<Tap>& taps, const Site& site) -> decltype(&taps.front().function)
{
    const auto found = std::find_if(
        taps.rbegin(), taps.rend(), [&](const Tap& tap) { return tap.where.matches(site); });
    return found == taps.rend() ? nullptr : &found->function;
}

} // namespace

bool Where::matches(const Site& site) const
{
    return kind == site.kind && steps.contains(site.step) && (name.empty() || name == site.name)
        && (layers.empty() || std::ranges::any_of(layers, [&](const Range& range) {
                return range.contains(site.layer);
            }));
}

void Taps::onQueryKey(Where where, PairEdit edit)
{
    m_queryKey.push_back({std::move(where), std::move(edit)});
}

void Taps::onScores(Where where, Edit edit)
{
    m_scores.push_back({std::move(where), std::move(edit)});
}

void Taps::onProbabilities(Where where, Edit edit)
{
    m_probabilities.push_back({std::move(where), std::move(edit)});
}

void Taps::onFeatures(Where where, Edit edit)
{
    m_features.push_back({std::move(where), std::move(edit)});
}

void Taps::onHeads(Where where, Edit edit)
{
    m_heads.push_back({std::move(where), std::move(edit)});
}

void Taps::provideAttention(Where where, Attend attend)
{
    m_attend.push_back({std::move(where), std::move(attend)});
}

void Taps::provideQueryKey(Where where, GiveQueryKey give)
{
    m_giveQueryKey.push_back({std::move(where), std::move(give)});
}

void Taps::provideFeatures(Where where, Give give)
{
    m_giveFeatures.push_back({std::move(where), std::move(give)});
}

void Taps::onModule(Watch watch)
{
    m_watch.push_back(std::move(watch));
}

bool Taps::actIn(int step) const
{
    const auto any = [&](const auto&... lists) {
        const auto acts = [&](const auto& tap) { return tap.where.steps.contains(step); };
        return (std::ranges::any_of(lists, acts) || ...);
    };
    return !m_watch.empty()
        || any(
            m_queryKey, m_scores, m_probabilities, m_features, m_heads, m_attend, m_giveQueryKey,
            m_giveFeatures);
}

void Taps::queryKey(const Site& site, Tensor& q, Tensor& k) const
{
    for (const auto& tap : m_queryKey)
        if (tap.where.matches(site))
            tap.function(site, q, k);
}

bool Taps::wantsMatrix(const Site& site) const
{
    const auto here = [&](const At<Edit>& tap) { return tap.where.matches(site); };
    return std::ranges::any_of(m_scores, here) || std::ranges::any_of(m_probabilities, here);
}

void Taps::scores(const Site& site, Tensor& s) const
{
    for (const auto& tap : m_scores)
        if (tap.where.matches(site))
            tap.function(site, s);
}

void Taps::probabilities(const Site& site, Tensor& p) const
{
    for (const auto& tap : m_probabilities)
        if (tap.where.matches(site))
            tap.function(site, p);
}

void Taps::features(const Site& site, Tensor& h) const
{
    for (const auto& tap : m_features)
        if (tap.where.matches(site))
            tap.function(site, h);
}

void Taps::heads(const Site& site, Tensor& h) const
{
    for (const auto& tap : m_heads)
        if (tap.where.matches(site))
            tap.function(site, h);
}

const Taps::Attend* Taps::attend(const Site& site) const
{
    return lastAt(m_attend, site);
}

const Taps::GiveQueryKey* Taps::givenQueryKey(const Site& site) const
{
    return lastAt(m_giveQueryKey, site);
}

const Taps::Give* Taps::givenFeatures(const Site& site) const
{
    return lastAt(m_giveFeatures, site);
}

void Taps::module(std::string_view name, const Tensor& x) const
{
    for (const auto& watch : m_watch)
        watch(name, x);
}
