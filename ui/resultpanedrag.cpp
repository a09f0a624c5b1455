// SPDX-License-Identifier: GPL-3.0-or-later

// How pictures are dragged out of the centre of the window.

#include "app/runrecord.h"
#include "app/session.h"
#include "app/settings.h"
#include "ui/convert.h"
#include "ui/dragout.h"
#include "ui/gridview.h"
#include "ui/resultpane.h"
#include "ui/savedialog.h"
#include "ui/shownpictures.h"

#include <utility>

void ResultPane::prepareDrag()
{
    const QImage shown = picture();
    if (shown.isNull() || std::exchange(m_draggable, shown.cacheKey()) == shown.cacheKey())
        return;
    m_dragFile = QtFuture::makeReadyFuture(QString());
    try {
        const auto encode = encoder(m_session.runs(), candidate(), step(), lastEmbed(Settings()));
        m_dragFile = writeForDrag(encode, tr("result"));
    } catch (const std::exception&) {
        // The picture itself can still be dragged.
    }
}

Draggable ResultPane::draggable(int candidate) const
{
    const Run* run = m_shown->run();
    if (!run)
        return {};
    const auto& made = candidatesAt(*run, step());
    if (candidate < 0 || candidate >= int(made.size()))
        return {};
    Draggable picture {
        .image = toQImage(made[std::size_t(candidate)].image),
        .name = tr("candidate %1").arg(candidate + 1)};
    try {
        picture.encode = encoder(m_session.runs(), candidate, step(), lastEmbed(Settings()));
    } catch (const std::exception&) {
        // The picture itself can still be dragged.
    }
    return picture;
}

void ResultPane::startDrag(int cell)
{
    if (cell == m_grid->resultCell())
        return dragOut(this, m_grid->image(cell), m_dragFile);
    // A picture of the slots is exchanged with another one where it is dropped on that.
    const auto& slots = m_shown->method().slots;
    const bool ours = m_shown->method().onGrid && !m_shown->foreign() && cell < int(slots.size());
    dragOut(
        this, m_grid->image(cell), writeForDrag(m_grid->image(cell), m_grid->label(cell)),
        ours ? QString::fromStdString(slots[std::size_t(cell)].id) : QString());
}
