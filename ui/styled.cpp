// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/styled.h"

#include <QStyle>
#include <QWidget>

void setStyled(QWidget& widget, const char* property, const QVariant& value)
{
    if (widget.property(property) == value)
        return;
    widget.setProperty(property, value);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}
