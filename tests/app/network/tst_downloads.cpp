// SPDX-License-Identifier: GPL-3.0-or-later

// The list of what is fetched, and the command.

#include "tests/app/network/tst_downloads.h"
#include "app/licences.h"
#include "app/network/downloads.h"
#include "core/file/files.h"
#include "tests/testseed.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <cstring>

/// A child process fetches over this server and is killed at random moments.
void TestDownloads::aKilledProcessGoesOn()
{
    m_file.bytes = someBytes(300000);
    m_file.slow = 8000;
    QFile authority(m_folder->filePath(QStringLiteral("authority.pem")));
    QVERIFY(authority.open(QFile::WriteOnly));
    authority.write(m_server->authority().certificate().toPem());
    authority.close();
    const QStringList arguments {
        QStringLiteral("--child"),
        authority.fileName(),
        QString::number(m_server->port()),
        QString::fromStdString(source().target.string()),
        QString::fromStdString(source().sha256),
        QString::number(m_file.bytes.size())};
    QRandomGenerator random(seedOfTest());
    int kills = 0;
    for (int round = 0; round < 60; ++round) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), arguments);
        QVERIFY(child.waitForStarted());
        const auto there = [this] {
            return QFileInfo(QString::fromStdString(part().string())).size();
        };
        const qint64 wanted = there() + 50000 + random.bounded(60000);
        // It is killed when it has so much, or has ended by itself.
        QTRY_VERIFY_WITH_TIMEOUT(child.state() == QProcess::NotRunning || there() > wanted, 60000);
        if (fs::exists(source().target)) {
            child.waitForFinished();
            break;
        }
        ::kill(pid_t(child.processId()), SIGKILL);
        ++kills;
        child.waitForFinished();
    }
    qInfo("%d kills", kills);
    QVERIFY(kills > 0);
    QVERIFY(contents(source().target) == m_file.bytes);
    QVERIFY(!fs::exists(part()));
}

void TestDownloads::theListSurvivesAndNothingIsAskedByItself()
{
    const fs::path list = m_folder->filePath(QStringLiteral("downloads.json")).toStdString();
    m_file.first << Served {.body = m_file.bytes, .cutAt = 30000, .stalls = true};
    {
        Downloads downloads(m_server->rules(), list);
        downloads.add(source());
        QTRY_VERIFY(fs::exists(part()) && fs::file_size(part()) == 30000);
    }
    const int before = m_server->connections();
    Downloads again(m_server->rules(), list);
    QCOMPARE(int(again.items().size()), 1);
    const FetchItem& item = again.items().front();
    QCOMPARE(int(item.state), int(FetchItem::Paused));
    QCOMPARE(item.progress.done, 30000u);
    QVERIFY(!again.busy());
    QCoreApplication::processEvents();
    QCOMPARE(m_server->connections(), before);
    QSignalSpy done(&again, &Downloads::done);
    again.resume(item.number);
    QTRY_COMPARE(done.count(), 1);
    QVERIFY(contents(source().target) == m_file.bytes);
    QCOMPARE(int(Downloads(m_server->rules(), list).items().size()), 0);
    // A damaged list is none.
    writeFileAtomically(list, std::as_bytes(std::span("[{\"target\": 5}, 7")));
    QCOMPARE(int(Downloads(m_server->rules(), list).items().size()), 0);
}

void TestDownloads::oneAfterTheOther()
{
    m_file.first << Served {.body = m_file.bytes, .cutAt = 30000, .stalls = true};
    Downloads downloads(m_server->rules(), {});
    FetchSource second = source();
    second.target = m_folder->filePath(QStringLiteral("second.safetensors")).toStdString();
    const int one = downloads.add(source()), two = downloads.add(second);
    QCOMPARE(int(downloads.item(one)->state), int(FetchItem::Running));
    QCOMPARE(int(downloads.item(two)->state), int(FetchItem::Waiting));
    QTRY_VERIFY(fs::exists(part()) && fs::file_size(part()) == 30000);
    downloads.pause(one); // the next one begins
    QTRY_COMPARE(int(downloads.item(two)->state), int(FetchItem::Done));
    QCOMPARE(int(downloads.item(one)->state), int(FetchItem::Paused));
    QCOMPARE(downloads.add(source()), one); // the same place: the same one goes on
    QTRY_COMPARE(int(downloads.item(one)->state), int(FetchItem::Done));
    downloads.remove(one);
    QVERIFY(fs::exists(source().target)); // what is complete stays
    QVERIFY(!downloads.item(one));
    // What is not goes.
    fs::remove(source().target);
    m_file.first << Served {.body = m_file.bytes, .cutAt = 30000, .stalls = true};
    const int three = downloads.add(source());
    QTRY_VERIFY(fs::exists(part()) && fs::file_size(part()) == 30000);
    downloads.remove(three);
    QTRY_VERIFY(!fs::exists(part()));
}

void TestDownloads::aFileIsTakenInAndVerified()
{
    const fs::path from = m_folder->filePath(QStringLiteral("mine.bin")).toStdString();
    writeFileAtomically(
        from, std::as_bytes(std::span(m_file.bytes.data(), std::size_t(m_file.bytes.size()))));
    Downloads downloads(m_server->rules(), {});
    FetchSource wanted = source();
    wanted.kind = FetchSource::TakeIn;
    wanted.local = from;
    const int right = downloads.add(wanted);
    QTRY_COMPARE(int(downloads.item(right)->state), int(FetchItem::Done));
    QVERIFY(contents(wanted.target) == m_file.bytes);
    QVERIFY(fs::exists(from));
    wanted.kind = FetchSource::Verify;
    const int verified = downloads.add(wanted);
    QTRY_COMPARE(int(downloads.item(verified)->state), int(FetchItem::Done));
    QCOMPARE(downloads.item(verified)->sha256, wanted.sha256);
    QFile(QString::fromStdString(wanted.target.string())).resize(50);
    const int damaged = downloads.add(wanted);
    QTRY_COMPARE(int(downloads.item(damaged)->state), int(FetchItem::Failed));
    fs::remove(wanted.target);
    wanted.kind = FetchSource::TakeIn;
    wanted.sha256 = std::string(64, '1');
    const int wrong = downloads.add(wanted);
    QTRY_COMPARE(int(downloads.item(wrong)->state), int(FetchItem::Failed));
    QVERIFY(!fs::exists(wanted.target));
    QVERIFY(!fs::exists(part()));
    QCOMPARE(m_server->connections(), 0);
}

void TestDownloads::modelsMoveToAnotherFolder()
{
    const fs::path from = m_folder->filePath(QStringLiteral("old")).toStdString();
    const fs::path to = m_folder->filePath(QStringLiteral("new")).toStdString();
    const auto make = [](const fs::path& file, const char* text) {
        fs::create_directories(file.parent_path());
        writeFileAtomically(file, std::as_bytes(std::span(text, std::strlen(text))));
    };
    make(from / "loras" / "one.safetensors", "one");
    make(from / "loras" / "two.safetensors", "two");
    make(from / "presets" / "mine.json", "mine");
    make(to / "loras" / "two.safetensors", "other");
    Downloads downloads(m_server->rules(), {});
    const int number = downloads.add(
        {.kind = FetchSource::Move, .local = from, .target = to, .folders = {"loras", "vae"}});
    QTRY_COMPARE(int(downloads.item(number)->state), int(FetchItem::Done));
    QCOMPARE(contents(to / "loras" / "one.safetensors"), QByteArray("one"));
    QVERIFY(!fs::exists(from / "loras" / "one.safetensors"));
    QCOMPARE(contents(to / "loras" / "two.safetensors"), QByteArray("other"));
    QCOMPARE(contents(from / "loras" / "two.safetensors"), QByteArray("two"));
    QVERIFY(fs::exists(from / "presets" / "mine.json")); // not of the models
    QCOMPARE(int(downloads.item(number)->notes.size()), 1);
}

void TestDownloads::aRepositoryIsListed()
{
    m_server->setHandler([](const Asked&) {
        return Served {
            .body = R"({"sha": "abc", "gated": false, "tags": ["license:mit"], "siblings": [
                {"rfilename": "model.safetensors", "size": 5}, {"rfilename": "README.md"}]})"};
    });
    RepositoryLookup lookup(m_server->rules());
    QSignalSpy listed(&lookup, &RepositoryLookup::listed),
        failed(&lookup, &RepositoryLookup::failed);
    lookup.look({.repository = "owner/name", .revision = "main"});
    QTRY_COMPARE(listed.count(), 1);
    const auto list = listed.front().at(1).value<RepositoryList>();
    QCOMPARE(int(list.files.size()), 1);
    QCOMPARE(list.licence, std::string("mit"));
    QCOMPARE(
        m_server->asked().front().path,
        QByteArray("/api/models/owner/name/revision/main?blobs=true"));
    m_server->setHandler([](const Asked&) { return status(401); });
    lookup.look({.repository = "owner/name", .revision = "main"});
    QTRY_COMPARE(failed.count(), 1);
    m_server->setHandler([](const Asked&) { return Served {.body = "<html>"}; });
    lookup.look({.repository = "owner/name", .revision = "main"});
    QTRY_COMPARE(failed.count(), 2);
}

Catalogue TestDownloads::catalogue() const
{
    Catalogue catalogue = readCatalogue();
    for (CatalogueEntry& entry : catalogue.entries)
        if (entry.id == "taesd") {
            entry.bytes = uint64_t(m_file.bytes.size());
            entry.sha256 = hashOf(m_file.bytes);
        }
    return catalogue;
}

int TestDownloads::get(const GetCommand& command) const
{
    try {
        return getModels(command, catalogue(), m_server->rules());
    } catch (const CommandError& error) {
        return error.status;
    } catch (const ValueError&) {
        return ExitBadArguments;
    }
}

void TestDownloads::theCommandWantsTheLicenceFirst()
{
    QSettings().clear();
    const std::string folder = m_folder->path().toStdString();
    QCOMPARE(get({}), int(ExitDone)); // the list
    QCOMPARE(get({.wanted = {"taesd"}, .folder = folder}), int(ExitBadArguments));
    QCOMPARE(
        get({.wanted = {"taesd"}, .folder = folder, .licences = {"Apache-2.0"}}),
        int(ExitBadArguments));
    QCOMPARE(get({.wanted = {"nothing"}}), int(ExitBadArguments));
    QCOMPARE(get({.wanted = {"hed"}}), int(ExitBadArguments)); // nobody knows where it is
    QCOMPARE(get({.wanted = {"https://example.org/owner/name"}}), int(ExitBadArguments));
    QCOMPARE(m_server->connections(), 0);
    QVERIFY(!acceptedOn("mit").isValid());
}

void TestDownloads::theCommandFetches()
{
    QSettings().clear();
    const std::string folder = m_folder->path().toStdString();
    const GetCommand command {.wanted = {"taesd"}, .folder = folder, .licences = {"mit"}};
    QCOMPARE(get(command), int(ExitDone));
    const fs::path file = fs::path(folder) / "taesd.safetensors";
    QVERIFY(contents(file) == m_file.bytes);
    QCOMPARE(acceptedOn("mit"), QDate::currentDate()); // and is not asked for again
    m_server->forget();
    QCOMPARE(get({.wanted = {"taesd"}, .folder = folder}), int(ExitDone));
    QVERIFY(m_server->asked().isEmpty()); // it is there
    writeFileAtomically(file, std::as_bytes(std::span("other")));
    QCOMPARE(get({.wanted = {"taesd"}, .folder = folder}), int(ExitFailed));
    QVERIFY(contents(file).startsWith("other"));
}

/// What the test starts to be killed: fetches a file as `simile get` does.
static int child(const QStringList& arguments)
{
    auto rules = std::make_shared<DownloadRules>();
    const auto port = quint16(arguments[3].toUInt());
    rules->site = QStringLiteral("https://site.test:%1").arg(port);
    rules->hosts = {QStringLiteral("site.test"), QStringLiteral("content.test")};
    rules->ports = {port};
    QSslConfiguration tls;
    tls.setCaCertificates(QSslCertificate::fromPath(arguments[2]));
    rules->tls = tls;
    rules->addresses = [](const QString&) {
        return QList<QHostAddress> {QHostAddress(QHostAddress::LocalHost)};
    };
    rules->mayConnect = [](const QString&, const QHostAddress&) { return true; };
    const FetchSource source {
        .at = {.repository = "owner/name", .revision = "main", .file = "folder/model.safetensors"},
        .target = arguments[4].toStdString(),
        .sha256 = arguments[5].toStdString(),
        .bytes = arguments[6].toULongLong()};
    return fetch(source, rules).outcome.what == FetchOutcome::Done ? 0 : 1;
}

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (QCoreApplication::arguments().value(1) == QLatin1String("--child"))
        return child(QCoreApplication::arguments());
    TestDownloads test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_downloads.moc"
