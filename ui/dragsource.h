// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QImage>
#include <QObject>
#include <QPoint>

#include <cstddef>
#include <functional>
#include <vector>

class QAbstractItemView;
class QModelIndex;
class QToolButton;
class QWidget;

/// A picture that may be dragged out.
struct Draggable
{
    QImage image = {}; ///< null: there is none
    QString name = {};
    /// Its file, on any thread; empty: that of the picture alone.
    std::function<std::vector<std::byte>()> encode = {};
};

/// Lets pictures be dragged out of a list or a button. The file of one is written while the mouse
/// is pressed.
class DragSource : public QObject
{
    Q_OBJECT

public:
    DragSource(QAbstractItemView& view, std::function<Draggable(const QModelIndex&)> pictureOf);
    /// @p pictureAt gives the one below a place in @p source.
    DragSource(QWidget& source, std::function<Draggable(const QPoint&)> pictureAt);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void prepare(const QPoint& at);

    QWidget& m_source;
    std::function<Draggable(const QPoint&)> m_pictureAt;
    QPoint m_from = {};
    QImage m_image; ///< null: nothing was pressed
    QFuture<QString> m_file;
};

/// A button to take hold of a picture by, where a drag on the picture itself does something else.
/// Pressed, it copies the picture.
QToolButton* dragHandle(QWidget* parent, std::function<Draggable()> picture);
