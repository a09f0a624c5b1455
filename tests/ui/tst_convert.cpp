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
    }

    void nothingIsNothing()
    {
        QVERIFY(toQImage({}).isNull());
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
