// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectview.h"

#include "ui/curvespane.h"
#include "ui/dimslider.h"
#include "ui/inspectempty.h"
#include "ui/layerpicker.h"
#include "ui/lessonpanel.h"
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
#include <utility>

namespace {

/// In the middle of an analogy's answer, and not beside the point in another picture.
constexpr double usualSpot = 0.75;

/// Below that height, and for that width of a line, in pixels, the map needs more room.
constexpr int lowHeight = 500, shortLine = 640;

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
    , m_lesson(new LessonPanel(this))
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
    m_sliders = new QVBoxLayout(sliders);
    m_sliders->setContentsMargins(0, 5, 0, 3);
    m_sliders->setSpacing(2);
    m_sliders->addWidget(m_layers);
    m_layers->addBeside(m_picker);
    m_sliders->addWidget(m_heads);
    left->addWidget(sliders);
    layout->addLayout(left, 1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(m_choices);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* right = new QWidget(this);
    right->setFixedWidth(InspectChoices::width);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins({});
    column->setSpacing(1);
    column->addWidget(m_lesson);
    QWidget& curves = m_pages->curves().choices();
    column->addWidget(&curves);
    const auto showPage = [this, sliders, &curves] {
        const bool ofCurves = m_pages->page() == InspectPages::Curves;
        curves.setVisible(ofCurves);
        sliders->setVisible(!ofCurves);
        m_choices->setForCurves(ofCurves);
    };
    connect(m_pages, &InspectPages::pageChanged, this, showPage);
    showPage();
    column->addWidget(scroll, 1);
    m_lesson->hide();
    connect(&m_pages->lessons(), &QToolButton::toggled, m_lesson, &QWidget::setVisible);
    layout->addWidget(right);
}

/// Where the map would be small, layers and heads share a line. Where that is too short for both,
/// their sliders go: the lists say the same.
void InspectView::resizeEvent(QResizeEvent*)
{
    const bool low = height() < lowHeight;
    const bool listsAlone = low && width() - InspectChoices::width < shortLine;
    m_sliders->setDirection(low ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    for (DimSlider* slider : {m_layers, m_heads})
        slider->setSharing(low, listsAlone);
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
        if (m_entries[i].layers == Layers {{.begin = layer, .end = layer + 1}}) {
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
