// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/convert.h"

#include <QColorSpace>
#include <QTest>

class ConvertTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAndBackIsTheSame_data()
    {
        QTest::addColumn<bool>("alpha");
        QTest::newRow("opaque") << false;
        QTest::newRow("alpha") << true;
    }

    void thereAndBackIsTheSame()
    {
        QFETCH(bool, alpha);
        Image image {.width = 5, .height = 3}; // rows that need padding in a QImage
        for (int i = 0; i < 5 * 3 * 3; ++i)
            image.rgb.push_back(uint8_t(i * 5));
        for (int i = 0; alpha && i < 5 * 3; ++i)
            image.alpha.push_back(uint8_t(255 - i * 17));
        QVERIFY(toImage(toQImage(image)) == image);
        QVERIFY(toImage(toQImage(SharedImage(image))) == image);
    }

    void anOpaquePictureThatIsSharedIsNotCopied()
    {
        const SharedImage opaque = filled(5, 3, {1, 2, 3});
        QImage shown = toQImage(opaque);
        QCOMPARE(shown.constBits(), opaque->rgb.data());
        const std::weak_ptr<const Image> kept = opaque.pointer();
        {
            const SharedImage moved = filled(2, 2, {7, 7, 7});
            shown = toQImage(moved);
        }
        QCOMPARE(shown.pixelColor(1, 1), QColor(7, 7, 7)); // it keeps what it looks at
        QVERIFY(!kept.expired());
        shown.setPixelColor(0, 0, Qt::red); // into a copy of its own
        QCOMPARE(int(opaque->pixel(0, 0)[0]), 1);
    }

    void nothingIsNothing()
    {
        QVERIFY(toQImage(Image()).isNull());
        QVERIFY(toQImage(SharedImage()).isNull());
        QVERIFY(toImage({}).empty());
    }

    void colorsOfAnotherSpaceBecomeSrgb()
    {
        QImage image(1, 1, QImage::Format_RGB888);
        image.fill(QColor(0, 200, 0));
        image.setColorSpace(QColorSpace::DisplayP3);
        const Image out = toImage(image);
        QVERIFY(out.pixel(0, 0)[1] > 200);
    }
};

QTEST_MAIN(ConvertTest)
#include "tst_convert.moc"
