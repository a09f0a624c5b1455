// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/delivery.h"

#include "app/exitstatus.h"
#include "app/settings.h"
#include "core/arrayfile.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

namespace fs = std::filesystem;

class DeliveryTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    Method m_method {.id = "x", .name = "X"};
    MakeCommand m_command {.embed = Embed::None};
    Result m_result {.candidates = {{.image = filled(3, 2, {7, 8, 9})}}};

    fs::path path(const char* name) const
    {
        return m_folder.filePath(QLatin1String(name)).toStdString();
    }
    int deliverTo(const fs::path& file, const Record& record = {})
    {
        Progress progress(false);
        return deliver(
            {.method = m_method,
             .command = m_command,
             .result = m_result,
             .record = record,
             .files = {file.string()}},
            progress);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_STATE_HOME", m_folder.filePath(QStringLiteral("state")).toUtf8());
        qputenv("TMPDIR", m_folder.path().toUtf8());
    }

    void aPictureWhosePlaceFailsIsKeptElsewhere()
    {
        QCOMPARE(deliverTo(path("good.png")), int(ExitDone));
        const fs::path folder = Settings::keptResultsFolder();
        QVERIFY(!fs::exists(folder));
        for (const char* kept : {"x.png", "x-2.png"}) { // nothing is written over
            QCOMPARE(deliverTo(path("none") / "x.png"), int(ExitFailed));
            QVERIFY(loadImage(folder / kept).image == filled(3, 2, {7, 8, 9}));
        }
    }

    void theEndOfItsNameSaysWhatAFileIs()
    {
        for (const auto& [name, first] :
             {std::pair("a.png", "\x89PNG"), std::pair("a.JPG", "\xff\xd8"),
              std::pair("a.webp", "RIFF"), std::pair("a.tiff", "II*")}) {
            QCOMPARE(deliverTo(path(name)), int(ExitDone));
            QFile file(QString::fromStdString(path(name).string()));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(file.readAll().startsWith(first), name);
        }
    }

    void whereTheStateFolderFailsTemporaryFilesLie()
    {
        qputenv("XDG_STATE_HOME", "/dev/null");
        QCOMPARE(deliverTo(path("none") / "y.png"), int(ExitFailed));
        QVERIFY(loadImage(path("simile-kept") / "y.png").image == filled(3, 2, {7, 8, 9}));
        initTestCase();
    }

    void numbersWhosePlaceFailsAreKeptElsewhere()
    {
        m_command.data = (path("none") / "n.safetensors").string();
        m_result.arrays = {{"psnr", {.shape = {1}, .values = {31.5f}}}};
        QCOMPARE(deliverTo(path("with.png")), int(ExitFailed));
        QVERIFY(fs::exists(path("with.png")));
        const auto kept = readNoise(Settings::keptResultsFolder() / "n.safetensors");
        QCOMPARE(kept.at("psnr"), std::vector<float> {31.5f});
        m_command.data.clear();
        m_result.arrays.clear();
    }

    void aRecordThatCannotBeMadeDoesNotTakeThePictureAlong()
    {
        m_command.embed = Embed::Full;
        Record record;
        record.request.images["b"] = {{.image = Image()}}; // which no PNG can have
        QCOMPARE(deliverTo(path("bare.png"), record), int(ExitDone));
        QVERIFY(loadImage(path("bare.png")).image == filled(3, 2, {7, 8, 9}));
        QVERIFY(!carriesRecord(readFile(path("bare.png"), 1 << 20)));
        record.request.images["b"] = {{.image = filled(2, 2, {})}};
        QCOMPARE(deliverTo(path("told.png"), record), int(ExitDone));
        QVERIFY(carriesRecord(readFile(path("told.png"), 1 << 20)));
        m_command.embed = Embed::None;
    }

    void aPlaceIsTriedWithoutLeavingAnything()
    {
        tryOutput(path("trial.png"), 1 << 20);
        QVERIFY(!fs::exists(path("trial.png")));
        QCOMPARE(
            QDir(m_folder.path()).entryList({QStringLiteral(".*")}, QDir::Files | QDir::Hidden),
            QStringList());
        QVERIFY_EXCEPTION_THROWN(tryOutput("/dev/full/x.png", 10), CommandError);
        QVERIFY_EXCEPTION_THROWN(tryOutput(path("none") / "x.png", 10), CommandError);
    }
};

QTEST_GUILESS_MAIN(DeliveryTest)
#include "tst_delivery.moc"
