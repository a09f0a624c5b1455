// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspectview.h"

#include <QTest>

/// What a run could offer: three layers of attention, a prompt of two words.
inline InspectOffer madeUpOffer()
{
    InspectOffer offer;
    for (const ViewKindName& each : viewKinds())
        if (each.kind != ViewKind::Origin && each.kind != ViewKind::Tokens)
            offer.kinds.push_back(each.kind);
    offer.layers = {
        {.layer = 0, .name = "down 0.0", .height = 16, .width = 16, .heads = 2},
        {.layer = 1, .name = "mid 0", .height = 8, .width = 8, .heads = 2},
        {.layer = 2, .name = "up 1.0", .height = 16, .width = 16, .heads = 4}};
    offer.tokens = {{"start", -1}, {"red", 0},      {"tri", 1},     {"angle", 1},
                    {"end", -1},   {"padding", -1}, {"padding", -1}};
    offer.grid = true;
    return offer;
}

inline SeenMap madeUpMap(int height, int width, float times = 1)
{
    SeenMap map {.label = {"map"}, .height = height, .width = width};
    for (int i = 0; i < height * width; ++i)
        map.values.push_back(times * float(i));
    return map;
}

/// The view with an offer and a grey picture.
struct InspectFixture
{
    InspectView view;

    InspectFixture()
    {
        view.resize(900, 640);
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QImage picture(64, 64, QImage::Format_RGB32);
        picture.fill(QColor(128, 128, 128));
        view.setGrounds({.image = picture}, {});
        view.setOffer(madeUpOffer());
    }

    void answer(std::vector<SeenMap> maps = {madeUpMap(16, 16)})
    {
        view.setSeen(view.view(), {.maps = std::move(maps)});
    }
    /// Chooses a kind as by hand.
    void choose(ViewKind kind)
    {
        QComboBox& box = view.choices().kind();
        box.setFocus();
        const int wanted = box.findData(int(kind));
        while (box.currentIndex() < wanted)
            QTest::keyClick(&box, Qt::Key_Down);
        while (box.currentIndex() > wanted)
            QTest::keyClick(&box, Qt::Key_Up);
    }
    template<typename T>
    T* named(const QString& name) const
    {
        for (T* widget : view.findChildren<T*>())
            if (widget->accessibleName() == name)
                return widget;
        return nullptr;
    }
};
