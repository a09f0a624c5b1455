// SPDX-License-Identifier: GPL-3.0-or-later

// What lies between this computer and a file: replies that are broken, proxies, other networks, and
// leaving off in the middle.

#include "tests/app/network/fetchfixture.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace {

/// A proxy of this computer, which knows one address whatever it is asked for.
class Proxy : public QTcpServer
{
public:
    Proxy(QByteArray credentials, quint16 to)
        : m_wanted("basic " + credentials.toBase64())
        , m_to(to)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = nextPendingConnection())
                serve(socket);
        });
    }

    QNetworkProxy as(const QString& user, const QString& password) const
    {
        return {
            QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), serverPort(), user, password};
    }
    const QList<QByteArray>& asked() const { return m_asked; } ///< the first lines

private:
    void serve(QTcpSocket* socket)
    {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            if (auto* behind = socket->findChild<QTcpSocket*>()) {
                behind->write(socket->readAll());
                return;
            }
            const QByteArray head = socket->peek(socket->bytesAvailable());
            if (!head.contains("\r\n\r\n"))
                return;
            socket->readAll();
            m_asked << head.left(head.indexOf('\r'));
            if (!head.toLower().contains(m_wanted.toLower())) {
                socket->write("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"here\"\r\n"
                              "Content-Length: 0\r\nConnection: close\r\n\r\n");
                return socket->disconnectFromHost();
            }
            auto* behind = new QTcpSocket(socket);
            connect(behind, &QTcpSocket::connected, socket, [socket] {
                socket->write("HTTP/1.1 200 OK\r\n\r\n");
            });
            connect(behind, &QTcpSocket::readyRead, socket, [socket, behind] {
                socket->write(behind->readAll());
            });
            connect(behind, &QTcpSocket::disconnected, socket, [socket, behind] {
                socket->write(behind->readAll());
                socket->disconnectFromHost();
            });
            behind->connectToHost(QHostAddress(QHostAddress::LocalHost), m_to);
        });
    }

    QByteArray m_wanted;
    quint16 m_to;
    QList<QByteArray> m_asked;
};

QByteArray chunk(const QByteArray& bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

} // namespace

class TestExchange : public FetchFixture
{
    Q_OBJECT

    /// The answer of the content host, in chunks, with what goes wrong in place of the rest.
    Served chunks(const QByteArray& good, const QByteArray& wrong) const
    {
        return {
            .raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + (good.isEmpty() ? QByteArray() : chunk(good)) + wrong};
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void aFileInChunksComesWhole()
    {
        m_file.first << chunks(m_file.bytes, "0\r\n\r\n");
        const Ended ended = fetch(source(), m_server->rules());
        QCOMPARE(ended.why(), QString());
        QVERIFY(contents(source().target) == m_file.bytes);
        QCOMPARE(m_server->asked().size(), 2);
    }

    /// Whoever breaks off in a chunk can be told from one who is at the end only by the size.
    void aFileOfUnknownSizeAndHashIsNotFetched()
    {
        m_file.linkedEtag = "-";
        m_file.first << chunks(m_file.bytes, "0\r\n\r\n");
        const Ended ended = fetch(source(false), m_server->rules());
        QVERIFY2(
            ended.why().contains(QLatin1String("does not say how large")), qPrintable(ended.why()));
        QVERIFY(!fs::exists(source().target));
        QVERIFY(!fs::exists(part()));
        m_file.linkedEtag.clear(); // the publisher says its hash
        m_file.first << chunks(m_file.bytes, "0\r\n\r\n");
        QCOMPARE(fetch(source(false), m_server->rules()).why(), QString());
        QVERIFY(contents(source().target) == m_file.bytes);
    }

    /// The whole file each time, broken at the same place: it would begin anew without an end.
    void aHostThatGetsNoFurtherIsLeft()
    {
        m_file.ranges = false;
        m_file.cut = [](qint64) { return 40000; };
        const Ended ended = fetch(source(), m_server->rules());
        QCOMPARE(int(ended.outcome.what), int(FetchOutcome::Failed));
        QCOMPARE(m_server->asked().size(), 6); // three attempts, each by way of the site
        QVERIFY(!fs::exists(source().target));
    }

    void aBrokenReplyIsNeverTakenForTheFile_data()
    {
        QTest::addColumn<QByteArray>("raw"); ///< behind the status; 1000 bytes of the file are FILE
        const auto chunked = [](const char* name, const char* rest) {
            QTest::newRow(name) << QByteArray("Transfer-Encoding: chunked\r\n\r\n3e8\r\nFILE\r\n")
                    + rest;
        };
        chunked("chunk cut off", "ffff\r\nabc");
        chunked("chunk without a size", "\r\nabc\r\n0\r\n\r\n");
        chunked("chunk whose size is none", "zz\r\nabc\r\n0\r\n\r\n");
        chunked("chunk of a negative size", "-5\r\nabc\r\n0\r\n\r\n");
        chunked("chunk larger than numbers", "FFFFFFFFFFFFFFFFFF\r\nabc");
        chunked("chunk of 2^63", "8000000000000000\r\nabc");
        chunked("chunk longer than said", "2\r\nabcdef\r\n0\r\n\r\n");
        chunked("no last chunk", "");
        chunked("no more chunks", "0");
        const auto sized = [](const char* name, const char* length) {
            QTest::newRow(name) << QByteArray("Content-Length: ") + length + "\r\n\r\nFILE";
        };
        sized("less than its length", "100000");
        sized("a length that is none", "many");
        sized("a negative length", "-1");
        sized("a length beyond numbers", "99999999999999999999");
        sized("two lengths", "1000\r\nContent-Length: 999");
        QTest::newRow("nothing at all") << QByteArray();
        QTest::newRow("half a head") << QByteArray("Content-Len");
        QTest::newRow("a head alone") << QByteArray("Content-Length: 100000\r\n\r\n");
    }

    /// The connection ends behind each. Nobody knows the file's size or hash from elsewhere.
    void aBrokenReplyIsNeverTakenForTheFile()
    {
        QFETCH(QByteArray, raw);
        raw.replace("FILE", m_file.bytes.left(1000));
        m_file.linkedEtag = "-";
        auto rules = m_server->rules();
        rules->retries = 1;
        for (const bool known : {true, false}) {
            m_server->forget();
            for (int i = 0; i < 40; ++i)
                m_file.first << Served {.raw = "HTTP/1.1 200 OK\r\n" + raw};
            const Ended ended = fetch(source(known), rules);
            QVERIFY2(
                ended.outcome.what == FetchOutcome::Failed,
                qPrintable(QStringLiteral("known: %1, %2").arg(known).arg(ended.notes())));
            QVERIFY(!ended.why().isEmpty());
            QVERIFY(!fs::exists(source().target));
            QVERIFY2(
                m_server->asked().size() <= 20,
                qPrintable(QString::number(m_server->asked().size())));
            m_file.first.clear();
            if (!known)
                continue;
            // And then it works; where what came before was rubbish that is told by the hash first.
            Ended again = fetch(source(), rules);
            if (again.why().contains(QLatin1String("SHA-256")))
                again = fetch(source(), rules);
            QCOMPARE(again.why(), QString());
            QVERIFY(contents(source().target) == m_file.bytes);
            fs::remove(source().target);
        }
    }

    /// As networks answer that want a log-in first, or a host that says something to people.
    void aPageInPlaceOfTheFileIsSaid()
    {
        const Served page {
            .lines = {line("Content-Type", "text/html; charset=utf-8")},
            .body = "<html><script>document.location='/login'</script>"};
        for (const bool known : {true, false}) {
            m_file.site = {page};
            const Ended ended = fetch(source(known), m_server->rules());
            QVERIFY2(
                ended.why().startsWith(
                    QLatin1String("site.test gives a web page in place of model.safetensors.")),
                qPrintable(ended.why()));
            QVERIFY(ended.why().contains(QLatin1String("log in")));
            QVERIFY(!fs::exists(source().target));
            QVERIFY(!fs::exists(part()));
        }
        m_file.cut = [](qint64) { return 30000; }; // of what was there nothing is lost
        auto rules = m_server->rules();
        rules->retries = 0;
        fetch(source(), rules);
        m_file.cut = {};
        m_file.site = {page};
        QVERIFY(fetch(source(), rules).why().contains(QLatin1String("a web page")));
        QCOMPARE(fs::file_size(part()), 30000u);
        QCOMPARE(fetch(source(), rules).why(), QString());
        QVERIFY(contents(source().target) == m_file.bytes);
    }

    void aProxyThatWantsAPasswordIsSaid()
    {
        const Proxy proxy("me:SECRET", m_server->port());
        auto rules = m_server->rules();
        for (const QString& password : {QString(), QStringLiteral("wrong-SECRET")}) {
            rules->proxy = [&](const QUrl&) {
                return proxy.as(password.isEmpty() ? QString() : QStringLiteral("me"), password);
            };
            const Ended ended = fetch(source(), rules);
            QVERIFY2(
                ended.why().startsWith(QLatin1String("The proxy wants a name and a password.")),
                qPrintable(ended.why()));
            QVERIFY(ended.why().contains(QLatin1String("https_proxy"))); // the way out
            QVERIFY(!ended.why().contains(QLatin1String("SECRET")));
            QVERIFY(m_server->asked().isEmpty());
        }
        rules->proxy = [&](const QUrl&) {
            return proxy.as(QStringLiteral("me"), QStringLiteral("SECRET"));
        };
        const Ended ended = fetch(source(), rules);
        QCOMPARE(ended.why(), QString());
        QVERIFY(contents(source().target) == m_file.bytes);
        // The proxy leads to hosts by their names, and what they say stays between them and us.
        for (const QByteArray& asked : proxy.asked())
            QVERIFY2(asked.startsWith("CONNECT "), asked.constData());
    }

    void aNetworkOfIPv6AloneIsEnough()
    {
        FileServer server(
            [&](const Asked& asked) { return m_file.answer(asked, server); },
            QHostAddress(QHostAddress::LocalHostIPv6));
        if (!server.listens())
            QSKIP("This computer has no IPv6.");
        const Ended ended = fetch(source(), server.rules());
        QCOMPARE(ended.why(), QString());
        QVERIFY(contents(source().target) == m_file.bytes);
        QCOMPARE(server.asked().front().host, QByteArray("site.test"));
    }

    /// The ways of waiting; in each a download is stopped, and another is destroyed.
    void whoeverLeavesOffHearsNothingMore_data()
    {
        QTest::addColumn<QString>("waits");
        for (const char* waits : {"look-up", "answer", "head", "body", "pause"})
            QTest::newRow(waits) << QString::fromLatin1(waits);
    }

    void whoeverLeavesOffHearsNothingMore()
    {
        QFETCH(QString, waits);
        auto rules = m_server->rules();
        bool reached = false;
        m_server->setHandler([&](const Asked& asked) -> Served {
            reached |= waits == QLatin1String("answer") || waits == QLatin1String("head");
            if (waits == QLatin1String("answer"))
                return {.silent = true};
            if (waits == QLatin1String("head"))
                return {.body = m_file.bytes, .cutAt = 0, .stalls = true};
            if (waits == QLatin1String("pause"))
                return status(503, {line("Retry-After", "60")});
            if (asked.host == "content.test")
                return {.body = m_file.bytes, .cutAt = 30000, .stalls = true};
            return m_file.answer(asked, *m_server);
        });
        rules->pause = [&](int64_t) {
            reached = true;
            return 3'600'000;
        };
        if (waits == QLatin1String("look-up"))
            rules->addresses = [&, asked = rules->addresses](const QString& host) {
                reached = true;
                return asked(host);
            };
        const auto there = [&] {
            return waits == QLatin1String("body")
                ? fs::exists(part()) && fs::file_size(part()) == 30000
                : reached;
        };
        int told = 0;
        {
            Download download(source(), rules);
            connect(&download, &Fetching::progress, this, [&] { ++told; });
            QSignalSpy finished(&download, &Fetching::finished);
            download.start();
            QTRY_VERIFY(there());
            download.stop();
            QTRY_COMPARE(finished.count(), 1);
            const auto outcome = finished.front().front().value<FetchOutcome>();
            QCOMPARE(int(outcome.what), int(FetchOutcome::Stopped));
            const int before = told;
            for (int i = 0; i < 20; ++i)
                QCoreApplication::processEvents();
            QCOMPARE(finished.count(), 1);
            QCOMPARE(told, before);
        }
        QVERIFY(!fs::exists(source().target));
        reached = false;
        fs::remove(part());
        auto closed = std::make_unique<Download>(source(), rules);
        connect(closed.get(), &Fetching::finished, this, [&] { ++told; });
        closed->start();
        QTRY_VERIFY(there());
        const int before = told;
        closed.reset();
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(told, before);
        // Another one may have the file at once.
        m_server->setHandler(
            [this](const Asked& asked) { return m_file.answer(asked, *m_server); });
        QCOMPARE(fetch(source(), m_server->rules()).why(), QString());
    }
};

QTEST_GUILESS_MAIN(TestExchange)
#include "tst_exchange.moc"
