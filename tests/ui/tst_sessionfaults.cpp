// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/database.h"
#include "app/store/sessionfile.h"
#include "core/file/files.h"
#include "tests/app/anotheruser.h"
#include "tests/app/statefolder.h"
#include "tests/noroom.h"
#include "tests/ui/keepingwindow.h"

#include <QDir>
#include <QFile>

#include <unistd.h>

namespace {

void changeByte(const std::string& path, qint64 at, qint64 count, char to)
{
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QFile::ReadWrite) && file.seek(at));
    QCOMPARE(file.write(QByteArray(count, to)), count);
}

} // namespace

/// What is wrong with a session, as the window shows it: in one sentence, and it goes on.
class SessionFaultsTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

private Q_SLOTS:
    void init() { m_state.renew(); }

    void aSessionThatCannotBeOpenedIsSaidAndStays_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("words");
        QTest::newRow("damaged") << QStringLiteral("damaged")
                                 << QStringLiteral("is damaged, so it was left as it is");
        QTest::newRow("no session")
            << QStringLiteral("text") << QStringLiteral("it is not a database");
        QTest::newRow("of a newer version with other tables")
            << QStringLiteral("newer") << QStringLiteral("was written by a newer Simile");
        QTest::newRow("locked") << QStringLiteral("locked")
                                << QStringLiteral("is being written by another program");
        QTest::newRow("open in another window")
            << QStringLiteral("window") << QStringLiteral("is open in another window");
    }

    void aSessionThatCannotBeOpenedIsSaidAndStays()
    {
        QFETCH(QString, fault);
        QFETCH(QString, words);
        auto first = std::make_unique<Program>();
        first->runOnce();
        QVERIFY2(first->notice().isEmpty(), qPrintable(first->notice()));
        const std::string path = first->file();
        QVERIFY(first->keeper.flush());
        if (fault != QLatin1String("window"))
            first.reset();
        std::unique_ptr<Database> other;
        if (fault == QLatin1String("locked")) {
            other = std::make_unique<Database>(path, Database::ReadWrite);
            other->execute("BEGIN EXCLUSIVE");
        } else if (fault == QLatin1String("damaged")) {
            changeByte(path, 100, 3000, 'x');
        } else if (fault == QLatin1String("text")) {
            changeByte(path, 0, 100, 'x');
        } else if (fault == QLatin1String("newer")) {
            Database(path, Database::ReadWrite).execute("DROP TABLE kept; PRAGMA user_version = 9");
        }
        const std::string before = readText(path);
        {
            Program second;
            QTRY_VERIFY(!second.sessions.isOpening());
            QVERIFY2(second.notice().contains(words), qPrintable(second.notice()));
            QVERIFY(second.notice().endsWith(QLatin1String("A new one is open now.")));
            QCOMPARE(second.told.size(), 1);
            QVERIFY(second.window.isVisible());
            QVERIFY(second.file() != path && !second.file().empty());
            QVERIFY(second.session.runs().all().empty());
            second.runOnce();
            QVERIFY(second.keeper.flush());
            QCOMPARE(SessionFile(second.file(), SessionFile::Own).runs().size(), std::size_t(1));
        }
        QVERIFY(readText(path) == before);
        other.reset();
        first.reset();
        if (fault != QLatin1String("locked") && fault != QLatin1String("window"))
            return;
        Settings().setSession(QString::fromStdString(path));
        const Program again; // nothing is in the way any more
        QVERIFY2(again.notice().isEmpty(), qPrintable(again.notice()));
        QCOMPARE(again.session.runs().all().size(), std::size_t(1));
    }

    void aFullDiskIsSaidAndThatItIsOver()
    {
        Program program;
        program.runOnce();
        QVERIFY(program.keeper.flush());
        {
            const NoRoom noRoom(4096);
            program.runOnce();
            QTRY_VERIFY(!program.notice().isEmpty());
            QVERIFY2(
                program.notice().contains(QLatin1String("The session ")),
                qPrintable(program.notice()));
            program.session.editor().setSeed(5); // it goes on, and so does the window
            program.runOnce();
        }
        QTRY_COMPARE_WITH_TIMEOUT(
            program.notice(), QStringLiteral("The session is written again; nothing was lost."),
            20000);
        QVERIFY(program.keeper.flush());
        const SessionFile kept(program.file(), SessionFile::Own);
        QCOMPARE(kept.runs().size(), std::size_t(3));
        QCOMPARE(kept.runs().at(2).stepsKept, 3);
        QVERIFY(kept.document().find("\"seed\":5") != std::string::npos);
    }

    void aDiskThatIsFullAtTheStartIsSaid()
    {
        const NoRoom noRoom(0);
        Program program;
        QVERIFY2(
            program.notice().contains(QLatin1String("Nothing of this session is kept")),
            qPrintable(program.notice()));
        QCOMPARE(program.told.size(), 1);
        program.runOnce();
    }

    /// For the one who may do anything no folder is read-only, so another user looks.
    void aStateFolderThatIsOnlyReadIsSaid()
    {
        if (geteuid() == 0)
            return anotherUserRuns(QStringLiteral("aStateFolderThatIsOnlyReadIsSaid"));
        QString path;
        {
            Program program;
            program.runOnce();
            path = program.sessions.path();
        }
        const std::string before = readText(path.toStdString());
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
        QVERIFY(QFile::setPermissions(Sessions::folder(), QFile::ReadOwner | QFile::ExeOwner));
        {
            Program program;
            QVERIFY2(
                program.notice().contains(
                    QLatin1String("Nothing of this session is kept: the folder ")),
                qPrintable(program.notice()));
            QCOMPARE(program.told.size(), 1);
            QVERIFY(program.sessions.path().isEmpty());
            program.runOnce();
        }
        QVERIFY(readText(path.toStdString()) == before);
        for (const QString& place : {Sessions::folder(), path})
            QVERIFY(QFile::setPermissions(
                place, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        const Program again;
        QVERIFY2(again.notice().isEmpty(), qPrintable(again.notice()));
        QCOMPARE(again.session.runs().all().size(), std::size_t(1));
    }
};

QTEST_MAIN(SessionFaultsTest)
#include "tst_sessionfaults.moc"
