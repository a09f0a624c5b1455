// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/firststeps.h"

#include "app/engine.h"
#include "app/firsttime.h"
#include "app/methodlist.h"
#include "app/sample.h"
#include "app/session.h"
#include "app/settings.h"
#include "core/errors.h"
#include "core/picture/difference.h"
#include "core/picture/resample.h"
#include "tests/app/emptyhome.h"
#include "ui/actions.h"
#include "ui/helpwindow.h"
#include "ui/mainwindow.h"
#include "ui/noticebar.h"
#include "ui/resultpane.h"
#include "ui/samplefigure.h"
#include "ui/samplemenu.h"
#include "ui/toolbar.h"

#include <QAction>
#include <QFileDialog>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace {

/// The window with the methods that are shipped.
struct Fixture
{
    Settings settings = {};
    Engine engine;
    MethodList methods;
    Session session {engine, methods, settings};
    MainWindow window {session, settings};

    Fixture()
    {
        window.show();
        QTRY_VERIFY(!session.model().card().path.empty());
    }

    const FirstSteps::Tile& tile(const char* method) const
    {
        for (const FirstSteps::Tile& tile : window.firstSteps().tiles())
            if (tile.method == method)
                return tile;
        qFatal("no tile");
    }
    bool shown() const { return window.firstSteps().isVisible(); }
};

} // namespace

class FirstStepsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void everyModeHasThreeSamplesThatSayWhatTheyShow()
    {
        const MethodList methods;
        int modes = 0;
        for (const Method& method : methods.methods()) {
            if (method.isTool())
                continue;
            ++modes;
            const auto labels = offeredSamples(method);
            QCOMPARE(labels.size(), std::size_t(3));
            for (const SampleLabel& label : labels) {
                QVERIFY(!label.title.isEmpty());
                QVERIFY(label.shows.endsWith(QLatin1Char('.')));
                const Sample sample = readSample(method, label.id);
                QVERIFY(sample.seed);
                QVERIFY(!sample.made.empty());
            }
        }
        QCOMPARE(modes, 3);
        QVERIFY_THROWS_EXCEPTION(Error, readSample(methods.methods().front(), "no such"));
    }

    void theMenuOfSamplesFillsInOneWithItsSeedAndWithoutWhatWasTriedBefore()
    {
        Fixture f;
        f.session.editor().setValue("steps", 3);
        auto* menu = f.window.findChild<SampleMenu*>();
        QCOMPARE(menu->actions().size(), 3);
        QCOMPARE(menu->actions()[1]->text(), QStringLiteral("Take the colours away"));
        QVERIFY(!menu->actions()[1]->toolTip().isEmpty());
        menu->actions()[1]->trigger();
        QTRY_VERIFY(f.session.missing().isEmpty());
        QCOMPARE(f.session.inputs().at("b").name, std::string("gray-b.png"));
        QVERIFY(f.session.editor().document().seedLocked);
        QCOMPARE(f.session.editor().document().seed, quint64(4));
        QVERIFY(!f.session.editor().setByHand("steps"));
        f.session.setMethod("prompt-free");
        QCOMPARE(menu->actions().size(), 3);
        menu->actions()[1]->trigger();
        QTRY_COMPARE(f.session.inputs().at("control").weight, 1.5);
        QCOMPARE(f.session.inputs().at("reference").name, std::string("flower.png"));
    }

    void theFirstSampleComesOutAsItsTileShows()
    {
        Fixture f;
        f.session.setPrecision(QStringLiteral("fp32"));
        f.window.actions()("sample")->trigger();
        QTRY_VERIFY(f.session.missing().isEmpty());
        f.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(!f.session.runs().running() && f.session.runs().current(), 120000);
        const auto run = f.session.runs().current();
        QCOMPARE(run->error, QString());
        const Sample sample = readSample(f.session.editor().method());
        const Image& made = *sample.made;
        const auto near = [&made](const Image& image) {
            return differenceOf(resize(image, made.width, made.height, Filter::Bicubic), made).psnr;
        };
        const double same = near(run->candidates.at(0).image);
        const double input = near(sample.pictures.at("b").at(0).image);
        QVERIFY2(same > 30, qPrintable(QString::number(same))); // 256 colours, reduced twice
        QVERIFY2(input < 20, qPrintable(QString::number(input)));
    }

    void theyAreShownOnlyTheFirstTime()
    {
        {
            Fixture f;
            QVERIFY(!f.shown()); // nobody asked for it
            f.window.welcome();
            QVERIFY(f.shown());
            QCOMPARE(f.window.firstSteps().tiles().size(), std::size_t(3));
            for (const FirstSteps::Tile& tile : f.window.firstSteps().tiles())
                QVERIFY(!tile.figure->rows().empty());
            QCOMPARE(f.tile("analogy").figure->rows().size(), std::size_t(2));
        }
        {
            Fixture f;
            f.window.welcome();
            QVERIFY(f.shown()); // nothing was done with them
            QTest::mouseClick(&f.window.firstSteps().skip(), Qt::LeftButton);
            QVERIFY(!f.shown());
        }
        Fixture f;
        f.window.welcome();
        QVERIFY(!f.shown());
        f.window.actions()("first-steps")->trigger(); // but when they are asked for
        QVERIFY(f.shown());
    }

    void aSampleIsTriedByTheKeyboard()
    {
        Fixture f;
        f.window.welcome();
        QTRY_COMPARE(QApplication::focusWidget(), f.tile("analogy").sample);
        for (int i = 0; i < 2; ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), f.tile("translate").sample);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(f.session.editor().method().id, std::string("translate"));
        QVERIFY(!f.shown());
        QTRY_VERIFY(f.session.missing().isEmpty());
        QVERIFY(f.window.actions()("run")->isEnabled());
        QVERIFY(!isFirstTime());
    }

    void theUsersOwnPicturesAreAskedFor()
    {
        Fixture f;
        f.window.welcome();
        QTest::mouseClick(f.tile("prompt-free").own, Qt::LeftButton);
        QCOMPARE(f.session.editor().method().id, std::string("prompt-free"));
        QVERIFY(!f.shown());
        QVERIFY(f.window.findChild<QFileDialog*>());
    }

    void aPictureThatComesInOrAModeTakesThemAway()
    {
        Fixture f;
        f.window.welcome();
        f.session.inputs().set("a", filled(8, 8, {}), QStringLiteral("a.png"));
        QVERIFY(!f.shown());
        f.window.showFirstSteps();
        QVERIFY(f.shown());
        QTest::keyClick(&f.window, Qt::Key_2, Qt::AltModifier);
        QVERIFY(!f.shown());
        f.window.showFirstSteps();
        f.window.actions()("inspect")->trigger();
        QVERIFY(!f.shown());
    }

    void whatIsSaidIsNotHiddenByThem()
    {
        {
            Fixture f;
            f.window.welcome();
            QVERIFY(f.shown());
            f.window.pane().notices().say(QStringLiteral("Something is wrong."), true);
            QVERIFY(!f.shown());
            QVERIFY(f.window.pane().notices().isVisible());
        }
        {
            Fixture f; // they come again, but not over what was said before
            f.window.pane().notices().say(QStringLiteral("Something is wrong."), true);
            f.window.welcome();
            QVERIFY(!f.shown());
        }
        Fixture f;
        f.window.welcome();
        QVERIFY(f.shown());
    }

    /// What is wrong with it is said in its place, which they would hide.
    void aFileThatIsNoPictureTakesThemAway()
    {
        Fixture f;
        f.window.welcome();
        QVERIFY(f.shown());
        f.window.open({QStringLiteral(PROJECT_SOURCE "/README.md")});
        QTRY_VERIFY(!f.shown());
    }

    void theySayWhichModelThereIs()
    {
        Fixture f;
        QVERIFY(f.window.firstSteps().said().contains(QStringLiteral("needs another one")));
        f.session.model().choose(QStringLiteral(MINI_MODEL "/")); // the same, by its path
        QTRY_VERIFY(f.window.firstSteps().said().startsWith(QStringLiteral("The model is ")));
        f.session.model().choose({});
        QTRY_VERIFY(f.window.firstSteps().said().contains(QStringLiteral("needs another one")));
    }

    void theyLeadToAnotherModelAndToTheHelp()
    {
        Fixture f;
        f.window.welcome();
        QTest::mouseClick(&f.window.firstSteps().help(), Qt::LeftButton);
        QVERIFY(f.window.help()->isVisible());
        QVERIFY(f.shown());
        f.window.help()->close();
        QTest::mouseClick(&f.window.firstSteps().model(), Qt::LeftButton);
        QVERIFY(!f.shown());
        QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), QStringLiteral("Model"));
    }
};

QTEST_MAIN(FirstStepsTest)
#include "tst_firststeps.moc"
