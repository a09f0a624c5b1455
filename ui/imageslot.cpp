// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/imageslot.h"

#include "ui/convert.h"
#include "ui/dragout.h"
#include "ui/theme.h"

#include <QApplication>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>

#include <algorithm>
#include <utility>

ImageSlot::ImageSlot(const QString& label, const QString& help, QWidget* parent)
    : PicturePlace(label, help, parent)
    , m_clear(new QToolButton(this))
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_clear->setIcon(icon(QStringLiteral("close")));
    m_clear->setIconSize({12, 12});
    m_clear->setProperty("role", QStringLiteral("clear"));
    m_clear->setFixedSize(22, 22);
    m_clear->setFocusPolicy(Qt::NoFocus); // Del does the same
    m_clear->hide();
    connect(m_clear, &QToolButton::clicked, this, &ImageSlot::clearRequested);
    refresh();
}

void ImageSlot::setOptional(bool optional)
{
    m_optional = optional;
    refresh();
}

void ImageSlot::setInRow(bool inRow)
{
    m_inRow = inRow;
    refresh();
}

void ImageSlot::refresh()
{
    m_clear->setToolTip(tr("Clear %1 (Del)").arg(label()));
    m_clear->setAccessibleName(tr("Clear %1").arg(label()));
    if (m_inRow) {
        setMinimumSize(rowSide, isSmall() ? rowHeight : rowSide);
        setMaximumSize(image().isNull() ? QWIDGETSIZE_MAX : rowSide, minimumHeight());
    } else {
        setMinimumSize(100, isSmall() ? smallHeight : 100);
        setMaximumSize(124, isSmall() ? smallHeight : 124);
    }
    placeClear();
    updateClear();
    updateGeometry();
    update();
}

QFont ImageSlot::labelFont() const
{
    QFont bold = smaller(font());
    bold.setWeight(QFont::DemiBold);
    return bold;
}

QString ImageSlot::tip() const
{
    const bool whole = QFontMetricsF(labelFont()).horizontalAdvance(label()) <= labelRoom();
    return whole ? PicturePlace::tip() : label() + QLatin1Char('\n') + PicturePlace::tip();
}

/// How wide the text of the label can be.
qreal ImageSlot::labelRoom() const
{
    return width() - 18;
}

void ImageSlot::paintPicture(QPainter& painter, const QRectF& place)
{
    painter.fillRect(place, theme().field);
    if (m_scaled.isNull() || std::exchange(m_scaledOf, image().cacheKey()) != image().cacheKey()) {
        const QSize size = (place.size() * devicePixelRatioF()).toSize();
        m_scaled = QPixmap::fromImage(scaledToShow(image(), size, Qt::KeepAspectRatio));
        m_scaled.setDevicePixelRatio(devicePixelRatioF());
    }
    const QSizeF size = m_scaled.deviceIndependentSize();
    painter.setOpacity(isEnabled() ? 1 : 0.55);
    painter.drawPixmap(place.center() - QPointF(size.width(), size.height()) / 2, m_scaled);
    painter.setOpacity(1);
}

/// At the top where a line begins; how wide it is.
qreal ImageSlot::paintLabel(QPainter& painter, const QRectF& place)
{
    const bool empty = image().isNull();
    const QFont bold = labelFont();
    painter.setFont(bold);
    const QFontMetricsF metrics(bold);
    const QString name = metrics.elidedText(label(), Qt::ElideRight, labelRoom());
    QRectF chip(
        place.topLeft() + QPointF(6, 5),
        QSizeF(
            std::min(metrics.horizontalAdvance(name) + 12, labelRoom() + 6), metrics.height() + 3));
    if (isRightToLeft())
        chip.moveRight(place.right() - 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(empty ? theme().raised : theme().chip);
    painter.drawRoundedRect(chip, 3, 3);
    painter.setPen(empty ? theme().text : theme().onChip);
    painter.drawText(chip, Qt::AlignCenter, name);
    painter.setFont(font());
    return chip.width();
}

/// In the middle; in a row behind the label, where both fit.
void ImageSlot::paintOptional(QPainter& painter, const QRectF& place, qreal labelWidth)
{
    const QString text = tr("Optional");
    painter.setPen(theme().dim);
    if (!m_inRow)
        return painter.drawText(place.adjusted(0, 20, 0, 0), Qt::AlignCenter, text);
    if (labelWidth + QFontMetricsF(font()).horizontalAdvance(text) + 36 > place.width())
        return;
    const Qt::Alignment end = isRightToLeft() ? Qt::AlignLeft : Qt::AlignRight;
    painter.drawText(place.adjusted(12, 0, -12, 0), int(end | Qt::AlignVCenter), text);
}

void ImageSlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool empty = image().isNull();
    const QRectF place = QRectF(rect()).adjusted(1, 1, -1, -1);
    QPainterPath outline;
    outline.addRoundedRect(place, 5, 5);
    if (!empty) {
        painter.setClipPath(outline);
        paintPicture(painter, place);
        painter.setClipping(false);
    } else if (!m_optional) {
        painter.setPen(theme().dim);
        painter.drawText(place, Qt::AlignCenter, tr("Drop, paste\nor click"));
    }
    const QColor line = hasFocus() ? theme().accent : empty ? theme().dim : theme().border;
    painter.setPen(QPen(line, hasFocus() ? 2 : 1, empty ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(outline);
    const qreal named = paintLabel(painter, place);
    if (empty && m_optional)
        paintOptional(painter, place, named);
    if (dropping())
        paintDrop(painter, place);
}

void ImageSlot::resizeEvent(QResizeEvent*)
{
    m_scaled = {};
    placeClear();
}

/// In the upper corner, and where the label needs that, in the lower one: the label stays whole.
void ImageSlot::placeClear()
{
    const qreal label = QFontMetricsF(labelFont()).horizontalAdvance(this->label());
    const bool above = label + 28 + m_clear->width() <= width();
    m_clear->move(
        isRightToLeft() ? 5 : width() - m_clear->width() - 5,
        above ? 5 : height() - m_clear->height() - 5);
}

void ImageSlot::updateClear()
{
    m_clear->setVisible(!image().isNull() && (underMouse() || hasFocus()));
}

void ImageSlot::mousePressEvent(QMouseEvent* event)
{
    m_down = event->button() == Qt::LeftButton;
    m_pressed = event->pos();
    // The file for a drag is written while the pointer is still on its way.
    if (m_down && !image().isNull()
        && std::exchange(m_fileOf, image().cacheKey()) != image().cacheKey())
        m_file = writeForDrag(image(), QFileInfo(name()).completeBaseName());
}

void ImageSlot::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_down || (event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance())
        return;
    m_down = false;
    dragOut(this, image(), m_file);
}

void ImageSlot::mouseReleaseEvent(QMouseEvent* event)
{
    if (std::exchange(m_down, false) && rect().contains(event->pos()))
        Q_EMIT openRequested();
}

void ImageSlot::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space)
        Q_EMIT openRequested();
    else
        PicturePlace::keyPressEvent(event);
}

void ImageSlot::enterEvent(QEnterEvent*)
{
    updateClear();
}

void ImageSlot::leaveEvent(QEvent*)
{
    m_clear->setVisible(!image().isNull() && hasFocus());
}

void ImageSlot::focusInEvent(QFocusEvent*)
{
    updateClear();
    update();
}

void ImageSlot::focusOutEvent(QFocusEvent*)
{
    updateClear();
    update();
}
