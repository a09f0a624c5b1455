// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/differencebar.h"
#include "ui/touchedview.h"

#include "ui/imageview.h"

#include <QComboBox>
#include <QSlider>
#include <QTest>

namespace {

QImage filledWith(QRgb color, QSize size = {4, 4})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

} // namespace

class TouchedViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theThreeAreSideBySideWithWhatWasTouched()
    {
        TouchedView view;
        view.resize(600, 300);
        view.setNames(QStringLiteral("Run 1"), QStringLiteral("Run 2"));
        view.setTouches(QStringLiteral("Head 3"));
        view.setPictures(filledWith(qRgb(100, 100, 100)), filledWith(qRgb(110, 100, 100)), false);
        const auto& tiles = view.pictures().tiles();
        QCOMPARE(int(tiles.size()), 3);
        QCOMPARE(tiles[1].label, QStringLiteral("Run 2"));
        QCOMPARE(tiles[2].image.pixel(0, 0), qRgb(168, 128, 128));
        QVERIFY(view.text().startsWith(QStringLiteral("Head 3. ")));
        QVERIFY(view.text().contains(QStringLiteral("3.3 of 255")));
        view.difference().gain().setValue(8);
        QCOMPARE(view.pictures().tiles()[2].image.pixel(0, 0), qRgb(208, 128, 128));
        view.difference().kind().setCurrentIndex(1);
        QCOMPARE(view.pictures().tiles()[2].image.pixel(0, 0), qRgb(80, 0, 0));
    }

    void equalPicturesAreSaidToBe()
    {
        TouchedView view;
        view.setPictures(filledWith(0), filledWith(0), false);
        QVERIFY(view.text().contains(QStringLiteral("the same")));
        view.setPictures(filledWith(0), QImage(), false);
        QVERIFY(view.text().contains(QStringLiteral("no picture")));
        view.setMessage(QStringLiteral("Nothing."));
        QCOMPARE(view.text(), QStringLiteral("Nothing."));
        QVERIFY(view.pictures().tiles().empty());
    }
};

QTEST_MAIN(TouchedViewTest)
#include "tst_touchedview.moc"
