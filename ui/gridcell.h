// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pictureplace.h"

/// The place of an input over its cell of the grid. The grid shows the picture; this takes what is
/// dropped, has the focus and the menu, and leaves zoom, panning and drags to what lies below.
class GridCell : public PicturePlace
{
    Q_OBJECT

public:
    GridCell(const QString& label, const QString& help, QWidget* parent = nullptr);

protected:
    void refresh() override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QPoint m_pressed;
    bool m_down = false;
};
