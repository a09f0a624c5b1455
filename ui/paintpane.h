// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session.h"
#include "ui/paintable.h"

#include <QColor>
#include <QWidget>

#include <array>
#include <cstdint>

class Actions;
class NumberBox;
class PaintCanvas;
class QHBoxLayout;
class QLabel;
class QSlider;
class QToolButton;
class QVBoxLayout;

/// In the result's place: paints the mask of a picture, or over a map. Each stroke is a step of the
/// history; what is there in the document is what is shown.
class PaintPane : public QWidget
{
    Q_OBJECT

public:
    PaintPane(Session& session, Actions& actions, QWidget* parent = nullptr);

    PaintCanvas& canvas() const { return *m_canvas; }
    bool isOpen() const { return m_what != Paintable::Nothing; }
    /// Begins to paint at a place; opened() follows, once its picture is ready. What is painted at
    /// another place is done then.
    void open(const Place& place);
    void done();
    /// Leaves off with what was there when it was opened.
    void cancel();

Q_SIGNALS:
    void opened();
    void closed(const Place& place);
    void readout(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildHeader(QVBoxLayout& layout);
    void addTools(QHBoxLayout& row);
    void addSize(QHBoxLayout& row);
    QToolButton* addButton(QHBoxLayout& row, const char* action, const char* role);
    void connectActions();
    void begin(Paintable what, const ToPaint& picture);
    void close();
    void keep(const QString& what = {});
    void follow();
    void showWhat(const Slot& slot);
    void showHelp();
    void chooseTool(const QString& tool);
    void takeColor(const QColor& color);
    void setBrush(double size);
    bool picturesAreThere() const;
    const Slot* slotOf(const std::string& id) const;

    Session& m_session;
    Actions& m_actions;
    PaintCanvas* m_canvas;
    QLabel *m_title, *m_zoom, *m_help;
    QSlider* m_slider;
    NumberBox* m_size;
    std::array<QToolButton*, 2> m_maskTools {};
    std::array<QToolButton*, 3> m_mapTools {};
    Paintable m_what = Paintable::Nothing;
    Place m_place;
    Input m_first;                                ///< what is painted, at first
    SharedImage m_there, m_below;                 ///< the pictures that are shown
    int m_opening = 0;                            ///< to drop pictures that are ready too late
    double m_maskBrush = 0.12, m_mapBrush = 0.03; ///< of the shorter side
    QColor m_color;
    bool m_picking = false;
};
