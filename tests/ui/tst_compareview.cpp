// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/compareview.h"

#include "ui/actions.h"
#include "ui/comparer.h"
#include "ui/convert.h"
#include "ui/gridview.h"
#include "ui/resultpane.h"

#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace {

QImage plain(const QColor& colour, QSize size = {64, 64})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(colour);
    return image;
}

struct Fixture
{
    CompareView view;

    Fixture()
    {
        view.resize(600, 500);
        view.setPictures(
            {{.key = QStringLiteral("a"),
              .label = QStringLiteral("Run 1"),
              .chip = QStringLiteral("Run 1"),
              .image = plain(Qt::red),
              .run = 1},
             {.key = QStringLiteral("b"),
              .label = QStringLiteral("Run 2"),
              .chip = QStringLiteral("Run 2"),
              .image = plain(Qt::blue),
              .run = 2},
             {.key = QStringLiteral("c"),
              .label = QStringLiteral("Input B"),
              .chip = QStringLiteral("B"),
              .image = plain(Qt::red, {32, 16})}});
        view.choose(QStringLiteral("a"), QStringLiteral("b"));
        view.show();
    }
    /// The colour at a part of the width, halfway down.
    QColor at(double x)
    {
        CompareCanvas& canvas = view.canvas();
        const QImage shot = canvas.grab().toImage();
        const QRectF tile = canvas.tileRect(0);
        return shot.pixelColor(
            QPointF(tile.left() + x * tile.width(), tile.top() + tile.height() * .75).toPoint());
    }
};

} // namespace

class CompareViewTest : public QObject
{
    Q_OBJECT

    static bool inTheMiddle(const CompareView& view, const QString& text)
    {
        const auto labels = view.canvas().findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            return label->isVisible() && label->text() == text
                && std::abs(label->geometry().center().y() - view.canvas().height() / 2) < 3;
        });
    }

    EmptyHome m_home;

private Q_SLOTS:
    void whereThereIsNothingToCompareThatIsSaidInTheMiddle()
    {
        Fixture f;
        auto* first = f.view.findChild<QComboBox*>();
        QVERIFY(first->isEnabled());
        QVERIFY(!inTheMiddle(f.view, f.view.text()));
        f.view.setPictures({});
        QVERIFY(f.view.text().startsWith(QStringLiteral("There is nothing to compare yet")));
        QTRY_VERIFY(inTheMiddle(f.view, f.view.text()));
        QVERIFY(!first->isEnabled());
    }

    void theLineDividesTheTwoPicturesAndIsDragged()
    {
        Fixture f;
        QCOMPARE(f.at(.25), QColor(Qt::red));
        QCOMPARE(f.at(.75), QColor(Qt::blue));
        CompareCanvas& canvas = f.view.canvas();
        const QRectF tile = canvas.tileRect(0);
        const QPoint from = tile.center().toPoint(), to = from + QPoint(int(tile.width() * .4), 0);
        QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas, to);
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, to);
        QVERIFY(std::abs(canvas.divider() - .9) < .02);
        QCOMPARE(f.at(.75), QColor(Qt::red));
        QTest::keyClick(&canvas, Qt::Key_Left);
        QVERIFY(std::abs(canvas.divider() - .89) < .02);
    }

    void theFirstIsSeenAsLongAsTheKeyIsHeld()
    {
        Fixture f;
        f.view.setMode(CompareCanvas::Blink);
        QCOMPARE(f.at(.25), QColor(Qt::blue));
        QTest::keyPress(&f.view.canvas(), Qt::Key_B);
        QCOMPARE(f.at(.25), QColor(Qt::red));
        QTest::keyRelease(&f.view.canvas(), Qt::Key_B);
        QCOMPARE(f.at(.25), QColor(Qt::blue));
        QTest::mousePress(&f.view.canvas(), Qt::LeftButton);
        QCOMPARE(f.at(.25), QColor(Qt::red));
        QTest::mouseRelease(&f.view.canvas(), Qt::LeftButton);
        QCOMPARE(f.at(.25), QColor(Qt::blue));
    }

    void theyStandSideBySideAndTheirDifferenceIsGreyWhereTheyAreAlike()
    {
        Fixture f;
        f.view.setMode(CompareCanvas::Side);
        QCOMPARE(f.view.canvas().tiles().size(), std::size_t(2));
        f.view.choose(QStringLiteral("a"), QStringLiteral("a"));
        f.view.setMode(CompareCanvas::Difference);
        QCOMPARE(f.at(.5), QColor(128, 128, 128));
    }

    void whatIsSeenIsCopiedAndDraggedInThePicturesOwnPixels()
    {
        Fixture f;
        QToolButton* handle = nullptr;
        for (auto* button : f.view.findChildren<QToolButton*>())
            if (button->accessibleName() == QStringLiteral("Copy the picture"))
                handle = button;
        QVERIFY(handle != nullptr);
        const auto copied = [handle] {
            handle->click();
            return QApplication::clipboard()->image();
        };
        f.view.canvas().setDivider(.25);
        QCOMPARE(copied().size(), QSize(64, 64));
        QCOMPARE(copied().pixelColor(15, 5), QColor(Qt::red));
        QCOMPARE(copied().pixelColor(16, 5), QColor(Qt::blue));
        f.view.setMode(CompareCanvas::Side);
        QCOMPARE(copied().size(), QSize(130, 64));
        QCOMPARE(copied().pixelColor(63, 5), QColor(Qt::red));
        QCOMPARE(copied().pixelColor(66, 5), QColor(Qt::blue));
        f.view.setMode(CompareCanvas::Blink);
        QCOMPARE(copied().pixelColor(5, 5), QColor(Qt::blue));
        f.view.setMode(CompareCanvas::Difference);
        QCOMPARE(copied(), f.view.canvas().tiles().front().image);
    }

    void theNumbersAreSaid()
    {
        Fixture f;
        QTRY_VERIFY(f.view.text().contains(QStringLiteral("largest 255 of 255; 100 %")));
        f.view.choose(QStringLiteral("a"), QStringLiteral("a"));
        QTRY_COMPARE(
            f.view.text(), QStringLiteral("The two pictures are the same, pixel for pixel."));
        f.view.choose(QStringLiteral("a"), QStringLiteral("c"));
        QTRY_COMPARE(
            f.view.text(),
            QString::fromUtf8("The second picture (32 × 16) was brought to the size of the first. "
                              "The two pictures are the same, pixel for pixel."));
    }

    void whatChangedIsAskedOfTwoRunsAlone()
    {
        Fixture f;
        auto* button = f.view.findChild<QPushButton*>();
        QVERIFY(button && button->isVisible());
        QSignalSpy asked(&f.view, &CompareView::differencesRequested);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(asked.value(0), (QVariantList {1, 2}));
        f.view.choose(QStringLiteral("a"), QStringLiteral("c"));
        QVERIFY(!button->isVisible());
    }

    void aChoiceStaysWhenTheListIsMadeAnew()
    {
        Fixture f;
        std::vector<Comparable> fewer = f.view.pictures();
        fewer.erase(fewer.begin());
        f.view.setPictures(fewer);
        QVERIFY(!f.view.first());
        QVERIFY(f.view.second() && f.view.second()->key == QLatin1String("b"));
        QVERIFY(f.view.text().startsWith(QStringLiteral("Choose two pictures")));
    }

    void theWindowOffersInputsWhatIsShownAndEveryResult()
    {
        WindowFixture f({analogyMethod()}, "analogy");
        f.window.actions()("compare")->trigger();
        CompareView& view = f.window.pane().compare();
        QVERIFY(view.isVisible());
        QVERIFY(view.text().startsWith(QStringLiteral("There is nothing to compare yet")));
        for (const char* slot : {"a", "a_prime", "b"})
            f.session.inputs().set(slot, filled(8, 8, {0, 0, 200}), QStringLiteral("p.png"));
        for (int run = 0; run < 2; ++run) {
            f.session.start();
            QTRY_VERIFY(!f.session.runs().running());
        }
        QTRY_COMPARE(view.pictures().size(), std::size_t(1 + 3 + 2));
        QVERIFY(view.first() && view.first()->key == QLatin1String("input B"));
        QVERIFY(view.second());
        QCOMPARE(view.second()->run, 2);
        Q_EMIT view.keepRequested();
        QCOMPARE(view.pictures().size(), std::size_t(1 + 3 + 1 + 2));
        QVERIFY(view.first() && view.first()->key == QLatin1String("kept 0"));
    }
};

QTEST_MAIN(CompareViewTest)
#include "tst_compareview.moc"
