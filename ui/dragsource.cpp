// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/dragsource.h"

#include "ui/dragout.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QMouseEvent>
#include <QTimer>
#include <QToolButton>

#include <utility>

DragSource::DragSource(
    QAbstractItemView& view, std::function<Draggable(const QModelIndex&)> pictureOf)
    : DragSource(*view.viewport(), [&view, pictureOf = std::move(pictureOf)](const QPoint& at) {
        const QModelIndex index = view.indexAt(at);
        return index.isValid() ? pictureOf(index) : Draggable();
    })
{
}

DragSource::DragSource(QWidget& source, std::function<Draggable(const QPoint&)> pictureAt)
    : QObject(&source)
    , m_source(source)
    , m_pictureAt(std::move(pictureAt))
{
    source.installEventFilter(this);
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
            dragOut(&m_source, std::exchange(m_image, {}), m_file);
        return true; // it does not choose others on its way
    }
    return QObject::eventFilter(watched, event);
}

void DragSource::prepare(const QPoint& at)
{
    if (at != m_from)
        return;
    const Draggable picture = m_pictureAt(at);
    m_image = picture.image;
    if (!m_image.isNull())
        m_file = picture.encode ? writeForDrag(picture.encode, picture.name)
                                : writeForDrag(picture.image, picture.name);
}

QToolButton* dragHandle(QWidget* parent, std::function<Draggable()> picture)
{
    auto* handle = new QToolButton(parent);
    handle->setIcon(icon(QStringLiteral("drag")));
    handle->setToolTip(QCoreApplication::translate(
        "DragSource", "Drag the picture out from here; a click copies it"));
    handle->setAccessibleName(QCoreApplication::translate("DragSource", "Copy the picture"));
    handle->setCursor(Qt::OpenHandCursor);
    new DragSource(*handle, [handle, picture](const QPoint&) {
        handle->setDown(false); // a drag is no click
        return picture();
    });
    QObject::connect(handle, &QToolButton::clicked, handle, [picture = std::move(picture)] {
        if (const QImage image = picture().image; !image.isNull())
            QGuiApplication::clipboard()->setImage(image);
    });
    return handle;
}
