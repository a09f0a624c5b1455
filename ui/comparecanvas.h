// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/picture/difference.h"
#include "ui/imageview.h"

/// Two pictures, one over the other or beside it. They have one view: what zooms and moves one does
/// so with the other.
class CompareCanvas : public ImageView
{
    Q_OBJECT

public:
    enum Mode {
        Wipe,      ///< the first left of a line that is dragged, the second right of it
        Side,      ///< beside each other
        Blink,     ///< the second; the first as long as the button, or B, is held
        Difference ///< what the second has more
    };

    explicit CompareCanvas(QWidget* parent = nullptr);

    /// Pictures of the same size, with what stands on them. Null ones: nothing is shown.
    void setPictures(const QImage& first, const QImage& second);
    void setNames(const QString& first, const QString& second);
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    void setLook(const DifferenceLook& look);
    /// Where the line is, in parts of the picture's width.
    void setDivider(double part);
    double divider() const { return m_divider; }
    /// Whether the first picture is seen while they blink.
    bool showsFirst() const { return m_showsFirst; }
    /// What is seen, in the pictures' own pixels; null: nothing.
    QImage shown() const;

protected:
    void paintOver(QPainter& painter, const QRect& part) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();
    void blink(bool first);
    double lineAt() const; ///< in the widget

    QImage m_first, m_second;
    QString m_nameFirst, m_nameSecond;
    Mode m_mode = Wipe;
    DifferenceLook m_look;
    double m_divider = .5;
    bool m_showsFirst = false, m_dragging = false;
    QPixmap m_right; ///< the second as large as it is seen
    qint64 m_rightKey = 0;
};
