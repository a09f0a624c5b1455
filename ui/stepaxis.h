// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSlider>
#include <QColor>
#include <QTimer>

#include <vector>

class QToolButton;

/// The time line: a slider over the finished steps of a run, 0 (the start) to the last one, with
/// the spans in which the method acts. The play head follows a run until somebody takes it.
class StepAxis : public QAbstractSlider
{
    Q_OBJECT

public:
    /// Steps in which the method does something, half open.
    struct Span
    {
        QString label = {};
        int begin = 0, end = 0;
        QColor color = {};
        bool hatched = false; ///< so that hue is not the only difference
        /// Where it lies in the next run, and which of its ends can be moved.
        int nextBegin = -1, nextEnd = -1;
        bool movesBegin = false, movesEnd = false;
    };
    /// An end of a span that can be moved.
    struct Handle
    {
        int span = -1;
        bool end = false;
        bool operator==(const Handle&) const = default;
    };

    explicit StepAxis(QWidget* parent = nullptr);

    /// @p finished of @p total steps; a following play head moves to the last.
    void setProgress(int total, int finished, bool inProgress = true);
    void setSpans(std::vector<Span> spans);
    const std::vector<Span>& spans() const { return m_spans; }
    bool following() const { return m_following; }
    void setFollowing(bool following);
    /// Goes through the steps, over and over, until it is told not to.
    void setPlaying(bool playing);
    bool playing() const { return m_timer.isActive(); }
    QToolButton& play() const { return *m_play; }
    /// Up to which step a branch is offered; -1: at none.
    void setBranches(int last) { m_branches = last; }

    int total() const { return m_total; }
    /// The end that keys move; none: they move the play head.
    const Handle& handle() const { return m_handle; }
    /// Where an end lies, to be taken with the mouse.
    QPointF placeOf(const Handle& handle) const;
    /// Where a step lies, and the finished step nearest to a place.
    double xOf(int step) const;
    int stepAt(double x) const;
    /// The tracks begin and end here; what stands below aligns with them.
    static constexpr int labelWidth = 118, rightMargin = 14;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void followingChanged(bool following);
    void playingChanged(bool playing);
    void decodeRequested(int step);
    void saveRequested(int step);
    void branchRequested(int step);
    void compareRequested(int step, bool first);
    void hashRequested(int step);
    /// An end was moved: once when the mouse lets it go, and with every key.
    void spanMoved(int span, int begin, int end);
    void spanTaken(); ///< by the mouse: what follows is one change

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void sliderChange(SliderChange change) override;

private:
    void showLive();
    void takeTo(int step);
    QRectF track(int row) const;
    void paintSteps(QPainter& painter);
    void paintSpan(QPainter& painter, int row, const Span& span);
    void paintNext(QPainter& painter, int row, const Span& span);
    std::vector<Handle> handles() const;
    Handle handleAt(QPointF position) const;
    int stepOf(const Handle& handle) const;
    int anyStepAt(double x) const;
    void moveHandle(const Handle& handle, int step);
    void chooseHandle(const Handle& handle);
    bool moveByKey(const QKeyEvent& event);
    void tell();

    QToolButton *m_live, *m_play;
    QTimer m_timer; ///< while it plays
    std::vector<Span> m_spans;
    int m_total = 0, m_branches = -1;
    bool m_following = true, m_inProgress = true;
    Handle m_handle, m_dragged;
    int m_draggedFrom = 0; ///< the step of the one that is dragged
};
