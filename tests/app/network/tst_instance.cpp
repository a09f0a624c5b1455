// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/network/instance.h"

#include <QFile>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtConcurrentRun>

#include <sys/stat.h>

using namespace std::chrono_literals;

namespace {

constexpr auto patience = 60s; // the machine may be busy

/// What a second start finds; it waits, so it does so on another thread, as another program would.
Instance::Found second(const QString& path, const Handed& handed)
{
    const auto found = QtConcurrent::run([&] { return Instance(path).begin(handed, patience); });
    if (!QTest::qWaitFor([&] { return found.isFinished(); }, 120'000))
        qFatal("The second start has not ended.");
    return found.result();
}

} // namespace

class InstanceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_path = m_folder.filePath(QString::number(++m_count)); }

    void aSecondStartHandsItsFilesToTheFirst()
    {
        Instance first(m_path);
        QCOMPARE(first.begin({}, patience), Instance::First);
        QStringList files;
        QString token;
        connect(&first, &Instance::handed, this, [&](const Handed& handed) {
            files = handed.files;
            token = handed.token;
        });
        const QStringList given {QStringLiteral("/a b.png"), QStringLiteral("/\u00e4\n.png")};
        QCOMPARE(
            second(m_path, {.files = given, .token = QStringLiteral("t")}), Instance::HandedOver);
        QCOMPARE(files, given);
        QCOMPARE(token, QStringLiteral("t"));
        QCOMPARE(second(m_path, {}), Instance::HandedOver); // and a third
    }

    void onlyTheUserCanOpenTheSocket()
    {
        Instance first(m_path);
        first.begin({}, patience);
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup
            | QFileDevice::ReadOther | QFileDevice::WriteOther;
        QVERIFY(QFileInfo::exists(m_path));
        QVERIFY(!(QFile::permissions(m_path) & others));
    }

    void theSocketOfAProgramThatCrashedDoesNotLockOut()
    {
        {
            QLocalServer gone;
            QVERIFY(gone.listen(m_path));
            QVERIFY(QFile::rename(m_path, m_path + QStringLiteral(".kept")));
        }
        QVERIFY(QFile::rename(m_path + QStringLiteral(".kept"), m_path)); // nobody listens at it
        Instance first(m_path);
        QCOMPARE(first.begin({}, patience), Instance::First);
        QCOMPARE(second(m_path, {}), Instance::HandedOver);
    }

    /// To open it waits for somebody to write into it.
    void aPipeInPlaceOfTheLockIsNotOpened()
    {
        const QString lock = m_path + QStringLiteral(".lock");
        QCOMPARE(::mkfifo(lock.toUtf8().constData(), 0600), 0);
        Instance first(m_path);
        QCOMPARE(first.begin({}, patience), Instance::First);
        QCOMPARE(second(m_path, {}), Instance::HandedOver);
    }

    void oneThatDoesNotAnswerIsNotWaitedForAndGetsNothingLater()
    {
        Instance hung(m_path); // this thread has no time for it
        const QSignalSpy handed(&hung, &Instance::handed);
        QCOMPARE(hung.begin({}, patience), Instance::First);
        Instance impatient(m_path);
        QCOMPARE(impatient.begin({.files = {QStringLiteral("/a.png")}}, 50ms), Instance::Deaf);
        QCOMPARE(second(m_path, {}), Instance::HandedOver); // behind the other one
        QCOMPARE(handed.size(), 1);
    }

    void whatIsTooLongOrNoMessageIsNotTaken()
    {
        Instance first(m_path);
        const QSignalSpy handed(&first, &Instance::handed);
        first.begin({}, patience);
        QLocalSocket socket;
        socket.connectToServer(m_path);
        QVERIFY(socket.waitForConnected());
        socket.write(QByteArray((1 << 20) + 100, 'x')); // no end of a line
        QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
        QCOMPARE(handed.size(), 0);
        QCOMPARE(second(m_path, {}), Instance::HandedOver); // it is still there
    }

    void withoutAFolderForSocketsEveryoneIsTheFirst()
    {
        qunsetenv("XDG_RUNTIME_DIR");
        QCOMPARE(instancePath({}), QString());
        qputenv("XDG_RUNTIME_DIR", "relative");
        QCOMPARE(instancePath({}), QString());
        Instance one {QString()}, other {QString()};
        QCOMPARE(one.begin({}, patience), Instance::First);
        QCOMPARE(other.begin({}, patience), Instance::First);
    }

    void whoHasOtherSettingsHasAnotherSocket()
    {
        qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8());
        const QString one = instancePath({QStringLiteral("a"), QStringLiteral("b")});
        QVERIFY(one.startsWith(m_folder.path() + QLatin1Char('/')));
        QVERIFY(one != instancePath({QStringLiteral("a"), QStringLiteral("c")}));
        QCOMPARE(one, instancePath({QStringLiteral("a"), QStringLiteral("b")}));
    }

private:
    QTemporaryDir m_folder;
    QString m_path;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(InstanceTest)
#include "tst_instance.moc"
