// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mask.h"

#include <QTest>

class MaskTest : public QObject
{
    Q_OBJECT

    static int at(const Image& picture, int x) { return maskOf(picture).pixel(x, 0)[0]; }

private Q_SLOTS:
    void aColouredMaskIsItsLuminance()
    {
        Image picture = filled(4, 1, {0, 255, 0});
        fill(picture, 1, 0, 1, 1, {255, 0, 0});
        fill(picture, 2, 0, 1, 1, {0, 0, 255});
        fill(picture, 3, 0, 1, 1, {255, 255, 255});
        QCOMPARE(at(picture, 0), 150); // as Pillow has them
        QCOMPARE(at(picture, 1), 76);
        QCOMPARE(at(picture, 2), 29);
        QCOMPARE(at(picture, 3), 255);
    }

    void whereItVariesAlphaIsTheMask()
    {
        Image picture = filled(2, 1, {255, 255, 255});
        picture.alpha = {0, 200};
        QCOMPARE(at(picture, 0), 0);
        QCOMPARE(at(picture, 1), 200);
        QVERIFY(maskOf(picture).alpha.empty());
        picture.rgb = {0, 0, 0, 255, 255, 255};
        picture.alpha = {128, 128};
        QCOMPARE(at(picture, 0), 0);
        QCOMPARE(at(picture, 1), 255);
    }

    void aMaskWithoutAShapeIsSaid()
    {
        Image mask = filled(2, 1, {127, 127, 127});
        QCOMPARE(
            english(uniformNote(mask)),
            std::string("The mask is black everywhere: nothing is painted anew."));
        mask = filled(2, 1, {128, 128, 128});
        QCOMPARE(
            english(uniformNote(mask)),
            std::string("The mask is white everywhere: all is painted anew."));
        fill(mask, 0, 0, 1, 1, {0, 0, 0});
        QVERIFY(uniformNote(mask).empty());
    }
};

QTEST_APPLESS_MAIN(MaskTest)
#include "tst_mask.moc"
