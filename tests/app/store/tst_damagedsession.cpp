// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/database.h"
#include "app/store/sessionedits.h"
#include "app/store/sessionfile.h"
#include "core/file/files.h"
#include "tests/failure.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

namespace {

constexpr uint64_t most = 1 << 20;

/// A session in the fuzzers' corpus.
std::vector<std::byte> kept(const char* name)
{
    return readFile(std::string(PROJECT_SOURCE "/tests/fuzz/corpus/session/") + name, most);
}

/// Reads all that a session has.
void readAll(const SessionFile& file)
{
    for (const KeptRun& run : file.runs()) {
        file.steps(run.id);
        file.candidates(run.id);
    }
    file.document();
    for (const KeptEdit& edit : file.edits())
        file.edit(edit.number);
    for (const KeptWaiting& waiting : file.waiting())
        file.waiting(waiting.run.id);
}

} // namespace

class DamagedSessionTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    const std::string m_path = m_folder.filePath(QStringLiteral("s.simile")).toStdString();

    void write(std::span<const std::byte> content) const
    {
        std::ofstream(m_path, std::ios::binary)
            .write(reinterpret_cast<const char*>(content.data()), std::streamsize(content.size()));
    }
    /// What is said of the file; nothing if all of it can be read.
    std::string said() const
    {
        return failure([&] { readAll(SessionFile(m_path, SessionFile::Look)); });
    }
    std::string damaged() const { return damagedSession(m_path).what(); }

private Q_SLOTS:
    void aWholeOneIsRead()
    {
        write(kept("run-and-queue"));
        QCOMPARE(said(), std::string());
    }

    void oneThatIsCutOffAnywhereIsRefusedAndLeftAsItIs()
    {
        const auto whole = kept("run-and-queue");
        for (std::size_t part = 0; part < 64; ++part) {
            const std::span rest = std::span(whole).first(whole.size() * part / 64);
            write(rest);
            QVERIFY2(
                said().find("s.simile") != std::string::npos, qPrintable(QString::number(part)));
            QVERIFY(std::ranges::equal(readFile(m_path, most), rest));
        }
    }

    void aByteThatIsAnotherIsToldOrDoesNoHarm()
    {
        const auto whole = kept("run-and-queue");
        write(whole);
        std::fstream file(m_path, std::ios::in | std::ios::out | std::ios::binary);
        const auto put = [&file](std::size_t at, std::byte value) {
            file.seekp(std::streamoff(at)).put(char(value)).flush();
        };
        int told = 0;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            put(i, whole[i] ^ std::byte(0xff));
            told += !said().empty();
            put(i, whole[i]);
        }
        QVERIFY(told > 3500); // the rest stays a picture, a number or a text, or is used by nothing
        QCOMPARE(said(), std::string());
    }

    void aDamagedSchemaIsNotTakenForTooLittleMemory()
    {
        write(kept("schema-told-as-no-memory"));
        const std::string sentence = said();
        QVERIFY2(sentence.find("is damaged") != sentence.npos, sentence.c_str());
    }

    void aSessionWithoutAPlaceForAnotherRunIsRefused_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("run") << QByteArray("UPDATE run SET position = 9223372036854775807");
        QTest::newRow("sequence") << QByteArray(
            "UPDATE sqlite_sequence SET seq = 9223372036854775807");
        QTest::newRow("no sequence") << QByteArray("UPDATE sqlite_sequence SET seq = 'x'");
        QTest::newRow("step of the history")
            << QByteArray("INSERT INTO edit VALUES (9223372036854775807, 0, '', '{}', '', '')");
    }

    void aSessionWithoutAPlaceForAnotherRunIsRefused()
    {
        QFETCH(QByteArray, sql);
        write(kept("run-and-queue"));
        Database(m_path, Database::ReadWrite).execute(sql.constData());
        for (const auto mode : {SessionFile::Look, SessionFile::Foreign})
            QCOMPARE(failure([&] { SessionFile(m_path, mode); }), damaged());
    }

    void whatIsNoJsonIsToldOfTheSessionThatIsToBeSaved_data()
    {
        QTest::addColumn<QString>("sql");
        const QString edit =
            QStringLiteral("INSERT INTO edit VALUES (999, 0, '', '%1', '%2', 'x')");
        const QString deep = QString(3000, QLatin1Char('[')) + QString(3000, QLatin1Char(']'));
        const QString document = QStringLiteral("INSERT OR REPLACE INTO document VALUES (1, '%1')");
        QTest::newRow("document") << document.arg(QStringLiteral("x"));
        QTest::newRow("deep document") << document.arg(deep);
        QTest::newRow("edit") << edit.arg(QStringLiteral("x"), QString());
        QTest::newRow("deep edit") << edit.arg(deep, QString());
        QTest::newRow("runs") << edit.arg(QStringLiteral(R"({"runs": ["x"]})"), QString());
        QTest::newRow("before") << edit.arg(QStringLiteral("{}"), QStringLiteral("x"));
    }

    void whatIsNoJsonIsToldOfTheSessionThatIsToBeSaved()
    {
        QFETCH(QString, sql);
        write(kept("run-and-queue"));
        Database(m_path, Database::ReadWrite).execute(sql.toUtf8().constData());
        const std::string copy = m_folder.filePath(QStringLiteral("z.simile")).toStdString();
        for (const auto mode : {SessionFile::Look, SessionFile::Own})
            QCOMPARE(failure([&] { SessionFile(m_path, mode).saveAs(copy); }), damaged());
        QCOMPARE(
            QDir(m_folder.path()).entryList({QStringLiteral("z.*")}, QDir::Files), QStringList());
    }
};

QTEST_GUILESS_MAIN(DamagedSessionTest)
#include "tst_damagedsession.moc"
