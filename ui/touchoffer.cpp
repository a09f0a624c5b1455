// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/touchoffer.h"

#include "ui/wordchips.h"

#include <QCoreApplication>
#include <QSize>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

struct TouchWords
{
    Q_DECLARE_TR_FUNCTIONS(TouchOffer)
};

using Offers = std::vector<TouchOffer>;

void addWords(Offers& offers, const View& view, const InspectOffer& offer, const Touch& like)
{
    for (const ContextWord& word : wordsOf(offer.tokens))
        if (!word.mark && std::ranges::count(view.words, word.tokens)) {
            Touch touch = like;
            touch.what = Touch::Word;
            touch.word = word.text.toStdString();
            offers.push_back({TouchWords::tr("The word %1").arg(word.text), touch});
        }
}

/// Every layer has heads of its own, so only one that is seen is meant.
void addHead(Offers& offers, const View& view, const Touch& like)
{
    if (view.head < 0)
        return;
    Touch touch = like;
    touch.what = Touch::Head;
    touch.head = view.head;
    offers.push_back({TouchWords::tr("Head %1").arg(view.head), touch});
}

void addPlace(Offers& offers, const View& view, const Touch& like, QSize cells)
{
    if (view.spots.empty())
        return;
    Touch touch = withBox(like, view.spots.front(), cells);
    touch.what = Touch::Rows;
    offers.push_back({TouchWords::tr("What the place gets"), touch});
    touch.what = Touch::Columns;
    offers.push_back({TouchWords::tr("Who looks at the place"), touch});
}

/// That of the answer first: it is what is made.
void addShares(Offers& offers, const Touch& like)
{
    const std::array<QString, 4> names = {
        QStringLiteral("A"), QStringLiteral("A\u2032"), QStringLiteral("B"),
        QStringLiteral("B\u2032")};
    for (const int queries : {3, 2, 1, 0})
        for (int keys = 0; keys < 4; ++keys) {
            Touch touch = like;
            touch.what = Touch::Share;
            touch.kind = SiteKind::SelfAttention;
            touch.queries = queries;
            touch.keys = keys;
            const QString& of = names[std::size_t(queries)];
            const QString& at = names[std::size_t(keys)];
            offers.push_back({TouchWords::tr("What %1 takes from %2").arg(of, at), touch});
        }
}

} // namespace

Touch withBox(Touch touch, const Spot& spot, QSize cells)
{
    if (spot.shape == Spot::Point) {
        const double x = std::floor(spot.corners[0][0] * cells.width());
        const double y = std::floor(spot.corners[0][1] * cells.height());
        touch.x = std::min(x, cells.width() - 1.0) / cells.width();
        touch.y = std::min(y, cells.height() - 1.0) / cells.height();
        touch.width = 1.0 / cells.width();
        touch.height = 1.0 / cells.height();
        return touch;
    }
    const auto read = [](double part) { return std::round(part * 1000) / 1000; };
    std::array<double, 2> least = spot.corners.front(), most = least;
    for (const auto& corner : spot.corners)
        for (std::size_t i = 0; i < 2; ++i) {
            least[i] = std::min(least[i], corner[i]);
            most[i] = std::max(most[i], corner[i]);
        }
    touch.x = read(least[0]);
    touch.y = read(least[1]);
    touch.width = read(most[0] - touch.x);
    touch.height = read(most[1] - touch.y);
    return touch;
}

Offers touchesFor(const View& view, const InspectOffer& offer, QSize cells)
{
    Offers offers;
    if (view.subject.source || view.subject.negative)
        return offers;
    Touch like {.kind = siteOf(view.kind), .layers = view.layers, .times = 0};
    switch (view.kind) {
    case ViewKind::CrossAttention:
        addWords(offers, view, offer, like);
        addHead(offers, view, like);
        break;
    case ViewKind::SelfAttention:
        addHead(offers, view, like);
        addPlace(offers, view, like, cells);
        break;
    case ViewKind::Tokens:
    case ViewKind::Origin:
        addHead(offers, view, like);
        break;
    case ViewKind::Shares:
        addShares(offers, like);
        break;
    case ViewKind::Features:
    case ViewKind::FeaturesInput:
    case ViewKind::Channels:
    case ViewKind::QueryChannels:
    case ViewKind::KeyChannels:
    case ViewKind::Queries:
    case ViewKind::Keys:
        if (offer.source) {
            like.what = Touch::Injection;
            if (view.kind == ViewKind::FeaturesInput)
                like.kind = SiteKind::ResidualBlock;
            offers.push_back({TouchWords::tr("Without the injection"), like});
        }
        break;
    default:
        break;
    }
    return offers;
}
