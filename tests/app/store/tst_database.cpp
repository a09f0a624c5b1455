// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/database.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "tests/failure.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

/// What goes wrong with a file, in a sentence that names it and the way out.
class DatabaseTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string path() const { return m_folder.filePath(QStringLiteral("a")).toStdString(); }

private Q_SLOTS:
    void init()
    {
        Database database(path(), Database::Create);
        database.execute("PRAGMA journal_mode = WAL");
        database.execute("CREATE TABLE t (x)");
        database.execute("INSERT INTO t VALUES (1)");
    }
    void cleanup()
    {
        for (const char* end : {"", "-wal", "-shm"})
            QFile::remove(QString::fromStdString(path() + end));
    }

    /// Of a kind that is tried again, and nothing that was written before is lost.
    void aFullDiskIsSaid()
    {
        Database database(path(), Database::ReadWrite);
        database.execute("PRAGMA max_page_count = 4");
        const auto write = [&] {
            Transaction transaction(database);
            database.execute("INSERT INTO t VALUES (2)");
            database.execute("INSERT INTO t VALUES (zeroblob(100000))");
            transaction.commit();
        };
        QVERIFY_THROWS_EXCEPTION(WorkError, write());
        QCOMPARE(
            failure(write),
            "There is no space left for the session " + path() + ": make room on that disk.");
        QCOMPARE(database.number("SELECT sum(x) FROM t"), int64_t(1));
        database.execute("PRAGMA max_page_count = 1000");
        write();
        QCOMPARE(database.number("SELECT count(*) FROM t"), int64_t(3));
    }

    void aPipeIsRefusedBeforeItIsOpened()
    {
        const std::string pipe = path() + "-pipe";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        for (const auto mode :
             {Database::ReadOnly, Database::Immutable, Database::ReadWrite, Database::Create})
            QCOMPARE(
                failure([&] { const Database database(pipe, mode); }),
                pipe + " is a pipe, not a file.");
    }

    void whatAnotherProgramIsWritingIsSaid()
    {
        Database other(path(), Database::ReadWrite), database(path(), Database::ReadWrite);
        database.execute("PRAGMA busy_timeout = 1");
        const auto write = [&] { const Transaction transaction(database); };
        {
            const Transaction transaction(other);
            QVERIFY_THROWS_EXCEPTION(WorkError, write());
            QCOMPARE(
                failure(write),
                "The session " + path()
                    + " is being written by another program: close that and try again.");
            QCOMPARE(database.number("SELECT x FROM t"), int64_t(1)); // reading goes on
        }
        write();
    }

    void aFileThatIsOnlyReadIsNotWritten()
    {
        Database database(path(), Database::ReadOnly);
        QCOMPARE(
            failure([&] { database.execute("DELETE FROM t"); }),
            "The session " + path()
                + " cannot be written: choose another folder or change its permissions.");
        QCOMPARE(database.number("SELECT x FROM t"), int64_t(1));
    }

    void aStatementThatTakesLongIsStopped()
    {
        Database database(path(), Database::ReadWrite);
        const char* endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
                              "SELECT count(*) FROM c";
        int asked = 0;
        database.setGoesOn([&] { return ++asked < 5; });
        QVERIFY_THROWS_EXCEPTION(Stopped, database.number(endless));
        QCOMPARE(asked, 5);
    }
};

QTEST_GUILESS_MAIN(DatabaseTest)
#include "tst_database.moc"
