// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/yieldingarea.h"

#include <QEvent>
#include <QResizeEvent>

#include <algorithm>

YieldingArea::YieldingArea(QWidget* content, int least, QWidget* parent)
    : QScrollArea(parent)
    , m_least(least)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setWidget(content);
}

/// Of the whole width: a scroll bar is there only where there is too little height.
int YieldingArea::wanted() const
{
    const QWidget* content = widget();
    return content->hasHeightForWidth() ? content->heightForWidth(contentsRect().width())
                                        : content->sizeHint().height();
}

QSize YieldingArea::sizeHint() const
{
    return {widget()->sizeHint().width(), wanted()};
}

QSize YieldingArea::minimumSizeHint() const
{
    return {widget()->minimumSizeHint().width(), std::min(m_least, wanted())};
}

bool YieldingArea::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        fit();
        updateGeometry();
    }
    return QScrollArea::eventFilter(watched, event);
}

void YieldingArea::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    fit();
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}

/// The bar makes the lines shorter, so it would seem to be needed for good once it was there.
void YieldingArea::fit()
{
    setVerticalScrollBarPolicy(
        height() < wanted() ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}
