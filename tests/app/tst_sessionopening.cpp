// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sessions.h"

#include "app/store/database.h"
#include "core/file/files.h"
#include "core/found/mounts.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/statefolder.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

/// Sessions that are opened otherwise than where they lie, or not at all.
class SessionOpeningTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

    QString path(const char* name = "a.simile") const { return m_state.path(name); }
    static QStringList ownSessions()
    {
        return QDir(Sessions::folder()).entryList({QStringLiteral("*.simile")}, QDir::Files);
    }

private Q_SLOTS:
    void init() { m_state.renew(); }

    void aSessionInWhichWhatWasEditedIsDamagedIsOpenedAsACopyAndStays_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("document") << QByteArray("UPDATE document SET text = 'x'");
        QTest::newRow("history") << QByteArray("UPDATE edit SET about = '[]'");
        QTest::newRow("both") << QByteArray(
            "UPDATE document SET text = '{\"seed\": []}'; UPDATE edit SET about = 'x'");
    }

    void aSessionInWhichWhatWasEditedIsDamagedIsOpenedAsACopyAndStays()
    {
        QFETCH(QByteArray, sql);
        {
            Program program(path());
            program.fill();
            program.run(2);
        }
        Database(path().toStdString(), Database::ReadWrite).execute(sql.constData());
        const std::string before = readText(path().toStdString());
        QString copy;
        {
            Program program;
            QSignalSpy opening(&program.sessions, &Sessions::opening);
            QVERIFY(program.open(path()));
            QCOMPARE(opening.size(), 3); // looked through and copied, in the background
            copy = program.sessions.path();
            QVERIFY(copy.startsWith(Sessions::folder()));
            QCOMPARE(
                program.said,
                QStringList {QStringLiteral(
                    "What was edited in a.simile is damaged, or the history of that, so this is a "
                    "copy of all else. The file itself stays as it is.")});
            QCOMPARE(program.session.runs().all().size(), size_t(1));
            QCOMPARE(program.session.runs().all().front()->steps.size(), size_t(3));
            program.fill();
            program.run(1);
        }
        QVERIFY(readText(path().toStdString()) == before);
        Program again;
        again.sessions.openLast(); // the copy, as any other
        QCOMPARE(again.sessions.path(), copy);
        QVERIFY2(again.said.isEmpty(), qPrintable(again.said.join(QLatin1Char(' '))));
        QCOMPARE(again.session.runs().all().size(), size_t(2));
        QCOMPARE(ownSessions(), QStringList {QFileInfo(copy).fileName()});
    }

    void aSessionThatIsDamagedInSomethingElseIsRefusedWithoutACopy()
    {
        {
            Program program(path());
            program.line({"b"});
        }
        Database(path().toStdString(), Database::ReadWrite)
            .execute("INSERT INTO noise VALUES ((SELECT max(id) FROM waiting), 'x', x'010203')");
        const std::string before = readText(path().toStdString());
        Program program;
        QVERIFY(!program.open(path()));
        QCOMPARE(program.said.size(), 1);
        QVERIFY2(program.said[0].contains(QStringLiteral("damaged")), qPrintable(program.said[0]));
        QCOMPARE(ownSessions(), QStringList());
        QVERIFY(readText(path().toStdString()) == before);
    }

    void aSessionOnAnotherComputersDiskIsOpenedAsACopy()
    {
        {
            Program program(path());
            program.fill();
            program.run(2);
        }
        const std::string before = readText(path().toStdString());
        const RemoteMounts mounts(
            "40 1 0:50 / " + QFileInfo(path()).absolutePath().toStdString()
            + " rw - nfs4 server:/pictures rw\n");
        Program program;
        program.sessions.setRemote(
            [&mounts](const std::filesystem::path& file) { return mounts.hold(file); });
        QVERIFY(program.open(path()));
        QCOMPARE(ownSessions(), QStringList {QFileInfo(program.sessions.path()).fileName()});
        QCOMPARE(
            program.said,
            QStringList {QStringLiteral("a.simile cannot be written where it lies, or lies on "
                                        "another computer, so this is a copy of it.")});
        QCOMPARE(program.session.runs().all().size(), size_t(1));
        program.run(1);
        QVERIFY(readText(path().toStdString()) == before);
    }

    /// What SQLite had not put into the file yet when the program was killed lies beside it.
    void aCopyHasWhatLiesBesideTheSession()
    {
        const QString killed = path("killed.simile");
        {
            Program program(path());
            program.fill();
            program.run(2);
            QVERIFY(program.keeper.flush());
            QVERIFY(QFileInfo(path() + QStringLiteral("-wal")).size() > 0);
            for (const char* part : {"", "-wal"})
                QVERIFY(QFile::copy(path() + QLatin1String(part), killed + QLatin1String(part)));
        }
        Program program;
        program.sessions.setRemote([](const std::filesystem::path&) { return true; });
        QVERIFY(program.open(killed));
        QVERIFY(program.sessions.path() != killed);
        QCOMPARE(program.session.runs().all().size(), size_t(1));
        QCOMPARE(program.session.runs().all().front()->steps.size(), size_t(3));
    }

    void whatIsNoSessionLeavesNoCopy()
    {
        writeFileAtomically(
            path().toStdString(), std::as_bytes(std::span("no database, but long")));
        Program program;
        program.sessions.setRemote([](const std::filesystem::path&) { return true; });
        QVERIFY(!program.open(path()));
        QCOMPARE(program.said.size(), 1);
        QCOMPARE(ownSessions(), QStringList());
    }

    void oneIsOpenedAtATimeAndNoneDuringARun()
    {
        for (const char* name : {"a.simile", "b.simile"})
            Program program(path(name));
        Program program(path("c.simile"));
        QSignalSpy opening(&program.sessions, &Sessions::opening);
        program.sessions.open(path("a.simile"));
        QCOMPARE(opening.size(), 1); // it is looked through in the background
        QVERIFY(program.sessions.path() != path("a.simile"));
        program.sessions.open(path("b.simile"));
        QTRY_COMPARE(program.sessions.path(), path("a.simile"));
        QCOMPARE(opening.size(), 2);
        QCOMPARE(
            program.said,
            QStringList {QStringLiteral(
                "Another session is being opened: open b.simile when it is there.")});
        program.fill();
        program.session.editor().setValue("steps", 50);
        QTRY_VERIFY(program.session.missing().isEmpty());
        program.session.start();
        QVERIFY(program.session.runs().running());
        QVERIFY(!program.open(path("b.simile")));
        QCOMPARE(
            program.said.last(),
            QStringLiteral("A run is in progress: open the session b.simile when it is over."));
        QCOMPARE(program.sessions.path(), path("a.simile"));
        program.session.runs().stop(true);
        QTRY_VERIFY(!program.session.runs().running());
    }

    /// A fault that one session's contents provoke would come back at each start.
    void aSessionThatEndedTheProgramTwiceIsLeftClosed()
    {
        const QString attempts = QStringLiteral("session/attempts");
        {
            Program program(path());
        }
        Settings().setSession(path());
        for (int i = 1; i <= 2; ++i) {
            {
                Program program;
                program.sessions.openLast();
                QCOMPARE(program.sessions.path(), path());
                QCOMPARE(QSettings().value(attempts).toInt(), i);
            }
            QVERIFY(!QSettings().contains(attempts)); // an orderly end
            QSettings().setValue(attempts, i);        // as if it had been none
        }
        Program program;
        program.sessions.openLast();
        QVERIFY(program.sessions.path().startsWith(Sessions::folder()));
        QCOMPARE(
            program.said,
            QStringList {QStringLiteral(
                "Simile ended twice while it opened a.simile, so that is left closed: open it "
                "yourself to try again. A new one is open now.")});
        QCOMPARE(program.sessions.recent(), QStringList {path()});
        QVERIFY(program.open(path())); // by hand
    }
};

QTEST_GUILESS_MAIN(SessionOpeningTest)
#include "tst_sessionopening.moc"
