// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/modesfixture.h"
#include "ui/paintcanvas.h"
#include "ui/paintpane.h"

#include <QMouseEvent>

constexpr int side = 64; // of the pictures that are painted on

/// The mode with all that a slot can ask for, and a mask.
inline Method paintingMethod()
{
    Method method = promptFreeMethod();
    method.slots.push_back({.id = "init", .label = "Start from", .needed = false});
    method.slots.push_back({.id = "mask", .label = "Mask", .needed = false, .maskOf = "init"});
    return method;
}

/// The window in that mode, and what a hand does on the canvas.
struct PaintFixture : WindowFixture
{
    PaintFixture()
        : WindowFixture({paintingMethod(), countingMethod(), annotateMethod()}, "prompt-free")
    {
    }

    PaintPane& pane() const { return window.painting(); }
    PaintCanvas& canvas() const { return pane().canvas(); }
    const QImage& painted() const { return canvas().painting().image(); }
    Image mask() const { return session.inputs().at("mask").image; }

    QToolButton* button(const Place& place, const char* text) const
    {
        for (auto* button : window.inputs().cell(place)->findChildren<QToolButton*>())
            if (button->text() == QLatin1String(text))
                return button;
        return nullptr;
    }

    void open(const Place& place, const char* text)
    {
        QTRY_VERIFY(button(place, text) && button(place, text)->isVisible());
        QTest::mouseClick(button(place, text), Qt::LeftButton);
        QTRY_VERIFY(pane().isOpen());
        QTRY_VERIFY(canvas().hasFocus());
        QTRY_VERIFY(canvas().tileRect(0).width() > 300); // laid out
    }

    void openMask()
    {
        session.inputs().set(
            "init", filled(side, side, {90, 120, 60}), QStringLiteral("start.png"));
        open("mask", "Paint the mask");
        canvas().setBrush(6);
    }

    void openMap()
    {
        session.inputs().set("control", filled(side, side, {0, 0, 0}), QStringLiteral("c.png"));
        session.inputs().setKind("control", "none");
        session.inputs().setWeight("control", 0.5);
        session.inputs().setSpan("control", 0.25, 0.75);
        session.editor().setValue("width", 320);
        open("control", "Edit the map");
        canvas().setBrush(6);
    }

    /// Where a point of the picture is in the view.
    QPointF at(QPointF point) const
    {
        const QRectF shown = canvas().tileRect(0);
        return shown.topLeft() + point * shown.width() / painted().width();
    }

    void send(QEvent::Type type, QPointF point, Qt::MouseButton button, Qt::MouseButtons held) const
    {
        const QPointF place = at(point);
        QMouseEvent event(type, place, canvas().mapToGlobal(place), button, held, Qt::NoModifier);
        QApplication::sendEvent(&canvas(), &event);
    }

    void stroke(const QList<QPointF>& way, Qt::MouseButton button = Qt::LeftButton) const
    {
        send(QEvent::MouseButtonPress, way.first(), button, button);
        for (const QPointF& point : way)
            send(QEvent::MouseMove, point, Qt::NoButton, button);
        send(QEvent::MouseButtonRelease, way.last(), button, Qt::NoButton);
    }

    void key(int key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(&canvas(), Qt::Key(key), modifiers);
    }
};
