// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/turned.h"

#include <QTest>

namespace {

/// 3 x 2, every pixel another; half of it transparent.
Image picture()
{
    Image image {.width = 3, .height = 2};
    for (uint8_t i = 0; i < 6; ++i) {
        image.rgb.insert(image.rgb.end(), {i, uint8_t(10 + i), uint8_t(20 + i)});
        image.alpha.push_back(uint8_t(40 * i));
    }
    return image;
}

} // namespace

class TurnedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void toTheLeftTheTopRightCornerComesToTheTopLeft()
    {
        const Image image = picture(), left = turned(image, true);
        QCOMPARE(left.width, 2);
        QCOMPARE(left.height, 3);
        QCOMPARE(left.pixel(0, 0)[0], image.pixel(2, 0)[0]);
        QCOMPARE(left.pixel(1, 0)[1], image.pixel(2, 1)[1]);
        QCOMPARE(left.pixel(0, 2)[2], image.pixel(0, 0)[2]);
        QCOMPARE(left.alpha[0], image.alpha[2]);
    }

    void toTheRightIsTheWayBack()
    {
        QCOMPARE(turned(turned(picture(), true), false), picture());
        QCOMPARE(turned(picture(), false).pixel(1, 0)[0], picture().pixel(0, 0)[0]);
    }

    void fourQuartersAreThePicture()
    {
        Image image = picture();
        for (int i = 0; i < 4; ++i)
            image = turned(image, true);
        QCOMPARE(image, picture());
    }

    void anOpaquePictureStaysOpaque()
    {
        QVERIFY(turned(filled(4, 2, {1, 2, 3}), true).alpha.empty());
    }
};

QTEST_APPLESS_MAIN(TurnedTest)
#include "tst_turned.moc"
