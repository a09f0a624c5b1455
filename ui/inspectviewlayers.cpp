// SPDX-License-Identifier: GPL-3.0-or-later

// Which layers and heads the view into the network has to choose from.

#include "ui/dimslider.h"
#include "ui/inspectview.h"
#include "ui/layerpicker.h"

#include <algorithm>
#include <map>
#include <utility>

namespace {

/// The layer to begin with: the first behind this part of them, on the way up, whose map is not too
/// coarse to be read.
constexpr double usualPlace = 0.45;
constexpr int usualWidth = 16;

Layers one(int layer)
{
    return {{.begin = layer, .end = layer + 1}};
}

} // namespace

/// The means that are offered: of all layers, of those of one size, of those that were chosen.
std::vector<InspectView::LayerEntry> InspectView::meansOf(const Layers& chosen) const
{
    std::vector<LayerEntry> means;
    std::map<std::pair<int, int>, std::vector<int>> sizes;
    LayerEntry all {.text = tr("All %1 layers").arg(m_offer.layers.size())};
    LayerEntry several {.layers = chosen};
    int count = 0;
    for (const LayerName& layer : m_offer.layers) {
        sizes[{-layer.width, -layer.height}].push_back(layer.layer);
        const bool is = std::ranges::any_of(
            chosen, [&](const Range& range) { return range.contains(layer.layer); });
        count += is;
        for (LayerEntry* entry : {&all, &several})
            if (entry == &all || is) {
                entry->heads = std::max(entry->heads, layer.heads);
                entry->cells = entry->cells.expandedTo({layer.width, layer.height});
            }
    }
    means.push_back(all);
    for (const auto& [size, layers] : sizes)
        if (layers.size() > 1 && sizes.size() > 1)
            means.push_back(
                {.text = tr("%1 of %2 × %3").arg(layers.size()).arg(-size.first).arg(-size.second),
                 .layers = asLayers(layers),
                 .heads = all.heads,
                 .cells = {-size.first, -size.second}});
    const bool known = std::ranges::any_of(
        means, [&](const LayerEntry& mean) { return sameLayers(mean.layers, chosen); });
    if (count > 1 && !known) {
        several.text = tr("Mean of %1").arg(layersText(chosen));
        means.push_back(several);
    }
    return means;
}

/// The means, then each layer alone.
void InspectView::takeLayers()
{
    const auto chosen = m_chosen.find(siteOf(m_view.kind));
    const bool known = hasLayers(m_view.kind) && chosen != m_chosen.end();
    const Layers wanted = known ? chosen->second : Layers();
    const bool joins = !hasComponents(m_view.kind) && !hasChannelsOfLayers(m_view.kind)
        && m_view.kind != ViewKind::Control && m_offer.layers.size() > 1;
    std::vector<LayerEntry> entries = joins ? meansOf(wanted) : std::vector<LayerEntry>();
    m_picker->setEnabled(joins);
    int usual = int(entries.size());
    bool found = false;
    for (const LayerName& layer : m_offer.layers) {
        const auto at = &layer - m_offer.layers.data();
        if (!found && double(at) >= usualPlace * double(m_offer.layers.size())
            && layer.width >= usualWidth) {
            usual = int(entries.size());
            found = true;
        }
        entries.push_back(
            {.text = QStringLiteral("%1 · %2").arg(layer.layer).arg(layerText(layer)),
             .layers = one(layer.layer),
             .heads = layer.heads,
             .cells = {layer.width, layer.height}});
    }
    m_entries = std::move(entries);
    QStringList texts;
    for (const LayerEntry& entry : m_entries)
        texts << entry.text;
    m_layers->setEntries(texts);
    m_layers->setVisible(hasLayers(m_view.kind));
    m_heads->setVisible(hasHeads(m_view.kind));
    if (hasLayers(m_view.kind) && !m_entries.empty()) {
        const bool joined =
            m_view.kind == ViewKind::CrossAttention || m_view.kind == ViewKind::Shares;
        int index = joined ? 0 : usual;
        for (std::size_t i = 0; known && i < m_entries.size(); ++i)
            if (sameLayers(m_entries[i].layers, wanted))
                index = int(i);
        m_layers->setIndex(index);
        m_picker->setLayers(m_offer.layers, m_entries[std::size_t(index)].layers);
    }
    takeHeads();
}

void InspectView::takeHeads()
{
    const int index = m_layers->index();
    const int heads = index < int(m_entries.size()) ? m_entries[std::size_t(index)].heads : 0;
    QStringList texts = {
        heads > 0 ? tr("Mean of all %1 heads").arg(heads) : tr("Mean of all heads")};
    for (int i = 0; i < heads; ++i)
        texts << tr("Head %1").arg(i);
    m_heads->setEntries(texts);
    m_heads->setIndex(std::min(m_head, heads - 1) + 1);
}

QSize InspectView::cells() const
{
    const int index = m_layers->index();
    return index < int(m_entries.size()) ? m_entries[std::size_t(index)].cells : QSize(1, 1);
}
