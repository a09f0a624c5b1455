// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/fold.h"

#include <QLabel>
#include <QLayout>
#include <QToolButton>

void makeFold(QToolButton& fold, QWidget& body)
{
    fold.setProperty("role", QStringLiteral("fold"));
    fold.setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fold.setArrowType(Qt::RightArrow);
    fold.setCheckable(true);
    QObject::connect(&fold, &QToolButton::toggled, &body, [&fold, &body](bool open) {
        fold.setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        body.setVisible(open);
    });
    body.hide();
}

QLabel* wrappedLabel(const QString& text, const char* role, QWidget* parent)
{
    auto* made = new QLabel(text, parent);
    made->setTextFormat(Qt::PlainText);
    made->setWordWrap(true);
    made->setProperty("role", QString::fromLatin1(role));
    return made;
}

void clearRows(QWidget& rows)
{
    while (QLayoutItem* item = rows.layout()->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}
