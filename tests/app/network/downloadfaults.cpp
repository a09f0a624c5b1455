// SPDX-License-Identifier: GPL-3.0-or-later

// What may go wrong on the way.

#include "app/network/address.h"
#include "app/network/downloads.h"
#include "tests/app/network/tst_downloads.h"

#include <QTest>

#include <algorithm>

void TestDownloads::anExpiredLinkIsResolvedOnceMore()
{
    m_file.first << status(403);
    QCOMPARE(fetch(source(), m_server->rules()).why(), QString());
    QCOMPARE(m_server->asked().size(), 4); // site, content host, and both once more
    fs::remove(source().target);
    m_file.first << status(403) << status(403);
    const Ended twice = fetch(source(), m_server->rules());
    QVERIFY2(twice.why().contains(QLatin1String("any longer")), qPrintable(twice.why()));
}

void TestDownloads::whatTheStatusMeans_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("said");
    QTest::newRow("401") << 401 << "have an account";
    QTest::newRow("403") << 403 << "have an account";
    QTest::newRow("404") << 404 << "no longer has";
    QTest::newRow("410") << 410 << "no longer has";
    QTest::newRow("400") << 400 << "status 400";
    QTest::newRow("413") << 413 << "status 413";
    QTest::newRow("418") << 418 << "status 418";
    QTest::newRow("304") << 304 << "status 304";
    QTest::newRow("204") << 204 << "status 204";
    QTest::newRow("416") << 416 << "status 416";
    QTest::newRow("302 without a place") << 302 << "without saying where";
}

void TestDownloads::whatTheStatusMeans()
{
    QFETCH(int, number);
    QFETCH(QString, said);
    m_file.site << status(number);
    const Ended ended = fetch(source(), m_server->rules());
    QVERIFY2(ended.why().contains(said), qPrintable(ended.why()));
    QCOMPARE(m_server->asked().size(), 1);
    QVERIFY(!fs::exists(part()));
}

void TestDownloads::waitsAreKept_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("waited"); ///< seconds; of those that are too long none
    QTest::newRow("429, 5 s") << 429 << QByteArray("5") << "5 5";
    QTest::newRow("429, nothing said") << 429 << QByteArray() << "1 2";
    QTest::newRow("429, garbage") << 429 << QByteArray("soon") << "1 2";
    QTest::newRow("429, a date of long ago")
        << 429 << QByteArray("Wed, 21 Oct 2015 07:28:00 GMT") << "0 0";
    QTest::newRow("429, a day") << 429 << QByteArray("86400") << "";
    QTest::newRow("503, 7 s") << 503 << QByteArray("7") << "7 7";
    QTest::newRow("500") << 500 << QByteArray("7") << "1 2";
    QTest::newRow("502") << 502 << QByteArray() << "1 2";
}

void TestDownloads::waitsAreKept()
{
    QFETCH(int, number);
    QFETCH(QByteArray, after);
    QFETCH(QString, waited);
    const auto busy = [&] {
        return after.isEmpty() ? status(number) : status(number, {line("Retry-After", after)});
    };
    QStringList waits;
    auto rules = m_server->rules();
    rules->pause = [&](int64_t seconds) {
        waits << QString::number(seconds);
        return 0;
    };
    m_file.site << busy() << busy() << busy();
    const Ended ended = fetch(source(), rules);
    QCOMPARE(int(ended.outcome.what), int(FetchOutcome::Failed));
    QCOMPARE(waits.join(QLatin1Char(' ')), waited);
    QCOMPARE(m_server->asked().size(), waits.size() + 1);
    if (after == "86400")
        QVERIFY2(ended.why().contains(QLatin1String("1440 minutes")), qPrintable(ended.why()));
    m_file.site = {busy()};
    if (!waits.isEmpty()) { // the second attempt succeeds, and the wait was told
        const Ended good = fetch(source(), rules);
        QCOMPARE(good.why(), QString());
        QVERIFY(std::ranges::any_of(
            good.progress, [](const FetchProgress& told) { return !told.waiting.empty(); }));
    }
}

void TestDownloads::redirectsThatAreNotFollowed_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QString>("said");
    QTest::newRow("http") << QByteArray("http://content.test/x") << "in place of https";
    QTest::newRow("file") << QByteArray("file:///etc/passwd") << "cannot be read";
    QTest::newRow("ftp") << QByteArray("ftp://content.test/x") << "in place of https";
    QTest::newRow("another host") << QByteArray("https://other.test/x") << "not known";
    QTest::newRow("a name that ends alike")
        << QByteArray("https://evilcontent.test/x") << "not known";
    QTest::newRow("another port") << QByteArray("https://content.test:1/x") << "not known";
    QTest::newRow("this computer") << QByteArray("https://127.0.0.1/x") << "not known";
    QTest::newRow("this computer, IPv6") << QByteArray("https://[::1]/x") << "not known";
    QTest::newRow("this computer as a number") << QByteArray("https://2130706433/x") << "not known";
    QTest::newRow("this computer by name") << QByteArray("https://localhost/x") << "not known";
    QTest::newRow("a private network") << QByteArray("https://192.168.1.1/x") << "not known";
    QTest::newRow("what clouds tell") << QByteArray("https://169.254.169.254/x") << "not known";
    QTest::newRow("a name of the content host that is here")
        << QByteArray("https://near.content.test:PORT/x") << "of this computer";
    QTest::newRow("with a password")
        << QByteArray("https://me:SECRET@content.test:PORT/x") << "a name and a password";
    QTest::newRow("rubbish") << QByteArray("https://[/") << "cannot be read";
}

void TestDownloads::redirectsThatAreNotFollowed()
{
    QFETCH(QByteArray, place);
    QFETCH(QString, said);
    place.replace("PORT", QByteArray::number(m_server->port()));
    m_file.site << Served {.status = 302, .lines = {line("Location", place + "?key=SECRET")}};
    const Ended ended = fetch(source(), m_server->rules());
    QVERIFY2(ended.why().contains(said), qPrintable(ended.why()));
    QVERIFY(!ended.why().contains(QLatin1String("SECRET")));
    QCOMPARE(m_server->connections(), 1);
}

void TestDownloads::aCircleOfRedirectsEnds()
{
    for (int i = 0; i < 20; ++i)
        m_file.site << Served {
            .status = i % 2 ? 307 : 302, .lines = {line("Location", "/again?key=SECRET")}};
    const Ended ended = fetch(source(), m_server->rules());
    QVERIFY2(ended.why().contains(QLatin1String("in a circle")), qPrintable(ended.why()));
    QCOMPARE(m_server->asked().size(), 6); // and five redirects
}

void TestDownloads::unsafeConnectionsAreRefused_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("said");
    QTest::newRow("expired") << "expired"
                             << "has expired";
    QTest::newRow("another name") << "name"
                                  << "of another host";
    QTest::newRow("another authority") << "authority"
                                       << "nobody whom this computer trusts";
    QTest::newRow("signed by itself") << "itself"
                                      << "nobody whom this computer trusts";
    QTest::newRow("old TLS") << "old"
                             << "safe connection";
}

void TestDownloads::unsafeConnectionsAreRefused()
{
    QFETCH(QString, fault);
    QFETCH(QString, said);
    const QStringList names {QStringLiteral("site.test"), QStringLiteral("content.test")};
    const Authority other;
    auto rules = m_server->rules();
    if (fault == QLatin1String("expired"))
        m_server->setIdentity(m_server->authority().identity(names, 1981));
    else if (fault == QLatin1String("name"))
        m_server->setIdentity(m_server->authority().identity({QStringLiteral("localhost")}));
    else if (fault == QLatin1String("authority"))
        m_server->setIdentity(other.identity(names));
    else if (fault == QLatin1String("itself"))
        m_server->setIdentity(Authority::selfSigned(names));
    else
        m_server->offerOldTls();
    const Ended ended = fetch(source(), rules);
    QVERIFY2(ended.why().contains(said), qPrintable(ended.why()));
    QVERIFY(m_server->asked().isEmpty());
    QVERIFY(!fs::exists(part()));
}

void TestDownloads::anAuthorityOfOnesOwnIsTrusted_data()
{
    QTest::addColumn<bool>("der");
    QTest::newRow("PEM") << false;
    QTest::newRow("DER") << true;
}

void TestDownloads::anAuthorityOfOnesOwnIsTrusted()
{
    QFETCH(bool, der);
    const QSslCertificate authority = m_server->authority().certificate();
    const QString name = m_folder->filePath(QStringLiteral("authority"));
    QFile file(name);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(der ? authority.toDer() : authority.toPem());
    file.close();
    auto rules = m_server->rules();
    rules->tls = usualRules({}, name.toStdString())->tls;
    // In addition to the others.
    QVERIFY(rules->tls.caCertificates().size() > QSslConfiguration::systemCaCertificates().size());
    QCOMPARE(fetch(source(), rules).why(), QString());
    rules->tls = usualRules({})->tls;
    fs::remove(source().target);
    const QString why = fetch(source(), rules).why();
    QVERIFY2(why.contains(QLatin1String("can be named in the settings")), qPrintable(why));
}

void TestDownloads::anAuthorityThatCannotBeReadIsSaidWhereItMatters()
{
    const QString name = m_folder->filePath(QStringLiteral("authority"));
    for (const bool there : {false, true}) {
        if (there) {
            QFile file(name);
            QVERIFY(file.open(QFile::WriteOnly));
            file.write("no certificate");
        }
        auto rules = m_server->rules();
        rules->trust(name.toStdString());
        QCOMPARE(fetch(source(), rules).why(), QString()); // what was trusted is trusted
        fs::remove(source().target);
        rules->tls = QSslConfiguration();
        const QString why = fetch(source(), rules).why();
        QVERIFY2(why.contains(name + QStringLiteral(", which the settings name")), qPrintable(why));
        fs::remove(source().target);
    }
}

void TestDownloads::silenceEnds_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("said");
    QTest::newRow("no answer") << "silent"
                               << "does not answer";
    QTest::newRow("nothing behind the head") << "head"
                                             << "next to nothing";
    QTest::newRow("a byte now and then") << "drips"
                                         << "next to nothing";
    QTest::newRow("no head") << "broken"
                             << "does not answer";
}

void TestDownloads::silenceEnds()
{
    QFETCH(QString, how);
    QFETCH(QString, said);
    for (int i = 0; i < 40; ++i) // Qt itself asks again where nothing comes
        m_file.first
            << (how == QLatin1String("silent")       ? Served {.silent = true}
                    : how == QLatin1String("broken") ? Served {.raw = "\r\n"}
                                                     : Served {
                                                         .body = m_file.bytes,
                                                         .cutAt = 0,
                                                         .stalls = true,
                                                         .drips = how == QLatin1String("drips")});
    auto rules = m_server->rules();
    rules->answering = rules->watching = 300;
    rules->retries = how == QLatin1String("drips") ? 0 : 1;
    const Ended ended = fetch(source(), rules);
    QVERIFY2(ended.why().contains(said), qPrintable(ended.why()));
}

void TestDownloads::aLongHeadEnds()
{
    QByteArray head = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 2000; ++i)
        head += "X-" + QByteArray::number(i) + ": " + QByteArray(1000, 'x') + "\r\n";
    m_file.first << Served {.raw = head} << Served {.raw = head} << Served {.raw = head};
    auto rules = m_server->rules();
    rules->retries = 0;
    const Ended ended = fetch(source(), rules);
    QCOMPARE(int(ended.outcome.what), int(FetchOutcome::Failed));
    QVERIFY(!fs::exists(source().target));
}

void TestDownloads::noNetworkIsSaid()
{
    auto rules = m_server->rules();
    rules->addresses = [](const QString&) { return QList<QHostAddress>(); };
    QVERIFY(fetch(source(), rules).why().contains(QLatin1String("cannot be found")));
    m_server.reset();
    m_server = std::make_unique<FileServer>([](const Asked&) { return Served(); });
    auto gone = m_server->rules();
    gone->site.replace(QString::number(m_server->port()), QStringLiteral("1"));
    gone->ports = {1};
    QVERIFY(fetch(source(), gone).why().contains(QLatin1String("refuses the connection")));
    // A list of addresses is gone through: the first of these answers nobody.
    auto two = m_server->rules();
    m_server->setHandler([this](const Asked& asked) { return m_file.answer(asked, *m_server); });
    two->addresses = [](const QString&) {
        return QList<QHostAddress> {
            QHostAddress(QStringLiteral("127.0.0.9")), QHostAddress(QHostAddress::LocalHost)};
    };
    QCOMPARE(fetch(source(), two).why(), QString());
}

void TestDownloads::aProxyIsAskedForAfterTheStart()
{
    auto rules = m_server->rules();
    int asked = 0;
    rules->proxy = [&](const QUrl& address) {
        ++asked;
        [&] { QCOMPARE(address.scheme(), QStringLiteral("https")); }();
        return QNetworkProxy(
            QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), 1, QStringLiteral("me"),
            QStringLiteral("SECRET"));
    };
    Download download(source(), rules);
    QCOMPARE(asked, 0);
    const Ended ended = fetch(source(), rules);
    QVERIFY(asked > 0);
    QVERIFY2(ended.why().contains(QLatin1String("proxy")), qPrintable(ended.why()));
    QVERIFY(!ended.why().contains(QLatin1String("SECRET")));
}

void TestDownloads::onlyPublicAddressesCount_data()
{
    QTest::addColumn<bool>("open");
    for (const char* address :
         {"1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1",
          "192.167.0.1", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8",
          "64:ff9b::808:808", "2002:808:808::1"})
        QTest::newRow(address) << true;
    for (const char* address :
         {"127.0.0.1",
          "127.9.9.9",
          "0.0.0.0",
          "0.1.2.3",
          "10.0.0.1",
          "172.16.0.1",
          "172.31.255.255",
          "192.168.0.1",
          "169.254.169.254",
          "100.64.0.1",
          "192.0.0.1",
          "192.0.2.1",
          "198.18.0.1",
          "198.19.255.255",
          "203.0.113.9",
          "224.0.0.1",
          "240.0.0.1",
          "255.255.255.255",
          "::1",
          "::",
          "::ffff:127.0.0.1",
          "::ffff:10.0.0.1",
          "::127.0.0.1",
          "fe80::1",
          "fe80::1%lo",
          "fc00::1",
          "fd12::1",
          "fec0::1",
          "ff02::1",
          "64:ff9b::7f00:1",
          "64:ff9b:1::1",
          "2002:7f00:1::1",
          "2001:0:1:2:3:4:f5ff:fffe",
          "2001:db8::1",
          "100::1"})
        QTest::newRow(address) << false;
}

void TestDownloads::onlyPublicAddressesCount()
{
    QFETCH(bool, open);
    const QHostAddress address(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!address.isNull());
    QCOMPARE(isPublicAddress(address), open);
}
