// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectoffer.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <set>

namespace {

struct InspectWords
{
    Q_DECLARE_TR_FUNCTIONS(Inspect)
};

/// Those of a grid and of references only where there are some; of them those that are wanted.
std::vector<ViewKind> kindsWhere(
    bool grid, bool references, const std::function<bool(ViewKind)>& wanted)
{
    std::vector<ViewKind> kinds;
    for (const ViewKindName& each : viewKinds()) {
        const bool ofReference = each.kind == ViewKind::Tokens || each.kind == ViewKind::Origin;
        if ((each.kind != ViewKind::Shares || grid) && (!ofReference || references)
            && wanted(each.kind))
            kinds.push_back(each.kind);
    }
    return kinds;
}

std::vector<ViewKind> kindsIn(const StepTrace& trace)
{
    std::set<SiteKind> sites;
    for (const auto& [subject, pass] : trace.passes) {
        for (const auto& [site, attention] : pass.attention)
            sites.insert(site.kind);
        for (const auto& [site, feature] : pass.features)
            sites.insert(site.kind);
    }
    const bool grid = trace.setting && trace.setting->grid;
    const bool references = trace.setting && !trace.setting->references.empty();
    return kindsWhere(grid, references, [&](ViewKind kind) {
        return !hasLayers(kind) || sites.contains(siteOf(kind));
    });
}

} // namespace

InspectOffer offerOf(const StepTrace& trace, const View& view)
{
    InspectOffer offer;
    offer.kinds = kindsIn(trace);
    if (trace.setting) {
        offer.grid = trace.setting->grid;
        for (const ReferenceTrace& reference : trace.setting->references)
            offer.referenceTokens += int(reference.origins.shape().at(0));
        if (!trace.setting->references.empty())
            offer.firstToken = trace.setting->references.front().firstToken;
        const auto tokens = trace.setting->tokens.find(view.subject);
        if (tokens != trace.setting->tokens.end())
            offer.tokens = tokens->second;
    }
    for (const auto& [subject, pass] : trace.passes) {
        offer.source |= subject.source;
        offer.negative |= subject.negative;
        if (!subject.source)
            offer.candidates = std::max(offer.candidates, subject.candidate + 1);
    }
    if (hasLayers(view.kind))
        offer.layers = layersOf(trace, view.kind, view.subject);
    return offer;
}

std::vector<ViewKind> kindsOf(const Method& method, bool control)
{
    return kindsWhere(method.onGrid, method.byReference, [&](ViewKind kind) {
        return kind != ViewKind::Control || control;
    });
}

QString layerText(const LayerName& layer)
{
    return QStringLiteral("%1, %2\u00a0×\u00a0%3")
        .arg(QString::fromStdString(layer.name))
        .arg(layer.width)
        .arg(layer.height);
}

bool asksPlace(ViewKind kind)
{
    return kind == ViewKind::SelfAttention || kind == ViewKind::Origin;
}

bool asksWords(ViewKind kind)
{
    return kind == ViewKind::CrossAttention;
}

bool hasHeads(ViewKind kind)
{
    return kind == ViewKind::CrossAttention || kind == ViewKind::SelfAttention
        || kind == ViewKind::Tokens || kind == ViewKind::Origin;
}

bool hasChannels(ViewKind kind)
{
    return hasChannelsOfLayers(kind) || !hasLayers(kind);
}

QString kindHelp(ViewKind kind)
{
    switch (kind) {
    case ViewKind::CrossAttention:
        return InspectWords::tr("Where in the picture words act (cross-attention).");
    case ViewKind::SelfAttention:
        return InspectWords::tr(
            "From where a place of the picture takes what it becomes (self-attention).");
    case ViewKind::Shares:
        return InspectWords::tr(
            "How much the cells of the grid look at each other, and at the words.");
    case ViewKind::Features:
        return InspectWords::tr(
            "Three principal components of a residual block, as red, green and blue.");
    case ViewKind::FeaturesInput:
        return InspectWords::tr("The same of what the block's first convolution gives.");
    case ViewKind::Queries:
        return InspectWords::tr("Principal components of the queries of self-attention.");
    case ViewKind::Keys:
        return InspectWords::tr("Principal components of the keys of self-attention.");
    case ViewKind::AttentionRows:
        return InspectWords::tr(
            "Principal components of the rows of self-attention, the heads side by side.");
    case ViewKind::AttentionMean:
        return InspectWords::tr("Principal components of the rows of the mean over the heads.");
    case ViewKind::Channels:
        return InspectWords::tr("One channel of a residual block as it is.");
    case ViewKind::QueryChannels:
        return InspectWords::tr(
            "One channel of the queries of self-attention as it is, the heads side by side.");
    case ViewKind::KeyChannels:
        return InspectWords::tr(
            "One channel of the keys of self-attention as it is, the heads side by side.");
    case ViewKind::Control:
        return InspectWords::tr("How much a control picture adds, and where.");
    case ViewKind::Tokens:
        return InspectWords::tr(
            "Where a token of the reference looks, and where it acts in the picture.");
    case ViewKind::Origin:
        return InspectWords::tr(
            "From a place of the picture to the parts of the reference it looked at.");
    case ViewKind::Noise:
        return InspectWords::tr("What the network takes for noise at this step.");
    case ViewKind::Clean:
        return InspectWords::tr("What would be left without that noise.");
    case ViewKind::Latent:
        break;
    }
    return InspectWords::tr("What the network works on, after this step.");
}
