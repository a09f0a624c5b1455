// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectview.h"

#include "ui/dimslider.h"
#include "ui/inspectempty.h"
#include "ui/layerpicker.h"
#include "ui/sharestable.h"
#include "ui/touchpanel.h"
#include "ui/wordchips.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <set>
#include <utility>

namespace {

/// The layer to begin with: the first behind this part of them, on the way up, whose map is not too
/// coarse to be read.
constexpr double usualPlace = 0.45;
constexpr int usualWidth = 16;
/// In the middle of an analogy's answer, and not beside the point in another picture.
constexpr double usualSpot = 0.75;

Layers one(int layer)
{
    return {{.begin = layer, .end = layer + 1}};
}

} // namespace

InspectView::InspectView(QWidget* parent)
    : QWidget(parent)
    , m_pages(new InspectPages(this))
    , m_canvas(&m_pages->canvas())
    , m_layers(new DimSlider(
          tr("Layer"),
          tr("In the order in which the network computes them: down, middle, up. Left and right: "
             "one before, one behind. Several: their mean."),
          this))
    , m_heads(new DimSlider(
          tr("Head"),
          tr("One head of the attention, or the mean over all. Left and right change it."), this))
    , m_picker(new LayerPicker(this))
    , m_choices(new InspectChoices(this))
{
    setMinimumSize(520, 240); // less than its parts would like: a small screen has no more
    build();
    connectParts();
    m_canvas->setSpots({{.corners = {{usualSpot, usualSpot}}}});
    takeLayers();
    setMessage(tr("Make a run first (Ctrl+Return). Then what the network held is seen here."));
}

void InspectView::build()
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(1);
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(m_pages, 1);
    auto* sliders = new QWidget(this);
    sliders->setProperty("role", QStringLiteral("panel"));
    auto* rows = new QVBoxLayout(sliders);
    rows->setContentsMargins(0, 5, 0, 3);
    rows->setSpacing(2);
    rows->addWidget(m_layers);
    m_layers->addBeside(m_picker);
    rows->addWidget(m_heads);
    left->addWidget(sliders);
    layout->addLayout(left, 1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(m_choices);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setFixedWidth(InspectChoices::width);
    layout->addWidget(scroll);
}

void InspectView::connectParts()
{
    connect(m_choices, &InspectChoices::changed, this, &InspectView::takeView);
    connect(m_choices, &InspectChoices::lookChanged, this, &InspectView::takeLook);
    connect(m_choices, &InspectChoices::outlineToggled, m_canvas, &MapCanvas::setOutlining);
    connect(m_choices, &InspectChoices::secondToggled, this, [this](bool second) {
        m_canvas->setActive(second);
        m_canvas->setFocus(Qt::OtherFocusReason);
    });
    connect(m_choices, &InspectChoices::clearRequested, this, [this] {
        m_canvas->setSpots({});
        takeView();
    });
    connect(m_canvas, &MapCanvas::activeChanged, this, &InspectView::tellPlaces);
    connect(m_canvas, &MapCanvas::spotsChanged, this, &InspectView::takeView);
    connect(m_canvas, &MapCanvas::readout, this, &InspectView::readout);
    connect(m_canvas, &MapCanvas::saveFailed, this, &InspectView::readout);
    connect(m_layers, &DimSlider::chosen, this, [this](int index) {
        if (hasLayers(m_view.kind))
            m_chosen[siteOf(m_view.kind)] = m_entries.at(std::size_t(index)).layers;
        takeHeads();
        takeView();
    });
    connect(
        &m_pages->shares(), &SharesTable::cellChosen, &m_choices->touches(),
        &TouchPanel::chooseShare);
    connect(m_picker, &LayerPicker::chosen, this, [this](const Layers& layers) {
        m_chosen[siteOf(m_view.kind)] = layers;
        takeLayers();
        takeView();
    });
    connect(m_heads, &DimSlider::chosen, this, [this](int index) {
        m_head = index - 1;
        takeView();
    });
    connect(
        &m_pages->empty().compute(), &QPushButton::clicked, this, &InspectView::computeRequested);
    connect(&m_pages->empty().stop(), &QPushButton::clicked, this, &InspectView::stopRequested);
}

void InspectView::setView(const View& view)
{
    m_view = view;
    if (hasLayers(view.kind))
        m_chosen[siteOf(view.kind)] = view.layers;
    m_choices->setView(view);
    if (!view.spots.empty()) // a view of another kind has none: the places stay
        m_canvas->setSpots(view.spots);
    m_head = view.head;
    takeLayers();
    takeView();
}

InspectState InspectView::state() const
{
    return {.view = m_view, .look = m_choices->look(), .range = m_choices->range()};
}

void InspectView::setState(InspectState state)
{
    m_choices->setLook(state.look, state.range);
    m_canvas->setLook(state.look);
    state.view.spots = m_canvas->spots();
    state.view.step = m_view.step;
    setView(state.view);
}

void InspectView::chooseLayer(int layer)
{
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        if (m_entries[i].layers == one(layer)) {
            m_layers->setIndex(int(i));
            Q_EMIT m_layers->chosen(int(i));
        }
}

void InspectView::setStep(int step)
{
    m_view.step = step;
}

void InspectView::setOffer(const InspectOffer& offer)
{
    m_offer = offer;
    m_choices->setOffer(offer);
    takeLayers();
    takeView();
}

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
    const bool joins = !hasComponents(m_view.kind) && m_view.kind != ViewKind::Channels
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

/// What is chosen now, from all parts; asks for it where it is another view.
void InspectView::takeView()
{
    const View before = m_view;
    View view = m_choices->applied(m_view);
    if (view.kind != before.kind) {
        m_view.kind = view.kind;
        takeLayers(); // counted by what the kind looks into; the offer follows
    }
    view.spots = asksPlace(view.kind) ? m_canvas->spots() : std::vector<Spot>();
    const int index = m_layers->index();
    if (hasLayers(view.kind) && index < int(m_entries.size()))
        view.layers = m_entries[std::size_t(index)].layers;
    view.head = !hasHeads(view.kind) ? -1 : m_heads->count() > 1 ? m_heads->index() - 1 : m_head;
    m_canvas->setAsking(asksPlace(view.kind), cells());
    const bool other = before != view;
    m_view = view;
    tellPlaces();
    m_choices->touches().setOffers(
        touchesFor(view, m_offer, cells()), m_layers->list().currentText().toLower());
    if (!other)
        return;
    m_runRange.reset();
    Q_EMIT viewChanged();
    Q_EMIT stateChanged();
}

void InspectView::takeLook()
{
    m_canvas->setLook(m_choices->look());
    showMaps();
    if (m_choices->range().kind == RangeChoice::Run && !m_runRange)
        Q_EMIT rangeWanted();
    Q_EMIT stateChanged();
}

void InspectView::tellPlaces()
{
    QStringList texts;
    for (std::size_t i = 0; i < m_canvas->spots().size(); ++i)
        texts << (i == 0 ? tr("First: %1") : tr("Second: %1"))
                     .arg(spotText(m_canvas->spots()[i], cells()));
    m_choices->setPlaces(
        texts.isEmpty() ? tr("Click the picture to ask about a place.")
                        : texts.join(QStringLiteral(" · ")),
        int(texts.size()), m_canvas->active());
}

void InspectView::setGrounds(
    const MapCanvas::Ground& picture, std::vector<MapCanvas::Ground> references)
{
    m_canvas->setGrounds(picture, std::move(references));
}

void InspectView::setSeen(const View& view, const Seen& seen)
{
    if (view != m_view)
        return;
    m_seenOf = view;
    m_seen = seen;
    showMaps();
    if (m_choices->range().kind == RangeChoice::Run && !m_runRange)
        Q_EMIT rangeWanted();
}

void InspectView::setRunRange(std::optional<ValueRange> range)
{
    m_runRange = range;
    showMaps();
}

/// None: of each map by itself.
std::optional<ValueRange> InspectView::wholeRange() const
{
    const RangeChoice choice = m_choices->range();
    return choice.kind == RangeChoice::Run  ? m_runRange
        : choice.kind == RangeChoice::Fixed ? std::optional(choice.fixed)
                                            : std::nullopt;
}

void InspectView::showMaps()
{
    m_pages->showSeen(m_seen, wholeRange(), m_offer.tokens);
}

SeenAmong InspectView::among() const
{
    const std::vector<MapCanvas::Ground> grounds = m_canvas->grounds();
    return {
        .picture = grounds.front(),
        .references = {grounds.begin() + 1, grounds.end()},
        .look = m_canvas->look(),
        .range = wholeRange(),
        .spots = m_canvas->asking() ? m_canvas->spots() : std::vector<Spot>(),
        .cells = m_canvas->cells(),
        .tokens = m_offer.tokens};
}

QImage InspectView::shown()
{
    const bool map = m_pages->page() == InspectPages::Map && !m_pages->showsEmpty();
    return map ? seenPicture(m_seen.maps, among()) : m_pages->shown();
}

void InspectView::setMessage(const QString& sentence, std::optional<double> seconds)
{
    m_seenOf.reset();
    m_pages->empty().say(sentence, seconds);
    m_pages->showEmpty();
}

void InspectView::setComputing(const QString& sentence)
{
    m_pages->empty().setComputing(sentence);
    m_pages->showEmpty();
}

QString InspectView::message() const
{
    return m_pages->showsEmpty() ? m_pages->empty().text() : QString();
}
