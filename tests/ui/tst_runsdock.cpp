// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/rundifference.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/modesfixture.h"
#include "tests/ui/shownlabels.h"
#include "ui/actions.h"
#include "ui/gridview.h"
#include "ui/queuelist.h"
#include "ui/runsdock.h"
#include "ui/shownpictures.h"

#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QSettings>
#include <QTableWidget>

namespace {

struct Fixture : ModesFixture
{
    Fixture()
        : ModesFixture("analogy")
    {
        session.editor().setValue("steps", 2);
        put("b", {0, 0, 200});
        put("a", {200, 0, 0});
        put("a_prime", {0, 200, 0});
    }

    void put(const char* slot, Color color)
    {
        session.inputs().set(slot, filled(8, 8, color), QStringLiteral("p.png"));
        finishConversions();
    }
    void run(const char* prompt)
    {
        session.editor().setValue("prompt", std::string(prompt));
        const auto before = session.runs().all().size();
        session.start();
        QTRY_VERIFY(session.runs().all().size() > before && !session.runs().running());
    }
    QListView& list() const { return window.runs().list(); }
    int rows() const { return list().model()->rowCount(); }
    QString shown(int row) const { return list().model()->index(row, 0).data().toString(); }
    void choose(std::initializer_list<int> rows) const { chooseRows(list(), rows); }
    QString whose() const { return window.pane().shown().text(); }
    QColor cellColor(int cell) const { return grid().image(cell).pixelColor(0, 0); }
};

} // namespace

class RunsDockTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aRunIsShownWithItsOwnPictures()
    {
        Fixture f;
        f.run("first");
        f.put("b", {9, 9, 9});
        // The slots are shown as soon as one changes, and the result is marked.
        QCOMPARE(f.cellColor(2), QColor(9, 9, 9));
        QVERIFY2(
            f.whose().contains(QStringLiteral("made from other pictures")), qPrintable(f.whose()));
        f.run("second");
        QVERIFY(f.whose().isEmpty());
        f.choose({1});
        QCOMPARE(f.session.runs().current()->number, 1);
        QCOMPARE(f.cellColor(2), QColor(0, 0, 200));
        QVERIFY(f.whose().contains(QStringLiteral("its own pictures")));
        Q_EMIT f.window.pane().shown().linkActivated(QStringLiteral("take"));
        QVERIFY(f.whose().isEmpty());
        QCOMPARE(int(f.session.inputs().at("b").image->rgb[2]), 200);
        QCOMPARE(f.session.history().undoText(), QStringLiteral("Pictures of run 1"));
    }

    void aRunOfAnotherModeIsShownAsThatModeDoes()
    {
        Fixture f;
        f.run("first");
        f.session.setMethod("prompt-free");
        QCOMPARE(f.grid().resultCell(), 1);
        QVERIFY(f.grid().image(1).isNull());
        f.choose({0});
        QCOMPARE(f.grid().resultCell(), 3);
        QVERIFY(!f.grid().image(3).isNull());
        f.put("reference", {1, 1, 1});
        QCOMPARE(f.grid().resultCell(), 1); // the slots again, and no result of another mode
        QVERIFY(f.grid().image(1).isNull());
    }

    void wordsMethodAndStarsFilter()
    {
        Fixture f;
        for (const char* prompt : {"red circle", "blue circle", "red square"})
            f.run(prompt);
        QCOMPARE(f.rows(), 3);
        QCOMPARE(f.shown(0), QStringLiteral("red square"));
        f.window.runs().search().setText(QStringLiteral("circle red"));
        QCOMPARE(f.rows(), 1);
        QCOMPARE(f.shown(0), QStringLiteral("red circle"));
        f.window.runs().search().clear();
        f.choose({1});
        QTest::keyClick(&f.list(), Qt::Key_S);
        for (auto* button : f.window.runs().findChildren<QToolButton*>())
            if (button->isCheckable() && button->accessibleName().startsWith(QLatin1String("Star")))
                button->click();
        QCOMPARE(f.rows(), 1);
        QCOMPARE(f.shown(0), QStringLiteral("blue circle"));
    }

    void keysNameDeleteAndUndo()
    {
        Fixture f;
        f.run("one");
        f.run("two");
        f.choose({1});
        QTest::keyClick(&f.list(), Qt::Key_F2);
        auto* editor = f.list().findChild<QLineEdit*>();
        QVERIFY(editor != nullptr);
        QTest::keyClicks(editor, QStringLiteral("kept"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(f.shown(1), QStringLiteral("kept"));
        f.choose({0, 1});
        QTest::keyClick(&f.list(), Qt::Key_Delete);
        QCOMPARE(f.rows(), 0);
        QCOMPARE(f.window.actions()("undo")->text(), QStringLiteral("&Undo: Delete 2 runs"));
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.rows(), 2);
        QTest::keyClick(&f.window, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(f.shown(1), QStringLiteral("one"));
    }

    void whatChangedIsATable()
    {
        Fixture f;
        f.run("one");
        f.run("two");
        f.choose({0, 1});
        QTest::keyClick(&f.list(), Qt::Key_D);
        const auto* table = f.window.findChild<QTableWidget*>();
        QVERIFY(table != nullptr);
        QCOMPARE(table->rowCount(), 2); // the seed and the prompt
        QCOMPARE(table->item(1, 1)->text(), QStringLiteral("one"));
        QCOMPARE(table->item(1, 2)->text(), QStringLiteral("two"));
    }

    void theQueueIsMovedAndTakenOutByKeys()
    {
        Fixture f;
        f.session.queue().setPaused(true);
        f.session.editor().setValue("steps", 100000);
        f.session.start();
        for (const char* prompt : {"one", "two", "three"}) {
            f.session.editor().setValue("prompt", std::string(prompt));
            QTest::keyClick(&f.window, Qt::Key_Return, Qt::ControlModifier);
        }
        QListWidget& waiting = f.window.runs().queue().list();
        QTRY_COMPARE(waiting.count(), 3);
        QVERIFY(f.window.actions()("run")->isEnabled());
        waiting.setFocus();
        waiting.setCurrentRow(2);
        QTest::keyClick(&waiting, Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(waiting.item(1)->text(), QStringLiteral("three"));
        QCOMPARE(waiting.currentRow(), 1);
        QTest::keyClick(&waiting, Qt::Key_Delete);
        QTRY_COMPARE(waiting.count(), 2);
        QTest::keyClick(&waiting, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(waiting.count(), 3);
        f.session.queue().clear();
        f.session.runs().stop(false);
        QTRY_VERIFY(!f.session.runs().running());
    }

    void whyTheQueueIsPausedIsReadWholeBesideWhatWaits()
    {
        Fixture f;
        f.session.editor().setValue("prompt", std::string("memory"));
        f.session.start();
        f.session.editor().setValue("prompt", std::string("next"));
        f.session.start();
        QTRY_VERIFY(!f.session.queue().reason().isEmpty());
        const QueueList& queue = f.window.runs().queue();
        QTRY_VERIFY(queue.isVisible());
        const auto said = [&] { return shownLabels(queue, "error").join(QString()); };
        QTRY_VERIFY(said().contains(f.session.queue().reason()));
        QTRY_COMPARE(cutOff(queue), QStringList());
        const auto buttons = queue.findChildren<QToolButton*>();
        QVERIFY(std::ranges::any_of(buttons, [](const QToolButton* button) {
            return button->text() == QStringLiteral("Go on");
        }));
        QVERIFY(queue.list().height() >= 30);
        f.session.queue().clear();
    }

    void fiveHundredRunsScrollSmoothly()
    {
        Fixture f;
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 500; ++i) {
            Record record {.request = {.method = "analogy", .seed = uint64_t(i)}};
            record.resolved = {{"prompt", std::string("a picture of a thing")}};
            f.session.runs().addOpened(
                record, filled(256, 256, {uint8_t(i), uint8_t(255 - i / 2), 90}));
        }
        QCOMPARE(f.rows(), 500);
        const qint64 filledIn = clock.restart();
        QScrollBar* bar = f.list().horizontalScrollBar();
        QVERIFY(bar->maximum() > 30000);
        qint64 longest = 0;
        int frames = 0;
        for (int x = 0; x <= bar->maximum(); x += 97, ++frames) {
            QElapsedTimer frame;
            frame.start();
            bar->setValue(x);
            f.list().viewport()->repaint();
            longest = std::max(longest, frame.elapsed());
        }
        const qint64 scrolled = clock.restart();
        f.window.runs().search().setText(QStringLiteral("thing picture"));
        const qint64 searched = clock.elapsed();
        qInfo() << "500 runs: filled in" << filledIn << "ms;" << frames << "frames, mean"
                << double(scrolled) / frames << "ms, longest" << longest << "ms; searched in"
                << searched << "ms";
        QVERIFY(double(scrolled) / frames < 100); // of a busy machine, too
    }
};

QTEST_MAIN(RunsDockTest)
#include "tst_runsdock.moc"
