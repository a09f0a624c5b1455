// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/seeing.h"

namespace {

Seen seenOf(const View& view, const Moment& moment, const Fits& fits)
{
    switch (view.kind) {
    case ViewKind::CrossAttention:
        return seeWords(view, moment);
    case ViewKind::SelfAttention:
        return seePlaces(view, moment);
    case ViewKind::Shares:
        return seeShares(view, moment);
    case ViewKind::Channels:
    case ViewKind::Control:
        return seeFeatures(view, moment);
    case ViewKind::QueryChannels:
    case ViewKind::KeyChannels:
        return seeProjections(view, moment);
    case ViewKind::Tokens:
    case ViewKind::Origin:
        return seeReferences(view, moment);
    case ViewKind::Noise:
    case ViewKind::Clean:
    case ViewKind::Latent:
        return seeLatent(view, moment);
    default:
        return seeComponents(view, moment, fits);
    }
}

/// The maps as data, by their labels.
void addMaps(Seen& seen)
{
    for (const SeenMap& map : seen.maps) {
        std::vector<int64_t> shape {map.height, map.width};
        if (map.channels > 1)
            shape.push_back(map.channels);
        seen.numbers[english(map.label)] = {shape, map.values};
    }
}

} // namespace

Seen see(const View& view, const Moment& moment, const Fits& fits)
{
    Seen seen = seenOf(view, moment, fits);
    addMaps(seen);
    return seen;
}

Seen meanOf(const std::vector<Seen>& steps)
{
    Seen mean = steps.front();
    for (size_t m = 0; m < mean.maps.size(); ++m) {
        std::vector<float>& values = mean.maps[m].values;
        std::vector<double> sums(values.size());
        for (const Seen& each : steps)
            for (size_t i = 0; i < sums.size(); ++i)
                sums[i] += each.maps.at(m).values.at(i);
        for (size_t i = 0; i < sums.size(); ++i)
            values[i] = float(sums[i] / double(steps.size()));
    }
    addMaps(mean);
    return mean;
}
