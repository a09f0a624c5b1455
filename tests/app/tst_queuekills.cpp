// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/keepedits.h"
#include "tests/app/emptyhome.h"
#include "tests/app/keepingprogram.h"
#include "tests/testseed.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSettings>
#include <QTemporaryDir>

#include <cstdio>

namespace {

/// Says what is in the file by now: what stands on a line was kept.
void tell(Program& program, const char* what)
{
    if (!program.keeper.flush())
        return;
    std::printf("%s", what);
    for (const Queued& run : program.session.queue().waiting())
        std::printf(" %lld", static_cast<long long>(run.key));
    std::printf("\n");
    std::fflush(stdout);
}

/// Puts runs into the queue, edits it and lets it go, until it is killed.
int child(const QString& path)
{
    EmptyHome home;
    QSettings().clear();
    Program program(path);
    Session& session = program.session;
    program.fill();
    session.editor().setValue("steps", 3);
    Queue& queue = session.queue();
    queue.setPaused(true);
    for (int i = 0; i < 8; ++i) {
        session.start();
        tell(program, "add");
    }
    queue.move(queue.waiting().back().id, 0);
    tell(program, "move");
    const Queued& third = queue.waiting().at(2);
    // Told before: the kill may come when it is gone and nothing was told yet.
    std::printf("without %lld\n", static_cast<long long>(third.key));
    std::fflush(stdout);
    queue.remove(third.id);
    tell(program, "remove");
    session.history().undo();
    tell(program, "undo");
    std::printf("go\n");
    std::fflush(stdout);
    queue.setPaused(false);
    return QCoreApplication::exec();
}

std::vector<int64_t> keysOf(const QByteArray& line)
{
    std::vector<int64_t> keys;
    for (const QByteArray& word : line.trimmed().split(' ').mid(1))
        keys.push_back(word.toLongLong());
    return keys;
}

} // namespace

class QueueKillsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Each run that was told to be kept is there once, as one that waits or as one that began, and
    /// those that wait are in their order.
    void aKilledQueueIsAllThere()
    {
        QRandomGenerator chance {seedOfTest()};
        int went = 0;
        for (int round = 0; round < 12; ++round) {
            const QTemporaryDir folder;
            const QString path = folder.filePath(QStringLiteral("a.simile"));
            QProcess process;
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("TMPDIR"), folder.path()); // it tidies nothing up
            process.setProcessEnvironment(environment);
            process.start(
                QCoreApplication::applicationFilePath(), {QStringLiteral("--child"), path});
            QVERIFY(process.waitForStarted());
            QList<QByteArray> lines;
            // By lines rather than by time, so that it is the same however fast the machine is; the
            // first round in any case where the queue runs, behind fewer than twenty lines.
            const int until = round == 0 ? 20 : int(chance.bounded(4, 20));
            const QByteArray last("go\n");
            while (lines.size() < until && !lines.contains(last) && process.waitForReadyRead(60000))
                while (process.canReadLine())
                    lines.append(process.readLine());
            if (lines.contains(last)) {
                ++went;
                QTest::qWait(int(chance.bounded(40))); // somewhere in the runs
            }
            process.kill();
            process.waitForFinished();
            while (process.canReadLine())
                lines.append(process.readLine());
            lines.removeAll(last);
            std::vector<int64_t> without;
            if (!lines.isEmpty() && lines.last().startsWith("without"))
                without = keysOf(lines.takeLast());
            lines.removeIf([](const QByteArray& line) { return line.startsWith("without"); });
            QVERIFY(!lines.isEmpty());
            auto told = keysOf(lines.last());
            std::erase_if(told, [&](int64_t key) { return std::ranges::count(without, key) > 0; });
            const SessionFile file(path.toStdString(), SessionFile::Foreign);
            std::vector<int64_t> waiting, there;
            for (const KeptWaiting& run : file.waiting())
                if (run.place >= 0)
                    waiting.push_back(run.run.id);
            for (const KeptRun& run : file.runs())
                there.push_back(run.id);
            for (const int64_t key : told)
                QVERIFY2(
                    std::ranges::count(waiting, key) + std::ranges::count(there, key) == 1,
                    lines.last().constData());
            std::vector<int64_t> rest; // of those that were told
            for (const int64_t key : told)
                if (std::ranges::count(there, key) == 0)
                    rest.push_back(key);
            std::erase_if(waiting, [&](int64_t key) { return std::ranges::count(told, key) == 0; });
            if (lines.last().startsWith("add") && lines.size() < 8)
                QCOMPARE(waiting, rest);
            Program program(path);
            QCOMPARE(program.session.queue().paused(), !program.session.queue().waiting().empty());
        }
        QVERIFY(went > 0);
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--child"))
        return child(arguments.value(2));
    const EmptyHome home;
    QueueKillsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_queuekills.moc"
