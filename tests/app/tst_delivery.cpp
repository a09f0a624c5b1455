// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/delivery.h"

#include "app/exitstatus.h"
#include "app/settings.h"
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
    int deliverTo(const fs::path& file)
    {
        Progress progress(false);
        return deliver(
            {.method = m_method,
             .command = m_command,
             .result = m_result,
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

    void numbersThatCannotBeWrittenDoNotTakeThePictureAlong()
    {
        m_command.data = (path("none") / "n.safetensors").string();
        m_result.arrays = {{"psnr", {.shape = {1}, .values = {31.5f}}}};
        QCOMPARE(deliverTo(path("with.png")), int(ExitFailed));
        QVERIFY(fs::exists(path("with.png")));
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
