// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cachefolder.h"
#include "app/checkpointhelper.h"
#include "app/conversionprocess.h"
#include "app/convertedfile.h"
#include "app/engine.h"
#include "app/settings.h"
#include "core/errors.h"
#include "tests/failure.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>

#include <unistd.h>

namespace {

/// A file that can be opened, without a tensor; the text is in it.
QByteArray safetensors(const QByteArray& text)
{
    QByteArray header = "{\"__metadata__\":{\"text\":\"" + text + "\"}}";
    const auto size = uint64_t(header.size());
    return QByteArray(reinterpret_cast<const char*>(&size), sizeof size) + header;
}

/// A checkpoint, and a program of one line in place of ours: "$3" is the number of the
/// checkpoint's descriptor, "$5" that of the result's.
struct Fixture
{
    QTemporaryDir folder;
    QString checkpoint = folder.filePath(QStringLiteral("model.ckpt"));
    QByteArray content = safetensors("weights of " + folder.path().toUtf8()); // others for each
    CheckpointHelper helper;
    QSignalSpy converted {&helper, &CheckpointHelper::converted};
    QSignalSpy failed {&helper, &CheckpointHelper::failed};

    explicit Fixture(const char* line)
    {
        write(checkpoint, content);
        const QString program = folder.filePath(QStringLiteral("program"));
        write(program, QByteArray("#!/bin/sh\n") + line + "\n");
        QFile::setPermissions(program, QFile::ReadUser | QFile::WriteUser | QFile::ExeUser);
        helper.setProgram(program);
    }

    static void write(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    QString result() const { return convertedFile(checkpoint); }
    QString sentence() const { return failed.at(0).at(1).toString(); }
};

} // namespace

class CheckpointHelperTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_cache;

    QStringList partsLeft() const
    {
        return QDir(m_cache.filePath(QStringLiteral("simile/converting")))
            .entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", m_cache.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_cache.path().toUtf8());
        QCoreApplication::setOrganizationName(QStringLiteral("simile-test"));
    }

    void checkpointsAreKnownByTheirSuffix()
    {
        QVERIFY(CheckpointHelper::isCheckpoint(QStringLiteral("/a/b.ckpt")));
        QVERIFY(CheckpointHelper::isCheckpoint(QStringLiteral("B.PT")));
        QVERIFY(!CheckpointHelper::isCheckpoint(QStringLiteral("b.safetensors")));
        QVERIFY(!CheckpointHelper::isCheckpoint(QString()));
        QVERIFY(QDir(m_cache.path()).mkdir(QStringLiteral("folder.bin")));
        QVERIFY(!CheckpointHelper::isCheckpoint(m_cache.filePath(QStringLiteral("folder.bin"))));
    }

    void theResultLiesInTheCache()
    {
        Fixture f(R"(cat /proc/self/fd/$3 > /proc/self/fd/$5)");
        f.helper.convert(f.checkpoint);
        QVERIFY(f.converted.wait());
        QCOMPARE(f.converted.at(0).at(0).toString(), f.checkpoint);
        QCOMPARE(f.converted.at(0).at(1).toString(), f.result());
        QVERIFY(f.result().startsWith(m_cache.path()));
        QVERIFY(QFileInfo::exists(f.result()));
    }

    void aFileThatIsTouchedOrMovedIsNotConvertedAgain()
    {
        Fixture f(R"(echo once >> "$0.count"; cat /proc/self/fd/$3 > /proc/self/fd/$5)");
        f.helper.convert(f.checkpoint);
        QVERIFY(f.converted.wait());
        const std::filesystem::path file = f.checkpoint.toStdString();
        std::filesystem::last_write_time(
            file, std::filesystem::last_write_time(file) + std::chrono::hours(1));
        f.helper.convert(f.checkpoint);
        QVERIFY(f.converted.wait());
        QVERIFY(QDir(f.folder.path()).mkdir(QStringLiteral("elsewhere")));
        const QString moved = f.folder.filePath(QStringLiteral("elsewhere/model.ckpt"));
        QVERIFY(QFile::rename(f.checkpoint, moved));
        f.helper.convert(moved);
        QVERIFY(f.converted.wait());
        QCOMPARE(f.converted.at(1).at(1), f.converted.at(0).at(1));
        QCOMPARE(f.converted.at(2).at(1), f.converted.at(0).at(1));
        QFile count(f.folder.filePath(QStringLiteral("program.count")));
        QVERIFY(count.open(QIODevice::ReadOnly));
        QCOMPARE(count.readAll(), QByteArray("once\n"));
    }

    void aFileOfAnotherNameIsNotConvertedAgain()
    {
        Fixture f(R"(cat /proc/self/fd/$3 > /proc/self/fd/$5)");
        f.helper.convert(f.checkpoint);
        QVERIFY(f.converted.wait());
        const QString other = f.folder.filePath(QStringLiteral("other.ckpt"));
        QVERIFY(QFile::rename(f.checkpoint, other));
        QCOMPARE(convertedFile(other), f.converted.at(0).at(1).toString());
    }

    void aDamagedResultIsMadeAgain()
    {
        Fixture f(R"(cat /proc/self/fd/$3 > /proc/self/fd/$5)");
        f.helper.convert(f.checkpoint);
        QVERIFY(f.converted.wait());
        Fixture::write(f.result(), "half");
        f.helper.convert(f.checkpoint);
        QVERIFY(f.converted.wait());
        QFile again(f.result());
        QVERIFY(again.open(QIODevice::ReadOnly));
        QCOMPARE(again.readAll(), f.content);
    }

    void theChosenFileIsNamed()
    {
        Fixture f(R"(cat /proc/self/fd/$3 > /proc/self/fd/$5)");
        f.helper.convert(f.checkpoint);
        QVERIFY(f.converted.wait());
        try {
            throw Error("The file %1 is no ControlNet.", f.result().toStdString());
        } catch (...) {
            QCOMPARE(
                currentFailure().sentence,
                QStringLiteral("The file %1 is no ControlNet.").arg(f.checkpoint));
        }
    }

    void whatAKilledProgramLeftIsRemovedAtTheNextStart()
    {
        QDir parts(m_cache.filePath(QStringLiteral("simile/converting")));
        const auto begin = [&](qint64 program) {
            const QString folder = QStringLiteral("%1-1").arg(program);
            QVERIFY(parts.mkpath(folder));
            Fixture::write(parts.filePath(folder + QStringLiteral("/.simile-1.part")), "half");
        };
        QProcess gone;
        gone.start(QStringLiteral("/bin/true"), QStringList());
        QVERIFY(gone.waitForStarted());
        const qint64 program = gone.processId();
        QVERIFY(gone.waitForFinished());
        begin(program);
        begin(getpid());
        const CheckpointHelper helper;
        QCOMPARE(
            parts.entryList(QDir::Dirs | QDir::NoDotAndDotDot),
            QStringList {QStringLiteral("%1-1").arg(getpid())});
        QVERIFY(parts.removeRecursively());
    }

    void theResultsThatWereLongestNotUsedGoBeyondTheLimit()
    {
        Settings().setKeptLimit(convertedFiles(), 0);
        Fixture a(R"(cat /proc/self/fd/$3 > /proc/self/fd/$5)"),
            b(R"(cat /proc/self/fd/$3 > /proc/self/fd/$5)");
        a.helper.convert(a.checkpoint);
        QVERIFY(a.converted.wait());
        QVERIFY2(QFileInfo::exists(a.result()), "the last one stays");
        b.helper.convert(b.checkpoint);
        QVERIFY(b.converted.wait());
        QVERIFY(QFileInfo::exists(b.result()));
        QVERIFY(!QFileInfo::exists(a.result()));
        QSettings().clear();
    }

    void aFileThatCannotBeReadIsTold()
    {
        Fixture f("exit 0");
        QVERIFY(QFile::remove(f.checkpoint));
        f.helper.convert(f.checkpoint);
        QTRY_COMPARE(f.failed.size(), 1);
        QVERIFY2(f.sentence().contains(QStringLiteral("model.ckpt")), qPrintable(f.sentence()));
    }

    void whatIsWrongWithTheFileIsPassedOn()
    {
        Fixture f("echo 'model.ckpt would run os.system; it was refused.' >&2; exit 1");
        f.helper.convert(f.checkpoint);
        QVERIFY(f.failed.wait());
        QCOMPARE(f.sentence(), QStringLiteral("model.ckpt would run os.system; it was refused."));
    }

    void aKilledConversionIsToldAndLeavesNothing()
    {
        Fixture f(R"(echo half > /proc/self/fd/$5; kill -9 $$)");
        f.helper.convert(f.checkpoint);
        QVERIFY(f.failed.wait());
        QVERIFY2(f.sentence().contains(QStringLiteral("signal 9")), qPrintable(f.sentence()));
        QVERIFY(!QFileInfo::exists(f.result()));
        QCOMPARE(partsLeft(), QStringList());
    }

    void aConversionThatHangsIsStopped()
    {
        for (const char* hanging : {"exec sleep 1000", "ulimit -c 0; kill -XCPU $$"}) {
            Fixture f(hanging); // the latter as the limit of the processor's time does
            f.helper.setTimeout(hanging[0] == 'e' ? 200 : 0);
            f.helper.convert(f.checkpoint);
            QTRY_COMPARE(f.failed.size(), 1);
            QVERIFY2(
                f.sentence().contains(QLatin1String("come to an end")), qPrintable(f.sentence()));
        }
    }

    void aResultThatIsMissingIsNoSuccess()
    {
        Fixture f("exit 0");
        f.helper.convert(f.checkpoint);
        QVERIFY(f.failed.wait());
    }

    void whatIsConvertedToSomethingDamagedIsNoSuccess()
    {
        Fixture f("echo 'no weights' > /proc/self/fd/$5");
        f.helper.convert(f.checkpoint);
        QVERIFY(f.failed.wait());
        QVERIFY2(f.sentence().contains(QStringLiteral("cannot be read")), qPrintable(f.sentence()));
        QVERIFY(!QFileInfo::exists(f.result()));
        QCOMPARE(partsLeft(), QStringList());
    }

    void theHelperHasTheTwoFilesAlone()
    {
        QFile other(m_cache.filePath(QStringLiteral("other")));
        QVERIFY(other.open(QIODevice::WriteOnly));
        const int inherited = dup(other.handle()); // one that would outlive exec
        QVERIFY(inherited >= 0);
        Fixture f(R"(ls -l /proc/self/fd >&2; exit 1)");
        f.helper.convert(f.checkpoint);
        QVERIFY(f.failed.wait());
        close(inherited);
        const QString said = f.sentence();
        QVERIFY2(said.contains(QStringLiteral("-> ") + f.checkpoint), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("-> ") + m_cache.path()), qPrintable(said));
        QVERIFY2(!said.contains(other.fileName()), qPrintable(said));
    }

    void aFolderIsConvertedByDescriptors()
    {
        const QTemporaryDir folder;
        for (const char* part : {"unet", "vae", "text_encoder"})
            QVERIFY(QDir(folder.path()).mkpath(QLatin1String(part)));
        const QString pickle = QStringLiteral(TEST_DATA "/single-file-sd1/subset.ckpt");
        Fixture::write(folder.filePath(QStringLiteral("model_index.json")), "{}");
        Fixture::write(
            folder.filePath(QStringLiteral("vae/model.safetensors")), safetensors("vae"));
        QVERIFY(QFile::copy(
            pickle, folder.filePath(QStringLiteral("unet/diffusion_pytorch_model.bin"))));
        QVERIFY(
            QFile::copy(pickle, folder.filePath(QStringLiteral("text_encoder/pytorch_model.bin"))));
        const std::filesystem::path result = convertedCheckpoint(folder.path().toStdString(), {});
        QVERIFY(std::filesystem::exists(result / "model_index.json"));
        QVERIFY(std::filesystem::exists(result / "unet" / "diffusion_pytorch_model.safetensors"));
        QVERIFY(std::filesystem::exists(result / "text_encoder" / "model.safetensors"));
        QVERIFY(std::filesystem::is_symlink(result / "vae"));
        QCOMPARE(partsLeft(), QStringList());
        // One that is refused leaves nothing, not even what was converted before it.
        Fixture::write(
            folder.filePath(QStringLiteral("unet/diffusion_pytorch_model.bin")), "no pickle");
        const std::string said =
            failure([&] { convertedCheckpoint(folder.path().toStdString(), {}); });
        QVERIFY2(said.find("diffusion_pytorch_model.bin") != said.npos, said.c_str());
        QVERIFY(!QFileInfo::exists(convertedFile(folder.path())));
        QCOMPARE(partsLeft(), QStringList());
    }

    void whatTheSystemDoesNotGiveIsToldOnce()
    {
        const QSignalSpy told(&HelperReport::instance(), &HelperReport::weaker);
        for (int i = 0; i < 2; ++i) {
            Fixture f("echo Landlock; echo seccomp; cat /proc/self/fd/$3 > /proc/self/fd/$5");
            f.helper.convert(f.checkpoint);
            QVERIFY(f.converted.wait());
        }
        QCOMPARE(told.size(), 1);
        QVERIFY(told.at(0).at(0).toString().contains(QStringLiteral("Landlock, seccomp")));
    }

    void aProgramThatDoesNotStartIsTold()
    {
        Fixture f("");
        f.helper.setProgram(QStringLiteral("/no/such/program"));
        f.helper.convert(f.checkpoint);
        QTRY_COMPARE(f.failed.size(), 1);
        QVERIFY(f.sentence().contains(QStringLiteral("did not start")));
    }

    void aCancelledConversionIsSilent()
    {
        Fixture f(R"(: > "$0.began"; exec sleep 1000)");
        const QString began = f.folder.filePath(QStringLiteral("program.began"));
        for (const bool begun : {false, true}) { // while it reads, and while it converts
            f.helper.convert(f.checkpoint);
            if (begun)
                QTRY_VERIFY(QFileInfo::exists(began));
            QCOMPARE(partsLeft().size(), begun ? 1 : 0);
            f.helper.cancel();
            QCOMPARE(partsLeft(), QStringList());
        }
        f.helper.setProgram(QStringLiteral("/bin/true"));
        f.helper.convert(f.checkpoint);
        QVERIFY2(f.failed.wait(), "the helper can be used again");
        // Of this conversion alone: whatever those before had to say came before it.
        QCOMPARE(f.failed.size(), 1);
        QVERIFY2(
            f.sentence().contains(QStringLiteral("converted to nothing")),
            qPrintable(f.sentence()));
        QCOMPARE(f.converted.size(), 0);
    }

    void aWorkerWaitsForTheConvertedFile()
    {
        const std::filesystem::path pickle = TEST_DATA "/single-file-sd1/subset.ckpt";
        std::vector<std::string> told;
        std::filesystem::path result;
        const auto convert = [&](bool goOn) {
            told.clear();
            const std::unique_ptr<QThread> worker(QThread::create([&] {
                result = convertedCheckpoint(pickle, [&](const StageEvent& event) {
                    told.push_back(english(event.stage));
                    return goOn;
                });
            }));
            worker->start();
            QVERIFY(worker->wait(60'000));
        };
        convert(false);
        QVERIFY(result.empty());
        convert(true);
        QCOMPARE(told.at(0), std::string("Converting subset.ckpt"));
        QVERIFY2(result.filename().string().starts_with("subset-"), "messages show it");
        QVERIFY(std::filesystem::exists(result));
        const auto first = result;
        convert(true);
        QCOMPARE(result, first);
        QVERIFY2(told.empty(), "it was there");
    }

    void aWorkerIsToldWhatIsWrongWithTheFile()
    {
        const std::string pickle = m_cache.filePath(QStringLiteral("text.pth")).toStdString();
        Fixture::write(QString::fromStdString(pickle), "no checkpoint");
        const std::string said = failure([&] { convertedCheckpoint(pickle, {}); });
        QVERIFY2(said.find("text.pth") != std::string::npos, said.c_str());
    }
};

/// The helper starts the program that it is part of: here, this test.
int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() > 3 && arguments[0] == "convert-checkpoint")
        _exit(convertCheckpointsHere({arguments.begin() + 2, arguments.end()}));
    QCoreApplication application(argc, argv);
    CheckpointHelperTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_checkpointhelper.moc"
