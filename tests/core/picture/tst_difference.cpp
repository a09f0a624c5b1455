// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/difference.h"

#include "core/picture/imagefile.h"
#include "tests/failure.h"

#include <QTest>

#include <cmath>

class DifferenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Of the same pictures by NumPy and PyTorch in double precision.
    void theNumbersAreThoseOfTheReference()
    {
        const Image x = loadImage(TEST_DATA "/pictures/compared/x.png").image,
                    y = loadImage(TEST_DATA "/pictures/compared/y.png").image;
        const PictureDifference d = differenceOf(x, y);
        QVERIFY(std::abs(d.psnr - 30.430666) < 2e-6);
        QVERIFY(std::abs(similarityOf(x, y) - 0.7238637) < 1e-6);
        const PictureDifference back = differenceOf(y, x);
        QVERIFY(std::abs(similarityOf(x, y) - similarityOf(y, x)) < 1e-12);
        QCOMPARE(back.psnr, d.psnr);
    }

    void theSamePictureIsNotDifferent()
    {
        const Image x = loadImage(TEST_DATA "/pictures/compared/x.png").image;
        const PictureDifference d = differenceOf(x, x);
        QCOMPARE(d.meanAbsolute, 0.);
        QCOMPARE(d.largest, 0);
        QCOMPARE(d.changed, 0.);
        QVERIFY(std::isinf(d.psnr));
        QVERIFY(std::abs(similarityOf(x, x) - 1) < 1e-12);
    }

    void onePixelThatChangedIsCounted()
    {
        const Image a = filled(10, 5, {10, 20, 30});
        Image b = a;
        b.pixel(3, 2)[1] = 50;
        const PictureDifference d = differenceOf(a, b);
        QCOMPARE(d.largest, 30);
        QCOMPARE(d.changed, 1. / 50);
        QCOMPARE(d.meanAbsolute, 30. / 150);
        QVERIFY(std::abs(d.psnr - 10 * std::log10(255. * 255 * 150 / 900)) < 1e-9);
        QVERIFY(std::isnan(similarityOf(a, b))); // lower than a window
    }

    void moreIsBrighterAndLessDarker()
    {
        const Image a = filled(1, 1, {100, 100, 100}), b = filled(1, 1, {110, 90, 200});
        const Image seen = differencePicture(a, b, {.isSigned = true, .gain = 4});
        QCOMPARE(seen, filled(1, 1, {168, 88, 255}));
        const Image sizes = differencePicture(a, b, {.isSigned = false, .gain = 2});
        QCOMPARE(sizes, filled(1, 1, {20, 20, 200}));
    }

    void picturesOfDifferentSizesAreRefused()
    {
        const Image a = filled(4, 3, {}), b = filled(3, 4, {});
        const std::string said = failure([&] { differenceOf(a, b); });
        QVERIFY2(said.find("4 x 3 and 3 x 4") != said.npos, said.c_str());
        QVERIFY(!failure([&] { differencePicture(a, b, {}); }).empty());
    }
};

QTEST_APPLESS_MAIN(DifferenceTest)
#include "tst_difference.moc"
