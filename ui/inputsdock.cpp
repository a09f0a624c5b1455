// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inputsdock.h"

#include "app/translated.h"
#include "ui/docktitle.h"
#include "ui/methodview.h"
#include "ui/picturecell.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>

#include <algorithm>
#include <utility>

InputsDock::InputsDock(Session& session, QWidget* parent)
    : QDockWidget(parent)
    , m_session(session)
    , m_scroll(new QScrollArea(this))
{
    setDockTitle(*this, QStringLiteral("dock.inputs"), tr("Pictures"), nullptr);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setMinimumHeight(140);
    setWidget(m_scroll);
    connect(&session.editor(), &Editor::methodChanged, this, &InputsDock::build);
    connect(&session.editor(), &Editor::inputChanged, this, &InputsDock::showInput);
    connect(&session.maps(), &Maps::started, this, [this](const Place& place) {
        if (PictureCell* there = cell(place))
            there->refresh();
    });
    connect(
        &session.maps(), &Maps::ended, this, [this](const Place& place) { showInput(place.slot); });
    connect(&session.branch(), &BranchDraft::changed, this, &InputsDock::showFixed);
    const auto note = [this](const Place& place, const QString& text, bool error) {
        if (ImageSlot* there = slot(place))
            there->setNote(text, error);
    };
    connect(
        &session.inputs(), &Inputs::failed, this,
        [note](const auto& place, const QString& text) { note(place, text, true); });
    connect(&session.maps(), &Maps::failed, this, [note](const auto& place, const QString& text) {
        note(place, text, true);
    });
    connect(
        &session.inputs(), &Inputs::notes, this,
        [note](const auto& place, const QStringList& texts) {
            note(place, texts.join(QLatin1Char(' ')), false);
        });
    build();
}

void InputsDock::build()
{
    auto* body = new QWidget(m_scroll);
    body->setProperty("role", QStringLiteral("panel"));
    auto* grid = new QGridLayout(body);
    grid->setContentsMargins(12, 4, 12, 8);
    grid->setSpacing(8);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    body->installEventFilter(this);
    m_cells.clear();
    m_titles.clear();
    m_newBelow.clear();
    m_scroll->setWidget(body);               // deletes the one before
    if (!m_session.editor().method().onGrid) // else they are in the grid
        for (const Slot& slot : m_session.editor().method().slots)
            fitCells(slot);
    arrange();
}

bool InputsDock::inSections() const
{
    return std::ranges::any_of(
        m_session.editor().method().slots, [](const Slot& slot) { return !slot.section.empty(); });
}

/// Makes as many cells as there are pictures and, where the slot takes several, one for the next.
bool InputsDock::fitCells(const Slot& slot)
{
    std::vector<PictureCell*>& cells = m_cells[slot.id];
    const auto wanted = slot.several
        ? std::min(m_session.inputs().in(slot.id).size() + 1, std::size_t(mostPictures))
        : std::size_t(1);
    const bool change = cells.size() != wanted;
    while (cells.size() > wanted) {
        cells.back()->deleteLater();
        cells.back()->hide();
        cells.pop_back();
    }
    while (cells.size() < wanted) {
        auto* cell =
            new PictureCell(m_session, slot, int(cells.size()), inSections(), m_scroll->widget());
        connectCell(*cell);
        cells.push_back(cell);
    }
    return change;
}

void InputsDock::connectCell(PictureCell& cell)
{
    const Place place = cell.place();
    const ImageSlot* picture = &cell.picture();
    connect(
        picture, &ImageSlot::openRequested, this, [this, place] { Q_EMIT openRequested(place); });
    connect(picture, &ImageSlot::filesGiven, this, [this, place](const QStringList& paths) {
        Q_EMIT filesGiven(place, paths);
    });
    connect(picture, &ImageSlot::moveRequested, this, [this, place](int by) {
        const int to = place.at + by;
        m_session.inputs().move(place, to);
        if (ImageSlot* there = this->slot({place.slot, to}))
            there->setFocus(Qt::OtherFocusReason); // it goes with the picture
    });
    connect(
        picture, &ImageSlot::cropRequested, this, [this, place] { Q_EMIT cropRequested(place); });
    connect(&cell, &PictureCell::given, this, [this, place](const Given& what) {
        Q_EMIT given(place, what);
    });
    connect(
        &cell, &PictureCell::paintRequested, this, [this, place] { Q_EMIT paintRequested(place); });
    connect(&cell, &PictureCell::pictureChanged, this, [this, place] {
        if (place.slot == m_newBelow)
            revealMask();
    });
}

/// Two cells beside each other, or where there are sections a row a cell below their titles.
void InputsDock::arrange()
{
    auto* grid = static_cast<QGridLayout*>(m_scroll->widget()->layout());
    while (QLayoutItem* item = grid->takeAt(0))
        delete item;
    qDeleteAll(m_titles);
    m_titles.clear();
    const bool sections = inSections();
    std::string section;
    int row = 0, column = 0;
    QWidget* before = nullptr;
    for (const Slot& slot : m_session.editor().method().slots) {
        if (sections && std::exchange(section, slot.section) != slot.section) {
            auto* title = new QLabel(translated(slot.section), m_scroll->widget());
            title->setProperty("role", QStringLiteral("dim"));
            title->setContentsMargins(0, row > 0 ? 6 : 0, 0, 0);
            grid->addWidget(title, row++, 0, 1, 2);
            title->show();
            m_titles << title;
        }
        for (PictureCell* cell : m_cells[slot.id]) {
            grid->addWidget(cell, row, column, 1, sections ? 2 : 1);
            cell->show();
            grid->setRowStretch(row, 0);
            column = sections ? 0 : 1 - column;
            row += column == 0 ? 1 : 0;
            if (before)
                setTabOrder(before, &cell->picture());
            before = &cell->picture();
        }
    }
    grid->setRowStretch(row + 1, 1);
    showFixed();
    Q_EMIT cellsChanged();
}

/// In a branch most pictures are those of the run that it goes on from.
void InputsDock::showFixed()
{
    const BranchDraft& branch = m_session.branch();
    for (const Slot& slot : m_session.editor().method().slots)
        for (PictureCell* cell : m_cells[slot.id])
            cell->setFixed(branch.fixes(slot) ? branch.whyFixed() : QString());
}

void InputsDock::showInput(const std::string& id)
{
    const auto& slots = m_session.editor().method().slots;
    for (const Slot& slot : slots)
        if (slot.maskOf == id) { // first: a picture may be shown at once
            for (PictureCell* cell : m_cells[slot.id])
                cell->refresh();
            if (!m_session.inputs().in(id).empty() && m_session.inputs().in(slot.id).empty())
                m_newBelow = id;
        }
    for (const Slot& slot : slots) {
        if (slot.id != id || m_session.editor().method().onGrid)
            continue;
        const bool change = fitCells(slot);
        for (PictureCell* cell : m_cells[id])
            cell->refresh();
        if (change)
            arrange();
    }
}

/// Scrolls to the place for a mask, which has got its button, now that the picture below is shown.
void InputsDock::revealMask()
{
    const std::string below = std::exchange(m_newBelow, {});
    cell(below)->layout()->activate();
    QEvent request(QEvent::LayoutRequest); // at once: the picture has just taken more room
    for (QWidget* outer : {m_scroll->widget(), static_cast<QWidget*>(m_scroll)})
        QCoreApplication::sendEvent(outer, &request);
    for (const Slot& slot : m_session.editor().method().slots)
        if (PictureCell* mask = cell(slot.id); mask && slot.maskOf == below)
            m_scroll->ensureWidgetVisible(mask, 0, 8);
}

PictureCell* InputsDock::cell(const Place& place) const
{
    const auto found = m_cells.find(place.slot);
    const bool there = found != m_cells.end() && place.at < int(found->second.size());
    return there ? found->second[place.at] : nullptr;
}

ImageSlot* InputsDock::slot(const Place& place) const
{
    const PictureCell* there = cell(place);
    return there ? &there->picture() : nullptr;
}

void InputsDock::focusSlot(const std::string& id)
{
    show();
    raise();
    if (ImageSlot* place = slot(id)) {
        m_scroll->ensureWidgetVisible(place);
        place->setFocus(Qt::OtherFocusReason);
    }
}

int InputsDock::wantedHeight() const
{
    const QLayout* grid = m_scroll->widget()->layout();
    const int width = std::max(200, m_scroll->viewport()->width());
    const int body = grid->hasHeightForWidth() ? grid->totalHeightForWidth(width)
                                               : grid->totalSizeHint().height();
    return body + titleBarWidget()->sizeHint().height() + 2;
}

bool InputsDock::eventFilter(QObject* watched, QEvent* event)
{
    // Fields beside a picture come and go.
    if (event->type() == QEvent::LayoutRequest)
        Q_EMIT cellsChanged();
    return QDockWidget::eventFilter(watched, event);
}
