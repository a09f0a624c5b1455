// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/peakmemory.h"
#include "ui/convert.h"
#include "ui/imageslot.h"
#include "ui/imageview.h"

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

    /// Of 50 megapixels 200 MiB would be copied, and all be read, each time that they are shown.
    void aLargePictureIsShownWithoutACopyOfIt()
    {
        SharedImage large = filled(8650, 5800, {});
        {
            Image image = *large;
            for (int y = 0; y < image.height; ++y)
                for (int x = 0; x < image.width; ++x) {
                    image.pixel(x, y)[0] = uint8_t(x * 255 / image.width);
                    image.pixel(x, y)[1] = uint8_t(y * 255 / image.height);
                }
            large = std::move(image);
        }
        const QImage picture = toQImage(large);
        ImageSlot slot(QStringLiteral("A"), {});
        ImageView view;
        for (QWidget* widget : {static_cast<QWidget*>(&slot), static_cast<QWidget*>(&view)})
            widget->resize(600, 400);
        QImage shown;
        const long peak = peakMemoryOf([&] {
            slot.setImage(picture, QStringLiteral("large.png"));
            slot.grab();
            view.setTiles({300, 200}, {{.rect = {0, 0, 300, 200}, .image = picture}});
            view.grab();
            shown = scaledToShow(picture, {300, 300}, Qt::KeepAspectRatio);
        });
        QVERIFY2(peak < 100, qPrintable(QString::number(peak)));
        QCOMPARE(shown.size(), QSize(300, 201));
        for (const QPoint& at : {QPoint(0, 0), QPoint(150, 100), QPoint(299, 200)}) {
            const QColor colour = shown.pixelColor(at);
            QVERIFY(std::abs(colour.red() - (2 * at.x() + 1) * 255 / 600) <= 2);
            QVERIFY(std::abs(colour.green() - (2 * at.y() + 1) * 255 / 402) <= 2);
        }
        const QImage small = picture.copy(0, 0, 400, 300);
        QCOMPARE(
            scaledToShow(small, {30, 30}),
            small.scaled(30, 30, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
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
