// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lessons.h"

#include "app/methodlist.h"
#include "ui/lessonpanel.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

class LessonsTest : public QObject
{
    Q_OBJECT

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
};

QTEST_MAIN(LessonsTest)
#include "tst_lessons.moc"
