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
    };

    explicit StepAxis(QWidget* parent = nullptr);

    /// @p finished of @p total steps; a following play head moves to the last.
    void setProgress(int total, int finished);
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
    /// Where a step lies, and the finished step nearest to a place.
    double xOf(int step) const;
    int stepAt(double x) const;
    /// The tracks begin and end here; what stands below aligns with them.
    static constexpr int labelWidth = 104, rightMargin = 14;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void followingChanged(bool following);
    void playingChanged(bool playing);
    void decodeRequested(int step);
    void exportRequested(int step);
    void branchRequested(int step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void sliderChange(SliderChange change) override;

private:
    void showLive();
    void takeTo(int step);
    QRectF track(int row) const;
    void paintSteps(QPainter& painter);
    void paintSpan(QPainter& painter, int row, const Span& span);

    QToolButton *m_live, *m_play;
    QTimer m_timer; ///< while it plays
    std::vector<Span> m_spans;
    int m_total = 0, m_branches = -1;
    bool m_following = true;
};
