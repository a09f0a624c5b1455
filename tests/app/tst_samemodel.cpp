// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/samemodel.h"

#include "app/commands.h"
#include "app/runrecord.h"
#include "app/store/database.h"
#include "app/store/keeprun.h"
#include "app/store/sessionfile.h"
#include "core/file/files.h"
#include "core/models.h"
#include "tests/app/branchingmethod.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/makefixture.h"
#include "tests/app/statefolder.h"
#include "tests/failure.h"

#include <QTest>

#include <fstream>

namespace fs = std::filesystem;

namespace {

const char* const weights = "unet/diffusion_pytorch_model.safetensors";
const QString another = QStringLiteral(
    "The model model is another file now than when the run was begun, and the steps of both make "
    "no picture together: put the former file back, or make the picture anew.");

} // namespace

/// Steps that a run takes over are of the model that it has now, or it says so and computes
/// nothing.
class SameModelTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;
    Network m_network;

    QString path(const char* name = "a.simile") const { return m_state.path(name); }
    fs::path model() const { return path("model").toStdString(); }
    ModelCard card() const { return {.path = model(), .name = "model"}; }
    std::string hash() const { return modelHash(card(), {}); }

    /// Another value in the file's last tensor.
    void overwriteATensor() const
    {
        std::fstream file(model() / weights, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(-4, std::ios::end);
        file.write("\0\0\x80\x3f", 4);
        QVERIFY(file.good());
        file.close();
        fs::last_write_time(model() / weights, fs::file_time_type::clock::now());
    }
    void putBack() const
    {
        fs::copy_file(
            fs::path(MINI_MODEL) / weights, model() / weights,
            fs::copy_options::overwrite_existing);
    }

    std::vector<Method> methods() { return {branchingMethod(m_network), promptFreeMethod()}; }

    /// A program whose model is the copy.
    std::unique_ptr<Program> begun()
    {
        auto program = std::make_unique<Program>(path(), methods());
        program->session.model().choose(path("model"));
        [&] { QTRY_COMPARE_WITH_TIMEOUT(program->session.model().card().path, model(), 20000); }();
        program->fill();
        return program;
    }
    /// One that was stopped at its second step.
    void stopOne(bool knowsHash = true)
    {
        const auto program = begun();
        program->run(9, 2);
        const auto run = program->session.runs().current();
        QCOMPARE(run->state, Run::Stopped);
        QCOMPARE(run->modelMark.stamp, stampOf(model()));
        QTRY_COMPARE_WITH_TIMEOUT(run->modelMark.hash, hash(), 20000);
        QVERIFY(program->keeper.flush());
        if (!knowsHash)
            Database(path().toStdString(), Database::ReadWrite)
                .execute("UPDATE run SET record = json_set(record, '$.model.hash', '')");
    }
    static void goOn(Program& program, int number = 1)
    {
        QSignalSpy ended(&program.session.runs(), &Runs::ended);
        program.session.goOn(number);
        QVERIFY(ended.wait(20000));
    }
    int goOnByCommand(std::string& said, const char* out = "made.png")
    {
        const MethodList list(methods());
        int status = -1;
        said = errorOutputOf([&] {
            status =
                ::goOn({.session = path().toStdString(), .out = path(out).toStdString()}, list);
        });
        return status;
    }
    static Record recordIn(const QString& file)
    {
        return readRecord(readFile(file.toStdString(), 1 << 20)).value();
    }

private Q_SLOTS:
    void init()
    {
        m_state.renew();
        fs::copy(MINI_MODEL, model(), fs::copy_options::recursive);
        m_network.calls = 0;
    }

    void aRunDoesNotGoOnWithAnotherModel()
    {
        stopOne();
        overwriteATensor();
        m_network.calls = 0;
        {
            Program program(path(), methods());
            const auto run = program.session.runs().current();
            const size_t steps = run->steps.size(), pictures = run->candidates.size();
            goOn(program);
            QCOMPARE(run->state, Run::Stopped);
            QCOMPARE(run->notes, QStringList {another});
            QCOMPARE(run->steps.size(), steps);
            QCOMPARE(run->candidates.size(), pictures);
            QVERIFY(pictures > 0 && run->canGoOn());
            QCOMPARE(m_network.calls.load(), 0);
            putBack(); // and it goes on
            goOn(program);
            QCOMPARE(run->state, Run::Done);
            QCOMPARE(run->modelMark.hash, hash());
        }
        QCOMPARE(Program(path(), methods()).session.runs().current()->state, Run::Done);
    }

    void aCommandDoesNotGoOnWithAnotherModel()
    {
        stopOne();
        overwriteATensor();
        m_network.calls = 0;
        std::string said;
        QCOMPARE(goOnByCommand(said), int(ExitModelMissing));
        QVERIFY2(said.ends_with(another.toStdString() + "\n"), said.c_str());
        QCOMPARE(m_network.calls.load(), 0);
        QVERIFY(!QFile::exists(path("made.png")));
        putBack();
        QCOMPARE(goOnByCommand(said), int(ExitDone));
        QCOMPARE(recordIn(path("made.png")).modelHash, hash());
    }

    void aRunThatIsPausedDoesNotGoOnWithAnotherModel()
    {
        const auto program = begun();
        m_network.beforeStep = [&](int step) {
            if (step == 2)
                QMetaObject::invokeMethod(
                    &program->session, [&] { program->session.queue().pauseNow(); });
        };
        program->run(9);
        m_network.beforeStep = {};
        const auto run = program->session.runs().current();
        QCOMPARE(run->state, Run::Paused);
        QTRY_COMPARE_WITH_TIMEOUT(run->modelMark.hash, hash(), 20000);
        overwriteATensor();
        goOn(*program);
        QCOMPARE(run->state, Run::Paused);
        QCOMPARE(run->notes, QStringList {another});
        putBack();
        goOn(*program);
        QCOMPARE(run->state, Run::Done);
    }

    void aBranchDoesNotTakeTheStepsOfAnotherModel()
    {
        const auto program = begun();
        program->run(5);
        const auto parent = program->session.runs().current();
        QTRY_COMPARE_WITH_TIMEOUT(parent->modelMark.hash, hash(), 20000);
        overwriteATensor();
        m_network.calls = 0;
        const auto branch = [&] {
            program->session.restorer().branchFrom(1, 3);
            program->run(5);
            return program->session.runs().current();
        };
        const auto refused = branch();
        QCOMPARE(refused->state, Run::Failed);
        QCOMPARE(refused->error, another);
        QCOMPARE(m_network.calls.load(), 0);
        putBack();
        const auto made = branch();
        QCOMPARE(made->state, Run::Done);
        QCOMPARE(made->modelMark, parent->modelMark);
    }

    void ofAModelWithoutAKnownHashTheRecordSaysNone()
    {
        stopOne(false);
        putBack(); // the same, and nobody can say so
        std::string said;
        QCOMPARE(goOnByCommand(said), int(ExitDone));
        QCOMPARE(recordIn(path("made.png")).modelHash, std::string());
        Program program(path(), methods());
        const auto run = program.session.runs().current();
        QCOMPARE(run->state, Run::Done);
        const auto png = encoder(program.session.runs(), 0, -1, Embed::Full)();
        QCOMPARE(readRecord(png).value().modelHash, std::string());
    }

    void ofAFileThatWasNotTouchedTheHashIsReadLater()
    {
        stopOne(false);
        Program program(path(), methods());
        goOn(program);
        const auto run = program.session.runs().current();
        QCOMPARE(run->state, Run::Done);
        QTRY_COMPARE_WITH_TIMEOUT(run->modelMark.hash, hash(), 20000);
    }

    void aCommandKeepsTheHashOfARunThatIsStopped()
    {
        Fixture f;
        f.method = branchingMethod(m_network);
        f.command.request.model = model().string();
        f.command.request.values["steps"] = 9;
        f.command.session = path().toStdString();
        m_network.beforeStep = [](int step) {
            if (step == 3)
                throw WorkError("It fails.");
        };
        f.run();
        m_network.beforeStep = {};
        const KeptRun kept = SessionFile(f.command.session, SessionFile::Own).runs().at(0);
        const Record record = recordOf(kept, [](const std::string&) { return SharedImage(); });
        QCOMPARE(record.modelHash, hash());
        QCOMPARE(markOf(kept, record).stamp, stampOf(model()));
    }

    void whatIsKnownOfAModelSaysWhetherItIsTheSame()
    {
        int read = 0;
        const StageReport count = [&](const StageEvent&) { return ++read > 0; };
        const Request request {.model = model().string()};
        const ModelMark mark {.hash = hash(), .stamp = stampOf(model())};
        const auto same = [&](const ModelMark& of) {
            return checkSameModel(of, card(), request, count);
        };
        QVERIFY(same(mark) && same({}) && same({.stamp = "another"}));
        QCOMPARE(read, 0);
        QVERIFY(same({.hash = mark.hash}));
        QVERIFY(same({.hash = mark.hash, .stamp = "another"}));
        QCOMPARE(read, 2);
        const StageReport stop = [](const StageEvent&) { return false; };
        QVERIFY(!checkSameModel({.hash = mark.hash}, card(), request, stop));
        QCOMPARE(
            QString::fromStdString(failure([&] { same({.hash = std::string(64, '0')}); })),
            another);
        // Of a checkpoint that is gone, the copy that was converted is loaded.
        QVERIFY(
            checkSameModel({.hash = std::string(64, '0')}, {.path = "/none.ckpt"}, request, stop));
        QCOMPARE(modelHashOf(mark, card()), mark.hash);
        QCOMPARE(modelHashOf({.stamp = mark.stamp}, card()), mark.hash);
        QCOMPARE(modelHashOf({.stamp = "another"}, card()), std::string());
        QCOMPARE(modelHashOf(goingOn({}), card()), std::string());
    }
};

QTEST_GUILESS_MAIN(SameModelTest)
#include "tst_samemodel.moc"
