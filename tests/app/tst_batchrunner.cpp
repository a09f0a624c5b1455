// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batchrunner.h"

#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/anotheruser.h"
#include "tests/app/countingmethod.h"
#include "tests/app/folderfaults.h"
#include "tests/app/sessionfixture.h"
#include "tests/app/statefolder.h"

#include <QDir>

#include <unistd.h>

#include <atomic>

namespace fs = std::filesystem;

namespace {

constexpr int pictures = 50;

/// A batch of fifty; something is done in the middle of the run of that number.
struct Fixture
{
    QTemporaryDir folder;
    std::atomic<int> runs = 0;
    int strikeAt = 20;
    std::function<void()> meanwhile = {};
    std::unique_ptr<SessionFixture> session;
    std::unique_ptr<BatchRunner> runner;

    Fixture()
    {
        Method method = countingMethod();
        method.run = [this, count = method.run](
                         const Request& request, Models& models, const Report& report) {
            if (++runs == strikeAt && meanwhile)
                meanwhile();
            return count(request, models, report);
        };
        session = std::make_unique<SessionFixture>(std::vector {method});
        runner = std::make_unique<BatchRunner>(session->session, session->settings);
        QDir(folder.path()).mkdir(QStringLiteral("in"));
        for (int i = 0; i < pictures; ++i)
            writeFileAtomically(
                at("in") / (nameOf(i) + ".png"), encodePng(filled(4, 4, {uint8_t(i), 9, 9})));
        for (const char* slot : {"a", "a_prime"})
            session->session.inputs().set(slot, filled(3, 2, {1, 2, 3}), QStringLiteral("x.png"));
        session->session.editor().setValue("steps", 1);
    }
    fs::path at(const char* name) const
    {
        return folder.filePath(QLatin1String(name)).toStdString();
    }
    static std::string nameOf(int i) { return "p" + std::to_string(100 + i); }
    fs::path result(int i) const { return at("out") / (nameOf(i) + ".png"); }
    /// Which of the results lie there, and their bytes.
    std::map<int, std::vector<std::byte>> results() const
    {
        std::map<int, std::vector<std::byte>> there;
        for (int i = 0; i < pictures; ++i)
            if (fs::exists(result(i)))
                there[i] = readFile(result(i), 1 << 20);
        return there;
    }
    Runs& list() { return session->session.runs(); }
    void start()
    {
        runner->list(
            {.from = folder.filePath(QStringLiteral("in")),
             .folder = folder.filePath(QStringLiteral("out")),
             .name = QStringLiteral("{picture}")});
        QTRY_VERIFY_WITH_TIMEOUT(!runner->looking() && !runner->items().empty(), 60000);
        QVERIFY2(runner->missing().isEmpty(), qPrintable(runner->missing().join(QLatin1Char(' '))));
        runner->start();
        waitForEnd();
    }
    void waitForEnd()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!runner->running() && !list().running(), 120000);
        QCoreApplication::processEvents();
    }
};

} // namespace

class BatchRunnerTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

private Q_SLOTS:
    void init() { m_state.renew(); }

    void aFolderThatTakesNothingAnyMorePausesTheBatch_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<QString>("words");
        QTest::newRow("gone") << int(FolderFault::Gone)
                              << QStringLiteral("there is no such file or folder.");
        QTest::newRow("full") << int(FolderFault::Full)
                              << QStringLiteral("there is not enough space (it needs ");
        QTest::newRow("read-only")
            << int(FolderFault::ReadOnly) << QStringLiteral("you have no permission.");
    }

    /// It says so and goes on where that is mended: nothing is made twice, lost or overwritten.
    void aFolderThatTakesNothingAnyMorePausesTheBatch()
    {
        QFETCH(int, fault);
        QFETCH(QString, words);
        const auto kind = FolderFault(fault);
        if (kind == FolderFault::ReadOnly && geteuid() == 0)
            return anotherUserRuns(
                QStringLiteral("aFolderThatTakesNothingAnyMorePausesTheBatch:read-only"));
        Fixture f;
        f.meanwhile = [&] { strike(kind, f.at("out")); };
        f.start();
        QVERIFY2(
            f.runner->reason().contains(words)
                && f.runner->reason().contains(QLatin1String("is kept among the runs")),
            qPrintable(f.runner->reason()));
        const int runs = f.runs;
        QVERIFY2(runs <= f.strikeAt + 1, qPrintable(QString::number(runs)));
        mend(kind, f.at("out"));
        const auto before = f.results();
        // What is not in the folder is a run, with its picture.
        QVERIFY(int(before.size()) < runs && int(before.size()) >= runs - 2);
        int kept = 0;
        for (const auto& run : f.list().all())
            kept += run->state == Run::Done && !run->candidates.empty();
        QVERIFY2(kept >= runs - int(before.size()), qPrintable(QString::number(kept)));
        f.runner->start();
        f.waitForEnd();
        QVERIFY2(f.runner->reason().isEmpty(), qPrintable(f.runner->reason()));
        QCOMPARE(f.runner->counts().done(), pictures);
        QCOMPARE(f.runs.load(), pictures); // those that were kept were written
        const auto after = f.results();
        QCOMPARE(int(after.size()), pictures);
        for (const auto& [i, bytes] : before)
            QVERIFY(after.at(i) == bytes);
        QTRY_VERIFY(fs::exists(f.at("out") / "index.html"));
    }

    /// The one in progress when it paused may not be over when it goes on.
    void itGoesOnWithTheRunThatIsStillInProgress()
    {
        Fixture f;
        f.meanwhile = [&] { strike(FolderFault::Full, f.at("out")); };
        int times = 0; // two, where another write had failed by then
        QObject::connect(f.runner.get(), &BatchRunner::changed, [&] {
            if (f.runner->running() || f.runner->reason().isEmpty() || ++times > 2)
                return;
            mend(FolderFault::Full, f.at("out"));
            f.runner->start();
        });
        f.start();
        QVERIFY2(times == 1 || times == 2, qPrintable(QString::number(times)));
        QCOMPARE(f.runner->counts().done(), pictures);
        QCOMPARE(f.runs.load(), pictures);
        QCOMPARE(int(f.results().size()), pictures);
    }

    void aNameThatSomebodyElseTakesMeanwhileStaysAndTheOthersAreMade()
    {
        Fixture f;
        const std::string theirs = "somebody else's";
        f.meanwhile = [&] { writeFileAtomically(f.result(19), std::as_bytes(std::span(theirs))); };
        f.start();
        QCOMPARE(f.runs.load(), pictures);
        QCOMPARE(f.runner->counts().done(), pictures - 1);
        QCOMPARE(f.runner->counts().failed, 1);
        QCOMPARE(
            english(f.runner->items().at(19).failure),
            std::string("p119.png has come there meanwhile, and nothing is overwritten."));
        QCOMPARE(readText(f.result(19)), theirs);
        const auto kept = std::ranges::any_of(f.list().all(), [](const auto& run) {
            const auto& b = run->request().images.at("b");
            return run->state == Run::Done && b.at(0).name == "p119.png";
        });
        QVERIFY(kept); // what was made stays as a run
    }
};

QTEST_GUILESS_MAIN(BatchRunnerTest)
#include "tst_batchrunner.moc"
