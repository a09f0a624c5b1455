// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/sessionfile.h"
#include "core/file/files.h"
#include "tests/app/store/oldersession.h"
#include "tests/failure.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

namespace fs = std::filesystem;

namespace {

KeptRun runOf(int64_t id)
{
    return {.id = id, .record = R"({"format": 1})", .stepCount = 1};
}

std::span<const std::byte> bytes(const std::string& text)
{
    return std::as_bytes(std::span(text));
}

} // namespace

/// What was at a session's place before stays beside it.
class SessionBackupTest : public QObject
{
    Q_OBJECT

    std::optional<QTemporaryDir> m_folder;

    fs::path path(const char* name) const
    {
        return m_folder->filePath(QLatin1String(name)).toStdString();
    }
    QStringList names() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    static std::size_t runsIn(const fs::path& file)
    {
        return SessionFile(file, SessionFile::Look).runs().size();
    }

private Q_SLOTS:
    void init() { m_folder.emplace(); }

    /// It named the file that is written first.
    void aFolderThatIsNotThereIsSaidOfTheCopyThatWasWanted()
    {
        const SessionFile file(path("a"), SessionFile::Own);
        for (const bool known : {false, true}) {
            const std::string said = failure(
                [&] { known ? file.copyTo(path("none/copy")) : file.saveAs(path("none/copy")); });
            QCOMPARE(
                said,
                "The session could not be saved as " + path("none/copy").string()
                    + ": there is no such file or folder.");
        }
    }

    /// A program that is killed while it copies leaves no file that looks like a session.
    void aCopyIsThereWhenItIsWhole()
    {
        {
            SessionFile file(path("a"), SessionFile::Own);
            file.putDocument("{}", {});
            file.putBlobs("large", {std::vector<std::byte>(6u << 20)}); // it is copied by 4 MiB
        }
        writeFileAtomically(path("copy.part"), {}); // of such a one
        const SessionFile look(path("a"), SessionFile::Look);
        bool partly = false;
        const auto goesOn = [&](double) {
            partly = fs::exists(path("copy.part")) && !fs::exists(path("copy"));
            return true;
        };
        look.copyTo(path("copy"), goesOn);
        QVERIFY(partly);
        QVERIFY(!fs::exists(path("copy.part")));
        QCOMPARE(SessionFile(path("copy"), SessionFile::Own).document(), std::string("{}"));
    }

    void whatACopyReplacesIsKeptBesideOnce()
    {
        {
            SessionFile file(path("a"), SessionFile::Own);
            for (int runs = 1; runs <= 3; ++runs) {
                file.putRun(runOf(runs), {});
                file.saveAs(path("saved"));
            }
        }
        QCOMPARE(runsIn(path("saved")), std::size_t(3));
        QCOMPARE(runsIn(backupOf(path("saved"))), std::size_t(2));
        QCOMPARE(
            names(),
            (QStringList {QStringLiteral("a"), QStringLiteral("saved"), QStringLiteral("saved~")}));
    }

    /// A session of which a program was killed: what it wrote last lies beside it.
    void whatLiesBesideTheReplacedOneGoesWithIt()
    {
        SessionFile file(path("a"), SessionFile::Own);
        file.putRun(runOf(1), {});
        {
            SessionFile other(path("b"), SessionFile::Own);
            other.putRun(runOf(2), {});
            other.putRun(runOf(3), {});
            fs::copy_file(path("b"), path("saved")); // as it lies there while it is written
            fs::copy_file(path("b-wal"), path("saved-wal"));
        }
        file.saveAs(path("saved"));
        QCOMPARE(runsIn(path("saved")), std::size_t(1));
        QCOMPARE(SessionFile(backupOf(path("saved")), SessionFile::Own).runs().size(), size_t(2));
    }

    void aCopyThatCannotTakeThePlaceLeavesWhatWasThere()
    {
        SessionFile file(path("a"), SessionFile::Own);
        writeFileAtomically(path("saved"), bytes("something else"));
        writeFileAtomically(path("saved-wal"), bytes("of that"));
        fs::create_directories(backupOf(path("saved")) / "in the way");
        const std::string said = failure([&] { file.saveAs(path("saved")); });
        QVERIFY2(said.starts_with("The session could not be saved as "), said.c_str());
        QCOMPARE(readText(path("saved")), std::string("something else"));
        QCOMPARE(readText(path("saved-wal")), std::string("of that"));
        QVERIFY(!fs::exists(path("saved.part")));
    }

    void anOlderSessionIsKeptAsItWasBeforeItIsBroughtUpToDate()
    {
        SessionFile(path("a"), SessionFile::Own).putRun(runOf(7), {});
        makeOlder(path("a"));
        QCOMPARE(runsIn(path("a")), std::size_t(1));
        QVERIFY(!fs::exists(backupOf(path("a")))); // it was only looked at
        for (int time = 0; time < 2; ++time) {     // the second finds nothing to do
            SessionFile file(path("a"), SessionFile::Own);
            file.putRun(runOf(8), {});
        }
        QCOMPARE(versionOf(path("a")), int64_t(2));
        QCOMPARE(runsIn(path("a")), std::size_t(2));
        QCOMPARE(versionOf(backupOf(path("a"))), int64_t(1));
        QCOMPARE(runsIn(backupOf(path("a"))), std::size_t(1));
        QVERIFY(!names().join(QLatin1Char(' ')).contains(QLatin1String(".part")));
    }

    void anOlderSessionOfWhichNoCopyCanBeKeptStaysAsItIs()
    {
        SessionFile(path("a"), SessionFile::Own).putRun(runOf(7), {});
        makeOlder(path("a"));
        const std::string before = readText(path("a"));
        fs::create_directories(backupOf(path("a")) / "in the way");
        const std::string said = failure([&] { SessionFile(path("a"), SessionFile::Own); });
        QVERIFY2(
            said.starts_with("The session " + path("a").string() + " is of an older Simile")
                && said.find(backupOf(path("a")).string()) != said.npos,
            said.c_str());
        QCOMPARE(readText(path("a")), before);
        QVERIFY(!names().join(QLatin1Char(' ')).contains(QLatin1String(".part")));
    }

    void aNewerSessionIsOnlyLookedAtAndItsCopyIsOneOfThisVersion()
    {
        {
            SessionFile file(path("a"), SessionFile::Own);
            file.putRun(runOf(7), {});
            file.putBlobs("later", {{std::byte(1)}});
            file.putRun(runOf(8), {});
        }
        makeNewer(path("a"));
        const std::string before = readText(path("a"));
        for (const auto mode : {SessionFile::Own, SessionFile::Foreign})
            QVERIFY_EXCEPTION_THROWN(SessionFile(path("a"), mode), NewerSession);
        {
            const SessionFile look(path("a"), SessionFile::Look);
            QCOMPARE(look.runs().size(), std::size_t(2));
            look.copyTo(path("copy"));
            look.saveAs(path("saved"));
        }
        QCOMPARE(readText(path("a")), before);
        for (const char* name : {"copy", "saved"}) {
            QCOMPARE(versionOf(path(name)), int64_t(2));
            SessionFile file(path(name), SessionFile::Foreign);
            QCOMPARE(file.runs().size(), std::size_t(2));
            QCOMPARE(file.blobs("later").size(), std::size_t(1));
            QCOMPARE(readText(path(name)).find("nobody knows"), std::string::npos);
        }
    }

    void aNewerSessionOfOtherTablesIsNotEvenLookedAt_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("without a known one") << QByteArray("DROP TABLE kept");
        QTest::newRow("a known one is another") << QByteArray("ALTER TABLE run ADD COLUMN x");
        QTest::newRow("a view") << QByteArray("CREATE VIEW v AS SELECT 1");
        QTest::newRow("a trigger")
            << QByteArray("CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM run; END");
        QTest::newRow("an index") << QByteArray("CREATE INDEX i ON run (name)");
    }

    void aNewerSessionOfOtherTablesIsNotEvenLookedAt()
    {
        QFETCH(QByteArray, sql);
        SessionFile(path("a"), SessionFile::Own).putRun(runOf(7), {});
        makeNewer(path("a"));
        Database(path("a"), Database::ReadWrite).execute(sql.constData());
        const std::string said = failure([&] { SessionFile(path("a"), SessionFile::Look); });
        QVERIFY2(said.find("was written by a newer Simile") != said.npos, said.c_str());
    }

    /// Such a one has the same tables: what it has in them that nobody here knows stays.
    void whatANewerSimileKeepsInTheSameTablesStays()
    {
        const std::vector<std::vector<std::byte>> unknown {{std::byte(1)}, {}, {std::byte(2)}};
        KeptRun newer = runOf(7);
        newer.record = R"({"format": 1, "later": {"thing": [1, 2]}})";
        {
            SessionFile file(path("a"), SessionFile::Own);
            file.putRun(newer, {});
            file.putBlobs("later", unknown);
        }
        SessionFile file(path("a"), SessionFile::Foreign);
        file.putRun(runOf(8), {});
        file.putMarks(7, true, "named");
        file.tidy();
        file.saveAs(path("saved"));
        for (const char* name : {"a", "saved"}) {
            const SessionFile kept(path(name), SessionFile::Look);
            QVERIFY(kept.blobs("later") == unknown);
            QCOMPARE(kept.run(7)->record, newer.record);
            QCOMPARE(kept.run(7)->name, std::string("named"));
        }
    }
};

QTEST_GUILESS_MAIN(SessionBackupTest)
#include "tst_sessionbackup.moc"
