// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wheelguard.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QSlider>

namespace {

class WheelGuard : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus())
            return false;
        event->ignore(); // so it goes to the parent, which scrolls
        return true;
    }
};

bool changesByWheel(const QWidget& widget)
{
    return qobject_cast<const QComboBox*>(&widget) || qobject_cast<const QAbstractSpinBox*>(&widget)
        || qobject_cast<const QSlider*>(&widget);
}

} // namespace

void guardFromWheel(QWidget& root)
{
    auto* guard = new WheelGuard(&root);
    QList<QWidget*> widgets = root.findChildren<QWidget*>();
    widgets << &root;
    for (QWidget* widget : widgets)
        if (changesByWheel(*widget)) {
            widget->setFocusPolicy(Qt::StrongFocus); // the wheel would give it the focus first
            widget->installEventFilter(guard);
        }
}
