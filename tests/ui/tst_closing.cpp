// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batchrunner.h"
#include "app/ending.h"
#include "app/engine.h"
#include "app/keeper.h"
#include "app/licences.h"
#include "app/methodlist.h"
#include "app/modelstore.h"
#include "app/session.h"
#include "app/sessions.h"
#include "app/settings.h"
#include "core/catalogue.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/picture/imagefile.h"
#include "tests/app/network/fileserver.h"
#include "tests/app/statefolder.h"
#include "ui/getmodels.h"
#include "ui/getmodelsdialog.h"
#include "ui/getmodelspanel.h"
#include "ui/mainwindow.h"
#include "ui/saver.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace {

constexpr int patience = 100'000; // milliseconds until a state is reached, on a busy machine
constexpr int longest = 10'000;   // until the program has ended

/// The program as it is started, with the shipped model and methods, in a process of its own.
struct Program
{
    Settings settings = {};
    Engine engine;
    MethodList methods;
    Session session {engine, methods, settings};
    Keeper keeper {session};
    Sessions sessions {keeper, settings};
    MainWindow window {session, settings};

    Program()
    {
        window.setSessions(sessions, keeper);
        sessions.openLast();
        window.show();
        until("the model is known", [this] { return !session.model().card().path.empty(); });
        session.setPrecision(QStringLiteral("fp32"));
    }

    static void until(const char* what, const std::function<bool()>& reached)
    {
        if (QTest::qWaitFor(reached, patience))
            return;
        std::fprintf(stderr, "not reached: %s\n", what);
        std::_Exit(9);
    }
    /// The sample, with as many steps; 0: with its own.
    void start(const char* method, int steps)
    {
        session.setMethod(method);
        session.restorer().loadSample();
        until("all pictures are there", [this] { return session.missing().isEmpty(); });
        if (steps > 0)
            session.editor().setValue("steps", steps);
        session.start();
        until("the run begins", [this] { return session.runs().running(); });
    }
    void step()
    {
        until("a step", [this] {
            const auto run = session.runs().inProgress();
            return run && run->stepsDone() > 0;
        });
    }
};

const char* const converter = "SIMILE_TEST_CONVERTER"; // where the one that hangs says who it is

/// A checkpoint is chosen, whose conversion, in a process of this program, hangs.
void beginConversion(Program& program, const QString& folder)
{
    const QString checkpoint = folder + QStringLiteral("/model.ckpt");
    QFile::copy(QStringLiteral(TEST_DATA "/single-file-sd1/subset.ckpt"), checkpoint);
    program.session.model().choose(checkpoint);
    Program::until(
        "the conversion", [] { return QFileInfo(qEnvironmentVariable(converter)).size() > 0; });
}

/// What that process does.
int hang()
{
    const std::string who = std::to_string(getpid());
    writeFileAtomically(
        qEnvironmentVariable(converter).toStdString(), std::as_bytes(std::span(who)));
    QThread::sleep(600);
    return 1;
}

void beginBatch(Program& program, const QString& folder)
{
    program.session.setMethod("analogy");
    program.session.restorer().loadSample();
    Program::until("all pictures are there", [&] { return program.session.missing().isEmpty(); });
    const QString from = folder + QStringLiteral("/in");
    QDir().mkpath(from);
    for (const char* name : {"one.png", "two.png", "three.png"})
        writeFileAtomically(
            (from + QLatin1Char('/') + QLatin1String(name)).toStdString(),
            encodePng(filled(64, 64, {uint8_t(name[0]), 0, 0})));
    auto& runner = *program.window.findChild<BatchRunner*>();
    runner.list(
        {.from = from,
         .folder = folder + QStringLiteral("/out"),
         .name = QStringLiteral("{picture}"),
         .seed = 1});
    Program::until(
        "the batch is listed", [&] { return !runner.looking() && !runner.items().empty(); });
    runner.start();
    Program::until("the batch makes one", [&] { return runner.making() >= 0; });
    program.step();
}

/// A download from a slow server.
struct Fetching
{
    QTemporaryDir folder;
    Published file {.bytes = QByteArray(200'000, 'x')};
    FileServer server {[this](const Asked& asked) { return file.answer(asked, server); }};

    explicit Fetching(Program& program)
    {
        file.slow = 100;
        setModelsFolder(folder.path().toStdString());
        acceptLicence("openrail++");
        Catalogue catalogue = readCatalogue();
        for (CatalogueEntry& entry : catalogue.entries)
            if (entry.id == "lcm-lora") {
                entry.bytes = uint64_t(file.bytes.size());
                entry.sha256 = sha256(
                    std::as_bytes(std::span(file.bytes.data(), std::size_t(file.bytes.size()))));
            }
        auto* models = new GetModels(program.session, program.window);
        models->setPlace(server.rules(), catalogue);
        models->open("lcm-lora");
        models->dialog()->panel().getButton()->click();
        Program::until("the download has begun", [this, models] {
            const auto& items = models->downloads().items();
            return !items.empty() && items.front().state == FetchItem::Running
                && server.asked().size() > 1; // the site and its content host
        });
    }
};

/// The whole life of a program that is closed in a state. What has to be there afterwards is
/// written into @p folder.
int live(QApplication& application, const QString& state, const QString& folder)
{
    qputenv(converter, (folder + QStringLiteral("/converter")).toUtf8());
    std::unique_ptr<Fetching> fetching; // its folder goes last
    Program program;
    const QString picture = folder + QStringLiteral("/kept.png");
    if (state == QLatin1String("loading")) {
        program.start("analogy", 20);
    } else if (state == QLatin1String("running")) {
        program.start("analogy", 20);
        program.step();
    } else if (state == QLatin1String("stopping")) {
        program.start("analogy", 20);
        program.step();
        program.session.runs().stop(true);
        Program::until("the stop", [&] {
            const auto run = program.session.runs().inProgress();
            return run && run->state == Run::Stopping;
        });
    } else if (state == QLatin1String("converting")) {
        beginConversion(program, folder);
    } else if (state == QLatin1String("inverting")) {
        program.start("translate", 0);
        Program::until("the inversion", [&] {
            const auto run = program.session.runs().inProgress();
            return run && run->stage.contains(QLatin1String("Inverting"));
        });
    } else if (state == QLatin1String("batch")) {
        beginBatch(program, folder);
    } else if (state == QLatin1String("saving")) {
        program.start("analogy", 2);
        Program::until("the run has ended", [&] { return !program.session.runs().running(); });
    } else if (state == QLatin1String("download")) {
        fetching = std::make_unique<Fetching>(program);
    } else if (state == QLatin1String("decoding")) {
        for (const char* slot : {"a", "a_prime", "b"})
            program.session.inputs().load(slot, {{.path = folder + QStringLiteral("/large.png")}});
    }
    QTimer::singleShot(0, &program.window, [&] {
        if (state == QLatin1String("saving"))
            program.window.findChild<Saver*>()->write(picture, Embed::Full);
        std::puts("closing");
        std::fflush(stdout);
        program.window.close();
    });
    const int status = application.exec();
    endProgram();
    return status;
}

} // namespace

/// Closing the window ends the program within ten seconds, whatever it does, and loses nothing.
class ClosingTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void theProgramEndsSoonInEveryState_data()
    {
        QTest::addColumn<QString>("state");
        for (const char* state :
             {"idle", "loading", "running", "stopping", "inverting", "batch", "saving", "download",
              "decoding", "converting"})
            QTest::newRow(state) << QString::fromLatin1(state);
    }

    void theProgramEndsSoonInEveryState()
    {
        QFETCH(QString, state);
        const QString folder = m_folder.filePath(state);
        QVERIFY(QDir().mkpath(folder));
        if (state == QLatin1String("decoding"))
            writeFileAtomically(
                (folder + QStringLiteral("/large.png")).toStdString(),
                encodePng(filled(9000, 9000, {1, 2, 3})));
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(
            QFileInfo(QStringLiteral("/proc/self/exe")).canonicalFilePath(),
            {QStringLiteral("live"), state, folder});
        while (!process.canReadLine() && process.waitForReadyRead(patience)) { }
        QVERIFY2(
            process.readAllStandardOutput().startsWith("closing"), "the state was not reached");
        QElapsedTimer timer;
        timer.start();
        QVERIFY(process.waitForFinished(patience));
        const qint64 took = timer.elapsed();
        QVERIFY2(took < longest, qPrintable(QString::number(took)));
        qInfo("%s: %lld ms", qPrintable(state), static_cast<long long>(took));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        if (QFile who(folder + QStringLiteral("/converter"));
            state == QLatin1String("converting")) {
            QVERIFY(who.open(QFile::ReadOnly));
            const int pid = who.readAll().toInt();
            QVERIFY(pid > 0 && kill(pid, 0) != 0); // nor does that one go on
        }
        const QString kept = folder + QStringLiteral("/kept.png");
        QCOMPARE(QFile::exists(kept), state == QLatin1String("saving"));
        if (state == QLatin1String("saving"))
            QVERIFY(loadImage(kept.toStdString()).notes.empty());
    }
};

int main(int argc, char** argv)
{
    if (argc > 1 && QByteArray(argv[1]) == "convert-checkpoint")
        return hang();
    StateFolder state;
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == QLatin1String("live")) {
        state.renew();
        return live(application, arguments[2], arguments[3]);
    }
    ClosingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_closing.moc"
