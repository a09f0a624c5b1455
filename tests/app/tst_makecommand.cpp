// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands.h"
#include "core/files.h"
#include "core/imagefile.h"
#include "core/record.h"
#include "tests/app/countingmethod.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace {

/// A folder with three pictures and a command for them.
struct Fixture
{
    QTemporaryDir folder;
    MakeCommand command {.request = {.method = "analogy"}};
    Method method = countingMethod();

    Fixture()
    {
        for (const char* slot : {"a", "a_prime", "b"}) {
            command.pictures[slot] = path(std::string(slot) + ".png");
            writeFileAtomically(command.pictures[slot], encodePng(filled(3, 2, {7, 8, 9})));
        }
        command.out = path("out.png");
    }

    std::string path(const std::string& name) const
    {
        return folder.filePath(QString::fromStdString(name)).toStdString();
    }
    QStringList names() const { return QDir(folder.path()).entryList(QDir::Files); }
    int run() const { return make(method, command); }
};

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
        QTest::newRow("no png") << "out.jpg";
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

    void aPictureThatCannotBeReadHasItsStatus()
    {
        Fixture f;
        f.command.pictures["b"] = f.path("none.png");
        QCOMPARE(f.run(), int(ExitInputRefused));
        f.command.pictures["b"] = f.path("text.png");
        writeFileAtomically(f.command.pictures["b"], std::as_bytes(std::span("just text")));
        QCOMPARE(f.run(), int(ExitInputRefused));
        QVERIFY(!f.names().contains(QStringLiteral("out.png")));
    }

    void storedNoiseThatCannotBeReadHasItsStatus()
    {
        Fixture f;
        f.command.noise = f.path("a.png");
        QCOMPARE(f.run(), int(ExitInputRefused));
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
        f.method.refuses = [](const ModelCard&) { return std::string("It does not fit."); };
        QCOMPARE(f.run(), int(ExitInputRefused));
    }

    void anUnknownPresetIsABadArgument()
    {
        Fixture f;
        f.command.request.preset = "none";
        QCOMPARE(f.run(), int(ExitBadArguments));
    }

    void aFailureHasItsStatusAndWritesNothing()
    {
        Fixture f;
        f.command.request.values["prompt"] = std::string("memory");
        QCOMPARE(f.run(), int(ExitOutOfMemory));
        f.command.request.values["prompt"] = std::string("library");
        QCOMPARE(f.run(), int(ExitFailed));
        QVERIFY(!f.names().contains(QStringLiteral("out.png")));
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
