// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inputsdock.h"

#include "ui/docktitle.h"
#include "ui/methodview.h"
#include "ui/picturecell.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>

#include <utility>

namespace {

constexpr int widest = 124; // as a slot is at most

}

InputsDock::InputsDock(Session& session, QWidget* parent)
    : QDockWidget(parent)
    , m_session(session)
    , m_swap(new QToolButton(this))
    , m_scroll(new QScrollArea(this))
{
    m_swap->setProperty("role", QStringLiteral("flat"));
    m_swap->setToolTip(tr("Exchange the first two pictures (X)"));
    setDockTitle(*this, QStringLiteral("dock.inputs"), tr("Pictures"), m_swap);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setMinimumHeight(140);
    setWidget(m_scroll);
    connect(m_swap, &QToolButton::clicked, this, [this] {
        const auto& slots = m_session.editor().method().slots;
        if (slots.size() > 1)
            m_session.inputs().swap(slots[0].id, slots[1].id);
    });
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
    m_result = nullptr;
    m_newBelow.clear();
    m_scroll->setWidget(body); // deletes the one before
    const auto& slots = m_session.editor().method().slots;
    for (const Slot& slot : slots)
        fitCells(slot);
    if (m_session.editor().method().onGrid) {
        m_result = new QLabel(
            tr("%1\nappears\nin the grid").arg(withPrime(m_session.editor().method().resultLabel)),
            body);
        m_result->setAlignment(Qt::AlignCenter);
        m_result->setMaximumWidth(widest);
        m_result->setProperty("role", QStringLiteral("placeholder"));
    }
    m_swap->setVisible(m_session.editor().method().onGrid);
    if (slots.size() > 1)
        m_swap->setText(
            tr("swap %1 \u2194 %2").arg(withPrime(slots[0].label), withPrime(slots[1].label)));
    arrange();
}

/// Makes as many cells as there are pictures and, where the slot takes several, one for the next.
bool InputsDock::fitCells(const Slot& slot)
{
    std::vector<PictureCell*>& cells = m_cells[slot.id];
    const auto wanted = slot.several ? m_session.inputs().in(slot.id).size() + 1 : std::size_t(1);
    const bool change = cells.size() != wanted;
    while (cells.size() > wanted) {
        cells.back()->deleteLater();
        cells.back()->hide();
        cells.pop_back();
    }
    while (cells.size() < wanted) {
        auto* cell = new PictureCell(m_session, slot, int(cells.size()), m_scroll->widget());
        const Place place = cell->place();
        const ImageSlot* picture = &cell->picture();
        connect(picture, &ImageSlot::openRequested, this, [this, place] {
            Q_EMIT openRequested(place);
        });
        connect(picture, &ImageSlot::filesGiven, this, [this, place](const QStringList& paths) {
            Q_EMIT filesGiven(place, paths);
        });
        connect(picture, &ImageSlot::moveRequested, this, [this, place](int by) {
            const int to = place.at + by;
            m_session.inputs().move(place, to);
            if (ImageSlot* there = this->slot({place.slot, to}))
                there->setFocus(Qt::OtherFocusReason); // it goes with the picture
        });
        connect(cell, &PictureCell::given, this, [this, place](const Given& picture) {
            Q_EMIT given(place, picture);
        });
        connect(cell, &PictureCell::paintRequested, this, [this, place] {
            Q_EMIT paintRequested(place);
        });
        connect(cell, &PictureCell::pictureChanged, this, [this, place] {
            if (place.slot == m_newBelow)
                revealMask();
        });
        cells.push_back(cell);
    }
    return change;
}

void InputsDock::arrange()
{
    auto* grid = static_cast<QGridLayout*>(m_scroll->widget()->layout());
    while (QLayoutItem* item = grid->takeAt(0))
        delete item;
    int at = 0;
    const auto add = [&](QWidget* widget) {
        grid->addWidget(widget, at / 2, at % 2);
        widget->show();
        grid->setRowStretch(at / 2, 0);
        ++at;
    };
    QWidget* before = nullptr;
    for (const Slot& slot : m_session.editor().method().slots)
        for (PictureCell* cell : m_cells[slot.id]) {
            add(cell);
            if (before)
                setTabOrder(before, &cell->picture());
            before = &cell->picture();
        }
    if (m_result)
        add(m_result);
    grid->setRowStretch((at + 1) / 2, 1);
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
    m_swap->setEnabled(!branch.on());
    m_swap->setToolTip(branch.on() ? branch.whyFixed() : tr("Exchange the first two pictures (X)"));
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
        if (slot.id != id)
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

Place InputsDock::target() const
{
    const Slot* empty = nullptr;
    for (const Slot& slot : m_session.editor().method().slots) {
        if (m_session.branch().fixes(slot))
            continue;
        for (const PictureCell* cell : m_cells.at(slot.id))
            if (cell->picture().hasFocus())
                return cell->place();
        if (!empty && slot.needed && m_session.inputs().in(slot.id).empty())
            empty = &slot;
    }
    if (empty)
        return empty->id;
    if (m_session.branch().on())
        for (const Slot& slot : m_session.editor().method().slots)
            if (slot.mayChange)
                return slot.id;
    if (const Slot* main = mainSlot(m_session.editor().method()))
        return main->id;
    return m_session.editor().method().slots.empty()
        ? Place()
        : Place(m_session.editor().method().slots.back().id);
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
