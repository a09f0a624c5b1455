// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

/// A picture of a feature map, a square for each of its cells, never smoothed; or one of pixels,
/// shown as pictures are. Can be copied, saved and dragged out.
class MapView : public QWidget
{
    Q_OBJECT

public:
    enum Unit { Cells, Pixels };
    MapView(
        const QString& label, const QImage& image, Unit unit = Cells, QWidget* parent = nullptr);

    const QString& label() const { return m_label; }
    const QImage& image() const { return m_image; }
    /// As it is copied and saved: cells enlarged by a whole factor, pixels as they are.
    QImage enlarged() const;

    QSize sizeHint() const override { return {240, heightForWidth(240)}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void saveFailed(const QString& sentence);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QRect target() const;
    void copy() const;
    void save();

    QString m_label;
    QImage m_image;
    Unit m_unit;
    QPoint m_pressed;
};
