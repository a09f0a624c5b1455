// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/checkpointhelper.h"
#include "app/convertedfile.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "core/record.h"
#include "tests/app/programenvironment.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace {

const QString program = QStringLiteral(SIMILE);
const QString sample = QStringLiteral(PROJECT_SOURCE "/resources/samples/analogy/");

QStringList analogy(const QString& out, const QStringList& flags)
{
    return QStringList {
               QStringLiteral("analogy"),
               sample + QStringLiteral("a.png"),
               sample + QStringLiteral("a-prime.png"),
               sample + QStringLiteral("b.png"),
               QStringLiteral("-o"),
               out}
    + flags;
}

/// How many steps the lines of progress tell; -1 where one of them is no JSON object.
int stepsIn(const QString& progress)
{
    int steps = 0;
    for (const QString& line : progress.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const auto object = QJsonDocument::fromJson(line.toUtf8()).object();
        if (object.isEmpty())
            return -1;
        steps += object.contains(QLatin1String("step"));
    }
    return steps;
}

bool isPlain(const Image& image)
{
    return image == filled(image.width, image.height, {image.rgb[0], image.rgb[1], image.rgb[2]});
}

} // namespace

/// The program as a process, without a display.
class MainTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QProcess m_process;

    int run(const QStringList& arguments)
    {
        m_process.start(program, arguments);
        return m_process.waitForFinished(240'000) ? m_process.exitCode() : -1;
    }
    QString said() { return QString::fromUtf8(m_process.readAllStandardError()); }
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

private Q_SLOTS:
    void cleanup()
    {
        m_process.kill(); // where a test failed half-way
        m_process.waitForFinished();
    }

    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", m_folder.filePath(QStringLiteral("cache")).toUtf8());
        auto environment = programEnvironment(m_folder.path());
        environment.insert(
            QStringLiteral("XDG_CACHE_HOME"), qEnvironmentVariable("XDG_CACHE_HOME"));
        m_process.setProcessEnvironment(environment);
    }

    void waitingThreadsSleepUnlessToldOtherwise()
    {
        const auto environment = m_process.processEnvironment();
        auto verbose = environment;
        for (const char* name : {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT"})
            verbose.remove(QLatin1String(name));
        verbose.insert(QStringLiteral("OMP_DISPLAY_ENV"), QStringLiteral("verbose"));
        const QStringList version {QStringLiteral("--version")};
        m_process.setProcessEnvironment(verbose);
        QCOMPARE(run(version), 0);
        const QString usual = said();
        verbose.insert(QStringLiteral("GOMP_SPINCOUNT"), QStringLiteral("7"));
        m_process.setProcessEnvironment(verbose);
        QCOMPARE(run(version), 0);
        const QString chosen = said();
        m_process.setProcessEnvironment(environment);
        if (!usual.contains(QStringLiteral("GOMP_SPINCOUNT")))
            QSKIP("This libtorch has another OpenMP than GNU's.");
        QVERIFY2(usual.contains(QStringLiteral("GOMP_SPINCOUNT = '0'")), qPrintable(usual));
        QVERIFY2(chosen.contains(QStringLiteral("GOMP_SPINCOUNT = '7'")), qPrintable(chosen));
    }

    void anAnalogyIsMadeWithoutADisplay()
    {
        const QString out = path("out.png");
        const int status = run(analogy(
            out,
            {QStringLiteral("--steps"), QStringLiteral("4"), QStringLiteral("--seed"),
             QStringLiteral("5"), QStringLiteral("--candidates"), QStringLiteral("2"),
             QStringLiteral("--precision"), QStringLiteral("fp32"), QStringLiteral("--json")}));
        const QString progress = said();
        QVERIFY2(status == 0, qPrintable(progress));
        const auto result = QJsonDocument::fromJson(m_process.readAllStandardOutput()).object();
        const QJsonArray pictures = result[QLatin1String("pictures")].toArray();
        QCOMPARE(pictures.size(), 2);
        QCOMPARE(pictures[1].toObject()[QLatin1String("seed")].toInt(), 6);
        QVERIFY2(stepsIn(progress) == 3, qPrintable(progress)); // half of four, and the start
        const auto bytes = readFile(path("out-2.png").toStdString(), 1 << 24);
        const Image b = loadImage((sample + QStringLiteral("b.png")).toStdString()).image;
        const Image made = decodeImage(bytes, "out-2.png").image;
        QCOMPARE(made.width, made.height); // B's shape
        QVERIFY(!isPlain(made));
        const auto record = readRecord(bytes);
        QVERIFY(record.has_value());
        QCOMPARE(record->candidate, 1);
        QVERIFY(record->request.images.at("b").at(0).image == b);
        QVERIFY(!QFile::exists(out));
    }

    void aReferenceIsPaintedWithoutADisplay()
    {
        const QString out = path("painted.png");
        const QString reference =
            QStringLiteral(PROJECT_SOURCE "/resources/samples/prompt-free/reference.png");
        const QString control =
            QStringLiteral("canny:%1:0.8:0-0.5").arg(sample + QStringLiteral("b.png"));
        const int status = run(
            {QStringLiteral("prompt-free"), reference, QStringLiteral("-o"), out,
             QStringLiteral("--steps"), QStringLiteral("2"), QStringLiteral("--width"),
             QStringLiteral("128"), QStringLiteral("--height"), QStringLiteral("192"),
             QStringLiteral("--precision"), QStringLiteral("bf16"), QStringLiteral("--control"),
             control, QStringLiteral("--json")});
        const QString progress = said();
        QVERIFY2(status == 0, qPrintable(progress));
        QVERIFY2(stepsIn(progress) == 3, qPrintable(progress)); // the start is one of them
        for (const char* stage : {"Reading the reference", "Making the control map"})
            QVERIFY2(progress.contains(QLatin1String(stage)), qPrintable(progress));
        const auto result = QJsonDocument::fromJson(m_process.readAllStandardOutput()).object();
        QCOMPARE(result[QLatin1String("pictures")].toArray().size(), 1);
        const auto bytes = readFile(out.toStdString(), 1 << 24);
        const Image made = decodeImage(bytes, "painted.png").image;
        QCOMPARE(made.width, 128);
        QCOMPARE(made.height, 192);
        QVERIFY(!isPlain(made));
        const auto record = readRecord(bytes);
        QVERIFY(record.has_value());
        const Pictures& images = record->request.images;
        QVERIFY(images.at("reference").at(0).image == loadImage(reference.toStdString()).image);
        const Input& acting = images.at("control").at(0);
        QCOMPARE(acting.kind, std::string("canny"));
        QCOMPARE(acting.weight, 0.8);
        QCOMPARE(acting.end, 0.5);
    }

    void aPictureIsInvertedAheadTranslatedAndLookedInto()
    {
        const QString figure = QStringLiteral(TEST_DATA "/pictures/single/figure-1.png");
        const QStringList common {
            QStringLiteral("--size"),
            QStringLiteral("64"),
            QStringLiteral("--steps"),
            QStringLiteral("4"),
            QStringLiteral("--inversion-steps"),
            QStringLiteral("20"),
            QStringLiteral("--precision"),
            QStringLiteral("fp32")};
        int status = run(QStringList {QStringLiteral("invert"), figure} + common);
        QString progress = said();
        QVERIFY2(status == 0, qPrintable(progress));
        QVERIFY2(
            progress.contains(QStringLiteral("The inversion is ready: 20 steps.")),
            qPrintable(progress));

        const QString out = path("translated.png");
        status = run(
            QStringList {QStringLiteral("translate"), figure, QStringLiteral("-o"), out} + common
            + QStringList {
                QStringLiteral("--prompt"), QStringLiteral("large yellow star"),
                QStringLiteral("--feature-layers"), QStringLiteral("14,15"),
                QStringLiteral("--attention-until"), QStringLiteral("0.25")});
        progress = said();
        QVERIFY2(status == 0, qPrintable(progress));
        QVERIFY2(progress.contains(QStringLiteral("Inversion ready")), qPrintable(progress));
        QVERIFY2(!progress.contains(QStringLiteral("Inverting")), qPrintable(progress));
        const auto bytes = readFile(out.toStdString(), 1 << 24);
        const Image made = decodeImage(bytes, "translated.png").image;
        QCOMPARE(made.width, 64);
        QVERIFY(!isPlain(made));
        QCOMPARE(readRecord(bytes)->resolved.at("attention_until"), Value(0.25));

        const QString shown = path("features.png"), data = path("features.safetensors");
        status = run(
            QStringList {QStringLiteral("features"), figure, QStringLiteral("-o"), shown} + common
            + QStringList {
                QStringLiteral("--step"), QStringLiteral("2"), QStringLiteral("--layer"),
                QStringLiteral("17"), QStringLiteral("--data"), data});
        progress = said();
        QVERIFY2(status == 0, qPrintable(progress));
        QVERIFY(QFile::exists(shown) && QFile::exists(data));
    }

    void picturesAreCompared()
    {
        const QString a = sample + QStringLiteral("a.png"), b = sample + QStringLiteral("b.png"),
                      out = path("difference.png");
        QCOMPARE(run({QStringLiteral("compare"), a, a}), 0);
        QCOMPARE(
            QString::fromUtf8(m_process.readAllStandardOutput()),
            QStringLiteral("The pictures are the same.\n"));
        QCOMPARE(
            run(
                {QStringLiteral("compare"), a, b, QStringLiteral("--json"), QStringLiteral("-o"),
                 out}),
            0);
        const auto object = QJsonDocument::fromJson(m_process.readAllStandardOutput()).object();
        QVERIFY(object.value(QLatin1String("psnr")).toDouble() > 3);
        QVERIFY(object.value(QLatin1String("ssim")).toDouble() < 1);
        QVERIFY(!isPlain(loadImage(out.toStdString()).image));
        QCOMPARE(run({QStringLiteral("compare"), a, QStringLiteral("none.png")}), 7);
    }

    void anInterruptEndsWithFiveAndWritesNothing()
    {
        const QString out = path("never.png");
        m_process.start(
            program,
            analogy(
                out,
                {QStringLiteral("--steps"), QStringLiteral("1000"), QStringLiteral("--strength"),
                 QStringLiteral("1"), QStringLiteral("--precision"), QStringLiteral("fp32")}));
        m_process.setReadChannel(QProcess::StandardError);
        QString heard;
        while (!heard.contains(QStringLiteral("Step 2 of")) && m_process.waitForReadyRead(60'000))
            heard += said();
        QVERIFY2(heard.contains(QStringLiteral("Step 2 of 1000")), qPrintable(heard));
        QCOMPARE(heard.count(QStringLiteral("Loading the UNet")), 1);
        ::kill(pid_t(m_process.processId()), SIGINT);
        QVERIFY(m_process.waitForFinished(30'000));
        QCOMPARE(m_process.exitCode(), 5);
        QVERIFY(!QFile::exists(out));
    }

    void whatCannotBeDoneEndsWithItsStatus()
    {
        const QStringList model {QStringLiteral("--model"), path("none")};
        QCOMPARE(run(analogy(path("x.png"), model)), 3);
        QVERIFY(said().contains(QStringLiteral("There is no model")));
        QCOMPARE(run(analogy(path("x.png"), {QStringLiteral("--noise"), path("none")})), 7);
        QCOMPARE(run(analogy(path("no/folder/x.png"), {})), 2);
        QCOMPARE(run({QStringLiteral("analogy")}), 2);
        QCOMPARE(run({QStringLiteral("--version")}), 0);
    }

    void withoutADisplayThereIsNoWindow()
    {
        QCOMPARE(run({}), 1);
        QVERIFY(said().contains(QStringLiteral("There is no display")));
    }

    void aCheckpointThatIsNoneIsRefused()
    {
        const QString text = path("none.ckpt");
        writeFileAtomically(text.toStdString(), std::as_bytes(std::span("no checkpoint")));
        const QStringList flags {QStringLiteral("--model"), text, QStringLiteral("--json")};
        QCOMPARE(run(analogy(path("x.png"), flags)), 7);
        const QString heard = said();
        QVERIFY2(heard.contains(QStringLiteral("\"error\"")), qPrintable(heard));
        QCOMPARE(heard.count(QStringLiteral("Converting none.ckpt")), 1);
    }

    void aSecondStartHandsOverToTheWindowThatIsOpenAndEnds()
    {
        auto environment = m_process.processEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_folder.path());
        environment.insert(QStringLiteral("XDG_STATE_HOME"), m_folder.path());
        QProcess first, second;
        for (QProcess* process : {&first, &second})
            process->setProcessEnvironment(environment);
        first.start(program, {});
        const auto isListening = [this] {
            return !QDir(m_folder.path())
                        .entryList({QStringLiteral("simile-*")}, QDir::System)
                        .isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isListening(), 60'000);
        QFile name(QStringLiteral("/proc/%1/comm").arg(first.processId()));
        QVERIFY(name.open(QFile::ReadOnly));
        QCOMPARE(name.readAll(), QByteArray("simile\n"));

        second.start(program, {sample + QStringLiteral("a.png")});
        QVERIFY(second.waitForFinished(240'000)); // a window of its own would not end
        QCOMPARE(second.exitStatus(), QProcess::NormalExit);
        QCOMPARE(second.exitCode(), 0);
        QCOMPARE(first.state(), QProcess::Running);

        second.start(program, {QStringLiteral("--new-instance")});
        QVERIFY(second.waitForStarted());
        QVERIFY(!second.waitForFinished(5000));
        for (QProcess* process : {&first, &second}) {
            process->kill();
            process->waitForFinished();
        }
    }

    void theDefaultModelLoads()
    {
        QCOMPARE(run({QStringLiteral("models"), QStringLiteral("--check")}), 0);
        const QString listed = QString::fromUtf8(m_process.readAllStandardOutput());
        QVERIFY2(listed.contains(QStringLiteral("loads; SHA-256")), qPrintable(listed));
        QVERIFY(listed.contains(QStringLiteral("serves analogy")));
        QCOMPARE(run({QStringLiteral("models"), path("none")}), 3);
    }

    void aCheckpointIsConvertedInAProcessOfItsOwn()
    {
        const QString in = QStringLiteral(TEST_DATA "/single-file-sd1/subset.ckpt");
        CheckpointHelper helper;
        helper.setProgram(program);
        QSignalSpy converted(&helper, &CheckpointHelper::converted);
        QSignalSpy failed(&helper, &CheckpointHelper::failed);
        helper.convert(in);
        QTRY_VERIFY_WITH_TIMEOUT(converted.size() + failed.size() == 1, 60'000);
        if (!failed.isEmpty())
            QFAIL(qPrintable(failed.at(0).at(1).toString()));
        QVERIFY(QFile::exists(convertedFile(in)));

        const QString text = path("text.ckpt");
        writeFileAtomically(text.toStdString(), std::as_bytes(std::span("no checkpoint")));
        helper.convert(text);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60'000);
        QVERIFY2(
            failed.at(0).at(1).toString().contains(QStringLiteral("text.ckpt")),
            qPrintable(failed.at(0).at(1).toString()));
    }
};

QTEST_GUILESS_MAIN(MainTest)
#include "tst_main.moc"
