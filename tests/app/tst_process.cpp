// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/process.h"

#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/programenvironment.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <unistd.h>

namespace {

const QString sample = QStringLiteral(PROJECT_SOURCE "/resources/samples/analogy/");

} // namespace

/// The program in surroundings that fail it: the shell makes them.
class ProcessTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QProcess m_process;

    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    QString said() { return QString::fromUtf8(m_process.readAllStandardError()); }
    /// Runs a line in which %1 is the program, %2 the three pictures of the sample.
    int shell(const QString& line)
    {
        const QString pictures = sample + QStringLiteral("a.png ") + sample
            + QStringLiteral("a-prime.png ") + sample + QStringLiteral("b.png");
        m_process.start(
            QStringLiteral("/bin/sh"),
            {QStringLiteral("-c"), line.arg(QStringLiteral(SIMILE), pictures)});
        return m_process.waitForFinished(240'000) ? m_process.exitCode() : -1;
    }
    void begin(const QString& out)
    {
        m_process.start(
            QStringLiteral(SIMILE),
            {QStringLiteral("analogy"), sample + QStringLiteral("a.png"),
             sample + QStringLiteral("a-prime.png"), sample + QStringLiteral("b.png"),
             QStringLiteral("-o"), out, QStringLiteral("--steps"), QStringLiteral("1000"),
             QStringLiteral("--strength"), QStringLiteral("1"), QStringLiteral("--precision"),
             QStringLiteral("fp32")});
        m_process.setReadChannel(QProcess::StandardError);
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto environment = programEnvironment(m_folder.path());
        environment.insert(QStringLiteral("TMPDIR"), m_folder.path());
        m_process.setProcessEnvironment(environment);
        m_process.setWorkingDirectory(m_folder.path());
    }
    void cleanup()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    void standardOutputThatIsFullIsAFailure()
    {
        QCOMPARE(shell(QStringLiteral("%1 grid %2 -o full.png > /dev/full")), 1);
        QVERIFY(said().contains(QStringLiteral("Standard output could not be written: ")));
        QVERIFY(QFile::exists(path("full.png")));
        QCOMPARE(shell(QStringLiteral("%1 --version > /dev/full")), 1);
    }

    void aReaderThatIsGoneDoesNotEndTheWork()
    {
        const QString line = QStringLiteral("(%1 grid %2 -o gone.png; echo $? > status) 2>&1 | :");
        shell(line);
        QVERIFY(QFile::exists(path("gone.png")));
        QCOMPARE(readText(path("status").toStdString()), std::string("1\n"));
        shell(QStringLiteral("(%1 grid %2 -o err.png 2>&3 3>&- > out; echo $? > status) 3>&1 | :"));
        QVERIFY(QFile::exists(path("err.png")));
        QCOMPARE(readText(path("status").toStdString()), std::string("0\n"));
    }

    void closedDescriptorsAreNoneOfOurFiles()
    {
        QCOMPARE(shell(QStringLiteral("%1 grid %2 -o closed.png <&- >&- 2>&-")), 0);
        QVERIFY(!loadImage(path("closed.png").toStdString()).image.empty());
    }

    /// As where somebody logs in again.
    void whatASessionManagerStartsItWithIsTaken()
    {
        QCOMPARE(shell(QStringLiteral("%1 -session 10_20 --version")), 0);
        QCOMPARE(shell(QStringLiteral("%1 -session")), 2);
    }

    void anEmptyNameIsABadArgument()
    {
        QCOMPARE(
            shell(QStringLiteral("%1 annotate %2 -o ''")
                      .replace(QStringLiteral("%2"), sample + QStringLiteral("a.png"))),
            2);
        QVERIFY(said().contains(QStringLiteral("name of a file or folder is empty: give one for --out")));
    }

    void aPlaceThatCannotBeWrittenIsToldBeforeTheWork()
    {
        QCOMPARE(
            shell(QStringLiteral("ln -s none/x.png dangling.png; %1 grid %2 -o dangling.png")), 1);
        QVERIFY(said().contains(QStringLiteral("dangling.png could not be written: ")));
        // A limit to the size of files, in blocks of 512 bytes: EFBIG in its sentence.
        QCOMPARE(shell(QStringLiteral("ulimit -f 16; %1 grid %2 -o large.png")), 1);
        const QString large = said();
        QVERIFY2(
            large.contains(QStringLiteral("it would become larger than the system allows")),
            qPrintable(large));
        QCOMPARE(
            QDir(m_folder.path())
                .entryList({QStringLiteral(".simile*")}, QDir::Files | QDir::Hidden),
            QStringList());
    }

    void aPipeInPlaceOfTheSettingsIsToldAndNotWaitedFor()
    {
        QCOMPARE(
            shell(QStringLiteral(
                "mkdir -p simile && mv simile/simile.conf kept.conf; mkfifo simile/simile.conf; "
                "%1 grid %2 -o pipe.png; status=$?; rm simile/simile.conf; exit $status")),
            0);
        const QString told = said();
        QVERIFY2(told.contains(QStringLiteral("simile.conf is not a file")), qPrintable(told));
        QVERIFY(QFile::exists(path("pipe.png")));
    }

    void placesThatMeanNothingAreNotLookedForWhereItIsStarted()
    {
        QCOMPARE(
            shell(QStringLiteral(
                "mkdir -p started && cd started && XDG_CONFIG_HOME=here XDG_CACHE_HOME=here "
                "XDG_STATE_HOME=here XDG_DATA_HOME=here TMPDIR=nowhere %1 grid %2 -o ../x.png && "
                "rmdir ../started")),
            0); // it is empty
    }

    void aStartWithoutMemoryHasItsStatus()
    {
#if defined(__SANITIZE_ADDRESS__)
        QSKIP("It takes terabytes of addresses.");
#endif
        // Below a certain limit the system's loader gives up, above another one it works; in
        // between libraries begin and find no memory.
        for (int limit = 100'000, status = -1; status != 0;
             limit += limit < 500'000 ? 100'000 : 20'000) {
            QVERIFY(limit < 4'000'000);
            status = shell(
                QStringLiteral("ulimit -v ") + QString::number(limit)
                + QStringLiteral("; %1 --version"));
            QVERIFY2(
                status == 4 || status == 0,
                qPrintable(QStringLiteral("%1: %2, %3").arg(limit).arg(status).arg(said())));
        }
    }

    void aTerminalThatIsClosedEndsARunAsAnInterruptDoes()
    {
        begin(path("hup.png"));
        QString heard;
        while (!heard.contains(QStringLiteral("Step 1 of")) && m_process.waitForReadyRead(60'000))
            heard += said();
        ::kill(pid_t(m_process.processId()), SIGHUP);
        QVERIFY(m_process.waitForFinished(30'000));
        QCOMPARE(m_process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(m_process.exitCode(), 5);
        QVERIFY(!QFile::exists(path("hup.png")));
    }

    void anEarlyInterruptHasItsStatusToo()
    {
        // Whenever it comes: the program ends with 5, or before its main() by the signal. On a busy
        // machine that may take long, so it is tried later and later.
        bool interrupted = false;
        for (int milliseconds = 150; !interrupted; milliseconds *= 2) {
            QVERIFY(milliseconds < 60'000);
            begin(path("early.png"));
            QVERIFY(m_process.waitForStarted());
            QTest::qSleep(milliseconds);
            ::kill(pid_t(m_process.processId()), SIGINT);
            QVERIFY(m_process.waitForFinished(30'000));
            interrupted = m_process.exitStatus() == QProcess::NormalExit;
            if (interrupted)
                QCOMPARE(m_process.exitCode(), 5);
        }
    }
};

QTEST_GUILESS_MAIN(ProcessTest)
#include "tst_process.moc"
