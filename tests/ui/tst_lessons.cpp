// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lessons.h"

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "core/touchtext.h"
#include "tests/app/emptyhome.h"
#include "ui/actions.h"
#include "ui/inspectview.h"
#include "ui/lessonpanel.h"
#include "ui/mainwindow.h"
#include "ui/resultpane.h"

#include <QAction>
#include <QComboBox>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

class LessonsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void thoseThatAreShippedCanBeRead()
    {
        const MethodList shipped;
        const std::vector<Lesson> lessons = readLessons(shipped);
        QCOMPARE(lessons.size(), std::size_t(3));
        for (const Lesson& lesson : lessons) {
            QVERIFY(!lesson.title.isEmpty());
            QCOMPARE(lesson.pages.size(), std::size_t(3));
            for (const Lesson::Page& page : lesson.pages)
                QVERIFY(page.text.size() > 60);
        }
        QVERIFY(lessons[0].values.contains("sac")); // cloning is on
        QCOMPARE(lessons[0].pages[1].view.kind, ViewKind::Shares);
        QCOMPARE(lessons[1].pages[0].opacity, std::optional(1.0)); // colours are to be compared
        QVERIFY(!lessons[0].pages[0].opacity);
        QCOMPARE(lessons[2].pages[0].view.kind, ViewKind::Origin);
    }

    void oneGoesThroughTheirPages()
    {
        LessonPanel panel;
        panel.setLessons(
            {{.title = QStringLiteral("One"),
              .pages = {{.text = QStringLiteral("first")}, {.text = QStringLiteral("second")}}},
             {.title = QStringLiteral("Two"), .pages = {{.text = QStringLiteral("other")}}}});
        panel.show();
        QSignalSpy turned(&panel, &LessonPanel::pageChanged),
            run(&panel, &LessonPanel::runRequested);
        QCOMPARE(panel.text(), QStringLiteral("first"));
        QVERIFY(!panel.previous().isEnabled());
        QTest::mouseClick(&panel.next(), Qt::LeftButton);
        QCOMPARE(panel.text(), QStringLiteral("second"));
        QVERIFY(!panel.next().isEnabled());
        panel.setReady(true);
        QTest::keyClick(&panel.choice(), Qt::Key_Down);
        QCOMPARE(panel.text(), QStringLiteral("other"));
        QVERIFY(!panel.ready()); // its run is another
        QCOMPARE(turned.size(), 2);
        QTest::mouseClick(&panel.run(), Qt::LeftButton);
        QCOMPARE(run.size(), 1);
    }

    void oneBeginsWithoutWhatWasTriedBefore()
    {
        Engine engine;
        const MethodList shipped;
        Settings settings;
        Session session(engine, shipped, settings);
        MainWindow window(session, settings);
        window.show();
        QTRY_VERIFY(!session.model().card().path.empty());
        window.actions()("inspect")->trigger();
        session.setMethod("prompt-free");
        const Touch touch = parseTouch("cross:0:head=1:0");
        session.editor().setTouches({touch});
        session.editor().setValue("guidance", 3.0);
        InspectView& view = window.pane().inspect();
        view.pages().lessons().setChecked(true);
        LessonPanel& panel = view.lesson();
        QVERIFY(panel.lesson());
        while (panel.lesson()->method != "prompt-free")
            QTest::keyClick(&panel.choice(), Qt::Key_Down);
        const auto before = session.editor().document().choices;
        QTest::mouseClick(&panel.run(), Qt::LeftButton);
        QVERIFY(session.editor().touches().empty());
        QTRY_VERIFY(session.runs().running());
        QVERIFY(!session.editor().document().chosen().byHand.contains("guidance"));
        session.runs().stop(false);
        QTRY_VERIFY_WITH_TIMEOUT(!session.runs().running(), 60000);
        session.history().undo();
        QCOMPARE(session.editor().document().choices, before);
        QVERIFY(session.inputs().in("reference").empty());
    }
};

QTEST_MAIN(LessonsTest)
#include "tst_lessons.moc"
