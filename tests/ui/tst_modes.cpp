// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/session.h"
#include "app/settings.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "tests/ui/shownlabels.h"
#include "ui/actions.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/inputsdock.h"
#include "ui/mainwindow.h"
#include "ui/noticebar.h"
#include "ui/parametersdock.h"
#include "ui/picturecell.h"
#include "ui/pictureplaces.h"
#include "ui/resultpane.h"
#include "ui/stepaxis.h"
#include "ui/viewheader.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>

namespace {

void fillSlots(Session& session)
{
    for (const Slot& slot : session.editor().method().slots)
        session.inputs().set(
            slot.id, filled(128, 128, {}), QStringLiteral("a picture with a long name.png"));
    finishConversions();
}

} // namespace

class ModesTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;
    QTemporaryDir m_folder;

    /// The least size of a window that is larger than a small screen; empty: it fits.
    static QString tooLarge(const MainWindow& window)
    {
        finishConversions();
        const QSize least = window.minimumSizeHint();
        return least.width() <= 1024 && least.height() <= 700
            ? QString()
            : QStringLiteral("%1 x %2").arg(least.width()).arg(least.height());
    }

private Q_SLOTS:
    void toolsAreNoModes()
    {
        ModesFixture f;
        QStringList modes;
        for (const QToolButton* button :
             f.window.findChild<QToolBar*>()->findChildren<QToolButton*>())
            if (button->property("role").toString() == QLatin1String("mode"))
                modes << button->text();
        QCOMPARE(modes, (QStringList {QStringLiteral("Analogy"), QStringLiteral("Prompt-free")}));
    }

    void aKeySwitchesTheModeAndThePictureGoesAlong()
    {
        ModesFixture f("analogy");
        f.session.inputs().set("b", filled(8, 8, {9, 9, 9}), QStringLiteral("b.png"));
        QTest::keyClick(&f.window, Qt::Key_2, Qt::AltModifier);
        QCOMPARE(f.session.editor().method().id, std::string("prompt-free"));
        QTRY_VERIFY(!f.cell("reference")->picture().image().isNull());
        QCOMPARE(f.session.inputs().at("reference").name, std::string("b.png"));
        QTest::keyClick(&f.window, Qt::Key_1, Qt::AltModifier);
        QCOMPARE(f.session.editor().method().id, std::string("analogy"));
        QVERIFY(f.window.places().at("a") != nullptr);
        QVERIFY(f.cell("reference") == nullptr);
    }

    void aSlotThatTakesSeveralHasAPlaceForOneMore()
    {
        ModesFixture f;
        QVERIFY(f.cell("reference") && !f.cell({"reference", 1}));
        f.session.inputs().set("reference", filled(8, 8, {}), QStringLiteral("1"));
        QVERIFY(f.cell({"reference", 1}) != nullptr);
        QCOMPARE(f.cell({"reference", 1})->picture().label(), QStringLiteral("Reference +"));
        QImage pasted(4, 4, QImage::Format_RGB888);
        pasted.fill(Qt::red);
        QApplication::clipboard()->setImage(pasted);
        ImageSlot& more = f.cell({"reference", 1})->picture();
        more.setFocus();
        QTest::keyClick(&more, Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(f.session.inputs().in("reference").size(), std::size_t(2));
        QCOMPARE(f.cell({"reference", 1})->picture().label(), QStringLiteral("Reference 2"));
        QVERIFY(f.cell({"reference", 2}) != nullptr);
        ImageSlot& first = f.cell("reference")->picture();
        QTRY_VERIFY(!first.image().isNull());
        first.setFocus();
        QTest::keyClick(&first, Qt::Key_Delete);
        QCOMPARE(f.session.inputs().in("reference").size(), std::size_t(1));
        QCOMPARE(f.session.inputs().at("reference").name, std::string("pasted"));
        QTRY_COMPARE(first.image().pixelColor(0, 0), QColor(Qt::red));
        QVERIFY(!f.cell({"reference", 2}));
    }

    void theFocusOfAPlaceThatGoesWithItsModeComesToOneOfTheNext()
    {
        ModesFixture f;
        f.cell("reference")->picture().setFocus();
        for (const char* mode : {"analogy", "prompt-free"}) {
            f.session.setMethod(mode);
            const std::string& first = f.session.editor().method().slots.front().id;
            QTRY_COMPARE(
                f.window.focusWidget(), static_cast<QWidget*>(f.window.places().at(first)));
        }
    }

    void severalFilesOnASlotThatTakesThemAreItsPictures()
    {
        ModesFixture f;
        QMimeData mime;
        QList<QUrl> urls;
        for (const char* name : {"2.png", "10.png"}) {
            const QString path = m_folder.filePath(QString::fromLatin1(name));
            QImage image(8, 8, QImage::Format_RGB888);
            image.fill(Qt::green);
            QVERIFY(image.save(path));
            urls.prepend(QUrl::fromLocalFile(path));
        }
        mime.setUrls(urls);
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&f.cell("reference")->picture(), &enter);
        QDropEvent event({5, 5}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&f.cell("reference")->picture(), &event);
        QTRY_COMPARE(f.session.inputs().in("reference").size(), std::size_t(2));
        QCOMPARE(f.session.inputs().at("reference").name, std::string("2.png"));
    }

    void whatStandsBesideAPictureIsTyped()
    {
        ModesFixture f;
        const auto weight = QStringLiteral("Weight"), from = QStringLiteral("From"),
                   until = QStringLiteral("Until");
        QVERIFY(!f.visibleField<QDoubleSpinBox>("reference", weight));
        f.session.inputs().set("reference", filled(8, 8, {}), QStringLiteral("1"));
        f.session.inputs().set("control", filled(128, 128, {}), QStringLiteral("c"));
        type(f.visibleField<QDoubleSpinBox>("reference", weight), QStringLiteral("0.5"));
        QCOMPARE(f.session.inputs().at("reference").weight, 0.5);
        QVERIFY(!f.visibleField<QDoubleSpinBox>("reference", from));
        type(f.visibleField<QDoubleSpinBox>("control", from), QStringLiteral("0.25"));
        type(f.visibleField<QDoubleSpinBox>("control", until), QStringLiteral("0.75"));
        QCOMPARE(f.session.inputs().at("control").begin, 0.25);
        QCOMPARE(f.session.inputs().at("control").end, 0.75);
        auto* kind = f.cell("control")->findChild<QComboBox*>();
        kind->setFocus();
        QTest::keyClick(kind, Qt::Key_Down);
        QCOMPARE(f.session.inputs().at("control").kind, std::string("depth"));
    }

    void theMapIsSeenBeforeTheRunAndCanBeUndone()
    {
        ModesFixture f;
        f.session.inputs().set("control", filled(256, 256, {200, 0, 0}), QStringLiteral("c.png"));
        f.window.pane().notices().hide();
        QTRY_VERIFY(!f.cell("control")->picture().image().isNull());
        QVERIFY(f.mapButton("control")->isVisible());
        QTest::mouseClick(f.mapButton("control"), Qt::LeftButton);
        QTRY_COMPARE(f.cell("control")->picture().image().pixelColor(0, 0), QColor(128, 128, 128));
        QVERIFY(!f.mapButton("control")->isVisible());
        QCOMPARE(
            f.cell("control")->findChild<QComboBox*>()->currentText(), QStringLiteral("Ready map"));
        NoticeBar& notices = f.window.pane().notices();
        QVERIFY(notices.text().contains(QStringLiteral("Control")));
        QTest::mouseClick(notices.findChildren<QPushButton*>().first(), Qt::LeftButton);
        QTRY_COMPARE(f.cell("control")->picture().image().pixelColor(0, 0), QColor(200, 0, 0));
    }

    void whyAPictureIsRefusedIsReadWholeBelowItsPlace()
    {
        ModesFixture f;
        const QTemporaryDir folder;
        const QString path = folder.filePath(
            QString(90, u'x') + QStringLiteral("_and_some_more_letters_of_a_long_name.png"));
        QFile words(path);
        QVERIFY(words.open(QFile::WriteOnly) && words.write("words") == 5);
        words.close();
        f.window.open({path});
        PictureCell& cell = *f.cell("reference");
        QTRY_VERIFY(cell.picture().note().contains(QStringLiteral("long_name.png")));
        const QStringList said = shownLabels(cell, "error");
        QCOMPARE(said.size(), 1);
        QCOMPARE(QString(said.front()).remove(QChar(0x200B)), cell.picture().note());
        QTRY_COMPARE(cutOff(cell), QStringList());
        f.session.inputs().set("reference", filled(8, 8, {}), QStringLiteral("r.png"));
        QTRY_COMPARE(shownLabels(cell, "error"), QStringList());
    }

    void whyThereIsNoMapStandsAtThePicture()
    {
        ModesFixture f;
        f.session.inputs().set("control", filled(256, 256, {}), QStringLiteral("c.png"));
        f.session.inputs().setKind("control", "depth");
        QTest::mouseClick(f.mapButton("control"), Qt::LeftButton);
        QTRY_VERIFY(f.cell("control")->picture().note().contains(QStringLiteral("dpt_hybrid.pt")));
        finishConversions(); // of the picture, which is the same
        QVERIFY(!f.cell("control")->picture().note().isEmpty());
    }

    void oneShowsThePictureBesideTheResult()
    {
        ModesFixture f;
        QCOMPARE(f.grid().resultCell(), 1);
        QCOMPARE(f.grid().label(1), QStringLiteral("Result"));
        QCOMPARE(f.window.actions()("all-pictures")->text(), QStringLiteral("Side by side"));
        const auto onTab = [&f](const QString& text) {
            return std::ranges::any_of(
                f.window.findChild<ViewHeader*>()->findChildren<QToolButton*>(),
                [&](const QToolButton* button) { return button->text() == text; });
        };
        QVERIFY(onTab(QStringLiteral("Side by side")));
        f.runOnce();
        QCOMPARE(f.grid().image(0).pixelColor(0, 0), QColor(0, 0, 200));
        QCOMPARE(f.grid().image(1).size(), QSize(4, 4));
        QTest::keyClick(&f.window.pane().axis(), Qt::Key_Home);
        QCOMPARE(f.grid().image(1).size(), QSize(1, 1)); // not cut into cells
        f.session.setMethod("analogy");
        QCOMPARE(f.grid().resultCell(), 3);
        QVERIFY(f.window.actions()("all-pictures")->text().contains(QStringLiteral("Grid")));
        QVERIFY(onTab(QStringLiteral("Grid")));
    }

    void thePictureBeforeIsSeenAsLongAsBIsHeld()
    {
        ModesFixture f;
        f.runOnce();
        ImageView& view = f.grid().view();
        view.setFocus();
        const QColor after = f.grid().image(1).pixelColor(0, 0);
        QTest::keyPress(&view, Qt::Key_B);
        QCOMPARE(f.grid().image(1).pixelColor(0, 0), QColor(0, 0, 200));
        QTest::keyRelease(&view, Qt::Key_B);
        QCOMPARE(f.grid().image(1).pixelColor(0, 0), after);
        QTest::keyPress(&view, Qt::Key_B);
        f.window.pane().axis().setFocus();
        QCOMPARE(f.grid().image(1).pixelColor(0, 0), after);
    }

    void notesStandAboveTheModel()
    {
        ModesFixture f;
        QTRY_VERIFY(f.window.parameters().said().contains(QStringLiteral("Steps: 5")));
        f.session.setMethod("analogy");
        QTRY_VERIFY(f.window.parameters().said().isEmpty());
    }

    void thePicturesGetTheRoomTheyNeedUnlessItWasSetByHand()
    {
        int set = 0;
        {
            // The one mode: another takes other room, and on a grid none.
            WindowFixture f({promptFreeMethod(), annotateMethod()}, "prompt-free");
            const auto height = [&] { return f.window.inputs().height(); };
            const auto off = [&] { return std::abs(height() - f.window.inputs().wantedHeight()); };
            QTRY_VERIFY2(
                off() < 5, qPrintable(QString::number(height()))); // but for what lies between
            set = height() + 60;
            f.window.resizeDocks(
                {&f.window.inputs(), &f.window.parameters()},
                {set, f.window.parameters().height() - 60}, Qt::Vertical);
            QTRY_COMPARE(height(), set);
            f.window.close();
        }
        const WindowFixture again({promptFreeMethod(), annotateMethod()}, "prompt-free");
        QTRY_COMPARE(again.window.inputs().height(), set);
        finishConversions();
        QCOMPARE(again.window.inputs().height(), set);
        QVERIFY(again.window.inputs().wantedHeight() != set);
        QSettings().clear();
    }

    void theWindowFitsASmallScreenInEveryMode_data()
    {
        QTest::addColumn<QString>("mode");
        int modes = 0;
        const MethodList shipped;
        for (const Method& method : shipped.methods())
            if (!method.isTool()) {
                QTest::newRow(method.id.c_str()) << QString::fromStdString(method.id);
                ++modes;
            }
        QCOMPARE(modes, 3);
    }

    void theWindowFitsASmallScreenInEveryMode()
    {
        QFETCH(QString, mode);
        WindowFixture f(MethodList().methods(), qPrintable(mode)); // the ones that are shipped
        fillSlots(f.session);
        f.window.actions()("inspect")->trigger();
        QVERIFY2(tooLarge(f.window).isEmpty(), qPrintable(tooLarge(f.window)));
    }

    void theWindowFitsASmallScreenWithAResult_data()
    {
        QTest::addColumn<QString>("mode");
        for (const char* mode : {"analogy", "prompt-free"})
            QTest::newRow(mode) << QString::fromLatin1(mode);
    }

    void theWindowFitsASmallScreenWithAResult()
    {
        QFETCH(QString, mode);
        ModesFixture f(qPrintable(mode));
        fillSlots(f.session);
        f.session.start();
        QTRY_VERIFY(!f.session.runs().running());
        QVERIFY(f.session.runs().current() != nullptr);
        f.window.actions()("inspect")->trigger();
        QVERIFY2(tooLarge(f.window).isEmpty(), qPrintable(tooLarge(f.window)));
    }
};

QTEST_MAIN(ModesTest)
#include "tst_modes.moc"
