// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/painting.h"

#include "ui/convert.h"
#include "ui/maskoverlay.h"
#include "ui/paintable.h"
#include "ui/theme.h"

#include <QTest>

#include <algorithm>
#include <cmath>

namespace {

QImage black(int width, int height, QImage::Format format = QImage::Format_Grayscale8)
{
    QImage image(width, height, format);
    image.fill(Qt::black);
    return image;
}

bool isWhite(const QImage& image, int x, int y)
{
    return image.pixelColor(x, y) == QColor(Qt::white);
}

int whites(const QImage& image)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += isWhite(image, x, y) ? 1 : 0;
    return count;
}

} // namespace

class PaintingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDotIsRoundAndAsLargeAsTheBrush_data()
    {
        QTest::addColumn<QImage::Format>("format");
        QTest::newRow("a mask") << QImage::Format_Grayscale8;
        QTest::newRow("a map") << QImage::Format_RGB32;
    }

    void aDotIsRoundAndAsLargeAsTheBrush()
    {
        QFETCH(QImage::Format, format);
        Painting painting(black(40, 30, format));
        const QRect where = painting.begin({20, 15}, 10, Qt::white) | painting.end();
        QCOMPARE(where, QRect(15, 10, 10, 10));
        for (int y = 0; y < 30; ++y)
            for (int x = 0; x < 40; ++x)
                QCOMPARE(
                    isWhite(painting.image(), x, y), std::hypot(x + 0.5 - 20, y + 0.5 - 15) <= 5);
    }

    void theThinnestStrokeHasNoGaps()
    {
        Painting painting(black(40, 40));
        painting.begin({3, 5}, 1, Qt::white);
        painting.lineTo({36, 27});
        painting.end();
        for (int x = 4; x < 36; ++x) {
            const int y = int(5 + (x + 0.5 - 3) * 22 / 33);
            QVERIFY2(
                isWhite(painting.image(), x, y) || isWhite(painting.image(), x, y + 1)
                    || isWhite(painting.image(), x, y - 1),
                qPrintable(QString::number(x)));
        }
        QVERIFY(whites(painting.image()) < 100);
    }

    void aStrokeGoesRoundWhereThePointerMadeACorner()
    {
        Painting painting(black(100, 100));
        painting.begin({10, 10}, 4, Qt::white);
        painting.lineTo({90, 10});
        painting.lineTo({90, 90});
        painting.end();
        QVERIFY(isWhite(painting.image(), 10, 10) && isWhite(painting.image(), 90, 88));
        QVERIFY(isWhite(painting.image(), 30, 10) && isWhite(painting.image(), 90, 70));
        QVERIFY(!isWhite(painting.image(), 90, 10));
    }

    void allOfItIsFilledAndInverted()
    {
        Painting painting(black(20, 20));
        painting.begin({5, 5}, 6, Qt::white);
        painting.end();
        const int dot = whites(painting.image());
        QCOMPARE(painting.invert(), QRect(0, 0, 20, 20));
        QCOMPARE(whites(painting.image()), 400 - dot);
        QCOMPARE(painting.fill(Qt::white), QRect(0, 0, 20, 20));
        QCOMPARE(whites(painting.image()), 400);
    }

    void whatWasKeptIsNoChangeAnyMore()
    {
        Painting painting(black(20, 20));
        painting.begin({5, 5}, 6, Qt::white);
        painting.end();
        QVERIFY(painting.changed());
        painting.keep();
        QVERIFY(!painting.changed());
        painting.fill(Qt::black);
        QVERIFY(painting.changed());
    }

    void whatChangesNothingIsNoChange()
    {
        Painting painting(black(20, 20));
        painting.begin({5, 5}, 6, Qt::black);
        painting.end();
        painting.fill(Qt::black);
        painting.begin({-50, -50}, 6, Qt::white); // beside the picture
        painting.end();
        QVERIFY(!painting.changed());
    }

    void aStrokeUnderWayCanBeDropped()
    {
        Painting painting(black(20, 20));
        painting.begin({5, 5}, 6, Qt::white);
        painting.lineTo({15, 15});
        QVERIFY(painting.changed() && painting.inStroke());
        painting.drop();
        QVERIFY(!painting.changed() && !painting.inStroke());
    }

    void aStrokeLeavesWhatIsSoftBesideItAsItIs()
    {
        Image mask = filled(40, 30, {});
        for (int y = 0; y < 30; ++y)
            for (int x = 0; x < 40; ++x)
                std::fill_n(mask.pixel(x, y), 3, uint8_t(6 * x + y / 3));
        Painting painting(maskToPaint(filled(40, 30, {9, 9, 9}), mask).painted);
        QCOMPARE(painting.image().format(), QImage::Format_Grayscale8);
        painting.begin({20, 15}, 10, Qt::white);
        painting.lineTo({30, 15});
        painting.end();
        painting.begin({8, 8}, 6, Qt::black);
        painting.end();
        const Image painted = toImage(painting.image());
        for (int y = 0; y < 30; ++y)
            for (int x = 0; x < 40; ++x) {
                const double along = std::clamp(x + 0.5, 20.0, 30.0);
                const bool white = std::hypot(x + 0.5 - along, y + 0.5 - 15) <= 5;
                const bool erased = std::hypot(x + 0.5 - 8, y + 0.5 - 8) <= 3;
                const int wanted = white ? 255 : erased ? 0 : mask.pixel(x, y)[0];
                QCOMPARE(int(painted.pixel(x, y)[0]), wanted);
            }
        QVERIFY(whites(painting.image()) > 0);
    }

    void theOverlayShowsAMaskByMoreThanItsColour()
    {
        QImage mask = black(4, 4);
        for (int y = 0; y < 4; ++y)
            for (int x = 2; x < 4; ++x)
                mask.setPixelColor(x, y, Qt::white);
        const QImage overlay = maskOverlay(mask, {0, 0, 80, 80}, {0, 0, 80, 80}, 1);
        QCOMPARE(overlay.pixel(10, 40), 0u); // black: the picture alone
        QCOMPARE(QColor(overlay.pixel(40, 40)), theme().onChip);
        QCOMPARE(qAlpha(overlay.pixel(39, 40)), 255); // the dark line around
        QVERIFY(QColor(overlay.pixel(39, 40)).lightness() < 40);
        std::vector<int> alphas;
        for (int x = 50; x < 68; ++x)
            alphas.push_back(qAlpha(overlay.pixel(x, 40)));
        const auto [least, most] = std::ranges::minmax(alphas);
        QVERIFY(least > 0 && most > least + 50); // hatched
        const QImage part = maskOverlay(mask, {30, 20, 40, 30}, {0, 0, 80, 80}, 1);
        QCOMPARE(part, overlay.copy(30, 20, 40, 30));    // parts fit together
        mask.setPixelColor(0, 0, QColor(100, 100, 100)); // soft, and less than half
        const int faint =
            qAlpha(maskOverlay(mask, {0, 0, 80, 80}, {0, 0, 80, 80}, 1).pixel(10, 10));
        QVERIFY(faint > 0 && faint < least);
    }
};

QTEST_GUILESS_MAIN(PaintingTest)
#include "tst_painting.moc"
