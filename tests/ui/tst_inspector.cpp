// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspector.h"

#include "core/touchtext.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "ui/actions.h"
#include "ui/curvespane.h"
#include "ui/dimslider.h"
#include "ui/gridview.h"
#include "ui/imageview.h"
#include "ui/inspectempty.h"
#include "ui/inspectexport.h"
#include "ui/inspectview.h"
#include "ui/mapsheet.h"
#include "ui/stepaxis.h"
#include "ui/touchedview.h"
#include "ui/touchpanel.h"
#include "ui/wordchips.h"

#include <QAction>
#include <QComboBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>

namespace {

constexpr int side = 4, heads = 2, features = 3;

/// Queries or keys that depend on the step.
Numbers numbers(int tokens, int step)
{
    std::vector<float> values;
    for (int i = 0; i < heads * tokens * features; ++i)
        values.push_back(std::sin(float(i * (step + 1))));
    return Numbers::kept({heads, tokens, features}, values);
}

std::shared_ptr<const StepTrace> traceOf(int step)
{
    auto setting = std::make_shared<TraceSetting>();
    setting->latentHeight = setting->latentWidth = side;
    setting->grid = true;
    setting->tokens[{}] = {{"start", -1}, {"red", 0}, {"circle", 1}, {"end", -1}};
    auto trace = std::make_shared<StepTrace>();
    trace->step = step;
    trace->setting = setting;
    for (int layer = 0; layer < 2; ++layer)
        for (const SiteKind kind : {SiteKind::SelfAttention, SiteKind::CrossAttention}) {
            const int keys = kind == SiteKind::CrossAttention ? 4 : side * side;
            AttentionTrace each {
                .name = layer == 0 ? "down_blocks.0.attentions.0.transformer_blocks.0.attn1"
                                   : "up_blocks.1.attentions.0.transformer_blocks.0.attn1",
                .height = side,
                .width = side,
                .heads = heads,
                .keys = keys,
                .features = features,
                .query = numbers(side * side, step),
                .key = numbers(keys, step + layer)};
            each.figures = {.entropy = 0.5 + 0.1 * layer, .rows = side * side};
            trace->passes[{}].attention[{kind, layer}] = each;
        }
    return trace;
}

/// Counts its steps and tells what a network could have held; the step is that number which is
/// never recorded and has to be computed.
Result countTraced(const Request& request, const Report& report, int unrecorded)
{
    return count(request, Report([&](const Event& event) {
                     if (const auto* step = std::get_if<StepEvent>(&event)) {
                         StepEvent traced = *step;
                         if (step->step > 0)
                             traced.prediction = step->latent;
                         if (step->step > 0 && step->step - 1 != unrecorded)
                             traced.trace = traceOf(step->step - 1);
                         return report(traced);
                     }
                     return report(event);
                 }));
}

Method tracedMethod()
{
    Method method = analogyMethod();
    method.run = [](const Request& request, Models&, const Report& report) {
        return countTraced(request, report, 1);
    };
    method.trace = [](const Request&, Models&, const Recording&, int step, const Latent&,
                      const StageReport&) { return traceOf(step); };
    return method;
}

struct Fixture : WindowFixture
{
    Fixture()
        : WindowFixture({tracedMethod(), promptFreeMethod(), annotateMethod()}, "analogy")
    {
        session.editor().setValue("steps", 4);
        window.actions()("inspect")->trigger();
    }
    InspectView& view() const { return window.pane().inspect(); }
    void runOnce()
    {
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(slot, filled(8, 8, {0, 0, 200}), QStringLiteral("p.png"));
        session.start();
        QTRY_VERIFY(!session.runs().running());
    }
    /// Whether what the network held is there, and not only nothing said against it.
    bool seesMaps() const { return view().message().isEmpty() && !view().seen().maps.empty(); }
};

} // namespace

class InspectorTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void cleanup() { Settings().setInspectState({}); }

    void theViewIsATabBesideThePictures()
    {
        Fixture f;
        QVERIFY(f.window.pane().view() == ResultPane::ShowsNetwork);
        QVERIFY(f.view().isVisible() && !f.window.pane().grid().isVisible());
        f.window.actions()("all-pictures")->trigger();
        QVERIFY(!f.view().isVisible() && f.window.pane().grid().isVisible());
        QVERIFY(!f.window.actions()("inspect")->isChecked());
        f.window.actions()("inspect")->trigger();
        QVERIFY(f.window.actions()("inspect")->isChecked());
        QVERIFY(!f.window.actions()("all-pictures")->isChecked());
    }

    void beforeARunItIsSaidWhatToDo()
    {
        Fixture f;
        QTRY_VERIFY(f.view().message().contains(QStringLiteral("Make a run first")));
    }

    void whereAWordActsIsSeenAtTheStepOfTheTimeLine()
    {
        Fixture f;
        f.runOnce();
        QTRY_VERIFY(f.seesMaps());
        QTRY_COMPARE(f.view().canvas().maps().size(), std::size_t(1));
        QTRY_COMPARE(f.view().view().step, 3);
        QCOMPARE(f.view().view().words, (std::vector<std::vector<int>> {{1}}));
        QTRY_VERIFY(!f.session.looks().looking()); // until then an earlier step may be seen
        const std::vector<float> last = f.view().canvas().maps()[0].values;
        QTest::keyClick(&f.window.pane().axis(), Qt::Key_Left);
        QTRY_COMPARE(f.view().view().step, 2);
        QTRY_VERIFY(f.view().canvas().maps()[0].values != last);
    }

    void whatWasNotRecordedIsComputedWhenAsked()
    {
        Fixture f;
        f.runOnce();
        QTRY_VERIFY(f.seesMaps()); // of the last step, which is not what is lacking
        f.window.pane().axis().setFollowing(false);
        f.window.pane().axis().setValue(2); // the step that the method does not tell of
        InspectEmpty& empty = f.view().pages().empty();
        QTRY_VERIFY(empty.compute().isVisible());
        QVERIFY(f.view().message().contains(QStringLiteral("not recorded")));
        QTest::mouseClick(&empty.compute(), Qt::LeftButton);
        QTRY_COMPARE(f.view().message(), QString());
        QCOMPARE(f.view().view().step, 1);
    }

    void aPlaceIsAskedAboutByClickAndKeys()
    {
        Fixture f;
        f.runOnce();
        View view = f.view().view();
        view.kind = ViewKind::SelfAttention;
        f.view().setView(view);
        QTRY_VERIFY(!f.view().layers().list().currentText().isEmpty());
        QTRY_COMPARE(f.view().seen().maps.size(), std::size_t(1));
        const std::vector<float> before = f.view().seen().maps[0].values;
        MapCanvas& canvas = f.view().canvas();
        canvas.setFocus();
        QTest::keyClick(&canvas, Qt::Key_Up);
        QTRY_VERIFY(f.view().seen().maps.at(0).values != before);
        const QRectF picture = canvas.tileRect(0);
        QTest::mouseClick(
            &canvas, Qt::LeftButton, Qt::ControlModifier,
            (picture.topLeft() + QPointF(5, 5)).toPoint());
        QTRY_COMPARE(f.view().seen().maps.size(), std::size_t(2));
        QVERIFY(canvas.mixes());
    }

    void allLayersAreSeenAtManyStepsAndOneIsEnlarged()
    {
        Fixture f;
        f.runOnce();
        QTRY_VERIFY(f.seesMaps());
        f.view().pages().setPage(InspectPages::Sheet);
        MapSheet& sheet = f.view().pages().sheet();
        QTRY_COMPARE(sheet.rows().size(), std::size_t(2));
        QCOMPARE(sheet.steps(), (std::vector<int> {0, 1, 2, 3}));
        QTRY_COMPARE(sheet.filled(), 6); // of one step nothing was recorded
        sheet.setFocus();
        QTest::keyClick(&sheet, Qt::Key_Down);
        QTest::keyClick(&sheet, Qt::Key_Left);
        QTest::keyClick(&sheet, Qt::Key_Return);
        QCOMPARE(f.view().pages().page(), InspectPages::Map);
        QCOMPARE(f.view().view().layers, (Layers {{1, 2}}));
        QTRY_COMPARE(f.view().view().step, 2);
    }

    void curvesGoOverTheStepsWithAnEarlierRunBesideThem()
    {
        Fixture f;
        f.runOnce();
        f.runOnce();
        f.view().pages().setPage(InspectPages::Curves);
        CurvesPane& curves = f.view().pages().curves();
        QTRY_COMPARE(curves.plot().content().curves.size(), std::size_t(2));
        QCOMPARE(curves.plot().content().curves[1].y.front(), 0.6);
        QVERIFY(curves.plot().content().earlier.empty());
        curves.beside().setFocus();
        QTest::keyClick(&curves.beside(), Qt::Key_Down);
        QCOMPARE(curves.plot().content().earlier.size(), std::size_t(2));
        QVERIFY(curves.plot().textAt(0).contains(QStringLiteral("earlier 0.500")));
        curves.plot().setFocus();
        QTest::keyClick(&curves.plot(), Qt::Key_Left);
        QTest::keyClick(&curves.plot(), Qt::Key_Return);
        QTRY_COMPARE(f.view().view().step, 2);
    }

    void choicesStayInAnotherModeAndWhenTheProgramStartsAgain()
    {
        {
            Fixture f;
            f.runOnce();
            QTRY_VERIFY(f.seesMaps());
            const auto layers = [&] {
                f.view().chooseLayer(1); // which is offered as soon as the step is known
                return f.view().view().layers;
            };
            QTRY_COMPARE(layers(), (Layers {{1, 2}}));
            f.session.setMethod("prompt-free");
            QTRY_VERIFY(f.view().message().contains(QStringLiteral("Make a run first")));
            f.session.setMethod("analogy");
            QTRY_COMPARE(f.view().message(), QString());
            QCOMPARE(f.view().view().layers, (Layers {{1, 2}}));
        }
        Fixture again;
        QCOMPARE(again.view().view().layers, (Layers {{1, 2}}));
        again.runOnce();
        QTRY_VERIFY(again.seesMaps());
        QCOMPARE(again.view().view().layers, (Layers {{1, 2}}));
    }

    void allStepsAreSavedIntoAFolderAsPicturesAndNumbers()
    {
        Fixture f;
        f.runOnce();
        QTRY_VERIFY(f.seesMaps());
        QTRY_VERIFY(!f.session.looks().looking());
        auto* exporting = f.view().findChild<InspectExport*>();
        QVERIFY(exporting);
        QTemporaryDir folder;
        QSignalSpy told(exporting, &InspectExport::told);
        exporting->saveAll(folder.path(), exporting->ofAllSteps());
        QTRY_COMPARE(told.size(), 1);
        const QString said = told.front().front().toString();
        const QStringList numbers = QDir(folder.path()).entryList({QStringLiteral("*.npy")});
        QVERIFY2(numbers.size() == 3, qPrintable(said + numbers.join(QLatin1Char(' '))));
        QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("*.png")}).size(), 3);
        const QString path = folder.filePath(QStringLiteral("steps.webp"));
        exporting->saveAnimation(path);
        QTRY_VERIFY(QFile::exists(path));
    }

    void whatIsSeenIsTriedBesideTheUntouchedRun()
    {
        Fixture f;
        f.session.editor().setValue("prompt", std::string("red circle"));
        f.runOnce();
        TouchPanel& panel = f.view().choices().touches();
        QTRY_COMPARE(panel.what().currentText(), QStringLiteral("The word red"));
        InspectPages& pages = f.view().pages();
        pages.setPage(InspectPages::Touched);
        QTRY_VERIFY(pages.touched().text().contains(QStringLiteral("not touched")));
        f.window.pane().axis().setValue(3);
        QTRY_COMPARE(panel.when().itemText(0), QStringLiteral("From step 3 of 4 on"));
        pages.setPage(InspectPages::Map);
        panel.fold().setChecked(true);
        QTest::mouseClick(&panel.button(), Qt::LeftButton);
        QTRY_VERIFY(!f.session.runs().running());
        QCOMPARE(panel.message(), QString());
        const auto run = f.session.runs().current();
        QCOMPARE(run->number, 2);
        QCOMPARE(run->request().branch->step, 2);
        QCOMPARE(toText(run->request().touches.at(0)), std::string("word=red:0:0.5-1"));
        QCOMPARE(f.session.editor().touches(), run->request().touches);
        QCOMPARE(pages.page(), InspectPages::Touched);
        QTRY_COMPARE(int(pages.touched().pictures().tiles().size()), 3);
        QTRY_VERIFY(pages.touched().text().contains(QStringLiteral("the same")));
        f.session.history().undo();
        QVERIFY(f.session.editor().touches().empty());
    }

    void whatAnotherModeHasIsNotOffered()
    {
        Fixture f;
        f.runOnce();
        QTRY_VERIFY(!f.view().offer().kinds.empty());
        const auto kinds = f.view().offer().kinds;
        QVERIFY(std::ranges::count(kinds, ViewKind::Shares));
        f.session.setMethod("prompt-free");
        f.session.inputs().set("reference", filled(8, 8, {0, 0, 200}), QStringLiteral("p.png"));
        f.session.start();
        QTRY_VERIFY(!f.session.runs().running());
        QTRY_VERIFY(f.view().offer().kinds != kinds);
        QVERIFY(!std::ranges::count(f.view().offer().kinds, ViewKind::Shares));
    }

    void whatDoesNotFitIsSaidWhereItIsTried()
    {
        Fixture f;
        f.session.editor().setValue("prompt", std::string("green"));
        f.runOnce(); // the words of the made up trace are others
        TouchPanel& panel = f.view().choices().touches();
        QTRY_COMPARE(panel.what().currentText(), QStringLiteral("The word red"));
        panel.fold().setChecked(true);
        QTest::mouseClick(&panel.button(), Qt::LeftButton);
        QVERIFY(panel.message().contains(QStringLiteral("not in the prompt")));
        QVERIFY(f.session.editor().touches().empty());
        QCOMPARE(int(f.session.runs().all().size()), 1);
    }

    void theStepsArePlayed()
    {
        Fixture f;
        f.runOnce();
        StepAxis& axis = f.window.pane().axis();
        QTest::mouseClick(&axis.play(), Qt::LeftButton);
        QVERIFY(axis.playing() && f.window.actions()("play")->isChecked());
        QTRY_VERIFY(axis.value() == 0);
        QTRY_VERIFY(axis.value() == 2);
        axis.setFocus();
        QTest::keyClick(&axis, Qt::Key_Space);
        QVERIFY(!axis.playing() && !f.window.actions()("play")->isChecked());
    }
};

QTEST_MAIN(InspectorTest)
#include "tst_inspector.moc"
