// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"
#include "app/inversioncache.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "core/files.h"
#include "tests/app/toolmethods.h"
#include "ui/actions.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/inputsdock.h"
#include "ui/inspectordock.h"
#include "ui/mainwindow.h"
#include "ui/mapview.h"
#include "ui/noticebar.h"
#include "ui/parametersdock.h"
#include "ui/picturecell.h"
#include "ui/resultpane.h"
#include "ui/stepaxis.h"

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
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>

namespace {

Method analogyMethod()
{
    Method method = countingMethod();
    method.name = "Analogy";
    return method;
}

/// The window with a mode on a grid, one with all that a slot can ask for, and a tool.
struct Fixture
{
    Settings settings = {};
    Engine engine;
    MethodList methods {std::vector {analogyMethod(), promptFreeMethod(), annotateMethod()}};
    Session session {engine, methods, settings};
    MainWindow window {session, settings};

    explicit Fixture(const char* mode = "prompt-free")
    {
        window.resize(1280, 800);
        window.show();
        QTRY_VERIFY(!session.model().path.empty());
        session.setMethod(mode);
        session.setValue("steps", 5);
        QTRY_VERIFY(QApplication::activeWindow() == &window);
    }

    PictureCell* cell(const Place& place) const { return window.inputs().cell(place); }
    GridView& grid() const { return window.pane().grid(); }

    void runOnce()
    {
        session.setInput("reference", filled(8, 8, {0, 0, 200}), QStringLiteral("r.png"));
        QTRY_VERIFY(!cell("reference")->picture().image().isNull());
        session.start();
        QTRY_VERIFY(!session.running());
    }

    template<typename T>
    T* visibleField(const Place& place, const QString& name) const
    {
        for (T* field : cell(place)->findChildren<T*>())
            if (field->accessibleName().startsWith(name) && field->isVisible())
                return field;
        return nullptr;
    }

    QToolButton* mapButton(const Place& place) const
    {
        for (auto* button : cell(place)->findChildren<QToolButton*>())
            if (button->text().startsWith(QStringLiteral("Mak")))
                return button;
        return nullptr;
    }
};

void type(QWidget* field, const QString& text)
{
    field->setFocus();
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Tab);
}

} // namespace

class ModesTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(QStringLiteral("tests"));
    }

    void toolsAreNoModes()
    {
        Fixture f;
        QStringList modes;
        for (const QToolButton* button : f.window.findChildren<QToolButton*>())
            if (button->property("role").toString() == QLatin1String("mode"))
                modes << button->text();
        QCOMPARE(modes, (QStringList {QStringLiteral("Analogy"), QStringLiteral("Prompt-free")}));
    }

    void aKeySwitchesTheModeAndThePictureGoesAlong()
    {
        Fixture f("analogy");
        f.session.setInput("b", filled(8, 8, {9, 9, 9}), QStringLiteral("b.png"));
        QTest::keyClick(&f.window, Qt::Key_2, Qt::AltModifier);
        QCOMPARE(f.session.method().id, std::string("prompt-free"));
        QTRY_VERIFY(!f.cell("reference")->picture().image().isNull());
        QCOMPARE(f.session.input("reference").name, std::string("b.png"));
        QTest::keyClick(&f.window, Qt::Key_1, Qt::AltModifier);
        QCOMPARE(f.session.method().id, std::string("analogy"));
        QVERIFY(f.cell("a") != nullptr);
        QVERIFY(f.cell("reference") == nullptr);
    }

    void aSlotThatTakesSeveralHasAPlaceForOneMore()
    {
        Fixture f;
        QVERIFY(f.cell("reference") && !f.cell({"reference", 1}));
        f.session.setInput("reference", filled(8, 8, {}), QStringLiteral("1"));
        QVERIFY(f.cell({"reference", 1}) != nullptr);
        QCOMPARE(f.cell({"reference", 1})->picture().label(), QStringLiteral("Reference +"));
        QImage pasted(4, 4, QImage::Format_RGB888);
        pasted.fill(Qt::red);
        QApplication::clipboard()->setImage(pasted);
        ImageSlot& more = f.cell({"reference", 1})->picture();
        more.setFocus();
        QTest::keyClick(&more, Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(f.session.inputs("reference").size(), std::size_t(2));
        QCOMPARE(f.cell({"reference", 1})->picture().label(), QStringLiteral("Reference 2"));
        QVERIFY(f.cell({"reference", 2}) != nullptr);
        ImageSlot& first = f.cell("reference")->picture();
        QTRY_VERIFY(!first.image().isNull());
        first.setFocus();
        QTest::keyClick(&first, Qt::Key_Delete);
        QCOMPARE(f.session.inputs("reference").size(), std::size_t(1));
        QCOMPARE(f.session.input("reference").name, std::string("pasted"));
        QTRY_COMPARE(first.image().pixelColor(0, 0), QColor(Qt::red));
        QVERIFY(!f.cell({"reference", 2}));
    }

    void severalFilesOnASlotThatTakesThemAreItsPictures()
    {
        Fixture f;
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
        QTRY_COMPARE(f.session.inputs("reference").size(), std::size_t(2));
        QCOMPARE(f.session.input("reference").name, std::string("2.png"));
    }

    void whatStandsBesideAPictureIsTyped()
    {
        Fixture f;
        const auto weight = QStringLiteral("Weight"), from = QStringLiteral("From"),
                   until = QStringLiteral("Until");
        QVERIFY(!f.visibleField<QDoubleSpinBox>("reference", weight));
        f.session.setInput("reference", filled(8, 8, {}), QStringLiteral("1"));
        f.session.setInput("control", filled(128, 128, {}), QStringLiteral("c"));
        type(f.visibleField<QDoubleSpinBox>("reference", weight), QStringLiteral("0.5"));
        QCOMPARE(f.session.input("reference").weight, 0.5);
        QVERIFY(!f.visibleField<QDoubleSpinBox>("reference", from));
        type(f.visibleField<QDoubleSpinBox>("control", from), QStringLiteral("0.25"));
        type(f.visibleField<QDoubleSpinBox>("control", until), QStringLiteral("0.75"));
        QCOMPARE(f.session.input("control").begin, 0.25);
        QCOMPARE(f.session.input("control").end, 0.75);
        auto* kind = f.cell("control")->findChild<QComboBox*>();
        kind->setFocus();
        QTest::keyClick(kind, Qt::Key_Down);
        QCOMPARE(f.session.input("control").kind, std::string("depth"));
    }

    void theMapIsSeenBeforeTheRunAndCanBeUndone()
    {
        Fixture f;
        f.session.setInput("control", filled(256, 256, {200, 0, 0}), QStringLiteral("c.png"));
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

    void whyThereIsNoMapStandsAtThePicture()
    {
        Fixture f;
        f.session.setInput("control", filled(256, 256, {}), QStringLiteral("c.png"));
        f.session.setKind("control", "depth");
        QTest::mouseClick(f.mapButton("control"), Qt::LeftButton);
        QTRY_VERIFY(f.cell("control")->picture().note().contains(QStringLiteral("dpt_hybrid.pt")));
        QTest::qWait(50); // the conversion of the picture, which is the same
        QVERIFY(!f.cell("control")->picture().note().isEmpty());
    }

    void oneShowsThePictureBesideTheResult()
    {
        Fixture f;
        QCOMPARE(f.grid().resultCell(), 1);
        QCOMPARE(f.grid().label(1), QStringLiteral("Result"));
        QCOMPARE(f.window.actions()("grid")->text(), QStringLiteral("Side by side"));
        f.runOnce();
        QCOMPARE(f.grid().image(0).pixelColor(0, 0), QColor(0, 0, 200));
        QCOMPARE(f.grid().image(1).size(), QSize(4, 4));
        QTest::keyClick(&f.window.pane().axis(), Qt::Key_Home);
        QCOMPARE(f.grid().image(1).size(), QSize(1, 1)); // not cut into cells
        f.session.setMethod("analogy");
        QCOMPARE(f.grid().resultCell(), 3);
        QVERIFY(f.window.actions()("grid")->text().contains(QStringLiteral("Grid")));
    }

    void thePictureBeforeIsSeenAsLongAsBIsHeld()
    {
        Fixture f;
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
        Fixture f;
        QTRY_VERIFY(f.window.parameters().said().contains(QStringLiteral("Steps: 5")));
        f.session.setMethod("analogy");
        QTRY_VERIFY(f.window.parameters().said().isEmpty());
    }

    void oneInspectsTheStepUnderTheSlider()
    {
        Fixture f;
        InspectorDock& dock = f.window.inspector();
        QVERIFY(!dock.isVisible());
        f.window.actions()("inspect")->trigger();
        QVERIFY(dock.isVisible());
        QTRY_VERIFY(dock.message().contains(QStringLiteral("Make a run first")));
        f.runOnce();
        QTRY_COMPARE(dock.maps().size(), 1);
        QCOMPARE(dock.maps().first()->label(), QStringLiteral("Components 1 to 3"));
        QTRY_COMPARE(dock.maps().first()->image().pixelColor(0, 0), QColor(2, 4, 4));
        QTest::keyClick(&f.window.pane().axis(), Qt::Key_Left);
        QTRY_COMPARE(dock.maps().value(0)->image().pixelColor(0, 0), QColor(2, 3, 3));
        type(&dock.layer(), QStringLiteral("1"));
        QTRY_COMPARE(dock.maps().value(0)->image().pixelColor(0, 0), QColor(1, 3, 3));
        QTest::keyClick(&dock.layer(), Qt::Key_Up);
        QTest::keyClick(&dock.layer(), Qt::Key_Up);
        QTRY_COMPARE(dock.message(), QStringLiteral("Layer 3 cannot be shown."));
        QVERIFY(dock.maps().isEmpty());
    }

    void aMapOfTheNetworkIsCopiedEnlarged()
    {
        Fixture f;
        f.window.actions()("inspect")->trigger();
        f.runOnce();
        InspectorDock& dock = f.window.inspector();
        QTRY_COMPARE(dock.maps().size(), 1);
        MapView* map = dock.maps().first();
        map->setFocus();
        QTest::keyClick(map, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->image().size(), QSize(512, 512));
    }

    void oneDoesNotLookIntoABusyNetwork()
    {
        Fixture f;
        f.window.actions()("inspect")->trigger();
        f.session.setValue("steps", 1000);
        f.session.setInput("reference", filled(8, 8, {}), QStringLiteral("r.png"));
        f.session.start();
        QTRY_VERIFY(f.window.inspector().message().contains(QStringLiteral("busy")));
        f.session.stop(true);
        QTRY_COMPARE(f.window.inspector().maps().size(), 1);
    }

    void aModeWithNothingToInspectHidesTheDock()
    {
        Fixture f;
        f.window.actions()("inspect")->trigger();
        f.session.setMethod("analogy");
        QVERIFY(!f.window.inspector().isVisible());
        QVERIFY(!f.window.actions()("inspect")->isEnabled());
        f.session.setMethod("prompt-free");
        QVERIFY(f.window.inspector().isVisible());
    }

    void keptInversionsAreCountedAndDeleted()
    {
        QStandardPaths::setTestModeEnabled(true);
        Fixture f;
        const auto file = inversionFolder() / "one";
        std::filesystem::create_directories(inversionFolder());
        writeFileAtomically(file, std::vector<std::byte>(3 << 20));
        auto* menu = f.window.findChild<QMenu*>(QStringLiteral("inversions"));
        Q_EMIT menu->aboutToShow();
        QAction* empty = menu->actions().first();
        QTRY_VERIFY2(empty->text().contains(QStringLiteral("3")), qPrintable(empty->text()));
        empty->trigger();
        QTRY_VERIFY(!std::filesystem::exists(file));
        menu->actions().at(2)->trigger();
        QCOMPARE(f.settings.inversionLimit(), 256);
    }

    void thePicturesGetTheRoomTheyNeedUnlessItWasSetByHand()
    {
        int set = 0;
        {
            Fixture f;
            QTRY_VERIFY(f.window.inputs().height() >= f.window.inputs().wantedHeight());
            f.window.resizeDocks(
                {&f.window.inputs(), &f.window.parameters()}, {300, 100}, Qt::Vertical);
            QTest::qWait(50);
            set = f.window.inputs().height();
            f.window.close();
        }
        const Fixture again;
        QTest::qWait(50);
        QCOMPARE(again.window.inputs().height(), set);
        QSettings().clear();
    }

    void theWindowFitsASmallScreenInEveryMode()
    {
        Fixture f;
        f.runOnce();
        f.session.setInput("control", filled(128, 128, {}), QStringLiteral("c"));
        f.window.actions()("inspect")->trigger();
        QVERIFY(f.window.minimumSizeHint().width() <= 1024);
        QVERIFY(f.window.minimumSizeHint().height() <= 700);
    }
};

QTEST_MAIN(ModesTest)
#include "tst_modes.moc"
