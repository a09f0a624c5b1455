// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dragsource.h"

#include "ui/dragout.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QMouseEvent>
#include <QTimer>

#include <utility>

DragSource::DragSource(
    QAbstractItemView& view, std::function<Draggable(const QModelIndex&)> pictureOf)
    : QObject(&view)
    , m_view(view)
    , m_pictureOf(std::move(pictureOf))
{
    view.viewport()->installEventFilter(this);
}

bool DragSource::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonPress) {
        const auto& press = *static_cast<QMouseEvent*>(event);
        m_image = {};
        m_from = press.position().toPoint();
        if (press.button() == Qt::LeftButton) // when the view has chosen what is there
            QTimer::singleShot(0, this, [this, at = m_from] { prepare(at); });
    } else if (event->type() == QEvent::MouseMove && !m_image.isNull()) {
        const auto& move = *static_cast<QMouseEvent*>(event);
        const int way = (move.position().toPoint() - m_from).manhattanLength();
        if ((move.buttons() & Qt::LeftButton) && way >= QApplication::startDragDistance())
            dragOut(&m_view, std::exchange(m_image, {}), m_file);
        return true; // it does not choose others on its way
    }
    return QObject::eventFilter(watched, event);
}

void DragSource::prepare(const QPoint& at)
{
    const QModelIndex index = m_view.indexAt(at);
    if (at != m_from || !index.isValid())
        return;
    const Draggable picture = m_pictureOf(index);
    m_image = picture.image;
    if (!m_image.isNull())
        m_file = picture.encode ? writeForDrag(picture.encode, picture.name)
                                : writeForDrag(picture.image, picture.name);
}
