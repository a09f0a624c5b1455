// SPDX-License-Identifier: GPL-3.0-or-later

// How pictures are dragged out of the centre of the window.

#include "app/runrecord.h"
#include "app/session.h"
#include "app/settings.h"
#include "ui/dragout.h"
#include "ui/gridview.h"
#include "ui/resultpane.h"
#include "ui/savedialog.h"

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

void ResultPane::startDrag(int cell)
{
    if (cell == m_grid->resultCell())
        dragOut(this, m_grid->image(cell), m_dragFile);
    else
        dragOut(this, m_grid->image(cell), writeForDrag(m_grid->image(cell), m_grid->label(cell)));
}
