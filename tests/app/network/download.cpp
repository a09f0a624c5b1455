// SPDX-License-Identifier: GPL-3.0-or-later

// One file that is fetched, and how it goes on.

#include "core/file/files.h"
#include "core/file/partialfile.h"
#include "tests/app/network/tst_downloads.h"
#include "tests/noroom.h"
#include "tests/testseed.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

void TestDownloads::aFileComesWithItsRightHash()
{
    const Ended ended = fetch(source(), m_server->rules());
    QCOMPARE(ended.why(), QString());
    QCOMPARE(int(ended.outcome.what), int(FetchOutcome::Done));
    QCOMPARE(ended.notes(), QString());
    QVERIFY(contents(source().target) == m_file.bytes);
    QVERIFY(!fs::exists(part()));
    QVERIFY(!fs::exists(part().string() + ".json"));
    QCOMPARE(ended.progress.back().done, uint64_t(m_file.bytes.size()));
    QCOMPARE(m_server->asked().size(), 2);
    QCOMPARE(m_server->asked()[0].host, QByteArray("site.test"));
    QCOMPARE(
        m_server->asked()[0].path, QByteArray("/owner/name/resolve/main/folder/model.safetensors"));
    QCOMPARE(m_server->asked()[1].host, QByteArray("content.test"));
}

void TestDownloads::nothingOfTheUserGoesAlong()
{
    m_file.site << Served {
        .status = 302,
        .lines = {
            line("Location", m_server->address(QStringLiteral("content.test")).toLatin1() + "/x"),
            line("Set-Cookie", "a=b")}};
    fetch(source(), m_server->rules());
    fetch(source(), m_server->rules());
    for (const Asked& asked : m_server->asked()) {
        QStringList names;
        for (const QByteArray& name : asked.lines.keys())
            names << QString::fromLatin1(name);
        names.sort();
        QCOMPARE(
            names.join(QLatin1Char(' ')),
            QStringLiteral("accept-encoding accept-language connection host user-agent"));
        QCOMPARE(asked.lines["accept-encoding"], QByteArray("identity"));
        QCOMPARE(asked.lines["accept-language"], QByteArray("*"));
        QCOMPARE(asked.lines["user-agent"], QByteArray("Simile"));
    }
}

void TestDownloads::itGoesOnWhereItWas()
{
    m_file.cut = [](qint64) { return 40000; };
    auto rules = m_server->rules();
    rules->retries = 0;
    const Ended first = fetch(source(), rules);
    QCOMPARE(int(first.outcome.what), int(FetchOutcome::Failed));
    QCOMPARE(fs::file_size(part()), 40000u);
    m_file.cut = {};
    m_server->forget();
    const Ended second = fetch(source(), rules);
    QCOMPARE(second.why(), QString());
    QCOMPARE(m_server->asked()[0].host, QByteArray("site.test")); // never the link of before
    QCOMPARE(m_server->asked()[1].lines["range"], QByteArray("bytes=40000-"));
    QVERIFY(!m_server->asked()[1].lines.contains("if-range")); // the hash decides
    QVERIFY(contents(source().target) == m_file.bytes);
}

void TestDownloads::aFileThatIsThereWholeAsksNobody()
{
    m_file.cut = [](qint64 bytes) { return bytes - 1; };
    auto rules = m_server->rules();
    rules->retries = 0;
    fetch(source(), rules);
    QFile file(QString::fromStdString(part().string()));
    QVERIFY(file.open(QFile::Append));
    file.write(m_file.bytes.right(1));
    file.close();
    m_server->forget();
    QCOMPARE(fetch(source(), rules).why(), QString());
    QCOMPARE(m_server->connections() - 2, 0); // those of the first time
    QVERIFY(contents(source().target) == m_file.bytes);
}

void TestDownloads::cutsAtRandomPlacesLoseNothing()
{
    QRandomGenerator random(seedOfTest());
    int cuts = 0;
    while (cuts < 200) {
        int left = 25;
        m_file.bytes = someBytes(30000 + random.bounded(30000));
        m_file.etag = random.bounded(2) ? QByteArray("\"tag\"") : QByteArray();
        m_file.cut = [&](qint64 bytes) -> qint64 {
            if (left == 0 || bytes < 3)
                return -1;
            --left;
            ++cuts;
            return 1 + random.bounded(qMin(bytes - 1, qint64(4000)));
        };
        const FetchSource wanted = source(random.bounded(2));
        const Ended ended = fetch(wanted, m_server->rules());
        QCOMPARE(ended.why(), QString());
        QVERIFY(contents(wanted.target) == m_file.bytes);
        fs::remove(wanted.target);
    }
}

void TestDownloads::aHostWithoutRangesBeginsAnew()
{
    m_file.ranges = false;
    int broken = 1;
    m_file.cut = [&](qint64) -> qint64 { return broken-- > 0 ? 50000 : -1; };
    const Ended ended = fetch(source(), m_server->rules());
    QCOMPARE(ended.why(), QString());
    QVERIFY2(ended.notes().contains(QLatin1String("gives no parts")), qPrintable(ended.notes()));
    QVERIFY(contents(source().target) == m_file.bytes);
}

void TestDownloads::withoutAKnownHashAStrongTagDecides()
{
    m_file.etag = "\"v1\"";
    int broken = 1;
    m_file.cut = [&](qint64) -> qint64 { return broken-- > 0 ? 50000 : -1; };
    const Ended ended = fetch(source(false), m_server->rules());
    QCOMPARE(ended.why(), QString());
    QCOMPARE(m_server->asked().last().lines["if-range"], QByteArray("\"v1\""));
    QCOMPARE(m_server->asked().last().lines["range"], QByteArray("bytes=50000-"));
    QVERIFY2(
        ended.notes().contains(QLatin1String("not independently known")),
        qPrintable(ended.notes()));
    QVERIFY(contents(source().target) == m_file.bytes);
}

void TestDownloads::withoutATagTheSitesWordDecides()
{
    int broken = 1;
    m_file.cut = [&](qint64) -> qint64 { return broken-- > 0 ? 50000 : -1; };
    const Ended ended = fetch(source(false), m_server->rules());
    QCOMPARE(ended.why(), QString());
    QCOMPARE(m_server->asked().last().lines["range"], QByteArray("bytes=50000-"));
    QVERIFY(!m_server->asked().last().lines.contains("if-range"));
    QVERIFY(contents(source().target) == m_file.bytes);
}

void TestDownloads::withNeitherItBeginsAnewAndSaysSo()
{
    m_file.linkedEtag = "-";
    int broken = 1;
    m_file.cut = [&](qint64) -> qint64 { return broken-- > 0 ? 50000 : -1; };
    const Ended ended = fetch(source(false), m_server->rules());
    QCOMPARE(ended.why(), QString());
    QVERIFY(!m_server->asked().last().lines.contains("range"));
    QVERIFY2(ended.notes().contains(QLatin1String("cannot be told")), qPrintable(ended.notes()));
    QVERIFY2(
        ended.notes().contains(QLatin1String("not independently known.")),
        qPrintable(ended.notes()));
    QVERIFY(contents(source().target) == m_file.bytes);
}

void TestDownloads::aChangedFileIsFetchedAnewAndSaid()
{
    for (const bool tagged : {true, false}) {
        m_file = {.bytes = someBytes(100000), .etag = tagged ? "\"v1\"" : ""};
        m_file.cut = [](qint64) { return 50000; };
        auto rules = m_server->rules();
        rules->retries = 0;
        fetch(source(false), rules);
        QCOMPARE(fs::file_size(part()), 50000u);
        m_file.bytes = someBytes(90000).replace('a', 'b');
        m_file.etag = tagged ? "\"v2\"" : "";
        m_file.cut = {};
        const Ended ended = fetch(source(false), rules);
        QCOMPARE(ended.why(), QString());
        QVERIFY2(ended.notes().contains(QLatin1String("has changed")), qPrintable(ended.notes()));
        QVERIFY(contents(source().target) == m_file.bytes);
        fs::remove(source().target);
    }
}

void TestDownloads::aFileThatIsNotTheKnownOneIsNotFetched()
{
    FetchSource wanted = source();
    wanted.sha256 = std::string(64, '0');
    const Ended ended = fetch(wanted, m_server->rules());
    QVERIFY2(ended.why().contains(QLatin1String("has changed")), qPrintable(ended.why()));
    QCOMPARE(m_server->asked().size(), 1); // the content host is not even asked
    QVERIFY(!fs::exists(part()));
    wanted = source();
    wanted.bytes += 1;
    QVERIFY(fetch(wanted, m_server->rules()).why().contains(QLatin1String("has changed")));
}

void TestDownloads::aWrongHashKeepsNothing()
{
    for (const QByteArray& said : {QByteArray("-"), QByteArray()}) {
        m_file = {.bytes = someBytes(100000), .linkedEtag = said};
        FetchSource wanted = source(said == "-");
        QByteArray other = m_file.bytes;
        other[5] = char(other[5] ^ 1);
        if (said.isEmpty())
            m_file.linkedEtag = QByteArray::fromStdString(hashOf(m_file.bytes));
        m_file.bytes = other;
        const Ended ended = fetch(wanted, m_server->rules());
        QVERIFY2(ended.why().contains(QLatin1String("SHA-256")), qPrintable(ended.why()));
        QVERIFY(!fs::exists(wanted.target));
        QVERIFY(!fs::exists(part()));
        QVERIFY(!fs::exists(part().string() + ".json"));
    }
}

void TestDownloads::aWrongLengthIsRefused()
{
    m_file.linkedEtag = "-";
    m_file.bytes.chop(10);
    FetchSource wanted = source();
    wanted.bytes += 10;
    const Ended ended = fetch(wanted, m_server->rules());
    QVERIFY2(
        ended.why().contains(QLatin1String("99990 bytes in place of 100000")),
        qPrintable(ended.why()));
    QVERIFY(!fs::exists(part()));
}

void TestDownloads::moreThanAnnouncedKeepsNothing()
{
    m_file.linkedEtag = "-";
    m_file.first << Served {.body = someBytes(30000), .length = false, .endless = true};
    const Ended ended = fetch(source(), m_server->rules());
    QVERIFY2(ended.why().contains(QLatin1String("gives more than")), qPrintable(ended.why()));
    QVERIFY(!fs::exists(part()));
}

void TestDownloads::aFullDiskKeepsWhatIsThere()
{
    const Ended ended = [this] {
        const NoRoom full(60000);
        return fetch(source(), m_server->rules());
    }();
    QVERIFY2(ended.why().contains(QLatin1String("cannot be written")), qPrintable(ended.why()));
    QVERIFY(fs::file_size(part()) > 0);
    QVERIFY(fs::file_size(part()) <= 60000);
    m_server->forget();
    QCOMPARE(fetch(source(), m_server->rules()).why(), QString());
    QVERIFY(m_server->asked().last().lines.contains("range"));
    QVERIFY(contents(source().target) == m_file.bytes);
}

void TestDownloads::tooLittleSpaceIsToldBefore()
{
    auto rules = m_server->rules();
    rules->cacheFolder = m_folder->filePath(QStringLiteral("cache")).toStdString();
    rules->space = [](const fs::path&) { return FreeSpace {.bytes = 150000, .disk = 1}; };
    QCOMPARE(fetch(source(), rules).why(), QString());
    FetchSource pickled = source(); // of which a copy is made
    pickled.target = m_folder->filePath(QStringLiteral("checkpoints/model.ckpt")).toStdString();
    const Ended ended = fetch(pickled, rules);
    QVERIFY2(ended.why().contains(QLatin1String("not enough space")), qPrintable(ended.why()));
    QVERIFY(!fs::exists(pickled.target.string() + ".simile-part"));
}

void TestDownloads::itStopsAtOnce()
{
    m_file.first << Served {.body = m_file.bytes, .cutAt = 30000, .stalls = true};
    Download download(source(), m_server->rules());
    QSignalSpy finished(&download, &Fetching::finished);
    download.start();
    QTRY_VERIFY(fs::exists(part()) && fs::file_size(part()) == 30000);
    download.stop();
    QTRY_COMPARE(finished.count(), 1);
    const auto outcome = finished.front().front().value<FetchOutcome>();
    QCOMPARE(int(outcome.what), int(FetchOutcome::Stopped));
    QCOMPARE(fs::file_size(part()), 30000u);
}

void TestDownloads::anotherProcessKeepsOut()
{
    const PartialFile other(source().target);
    const Ended ended = fetch(source(), m_server->rules());
    QVERIFY2(ended.why().contains(QLatin1String("already")), qPrintable(ended.why()));
    QVERIFY(m_server->asked().isEmpty());
}

void TestDownloads::whatAFileOfAnotherProgramHoldsIsLeft()
{
    const fs::path target = source().target;
    fs::create_directories(target.parent_path());
    writeFileAtomically(target.string() + ".part", std::as_bytes(std::span("theirs")));
    writeFileAtomically(part(), std::as_bytes(std::span("half of something"))); // without its state
    QCOMPARE(fetch(source(), m_server->rules()).why(), QString());
    QVERIFY(contents(target) == m_file.bytes);
    QVERIFY(contents(target.string() + ".part").startsWith("theirs"));
}
