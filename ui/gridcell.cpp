// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/gridcell.h"

#include "ui/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

#include <utility>

GridCell::GridCell(const QString& label, const QString& help, QWidget* parent)
    : PicturePlace(label, help, parent)
{
    setMouseTracking(true); // the colour under the pointer is read below
    setAttribute(Qt::WA_NoSystemBackground);
    refresh();
}

void GridCell::refresh()
{
    if (image().isNull())
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    update();
}

void GridCell::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF place = QRectF(rect()).adjusted(3, 3, -3, -3);
    painter.setBrush(Qt::NoBrush);
    if (image().isNull()) {
        painter.setPen(QPen(theme().dim, 1, Qt::DashLine));
        painter.drawRoundedRect(place, 5, 5);
        if (note().isEmpty())
            painter.drawText(place, Qt::AlignCenter, tr("Drop, paste\nor click"));
    }
    if (hasFocus()) { // on any picture: the accent between two lines of the ground
        painter.setPen(QPen(theme().window, 5));
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4);
        painter.setPen(QPen(theme().accent, 3));
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4);
    }
    paintNote(painter);
    painter.setFont(font());
    if (dropping())
        paintDrop(painter, place);
}

void GridCell::mousePressEvent(QMouseEvent* event)
{
    m_down = event->button() == Qt::LeftButton && image().isNull();
    m_pressed = event->pos();
    event->ignore();
}

void GridCell::mouseReleaseEvent(QMouseEvent* event)
{
    const bool still =
        (event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance();
    event->ignore();
    if (std::exchange(m_down, false) && still && rect().contains(event->pos()))
        Q_EMIT openRequested();
}

void GridCell::focusInEvent(QFocusEvent*)
{
    update();
}

void GridCell::focusOutEvent(QFocusEvent*)
{
    update();
}
