// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands.h"
#include "app/methodlist.h"
#include "core/arrayfile.h"
#include "core/file/files.h"
#include "core/models.h"
#include "core/picture/imagefile.h"
#include "core/record.h"
#include "tests/app/makefixture.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace {

std::optional<Record> recordIn(const std::string& path)
{
    return readRecord(readFile(path, 1 << 20));
}

} // namespace

class MakeCommandTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_cache;

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", m_cache.path().toUtf8()); }

    void thePictureIsWrittenWithItsRecord()
    {
        Fixture f;
        f.command.request.seed = 7;
        f.command.request.values["steps"] = 4;
        QCOMPARE(f.run(), int(ExitDone));
        QVERIFY(loadImage(f.command.out).image == filled(4, 4, {4, 0, 0}));
        const auto record = recordIn(f.command.out);
        QVERIFY(record.has_value());
        QCOMPARE(record->request.seed, uint64_t(7));
        QCOMPARE(record->request.images.at("b").at(0).name, std::string("b.png"));
        QVERIFY(record->request.images.at("b").at(0).image == filled(3, 2, {7, 8, 9}));
        QCOMPARE(record->resolved.at("steps"), Value(4));
        QCOMPARE(record->step, 4);
        QCOMPARE(record->modelHash.size(), std::size_t(64));
        QCOMPARE(record->latentHash.size(), std::size_t(64));
    }

    void everyPictureReachesTheMethodWithItsUse()
    {
        Fixture f;
        f.method.slots.push_back(
            {.id = "control", .label = "Control", .needed = false, .several = true});
        f.command.pictures["control"] = {
            {.file = f.path("a.png"), .kind = "canny", .weight = 0.5, .begin = 0.25, .end = 0.75},
            {.file = f.path("b.png")}};
        std::vector<Input> seen;
        f.method.run = [&](const Request& request, Models&, const Report&) {
            seen = request.images.at("control");
            return Result {.candidates = {{.image = filled(1, 1, {})}}};
        };
        QCOMPARE(f.run(), int(ExitDone));
        QCOMPARE(seen.size(), std::size_t(2));
        QCOMPARE(seen[0].name, std::string("a.png"));
        QCOMPARE(seen[0].kind, std::string("canny"));
        QCOMPARE(seen[0].weight, 0.5);
        QCOMPARE(seen[0].begin, 0.25);
        QCOMPARE(seen[0].end, 0.75);
        QCOMPARE(seen[1].weight, 1.0);
        const auto record = recordIn(f.command.out);
        QCOMPARE(record->request.images.at("control").at(0).kind, std::string("canny"));
    }

    void aToolMayMakeNumbersAlone()
    {
        Fixture f;
        f.command.data = f.path("numbers.safetensors");
        f.method.run = [](const Request&, Models&, const Report&) {
            return Result {
                .notes = {"The picture is kept."},
                .arrays = {{"psnr", {.shape = {1}, .values = {31.5f}}}}};
        };
        QCOMPARE(f.run(), int(ExitDone));
        QVERIFY(!f.names().contains(QStringLiteral("out.png")));
        QCOMPARE(readNoise(f.command.data).at("psnr"), std::vector<float> {31.5f});
    }

    void whatAPromptCanReplaceIsSaidWithItsOption()
    {
        Fixture f;
        bool ran = false;
        f.method.run = [&ran](const Request&, Models&, const Report&) {
            ran = true;
            return Result {};
        };
        f.method.slots.back().unless = "b_prompt";
        f.method.parameters.push_back(
            {.id = "b_prompt", .label = "B from a prompt", .initial = std::string()});
        f.command.pictures.erase("b");
        const std::string said = errorOutputOf([&] { QCOMPARE(f.run(), int(ExitBadArguments)); });
        QVERIFY2(
            said.find("a picture for B, or set \"B from a prompt\" (--b-prompt ") != said.npos,
            said.c_str());
        QVERIFY(!ran);
    }

    void aDeviceOrAPrecisionThatThereIsNotIsABadArgument()
    {
        for (const char* device : {"gpu", "cuda:x", "cpu:0", ""}) {
            Fixture f;
            f.command.request.device = device;
            QCOMPARE(f.run(), int(ExitBadArguments));
        }
        Fixture f;
        f.command.request.precision = "fp8";
        QCOMPARE(f.run(), int(ExitBadArguments));
        f.command.request.precision = "bf16";
        f.command.request.device = "cuda:1"; // the method decides
        QCOMPARE(f.run(), int(ExitDone));
    }

    void theStatusTellsWhatARunRefused_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("value") << int(ExitBadArguments);
        QTest::newRow("error") << int(ExitInputRefused);
        QTest::newRow("work") << int(ExitFailed);
        QTest::newRow("library") << int(ExitFailed);
        QTest::newRow("memory") << int(ExitOutOfMemory);
    }

    void theStatusTellsWhatARunRefused()
    {
        QFETCH(int, status);
        Fixture f;
        f.command.request.values["prompt"] = std::string(QTest::currentDataTag());
        QCOMPARE(f.run(), status);
        QVERIFY(!f.names().contains(QStringLiteral("out.png")));
    }

    void whatIsToBeKnownBeforeTheRunIsSaid()
    {
        Fixture f;
        f.command.request.values["steps"] = 5;
        f.method.notes = [](const Request& request, Models& models) {
            const auto steps = std::get<int>(request.values.at("steps"));
            return std::vector<Sentence> {
                {models.cacheFolder().empty() ? "It will count to %1."
                                              : "It will count to %1 and has a cache.",
                 steps}};
        };
        const std::string said = errorOutputOf([&] { QCOMPARE(f.run(), int(ExitDone)); });
        QVERIFY2(said.find("It will count to 5 and has a cache.") != said.npos, said.c_str());
        f.method.notes = [](const Request&, Models&) -> std::vector<Sentence> {
            throw Error("The run says this.");
        };
        QCOMPARE(f.run(), int(ExitDone));
    }

    void anUntypedSideFollowsTheTypedOne()
    {
        Fixture f;
        const Parameter side {.initial = 512, .minimum = 64, .maximum = 1536, .step = 64};
        for (const char* id : {"width", "height"})
            f.method.parameters.emplace_back(side).id = id;
        f.method.follows = [](const std::string& slot, const Image&, const ModelCard&) {
            // The first slot that shapes the result counts.
            return Followed {.values = {{"width", 320}, {"height", slot == "a" ? 640 : 320}}};
        };
        const auto sides = [&](const Values& typed) {
            f.command.request.values = typed;
            f.run();
            const Values all = recordIn(f.command.out)->resolved;
            return std::pair(all.at("width"), all.at("height"));
        };
        QCOMPARE(sides({}), (std::pair<Value, Value>(320, 640)));
        QCOMPARE(sides({{"width", 256}}), (std::pair<Value, Value>(256, 512)));
        QCOMPARE(sides({{"height", 512}}), (std::pair<Value, Value>(256, 512)));
    }

    void withoutNumbersNoFileOfThemIsWritten()
    {
        Fixture f;
        f.command.data = f.path("numbers.safetensors");
        QCOMPARE(f.run(), int(ExitDone));
        QVERIFY(!f.names().contains(QStringLiteral("numbers.safetensors")));
        QVERIFY(f.names().contains(QStringLiteral("out.png")));
    }

    void asManyPicturesAreWrittenAsWereMade()
    {
        Fixture f;
        f.method.run = [](const Request&, Models&, const Report&) {
            return Result {
                .candidates = {{.image = filled(1, 1, {})}, {.image = filled(2, 2, {})}}};
        };
        QCOMPARE(f.run(), int(ExitDone));
        QVERIFY(loadImage(f.path("out-1.png")).image == filled(1, 1, {}));
        QVERIFY(loadImage(f.path("out-2.png")).image == filled(2, 2, {}));
        QVERIFY(!f.names().contains(QStringLiteral("out.png")));
    }

    void aBadFileForNumbersIsToldBeforeTheWork_data()
    {
        QTest::addColumn<QString>("data");
        QTest::newRow("no folder") << "nowhere/x.safetensors";
        QTest::newRow("another kind") << "x.npy";
        QTest::newRow("a folder") << "folder.safetensors";
    }

    void aBadFileForNumbersIsToldBeforeTheWork()
    {
        QFETCH(QString, data);
        Fixture f;
        QVERIFY(QDir(f.folder.path()).mkdir(QStringLiteral("folder.safetensors")));
        f.command.data = f.path(data.toStdString());
        QCOMPARE(f.run(), int(ExitBadArguments));
        QVERIFY(!f.names().contains(QStringLiteral("out.png")));
    }

    void noRecordIsWrittenWhereNoneIsWanted()
    {
        Fixture f;
        f.command.embed = Embed::None;
        QCOMPARE(f.run(), int(ExitDone));
        QVERIFY(!recordIn(f.command.out).has_value());
    }

    void severalPicturesAreNumbered()
    {
        Fixture f;
        const auto files = outputFiles(f.command, 3);
        QCOMPARE(
            files, (std::vector {f.path("out-1.png"), f.path("out-2.png"), f.path("out-3.png")}));
        f.command.out = "out.png";
        QCOMPARE(outputFiles(f.command, 1), std::vector<std::string> {"out.png"});
    }

    void aBadOutputIsToldBeforeTheWork_data()
    {
        QTest::addColumn<QString>("out");
        QTest::newRow("no folder") << "nowhere/out.png";
        QTest::newRow("no picture") << "out.gif";
        QTest::newRow("an input") << "b.png";
        QTest::newRow("a folder") << "folder.png";
    }

    void aBadOutputIsToldBeforeTheWork()
    {
        QFETCH(QString, out);
        Fixture f;
        bool ran = false;
        f.method.run = [&ran](const Request&, Models&, const Report&) {
            ran = true;
            return Result {};
        };
        QVERIFY(QDir(f.folder.path()).mkdir(QStringLiteral("folder.png")));
        f.command.out = f.path(out.toStdString());
        QCOMPARE(f.run(), int(ExitBadArguments));
        QVERIFY(!ran);
    }

    /// Bytes that are no text, a line, an option, an emoji, an accent of its own, as long as can
    /// be.
    void aPictureOfAnyNameIsTakenAndItsResultIsWrittenBesideIt()
    {
        for (const std::string name :
             {"\xff\xfe", "new\nline", "-o", "--prompt", "\xF0\x9F\x8C\x9F", "e\xCC\x81",
              "%1;:,'\""}) {
            Fixture f;
            const std::string folder = f.folder.path().toStdString() + "/";
            const std::string file = folder + name + ".png";
            writeFileAtomically(file, encodePng(filled(3, 2, {7, 8, 9})));
            f.command.pictures["b"] = {{.file = file}};
            for (const std::string& out :
                 {name + "-out", name + std::string(251 - name.size(), 'x')}) {
                f.command.out = folder + out + ".png";
                QCOMPARE(f.run(), int(ExitDone));
                const auto record = readRecord(readFile(f.command.out, 1 << 20));
                QVERIFY(
                    record && record->request.images.at("b")[0].image == filled(3, 2, {7, 8, 9}));
            }
            std::filesystem::remove_all(folder); // of which Qt would leave the first
        }
    }

    void aPictureThatCannotBeReadHasItsStatus()
    {
        Fixture f;
        f.command.pictures["b"] = {{.file = f.path("none.png")}};
        QCOMPARE(f.run(), int(ExitInputRefused));
        f.command.pictures["b"] = {{.file = f.path("text.png")}};
        writeFileAtomically(f.path("text.png"), std::as_bytes(std::span("just text")));
        QCOMPARE(f.run(), int(ExitInputRefused));
        QVERIFY(!f.names().contains(QStringLiteral("out.png")));
    }

    void storedNoiseThatCannotBeReadHasItsStatus()
    {
        Fixture f;
        f.command.noise = f.path("a.png");
        QCOMPARE(f.run(), int(ExitInputRefused));
    }

    void aPictureThatIsNotGivenIsABadArgument()
    {
        Fixture f;
        f.command.pictures.erase("b");
        QCOMPARE(f.run(), int(ExitBadArguments));
    }

    void aModelThatIsMissingHasItsStatus()
    {
        Fixture f;
        f.command.request.model = f.path("no-model");
        QCOMPARE(f.run(), int(ExitModelMissing));
    }

    void aModelThatDoesNotServeIsRefused()
    {
        Fixture f;
        f.method.refuses = [](const ModelCard&) { return Sentence("It does not fit."); };
        QCOMPARE(f.run(), int(ExitInputRefused));
    }

    void aModelWithoutAnAutoencoderIsRefusedUnlessOneIsGiven()
    {
        Fixture f;
        f.command.request.model = TEST_DATA "/unet-inpaint/weights.safetensors";
        QVERIFY(describeModel(f.command.request.model).needsAutoencoder);
        QCOMPARE(f.run(), int(ExitInputRefused));
        f.method.parameters.push_back(
            {.id = "vae", .label = "Autoencoder", .initial = std::string()});
        f.method.parameters.back().role = Role::Autoencoder;
        QCOMPARE(f.run(), int(ExitInputRefused));
        f.command.request.values["vae"] = std::string("vae.safetensors");
        QCOMPARE(f.run(), int(ExitDone));
    }

    void anUnknownPresetIsABadArgument()
    {
        Fixture f;
        f.command.request.preset = "none";
        QCOMPARE(f.run(), int(ExitBadArguments));
    }

    void anInterruptStopsTheRun()
    {
        Fixture f;
        f.command.request.values["steps"] = 100'000;
        const auto counting = f.method.run;
        f.method.run = [&](const Request& request, Models& models, const Report& report) {
            return counting(request, models, [&](const Event& event) {
                if (const auto* step = std::get_if<StepEvent>(&event); step && step->step == 3)
                    std::raise(SIGINT);
                return report(event);
            });
        };
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(f.run(), int(ExitStopped));
        QVERIFY(clock.elapsed() < 60'000);
        QVERIFY(!f.names().contains(QStringLiteral("out.png")));
    }
};

QTEST_GUILESS_MAIN(MakeCommandTest)
#include "tst_makecommand.moc"
