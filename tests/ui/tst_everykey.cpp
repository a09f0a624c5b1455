// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/runrecord.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/keyedfixture.h"

#include <QSettings>

/// Every edit that there is, by what a hand does in the window, undone and made again by its keys,
/// with the keyboard in its fields, views and lists. What is compared is the document as a value,
/// with the marks of the runs and the order of those that wait.
class EveryKeyTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void picturesOfAGrid()
    {
        KeyedFixture f;
        f.checkAll({
            {"Clear A", [&] { f.slotKey("a", Qt::Key_Delete); }},
            {"Set A", [&] { f.paste("a", Qt::red); }},
            {"Set B", [&] { f.drop("b", 77); }},
            {"Swap A and A\u2032", [&] { f.viewKey(Qt::Key_X); }},
            {"Sample", [&] { f.window.actions()("sample")->trigger(); }},
            {"Switch to Prompt-free",
             [&] { QTest::keyClick(&f.window, Qt::Key_1, Qt::AltModifier); }},
        });
    }

    void valuesAndTheSeed()
    {
        KeyedFixture f;
        f.session.editor().resetValue("steps");
        f.checkAll({
            {"Prompt", [&] { f.keys(f.field("prompt"), "palm"); }},
            {"Steps", [&] { f.keys(f.field("steps"), "12"); }},
            {"Reset Steps", [&] { f.reset("Steps"); }},
            {"Preset Soft", [&] { f.choosePreset("Soft"); }},
            {"Strength", [&] { f.keys(f.field("strength"), "0.5"); }},
            {"Preset Recommended", [&] { f.choosePreset("Recommended"); }},
            {"Seed", [&] { f.keys(&f.seed(), "123"); }},
            {"New random seed", [&] { f.viewKey(Qt::Key_R); }},
            {"Random seeds", [&] { f.viewKey(Qt::Key_L); }},
            {"Lock seed", [&] { f.viewKey(Qt::Key_L); }},
        });
    }

    void picturesWithWhatStandsBesideThem()
    {
        KeyedFixture f;
        f.session.setMethod("prompt-free");
        const Place second("reference", 1);
        f.checkAll({
            {"Set Reference", [&] { f.paste("reference", Qt::red); }},
            {"Set Reference 2", [&] { f.paste(second, Qt::blue); }},
            {"Move Reference 2", [&] { f.slotKey(second, Qt::Key_Left, Qt::AltModifier); }},
            {"Move Reference", [&] { f.slotKey("reference", Qt::Key_Right, Qt::AltModifier); }},
            {"Weight of Reference 2", [&] { f.keys(f.box(second, "Weight"), "0.25"); }},
            {"Set Control", [&] { f.drop("control", 90, 64); }}, // the size follows
            {"Weight of Control", [&] { f.keys(f.box("control", "Weight"), "0.5"); }},
            {"Span of Control", [&] { f.keys(f.box("control", "From"), "0.25"); }},
            {"Kind of Control",
             [&] {
                 auto* kind = f.cell("control")->findChild<QComboBox*>();
                 kind->setFocus();
                 QTest::keyClick(kind, Qt::Key_Down);
             }},
            {"Kind of Control",
             [&] {
                 auto* kind = f.cell("control")->findChild<QComboBox*>();
                 kind->setFocus();
                 QTest::keyClick(kind, Qt::Key_Up); // what there is a map of
             }},
            {"Map for Control", [&] { f.click("control", "Make the map"); }},
            {"Clear Reference", [&] { f.slotKey("reference", Qt::Key_Delete); }},
        });
    }

    void strokes()
    {
        KeyedFixture f;
        f.session.setMethod("prompt-free");
        f.session.inputs().set("control", filled(side, side, {}), QStringLiteral("c.png"));
        f.session.inputs().setKind("control", "none");
        f.openMask();
        f.checkAll({
            {"Paint Mask",
             [&] {
                 f.stroke({{10, 10}, {50, 10}});
             }},
            {"Paint Mask",
             [&] {
                 f.stroke({{10, 40}, {50, 40}}, Qt::RightButton);
                 f.stroke({{10, 10}, {20, 50}});
             }},
            {"Invert Mask",
             [&] {
                 f.canvas().setFocus();
                 f.key(Qt::Key_I);
             }},
            {"Prompt", [&] { f.keys(f.field("prompt"), "palm"); }}, // in between
            {"Fill Mask",
             [&] {
                 f.canvas().setFocus();
                 f.key(Qt::Key_A);
             }},
            {"Cancel painting",
             [&] {
                 f.canvas().setFocus();
                 f.key(Qt::Key_Escape);
             }},
            {"Paint Control",
             [&] {
                 f.open("control", "Edit the map");
                 f.canvas().setBrush(6);
                 f.stroke({{10, 10}, {50, 10}}, Qt::RightButton);
                 QTest::keyClick(&f.canvas(), Qt::Key_D, Qt::ControlModifier); // it is left
             }},
        });
    }

    void runsAndWhatIsRestored()
    {
        KeyedFixture f;
        for (const char* prompt : {"one", "two", "three"})
            f.runOnce(prompt);
        f.session.inputs().clear("a");
        f.session.editor().setValue("prompt", std::string("else"));
        const QString png = f.folder.filePath(QStringLiteral("saved.png"));
        writeFileAtomically(png.toStdString(), encoder(f.session.runs(), 0, -1, Embed::Full)());
        f.checkAll({
            {"Star", [&] { f.runsKey(0, Qt::Key_S); }},
            {"Remove the star", [&] { f.runsKey(0, Qt::Key_S); }},
            {"Star", [&] { f.runsKey(2, Qt::Key_S); }},
            {"Name of run 2", [&] { f.nameRun(1, "best"); }},
            {"Restore run 2", [&] { f.runsKey(1, Qt::Key_Return); }},
            {"Prompt of run 1", [&] { f.restorePart(2, "Prompt"); }},
            {"Seed of run 1", [&] { f.restorePart(2, "Seed"); }},
            {"Restore saved.png", [&] { f.window.open({png}); }, true},
            {"Delete 2 runs",
             [&] {
                 chooseRows(f.list(), {0, 2});
                 QTest::keyClick(&f.list(), Qt::Key_Delete);
             }},
            {"Delete old run 3", [&] { f.deleteOldRuns(); }},
        });
    }

    void theQueue()
    {
        KeyedFixture f;
        f.session.editor().setValue("steps", 100000);
        QTRY_VERIFY(f.window.actions()("run")->isEnabled());
        QTest::keyClick(&f.window, Qt::Key_Return, Qt::ControlModifier); // the others wait for it
        for (const char* prompt : {"one", "two", "three"}) {
            f.session.editor().setValue("prompt", std::string(prompt));
            QTest::keyClick(&f.window, Qt::Key_Return, Qt::ControlModifier);
        }
        QTRY_COMPARE(f.waiting().count(), 3);
        f.window.actions()("pause-queue")->trigger();
        f.window.actions()("discard")->trigger();
        QTRY_VERIFY(!f.session.runs().running());
        f.checkAll({
            {"Move in the queue", [&] { f.queueKey(2, Qt::Key_Up, Qt::AltModifier); }},
            {"Take out of the queue", [&] { f.queueKey(0, Qt::Key_Delete); }},
            {"Clear the queue", [&] { f.window.actions()("clear-queue")->trigger(); }},
        });
    }
};

QTEST_MAIN(EveryKeyTest)
#include "tst_everykey.moc"
