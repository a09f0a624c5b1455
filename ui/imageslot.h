// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pictureplace.h"

#include <QFuture>
#include <QPixmap>

class QToolButton;

/// A place that shows its picture itself: click to choose one, drag it out, clear. It is small:
/// whoever has it shows its note beside it.
class ImageSlot : public PicturePlace
{
    Q_OBJECT

public:
    ImageSlot(const QString& label, const QString& help, QWidget* parent = nullptr);

    /// Says in an empty place that it may stay so, and takes less room for it.
    void setOptional(bool optional);
    /// Stands in a row of its own: smaller, and as wide as the row where it is empty.
    void setInRow(bool inRow);

    QSize sizeHint() const override { return {122, heightForWidth(122)}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override
    {
        return !isSmall() ? width : m_inRow ? rowHeight : smallHeight;
    }

protected:
    void refresh() override;
    QString tip() const override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    static constexpr int smallHeight = 58, rowSide = 96, rowHeight = 44;

    bool isSmall() const { return m_optional && image().isNull(); }
    void updateClear();
    void placeClear();
    QFont labelFont() const;
    qreal labelRoom() const;
    void paintPicture(QPainter& painter, const QRectF& place);
    qreal paintLabel(QPainter& painter, const QRectF& place);
    void paintOptional(QPainter& painter, const QRectF& place, qreal labelWidth);

    bool m_optional = false, m_inRow = false;
    QPixmap m_scaled;
    qint64 m_scaledOf = 0; ///< cache key of the picture
    QToolButton* m_clear;
    QPoint m_pressed;
    bool m_down = false;
    QFuture<QString> m_file;
    qint64 m_fileOf = 0;
};
