// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/sessionschema.h"

#include "app/store/database.h"
#include "app/store/sessionfile.h"
#include "tests/failure.h"
#include "tests/noroom.h"

#include <QTemporaryDir>
#include <QTest>

class SessionSchemaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A program that was killed while it made one left a file that is no session, or that cannot
    /// be read without being written.
    void aNewSessionIsThereAsAWholeOrNotAtAll()
    {
        const QTemporaryDir folder;
        const std::filesystem::path place = folder.path().toStdString(), path = place / "new";
        const std::string said = failure([&] {
            const NoRoom half(20'000);
            SessionFile(path, SessionFile::Own);
        });
        QVERIFY2(said.find("new could not be written") != said.npos, said.c_str());
        QVERIFY(std::filesystem::is_empty(place));
        const SessionFile made(path, SessionFile::Own);
        QVERIFY(made.runs().empty());
    }

    /// What SQLite does when it opens one first would be a moment in which that is half done.
    void itIsAsItStaysFromTheFirstMoment()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("new")).toStdString();
        createSession(path);
        const Database made(path, Database::ReadOnly);
        checkSchema(made, false);
        checkContents(made);
        QCOMPARE(made.number("PRAGMA auto_vacuum"), 2); // INCREMENTAL
        Statement mode = made.prepare("PRAGMA journal_mode");
        QVERIFY(mode.step() && mode.text(0) == "wal");
    }

    void oneThatIsThereStays()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("old")).toStdString();
        SessionFile(path, SessionFile::Own).putDocument("{}", {});
        createSession(path);
        QCOMPARE(SessionFile(path, SessionFile::Look).document(), std::string("{}"));
    }
};

QTEST_GUILESS_MAIN(SessionSchemaTest)
#include "tst_sessionschema.moc"
