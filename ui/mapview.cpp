// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mapview.h"

#include "ui/dragout.h"
#include "ui/savepicture.h"
#include "ui/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace {

constexpr int labelHeight = 20, enlargedSide = 512;

}

MapView::MapView(const QString& label, const QImage& image, Unit unit, QWidget* parent)
    : QWidget(parent)
    , m_label(label)
    , m_image(image)
    , m_unit(unit)
{
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(label);
    const bool cells = unit == Cells;
    setAccessibleDescription((cells ? tr("%1 by %2 cells") : tr("%1 by %2 pixels"))
                                 .arg(image.width())
                                 .arg(image.height()));
    setToolTip((cells ? tr("%1: %2 × %3 cells. Right-click to copy or save; drag it out.")
                      : tr("%1: %2 × %3 pixels. Right-click to copy or save; drag it out."))
                   .arg(label)
                   .arg(image.width())
                   .arg(image.height()));
}

int MapView::heightForWidth(int width) const
{
    return labelHeight + (m_image.isNull() ? 0 : width * m_image.height() / m_image.width());
}

QRect MapView::target() const
{
    const QSize room(width(), std::max(1, height() - labelHeight));
    return {QPoint(0, labelHeight), m_image.size().scaled(room, Qt::KeepAspectRatio)};
}

QImage MapView::enlarged() const
{
    if (m_unit == Pixels)
        return m_image;
    const int longer = std::max({1, m_image.width(), m_image.height()});
    const int factor = std::max(1, enlargedSide / longer);
    return m_image.scaled(m_image.size() * factor, Qt::IgnoreAspectRatio, Qt::FastTransformation);
}

void MapView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QFont small = font();
    small.setPixelSize(12);
    painter.setFont(small);
    painter.setPen(theme().dim);
    painter.drawText(
        QRect(0, 0, width(), labelHeight - 2), Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_label, Qt::ElideRight, width()));
    // A map of edges would lose its thin lines, were it reduced by leaving pixels out.
    painter.drawImage(
        target(),
        m_unit == Cells ? m_image
                        : m_image.scaled(
                            target().size() * devicePixelRatioF(), Qt::IgnoreAspectRatio,
                            Qt::SmoothTransformation));
    if (hasFocus()) {
        painter.setPen(QPen(theme().accent, 2));
        painter.drawRect(target().adjusted(1, 1, -1, -1));
    }
}

void MapView::copy() const
{
    QGuiApplication::clipboard()->setImage(enlarged());
}

void MapView::save()
{
    savePicture(this, enlarged(), m_label, [this](const QString& sentence) {
        Q_EMIT saveFailed(sentence);
    });
}

void MapView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->pos();
}

void MapView::mouseMoveEvent(QMouseEvent* event)
{
    const bool far =
        (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (event->buttons() & Qt::LeftButton && far)
        dragOut(this, enlarged(), {});
}

bool MapView::event(QEvent* event)
{
    // Copy and save are meant for the map that has the focus, not for the result.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Save)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void MapView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::Save))
        save();
    else
        QWidget::keyPressEvent(event);
}

void MapView::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this, [this] { copy(); });
    menu->addAction(tr("Save as PNG..."), this, [this] { save(); });
    menu->popup(event->globalPos());
}

void MapView::focusInEvent(QFocusEvent*)
{
    update();
}

void MapView::focusOutEvent(QFocusEvent*)
{
    update();
}
