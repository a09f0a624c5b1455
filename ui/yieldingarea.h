// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

/// As high as its content is at its width, where there is room for that; where there is less, the
/// content scrolls. So what wraps in it is neither cut off nor laid over what is below it, and
/// needs no more room than there is.
class YieldingArea : public QScrollArea
{
    Q_OBJECT

public:
    /// @p least: the height in pixels that it always takes, or less for less content.
    YieldingArea(QWidget* content, int least, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int wanted() const;
    void fit();

    int m_least;
};
