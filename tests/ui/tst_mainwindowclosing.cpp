// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/keeper.h"
#include "app/sessions.h"
#include "tests/app/emptyhome.h"
#include "tests/ui/gatedwindow.h"

#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTimer>

namespace {

/// Clicks a button of the window's question.
void answer(MainWindow& window, const QString& text)
{
    for (QAbstractButton* button : window.findChild<QMessageBox*>()->buttons())
        if (button->text() == text)
            return QTest::mouseClick(button, Qt::LeftButton);
    QFAIL("There is no such answer.");
}

bool never()
{
    qFatal("It asked whether it may ask.");
}

} // namespace

class MainWindowClosingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closingDuringARunAsks()
    {
        Fixture f;
        f.beginRun();
        QVERIFY(!f.window.close());
        QVERIFY(!f.window.close()); // asks once
        QCOMPARE(f.window.findChildren<QMessageBox*>().size(), 1);
        QVERIFY(f.window.findChild<QMessageBox*>()->text().contains(QStringLiteral("1 of 4")));
        answer(f.window, QStringLiteral("Stay"));
        QVERIFY(f.window.isVisible());
        QVERIFY(f.session.runs().running());
        QTRY_VERIFY(!f.window.findChild<QMessageBox*>());
        QVERIFY(!f.window.close());
        answer(f.window, QStringLiteral("Stop and close"));
        QTRY_VERIFY(!f.window.isVisible());
        f.gate.release(1);
        QTRY_VERIFY(!f.session.runs().running());
    }

    void theQuestionGoesWithTheRun()
    {
        Fixture f;
        f.fillSlots();
        f.window.actions()("run")->trigger();
        QVERIFY(!f.window.close());
        f.gate.release(steps + 1);
        QTRY_VERIFY(!f.session.runs().running());
        QTRY_VERIFY(!f.window.findChild<QMessageBox*>());
        QVERIFY(f.window.isVisible());
        QVERIFY(f.window.close());
    }

    void theEndOfTheDesktopIsAskedAboutWhereARunWouldBeLost()
    {
        Fixture f;
        QVERIFY(f.window.endsWithTheDesktop(never)); // nothing is in progress
        f.beginRun();
        const auto mayAsk = [] { return true; };
        QTimer::singleShot(0, &f.window, [&f] { answer(f.window, QStringLiteral("Stay")); });
        QVERIFY(!f.window.endsWithTheDesktop(mayAsk));
        QVERIFY(f.session.runs().running());
        QTRY_VERIFY(!f.window.findChild<QMessageBox*>());
        QTimer::singleShot(
            0, &f.window, [&f] { answer(f.window, QStringLiteral("Stop and close")); });
        QVERIFY(f.window.endsWithTheDesktop(mayAsk));
        f.gate.release(1);
        QTRY_VERIFY(!f.session.runs().running());
    }

    void aRunThatEndsWhileItIsAskedAboutIsThereToBeSaved()
    {
        Fixture f;
        f.fillSlots();
        f.window.actions()("run")->trigger();
        QTimer::singleShot(0, &f.window, [&f] { f.gate.release(steps + 1); });
        QVERIFY(!f.window.endsWithTheDesktop([] { return true; }));
        QVERIFY(!f.session.runs().running());
        QVERIFY(f.window.isVisible());
    }

    void theEndOfTheDesktopIsNotHeldUpWhereNothingMayBeAsked()
    {
        Fixture f;
        f.fillSlots();
        f.window.actions()("run")->trigger();
        QVERIFY(f.window.endsWithTheDesktop([] { return false; }));
        QVERIFY(!f.window.findChild<QMessageBox*>());
        QVERIFY(f.window.close()); // as the desktop wants next
    }

    void theEndOfTheDesktopIsNotAskedAboutWhereTheRunIsKept()
    {
        Fixture f;
        Keeper keeper(f.session);
        Sessions sessions(keeper, f.settings);
        f.window.setSessions(sessions, keeper);
        keeper.open(m_folder.filePath(QStringLiteral("a.simile")).toStdString());
        f.fillSlots();
        f.window.actions()("run")->trigger();
        QVERIFY(f.window.endsWithTheDesktop(never));
        QVERIFY(f.session.runs().running());
        QVERIFY(f.window.close());
    }

private:
    EmptyHome m_home;
    QTemporaryDir m_folder;
};

QTEST_MAIN(MainWindowClosingTest)
#include "tst_mainwindowclosing.moc"
