// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/interrupt.h"
#include "core/record.h"
#include "tests/app/makefixture.h"
#include "tests/littlememory.h"

#include <QTest>

#include <csignal>

namespace fs = std::filesystem;

namespace {

int handled = 0;

/// The model is a folder of its own, so that it can be taken away.
struct Work : Fixture
{
    Work()
    {
        fs::copy(MINI_MODEL, path("model"), fs::copy_options::recursive);
        command.request.model = path("model");
        command.request.values["steps"] = 5;
    }

    /// Does something at the third step.
    void during(const std::function<void()>& something)
    {
        method.run = [something](const Request& request, Models&, const Report& report) {
            return count(request, [&](const Event& event) {
                if (const auto* step = std::get_if<StepEvent>(&event); step && step->step == 3)
                    something();
                return report(event);
            });
        };
    }
    Image made() const { return loadImage(command.out).image; }
    std::string modelHash() const
    {
        return readRecord(readFile(command.out, 1 << 20)).value().modelHash;
    }
};

const Image five = filled(4, 4, {5, 0, 0}); // of the five steps

} // namespace

/// What was made is not thrown away for a side matter.
class WorkKeptTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_state;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", m_state.path().toUtf8());
        qputenv("XDG_STATE_HOME", m_state.path().toUtf8());
    }

    void aModelThatIsReplacedDuringTheRunHasNoHashInTheRecord()
    {
        Work f;
        QCOMPARE(f.run(), int(ExitDone));
        QCOMPARE(f.modelHash().size(), std::size_t(64));
        f.during([&] {
            const fs::path file =
                fs::path(f.path("model")) / "unet" / "diffusion_pytorch_model.safetensors";
            const auto bytes = readFile(file, 64 << 20);
            fs::remove(file);
            writeFileAtomically(file, bytes);
        });
        QCOMPARE(f.run(), int(ExitDone));
        QVERIFY(f.made() == five);
        QCOMPARE(f.modelHash(), std::string());
    }

    void aModelThatIsRemovedDuringTheRunTakesNothingAlong()
    {
        Work f;
        f.during([&] { fs::remove_all(f.path("model")); });
        QCOMPARE(f.run(), int(ExitDone));
        QVERIFY(f.made() == five);
        QCOMPARE(f.modelHash(), std::string());
    }

    void aPictureThatCannotBeDecodedWith16BitsIsWrittenWith8()
    {
        Work f;
        f.command.deep = true;
        f.method.decodeDeep = [](const Request&, Models&,
                                 const Latent&) -> std::vector<DeepCandidate> {
            throw std::bad_alloc();
        };
        QCOMPARE(f.run(), int(ExitOutOfMemory));
        QVERIFY(f.made() == five);
    }

    void aCacheThatCannotBeWrittenTakesNothingAlong()
    {
        Work f;
        writeFileAtomically(f.path("blocked"), std::vector<std::byte>(1));
        qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(f.path("blocked")));
        QCOMPARE(f.run(), int(ExitDone));
        QVERIFY(f.made() == five);
        QCOMPARE(f.modelHash().size(), std::size_t(64));
        initTestCase();
    }

    void aFolderThatIsGoneAfterTheRunKeepsThePictureElsewhere()
    {
        Work f;
        fs::create_directory(f.path("there"));
        f.command.out = f.path("there") + "/gone.png";
        f.during([&] { fs::remove_all(f.path("there")); });
        QCOMPARE(f.run(), int(ExitFailed));
        f.command.out = m_state.filePath(QStringLiteral("simile/kept/gone.png")).toStdString();
        QVERIFY(f.made() == five);
    }

    void aModelWithoutRoomEndsTheCommandWithOneSentence()
    {
        Work work;
        const MethodList shipped;
        const Method* analogy = shipped.find("analogy");
        QVERIFY(analogy);
        const auto run = [&] { return make(*analogy, work.command, shipped); };
        work.command.request.values = {{"steps", 2}, {"size", 256}};
        QCOMPARE(run(), int(ExitDone));
        const LittleMemory little(10 << 20);
        int status = 0;
        const std::string said = errorOutputOf([&] { status = run(); });
        QCOMPARE(status, int(ExitOutOfMemory));
        QVERIFY2(
            said.find("There is not enough memory for the model model: it needs ") == 0,
            said.c_str());
        QCOMPARE(std::ranges::count(said, '\n'), ptrdiff_t(1));
    }

    void anInterruptIsHeldBackOnlyWhereThereIsWork()
    {
        const auto before = std::signal(SIGINT, [](int) { ++handled; });
        {
            Interrupt interrupt;
            std::raise(SIGINT); // ends the program, as app/process.h has it
            QCOMPARE(handled, 1);
            QVERIFY(!interrupt.happened());
            interrupt.hold();
            std::raise(SIGINT);
            QCOMPARE(handled, 1);
            QVERIFY(interrupt.happened()); // also while nobody waits for events
        }
        std::raise(SIGINT);
        QCOMPARE(handled, 2);
        QVERIFY(!Interrupt().happened());
        std::signal(SIGINT, before);
    }
};

QTEST_GUILESS_MAIN(WorkKeptTest)
#include "tst_workkept.moc"
