// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectordock.h"

#include "core/arrayfile.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/mapview.h"
#include "ui/stepaxis.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>

class InspectorDockTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void oneInspectsTheStepUnderTheSlider()
    {
        ModesFixture f;
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

    void theNumbersBehindAMapAreSaved()
    {
        ModesFixture f;
        InspectorDock& dock = f.window.inspector();
        f.window.actions()("inspect")->trigger();
        QVERIFY(!dock.numbers().isVisible());
        f.runOnce();
        QTRY_VERIFY(dock.numbers().isVisible());
        QTest::mouseClick(&dock.numbers(), Qt::LeftButton);
        auto* dialog = f.window.findChild<QFileDialog*>();
        QVERIFY(dialog);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("numbers.safetensors"));
        Q_EMIT dialog->fileSelected(path);
        QTRY_VERIFY(QFile::exists(path));
        QCOMPARE(readNoise(path.toStdString()).at("scores"), (std::vector<float> {1, 2}));
        dialog->reject();
    }

    void aMapOfTheNetworkIsCopiedEnlarged()
    {
        ModesFixture f;
        f.window.actions()("inspect")->trigger();
        f.runOnce();
        InspectorDock& dock = f.window.inspector();
        QTRY_COMPARE(dock.maps().size(), 1);
        MapView* map = dock.maps().first();
        map->setFocus();
        QTest::keyClick(map, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->image().size(), QSize(512, 512));
    }

    void whatBelongsToNoLayerIsShownAndSavedAsItIs()
    {
        ModesFixture f;
        f.window.actions()("inspect")->trigger();
        f.runOnce();
        InspectorDock& dock = f.window.inspector();
        QTRY_COMPARE(dock.maps().size(), 1);
        QVERIFY(dock.layer().isVisible());
        dock.kind().setFocus();
        QTest::keyClick(&dock.kind(), Qt::Key_Down);
        QVERIFY(!dock.layer().isVisible());
        const auto label = [&] {
            return dock.maps().isEmpty() ? QString() : dock.maps()[0]->label();
        };
        QTRY_COMPARE(label(), QStringLiteral("Edges"));
        QCOMPARE(dock.maps().first()->enlarged().size(), QSize(256, 128));
        QCOMPARE(dock.message(), QString());
    }

    void whatTheNetworkHoldsIsSeenWhileItRuns()
    {
        ModesFixture f;
        f.window.actions()("inspect")->trigger();
        f.session.editor().setValue("steps", 100'000);
        f.session.inputs().set("reference", filled(8, 8, {}), QStringLiteral("r.png"));
        f.session.start();
        QTRY_COMPARE(f.window.inspector().maps().size(), 1);
        QVERIFY(f.session.runs().running());
        f.session.runs().stop(true);
        QTRY_VERIFY(!f.session.runs().running());
    }

    void oneDoesNotLookIntoARunOfAnotherModelMeanwhile()
    {
        ModesFixture f;
        f.runOnce();
        f.window.actions()("inspect")->trigger();
        f.session.setPrecision(QStringLiteral("bf16")); // other weights in memory
        f.session.editor().setValue("steps", 100'000);
        f.session.start();
        f.session.runs().show(1);
        QTRY_VERIFY(f.window.inspector().message().contains(QStringLiteral("busy")));
        f.session.runs().stop(false);
        QTRY_COMPARE(f.window.inspector().maps().size(), 1);
    }

    void aModeWithNothingToInspectHidesTheDock()
    {
        ModesFixture f;
        f.window.actions()("inspect")->trigger();
        f.session.setMethod("analogy");
        QVERIFY(!f.window.inspector().isVisible());
        QVERIFY(!f.window.actions()("inspect")->isEnabled());
        f.session.setMethod("prompt-free");
        QVERIFY(f.window.inspector().isVisible());
    }
};

QTEST_MAIN(InspectorDockTest)
#include "tst_inspectordock.moc"
