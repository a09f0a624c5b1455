// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sessionmenu.h"

#include "tests/app/statefolder.h"
#include "tests/ui/keepingwindow.h"
#include "ui/actions.h"
#include "ui/pictureplaces.h"

#include <QAction>
#include <QFileDialog>
#include <QStatusBar>

class SessionMenuTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

    /// The name of a session with one run that is not open.
    static QString other()
    {
        Program program;
        program.runOnce();
        const QString path = program.sessions.path();
        program.sessions.openNew();
        return path;
    }

private Q_SLOTS:
    void init() { m_state.renew(); }

    void aSessionIsOpenedByEveryDoorForPictures_data()
    {
        QTest::addColumn<bool>("dropped");
        QTest::newRow("chosen") << false;
        QTest::newRow("dropped on a picture") << true;
    }

    void aSessionIsOpenedByEveryDoorForPictures()
    {
        QFETCH(bool, dropped);
        const QString path = other();
        Program program;
        QVERIFY(program.session.runs().all().empty());
        if (dropped) {
            Q_EMIT program.window.places().filesGiven({"b", 0}, {path});
        } else {
            program.window.actions()("open")->trigger();
            auto* dialog = program.window.findChild<QFileDialog*>();
            QVERIFY(dialog && dialog->nameFilters().contains(SessionMenu::filter()));
            Q_EMIT dialog->filesSelected({path});
            dialog->close();
        }
        QTRY_COMPARE(program.sessions.path(), path);
        QCOMPARE(program.session.runs().all().size(), std::size_t(1));
        QCOMPARE(program.notice(), QString());
    }

    void whileASessionIsLookedThroughThatIsSaidAndNoOtherIsChosen()
    {
        const QString path = other();
        Program program;
        QAction* fresh = nullptr;
        for (QAction* action : program.window.findChildren<QAction*>())
            if (action->text() == QLatin1String("&New session"))
                fresh = action;
        QVERIFY(fresh && fresh->isEnabled());
        program.sessions.open(path);
        QVERIFY(!fresh->isEnabled());
        QCOMPARE(
            program.window.statusBar()->currentMessage(),
            QStringLiteral("Opening the session %1").arg(QFileInfo(path).fileName()));
        QTRY_VERIFY(fresh->isEnabled());
        QCOMPARE(program.sessions.path(), path);
        QVERIFY(program.window.statusBar()->currentMessage().isEmpty());
    }
};

QTEST_MAIN(SessionMenuTest)
#include "tst_sessionmenu.moc"
