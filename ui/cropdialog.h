// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QImage>

class QCheckBox;
class QLabel;

/// A picture with a frame over it that is moved and resized by mouse and keys.
class CropFrame : public QWidget
{
    Q_OBJECT

public:
    explicit CropFrame(const QImage& picture, QWidget* parent = nullptr);

    QRect chosen() const { return m_frame; } ///< in pixels of the picture
    void choose(const QRect& frame);         ///< as much of it as lies in the picture
    void setSquare(bool square);
    QRectF frameRect() const; ///< in the widget

    QSize sizeHint() const override { return {520, 400}; }

Q_SIGNALS:
    void changed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum Edge { None = 0, Left = 1, Top = 2, Right = 4, Bottom = 8, Inside = 16 };

    QRectF pictureRect() const;
    QPoint toPicture(QPointF position) const;
    int edgesAt(QPointF position) const;
    void showCursor(int edges);
    void drag(QPoint to);

    QImage m_picture;
    QRect m_frame, m_before; ///< now, and when it was taken
    QPoint m_taken;
    int m_edges = None;
    bool m_square = true;
};

/// Asks which part of a picture is kept.
class CropDialog : public QDialog
{
    Q_OBJECT

public:
    CropDialog(const QImage& picture, const QString& label, QWidget* parent = nullptr);

    CropFrame& frame() const { return *m_frame; }

Q_SIGNALS:
    void chosen(const QRect& part);

private:
    void tell();

    CropFrame* m_frame;
    QCheckBox* m_square;
    QLabel* m_size;
};
