// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/cropdialog.h"

#include <QCheckBox>
#include <QLabel>
#include <QTest>

namespace {

QImage picture(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB888);
    image.fill(Qt::darkGreen);
    return image;
}

struct Fixture
{
    CropDialog dialog;
    CropFrame& frame = dialog.frame();

    Fixture(int width, int height)
        : dialog(picture(width, height), QStringLiteral("A"))
    {
        dialog.resize(600, 500);
        dialog.show();
    }
    void drag(QPointF from, QPointF to)
    {
        QTest::mousePress(&frame, Qt::LeftButton, {}, from.toPoint());
        QTest::mouseMove(&frame, to.toPoint());
        QTest::mouseRelease(&frame, Qt::LeftButton, {}, to.toPoint());
    }
};

} // namespace

class CropDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itBeginsWithTheMiddleSquare()
    {
        Fixture f(300, 100);
        QCOMPARE(f.frame.chosen(), QRect(100, 0, 100, 100));
        f.dialog.findChild<QCheckBox*>()->setChecked(false);
        QCOMPARE(f.frame.chosen(), QRect(0, 0, 300, 100));
    }

    void theMouseMovesItWithinThePicture()
    {
        Fixture f(300, 100);
        const QPointF middle = f.frame.frameRect().center();
        f.drag(middle, middle + QPointF(2000, 60));
        QCOMPARE(f.frame.chosen(), QRect(200, 0, 100, 100));
    }

    void aCornerMakesItSmallerAndTheOppositeOneStays()
    {
        Fixture f(200, 200);
        const QRectF before = f.frame.frameRect();
        f.drag(before.topLeft(), before.center());
        const QRect part = f.frame.chosen();
        QCOMPARE(part.width(), part.height());
        QVERIFY(std::abs(part.width() - 100) <= 2);
        QCOMPARE(part.right(), 199);
        QCOMPARE(part.bottom(), 199);
    }

    void withoutTheSquareAnEdgeMovesAlone()
    {
        Fixture f(200, 200);
        f.dialog.findChild<QCheckBox*>()->setChecked(false);
        const QRectF before = f.frame.frameRect();
        const QPointF right(before.right(), before.center().y());
        f.drag(right, QPointF(before.center().x(), right.y()));
        QVERIFY(std::abs(f.frame.chosen().width() - 100) <= 2);
        QCOMPARE(f.frame.chosen().height(), 200);
    }

    void keysMoveAndResizeIt()
    {
        Fixture f(300, 100);
        QTest::keyClick(&f.frame, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(f.frame.chosen().x(), 101);
        QTest::keyClick(&f.frame, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(f.frame.chosen().size(), QSize(94, 94));
        const QString said = f.frame.accessibleDescription();
        QVERIFY2(said.contains(QStringLiteral("94 by 94")), qPrintable(said));
    }

    void itNeverLeavesThePicture()
    {
        Fixture f(50, 30);
        f.frame.choose({40, -10, 400, 400});
        QVERIFY(QRect(0, 0, 50, 30).contains(f.frame.chosen()));
    }
};

QTEST_MAIN(CropDialogTest)
#include "tst_cropdialog.moc"
