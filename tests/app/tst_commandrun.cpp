// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandrun.h"

#include "core/file/files.h"
#include "tests/app/programenvironment.h"
#include "tests/failure.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace fs = std::filesystem;

namespace {

const QString sample = QStringLiteral(PROJECT_SOURCE "/resources/samples/analogy/");

void put(const fs::path& file, const std::string& text)
{
    writeFileAtomically(file, std::as_bytes(std::span(text)));
}

} // namespace

class CommandRunTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path path(const char* name) const
    {
        return m_folder.filePath(QLatin1String(name)).toStdString();
    }
    void write(const char* name) const { put(path(name), "mine"); }

private Q_SLOTS:
    void whatIsGivenIsNoPlaceToWriteTo()
    {
        fs::create_directories(path("model/unet"));
        write("a.png");
        write("b.png");
        write("model/unet/weights.safetensors");
        write("model/mine.png");
        fs::create_symlink("a.png", path("link.png"));
        fs::create_hard_link(path("a.png"), path("hard.png"));
        const auto said = [&](const char* file, const std::vector<std::string>& given) {
            return failure([&] { checkIsNotGiven(path(file), given); });
        };
        const std::string a = path("a.png").string(), model = path("model").string();
        for (const char* same : {"a.png", "link.png", "hard.png", "model/../a.png"})
            QCOMPARE(
                said(same, {"", "/nowhere", a}),
                path(same).string()
                    + " is one of the files given, or part of one: choose another name.");
        QVERIFY(!said("model/unet/weights.safetensors", {model}).empty());
        QCOMPARE(said("b.png", {a, model, ""}), std::string());
        QCOMPARE(said("new.png", {a, model}), std::string());
        QCOMPARE(said("model/mine.png", {model}), std::string());
        QCOMPARE(said("model/new.png", {model}), std::string()); // nothing is there
    }

    void aPromptOfAnyLengthIsNoFile()
    {
        QProcess process;
        process.setProcessEnvironment(programEnvironment(m_folder.path()));
        process.setWorkingDirectory(m_folder.path());
        put(path("old.png"), "it is replaced");
        const QString a = sample + QStringLiteral("a.png");
        for (const int length : {1, 256, 5000}) {
            process.start(
                QStringLiteral(SIMILE),
                {QStringLiteral("analogy"), a, a, a, QStringLiteral("-o"),
                 QStringLiteral("old.png"), QStringLiteral("--steps"), QStringLiteral("2"),
                 QStringLiteral("--precision"), QStringLiteral("fp32"), QStringLiteral("--size"),
                 QStringLiteral("256"), QStringLiteral("--prompt"),
                 QString(length, QLatin1Char('x'))});
            QVERIFY(process.waitForFinished(120'000));
            const QByteArray said = process.readAllStandardError();
            QVERIFY2(process.exitCode() == 0, said);
        }
    }

    void valuesThatCannotBeAreRefused()
    {
        QProcess process;
        process.setProcessEnvironment(programEnvironment(m_folder.path()));
        const QString a = sample + QStringLiteral("a.png");
        for (const QStringList& line : std::initializer_list<QStringList> {
                 {QStringLiteral("compare"), a, a, QStringLiteral("--gain"), QStringLiteral("nan")},
                 {QStringLiteral("compare"), a, a, QStringLiteral("-o"), QStringLiteral("d.jpg")},
                 {QStringLiteral("go-on"), a, QStringLiteral("0")},
                 {QStringLiteral("inspect"), a, QStringLiteral("--head"), QStringLiteral("-1")}}) {
            process.start(QStringLiteral(SIMILE), line);
            QVERIFY(process.waitForFinished(120'000));
            const QByteArray said = process.readAllStandardError();
            QVERIFY2(process.exitCode() == 2 && said.size() < 300, said);
        }
    }

    void noCommandWritesOverWhatItReads_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("kept");
        const auto row = [](const char* name, const char* line, const char* kept) {
            QTest::newRow(name) << QString::fromLatin1(line) << QString::fromLatin1(kept);
        };
        row("a picture of a comparison", "compare in.png other.png -o in.png", "in.png");
        row("the other by a link", "compare in.png other.png -o link.png", "other.png");
        row("a session that is gone on with", "go-on s.png 1 -o s.png", "s.png");
        row("the session of a run", "grid in.png other.png in.png --session x.png -o x.png",
            "x.png");
        row("the noise", "features in.png --noise n.safetensors --data n.safetensors",
            "n.safetensors");
        row("a part of the model", "features in.png --model model --data model/vae/v.safetensors",
            "model/vae/v.safetensors");
        row("a network", "translate in.png --vae vae.png -o vae.png", "vae.png");
        row("the picture that is looked into", "inspect in.png --kind latent --step 1 -o in.png",
            "in.png");
        row("one of several maps", "inspect map-1.png --kind latent --step 1 -o map.png",
            "map-1.png");
    }

    void noCommandWritesOverWhatItReads()
    {
        QFETCH(QString, line);
        QFETCH(QString, kept);
        const QTemporaryDir folder;
        const QDir here(folder.path());
        for (const char* name : {"in.png", "other.png", "map-1.png"})
            QVERIFY(
                QFile::copy(sample + QStringLiteral("a.png"), here.filePath(QLatin1String(name))));
        QVERIFY(
            QFile::link(QStringLiteral("other.png"), here.filePath(QStringLiteral("link.png"))));
        QVERIFY(here.mkpath(QStringLiteral("model/vae")));
        const QString file = here.filePath(kept);
        if (!QFile::exists(file))
            put(file.toStdString(), "what is kept");
        const std::string before = readText(file.toStdString());
        QProcess process;
        process.setProcessEnvironment(programEnvironment(m_folder.path()));
        process.setWorkingDirectory(folder.path());
        process.start(QStringLiteral(SIMILE), line.split(QLatin1Char(' ')));
        QVERIFY(process.waitForFinished(120'000));
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(said.contains("is one of the files given"), said);
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(readText(file.toStdString()) == before);
    }
};

QTEST_GUILESS_MAIN(CommandRunTest)
#include "tst_commandrun.moc"
