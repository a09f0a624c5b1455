// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sessions.h"

#include "app/store/sessionfile.h"
#include "core/file/files.h"
#include "tests/app/anotheruser.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/statefolder.h"
#include "tests/app/store/oldersession.h"

#include <QDir>
#include <QFile>
#include <QLockFile>

#include <sys/wait.h>
#include <unistd.h>

#include <sys/stat.h>

class SessionsTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

    QString path(const char* name = "a.simile") const { return m_state.path(name); }

private Q_SLOTS:
    void init() { m_state.renew(); }

    void theLastSessionIsOpenedAgainAndANewOneIsEmpty()
    {
        QString last;
        {
            Program program;
            program.sessions.openLast();
            QVERIFY(program.sessions.path().startsWith(Sessions::folder()));
            program.fill();
            program.run(2);
            last = program.sessions.path();
        }
        Program program;
        program.sessions.openLast();
        QCOMPARE(program.sessions.path(), last);
        QCOMPARE(program.session.runs().all().size(), size_t(1));
        program.sessions.openNew();
        QVERIFY(program.sessions.path() != last);
        QVERIFY(program.session.runs().all().empty());
        QCOMPARE(program.sessions.recent(), QStringList {last});
        QVERIFY(program.open(last));
        QCOMPARE(program.session.runs().all().size(), size_t(1));
        QVERIFY2(program.said.isEmpty(), qPrintable(program.said.join(QLatin1Char(' '))));
    }

    void twoWindowsDoNotShareASession()
    {
        Program one;
        one.sessions.openLast();
        Program two;
        two.sessions.openLast();
        QVERIFY(two.sessions.path() != one.sessions.path());
        QCOMPARE(two.said.size(), 1);
        QVERIFY(two.said.at(0).contains(QStringLiteral("open in another window")));
        QVERIFY(!two.sessions.path().isEmpty()); // a new one
    }

    void theLockOfAProgramThatWasKilledIsTakenOver()
    {
        QString last;
        {
            Program program;
            program.sessions.openLast();
            last = program.sessions.path();
        }
        const pid_t child = fork();
        if (child == 0) {
            QLockFile lock(last + QStringLiteral(".lock"));
            _exit(lock.tryLock() ? 0 : 1); // which leaves it
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        QVERIFY(QFile::exists(last + QStringLiteral(".lock")));
        Program program;
        program.sessions.openLast();
        QCOMPARE(program.sessions.path(), last);
        QVERIFY2(program.said.isEmpty(), qPrintable(program.said.join(QLatin1Char(' '))));
    }

    /// On a disk that two computers share, nobody here knows whether that program has ended.
    void theLockOfAnotherComputerIsNotTakenOver()
    {
        {
            Program program(path());
        }
        // As Qt writes it: a program, that there is not here, its name, computer, and start of
        // that.
        const std::string theirs = "2147483646\nsimile\nanother-computer\n"
                                   "00000000000000000000000000000000\n"
                                   "00000000-0000-0000-0000-000000000000\n";
        const std::string lock = path("a.simile.lock").toStdString();
        writeFileAtomically(lock, std::as_bytes(std::span(theirs)));
        Program program;
        QVERIFY(!program.open(path()));
        QVERIFY2(
            program.said.join(QLatin1Char(' ')).contains(QLatin1String("open in another window")),
            qPrintable(program.said.join(QLatin1Char(' '))));
        QCOMPARE(readText(lock), theirs);
    }

    void aSessionThatCannotBeOpenedStaysAndIsSaid_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("said");
        QTest::newRow("text") << QByteArray(5000, 'x') << QStringLiteral("is not a database");
        const QTemporaryDir folder;
        const std::string name = folder.filePath(QStringLiteral("good")).toStdString();
        {
            SessionFile file(name, SessionFile::Own);
            for (int i = 1; i < 40; ++i)
                file.putRun({.id = i, .record = std::string(400, 'x')}, {});
            file.tidy();
        }
        const std::string text = readText(name);
        const QByteArray good(text.data(), qsizetype(text.size()));
        QByteArray damaged = good;
        for (int i = 8192; i + 64 < damaged.size(); i += 512)
            damaged.replace(i, 64, QByteArray(64, 'x'));
        QTest::newRow("damaged") << damaged << QStringLiteral("is damaged");
        Database(name, Database::ReadWrite).execute("DROP TABLE kept; PRAGMA user_version = 9");
        const std::string newer = readText(name);
        QTest::newRow("newer, with other tables")
            << QByteArray(newer.data(), qsizetype(newer.size()))
            << QStringLiteral("written by a newer Simile");
    }

    void aSessionThatCannotBeOpenedStaysAndIsSaid()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, said);
        QFile file(path("bad.simile"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        Settings().setSession(file.fileName());
        Program program;
        program.sessions.openLast();
        QTRY_VERIFY(!program.sessions.isOpening());
        QCOMPARE(program.said.size(), 1);
        QVERIFY2(program.said.at(0).contains(said), qPrintable(program.said.at(0)));
        QVERIFY(!program.sessions.path().isEmpty());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll() == content);
    }

    void aSessionThatANewerSimileWroteIsOpenedAsACopyAndStays_data()
    {
        QTest::addColumn<bool>("last");
        QTest::newRow("of the last time") << true;
        QTest::newRow("chosen") << false;
    }

    void aSessionThatANewerSimileWroteIsOpenedAsACopyAndStays()
    {
        QFETCH(bool, last);
        {
            Program program(path());
            program.fill();
            program.run(2);
        }
        makeNewer(path().toStdString());
        const std::string before = readText(path().toStdString());
        QString copy;
        {
            Program program;
            if (last) {
                Settings().setSession(path());
                program.sessions.openLast();
                QVERIFY(program.sessions.isOpening()); // in the background; a new one meanwhile
                QVERIFY(program.sessions.path().startsWith(Sessions::folder()));
                QTRY_VERIFY(!program.sessions.isOpening());
            } else {
                QVERIFY(program.open(path()));
            }
            copy = program.sessions.path();
            QVERIFY(copy.startsWith(Sessions::folder()));
            QCOMPARE(
                program.said,
                QStringList {QStringLiteral(
                    "a.simile was written by a newer Simile, so this is a copy of what this one "
                    "knows of it. The file itself stays as it is.")});
            QCOMPARE(program.session.runs().all().size(), size_t(1));
            QCOMPARE(program.session.runs().all().front()->steps.size(), size_t(3));
            program.run(1);
        }
        QVERIFY(readText(path().toStdString()) == before);
        Program again;
        again.sessions.openLast(); // the copy, as any other
        QCOMPARE(again.sessions.path(), copy);
        QVERIFY2(again.said.isEmpty(), qPrintable(again.said.join(QLatin1Char(' '))));
        QCOMPARE(again.session.runs().all().size(), size_t(2));
    }

    /// A copy of the copy would be one too many.
    void aNewerSessionThatCannotBeWrittenEitherIsCopiedOnce()
    {
        if (geteuid() == 0)
            return anotherUserRuns(
                QStringLiteral("aNewerSessionThatCannotBeWrittenEitherIsCopiedOnce"));
        {
            Program program(path());
            program.fill();
            program.run(2);
        }
        makeNewer(path().toStdString());
        QVERIFY(QFile::setPermissions(path(), QFileDevice::ReadOwner));
        Program program;
        QVERIFY(program.open(path()));
        QCOMPARE(program.session.runs().all().size(), size_t(1));
        QCOMPARE(program.said.size(), 1);
        QVERIFY2(
            program.said.at(0).startsWith(QLatin1String("a.simile was written by a newer")),
            qPrintable(program.said.at(0)));
        const QStringList copies =
            QDir(Sessions::folder()).entryList({QStringLiteral("*.simile")}, QDir::Files);
        QCOMPARE(copies, QStringList {QFileInfo(program.sessions.path()).fileName()});
    }

    void whereNothingCanBeWrittenThatIsSaid()
    {
        writeFileAtomically(path("state").toStdString(), {}); // where the folder would be
        Program program;
        program.sessions.openLast();
        QVERIFY(program.sessions.path().isEmpty());
        QVERIFY(program.said.join(QLatin1Char(' ')).contains(QStringLiteral("Nothing of this")));
        program.fill();
        program.run(2); // works without
        QCOMPARE(program.session.runs().current()->state, Run::Done);
    }

    void aCopyThatCannotBeWrittenIsSaidAndLeavesWhatWasThere()
    {
        Program program(path());
        program.fill();
        program.run(1);
        const QString why = program.saveAs(path("none/there.simile"));
        QVERIFY2(why.contains(QStringLiteral("could not be saved as")), qPrintable(why));
        QVERIFY(QDir().mkpath(path("folder")));
        writeFileAtomically(path("folder/x").toStdString(), {});
        QVERIFY(!program.saveAs(path("folder")).isEmpty());
        QVERIFY(QFile::exists(path("folder/x")) && !QFile::exists(path("folder.part")));
        QVERIFY(!program.sessions.saveAs(path())); // itself
        QCOMPARE(program.said.size(), 1);
        QVERIFY(program.said.at(0).contains(QStringLiteral("this session itself")));
        Program other;
        QVERIFY(other.open(path("folder.simile")) == false);
        other.sessions.openNew();
        QVERIFY(!program.sessions.saveAs(other.sessions.path()));
        QVERIFY(program.said.at(1).contains(QStringLiteral("open in another window")));
    }

    /// As where it cannot be made at all.
    void aLockThatIsNoFileIsGoneWithoutAndSaid()
    {
        {
            Program program(path());
        }
        QCOMPARE(::mkfifo(path("a.simile.lock").toUtf8().constData(), 0600), 0);
        Program program;
        QVERIFY(program.open(path()));
        QCOMPARE(program.sessions.path(), path());
        QCOMPARE(
            program.said.join(QLatin1Char(' ')),
            path("a.simile.lock")
                + QStringLiteral(" is not a file, so another window can open this session as well: "
                                 "move it away."));
        QCOMPARE(::mkfifo(path("copy.simile.lock").toUtf8().constData(), 0600), 0);
        QCOMPARE(program.saveAs(path("copy.simile")), QString());
    }

    /// A pipe that may only be read would be copied, which waits for somebody to write into it.
    void whatIsNoFileIsNoSession()
    {
        Program program;
        QCOMPARE(::mkfifo(path("pipe.simile").toUtf8().constData(), 0400), 0);
        QVERIFY(QDir().mkdir(path("folder.simile")));
        for (const char* name : {"pipe.simile", "folder.simile"}) {
            QVERIFY(!program.open(path(name)));
            QVERIFY2(
                program.said.last().startsWith(
                    QString::fromLatin1(name) + QLatin1String(" is not a file")),
                qPrintable(program.said.last()));
        }
        program.settings.setSession(path("pipe.simile"));
        program.sessions.openLast();
        QVERIFY2(
            program.said.last().contains(QLatin1String("A new one is open")),
            qPrintable(program.said.last()));
    }

    void aSavedSessionOpensElsewhereWithoutPlaces()
    {
        {
            Program program(path());
            program.fill();
            program.session.editor().setValue("net", std::string("/secret/net.pth"));
            program.run(2);
            QCOMPARE(program.saveAs(path("saved.simile")), QString());
        }
        const std::string all = readText(path("saved.simile").toStdString());
        QVERIFY(all.find("secret") == std::string::npos);
        QVERIFY(QFile::setPermissions(path("saved.simile"), QFileDevice::ReadOwner));
        Program program;
        QVERIFY(program.open(path("saved.simile")));
        QCOMPARE(program.session.runs().all().size(), size_t(1));
        QVERIFY(program.session.inputs().at("a").image == filled(3, 2, {5, 'a', 3}));
        QVERIFY(!program.session.editor().setByHand("net"));
        QVERIFY(program.session.editor().setByHand("steps"));
        program.session.history().undo();
        QVERIFY(!program.session.editor().setByHand("steps"));
    }
};

QTEST_GUILESS_MAIN(SessionsTest)
#include "tst_sessions.moc"
