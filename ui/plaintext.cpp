// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plaintext.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>

PlainText::PlainText(QObject* parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool PlainText::eventFilter(QObject* watched, QEvent* event)
{
    // Before it is shown for the first time; tool tips are labels, too.
    if (event->type() == QEvent::Polish)
        if (auto* label = qobject_cast<QLabel*>(watched);
            label && label->textFormat() == Qt::AutoText)
            label->setTextFormat(Qt::PlainText);
    return false;
}
