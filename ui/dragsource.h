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

/// A picture that may be dragged out.
struct Draggable
{
    QImage image = {}; ///< null: there is none
    QString name = {};
    /// Its file, on any thread; empty: that of the picture alone.
    std::function<std::vector<std::byte>()> encode = {};
};

/// Lets pictures be dragged out of a list. The file of one is written while the mouse is pressed.
class DragSource : public QObject
{
    Q_OBJECT

public:
    DragSource(QAbstractItemView& view, std::function<Draggable(const QModelIndex&)> pictureOf);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void prepare(const QPoint& at);

    QAbstractItemView& m_view;
    std::function<Draggable(const QModelIndex&)> m_pictureOf;
    QPoint m_from = {};
    QImage m_image; ///< null: nothing was pressed
    QFuture<QString> m_file;
};
