// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectpages.h"

#include "app/translated.h"
#include "ui/curvespane.h"
#include "ui/dragsource.h"
#include "ui/inspectempty.h"
#include "ui/mapscale.h"
#include "ui/mapsheet.h"
#include "ui/sharestable.h"
#include "ui/touchedview.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

InspectPages::InspectPages(QWidget* parent)
    : QWidget(parent)
    , m_switch(new QButtonGroup(this))
    , m_export(new QToolButton(this))
    , m_lessons(new QToolButton(this))
    , m_pages(new QStackedWidget(this))
    , m_maps(new QStackedWidget(this))
    , m_map(new QWidget(this))
    , m_empty(new InspectEmpty(this))
    , m_canvas(new MapCanvas(this))
    , m_scale(new MapScale(*m_canvas, this))
    , m_notes(new QLabel(this))
    , m_shares(new SharesTable(this))
    , m_sheet(new MapSheet(this))
    , m_sheetScroll(new QScrollArea(this))
    , m_curves(new CurvesPane(this))
    , m_touched(new TouchedView(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    buildBar();
    layout->addWidget(m_pages, 1);
    auto* column = new QVBoxLayout(m_map);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_maps, 1);
    m_notes->setProperty("role", QStringLiteral("said"));
    m_notes->setWordWrap(true);
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->hide();
    column->addWidget(m_scale);
    column->addWidget(m_notes);
    m_maps->addWidget(m_empty);
    m_maps->addWidget(m_canvas);
    m_maps->addWidget(m_shares);
    m_sheetScroll->setWidget(m_sheet);
    m_sheetScroll->setWidgetResizable(true);
    m_sheetScroll->setFrameShape(QFrame::NoFrame);
    m_sheetScroll->setFocusPolicy(Qt::NoFocus);
    m_pages->addWidget(m_map);
    m_pages->addWidget(m_sheetScroll);
    m_pages->addWidget(m_curves);
    m_pages->addWidget(m_touched);
    connect(m_switch, &QButtonGroup::idClicked, this, [this](int page) { setPage(Page(page)); });
    setPage(Map);
    setTouchable(false);
}

void InspectPages::buildBar()
{
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(0);
    const std::pair<QString, QString> pages[] = {
        {tr("Map"), tr("The map of one layer at one step, large")},
        {tr("Overview"), tr("The same of all layers at many steps, side by side")},
        {tr("Curves"), tr("Numbers over the steps or the layers")},
        {tr("Touched"),
         tr("The run with touches beside the untouched one, with their difference")}};
    constexpr int count = int(std::size(pages));
    for (int i = 0; i < count; ++i) {
        auto* button = new QToolButton(bar);
        button->setProperty("role", QStringLiteral("mode"));
        button->setProperty(
            "place",
            QLatin1String(
                i == 0               ? "first"
                    : i + 1 == count ? "last"
                                     : "middle"));
        button->setProperty("narrow", true); // a small screen has no more room
        button->setText(pages[i].first);
        button->setToolTip(pages[i].second);
        button->setCheckable(true);
        m_switch->addButton(button, i);
        row->addWidget(button);
    }
    row->addStretch();
    m_lessons->setText(tr("Lessons"));
    m_lessons->setToolTip(tr("Three short lessons on what is seen here"));
    m_lessons->setCheckable(true);
    m_export->setText(tr("Export"));
    m_export->setToolTip(tr("Save what is seen: as a picture, as numbers, all layers, all steps"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    for (QToolButton* button : {m_lessons, m_export})
        button->setProperty("narrow", true);
    row->addWidget(m_lessons);
    row->addSpacing(8);
    row->addWidget(m_export);
    row->addWidget(
        dragHandle(this, [this] { return Draggable {.image = shown(), .name = tr("map")}; }));
    layout()->addWidget(bar);
}

InspectPages::Page InspectPages::page() const
{
    return Page(m_pages->currentIndex());
}

void InspectPages::setPage(Page page)
{
    m_pages->setCurrentIndex(page);
    m_switch->button(page)->setChecked(true);
    Q_EMIT pageChanged();
}

void InspectPages::setTouchable(bool touchable)
{
    m_switch->button(Touched)->setEnabled(touchable || page() == Touched);
}

void InspectPages::showSeen(
    const Seen& seen, std::optional<ValueRange> range, const std::vector<ContextToken>& tokens)
{
    const bool tables = !seen.maps.empty() && std::ranges::all_of(seen.maps, &SeenMap::table);
    m_maps->setCurrentWidget(tables ? static_cast<QWidget*>(m_shares) : m_canvas);
    if (tables)
        m_shares->setTables(seen.maps, tokens);
    m_canvas->setMaps(tables ? std::vector<SeenMap>() : seen.maps, range);
    QStringList notes;
    for (const Sentence& note : seen.notes)
        notes << translated(note);
    m_notes->setText(notes.join(QLatin1Char(' ')));
    m_notes->setVisible(!notes.isEmpty());
    m_scale->refresh();
    m_scale->setVisible(!m_canvas->maps().empty());
}

void InspectPages::showEmpty()
{
    m_maps->setCurrentWidget(m_empty);
    m_notes->hide();
    m_scale->hide();
}

bool InspectPages::showsEmpty() const
{
    return m_maps->currentWidget() == m_empty;
}

QImage InspectPages::shown()
{
    switch (page()) {
    case Sheet:
        return m_sheet->shown();
    case Curves:
        return m_curves->grab().toImage();
    case Touched:
        return m_touched->shown();
    case Map:
        break;
    }
    return m_maps->grab().toImage();
}
