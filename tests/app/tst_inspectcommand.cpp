// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imagefile.h"
#include "tests/app/programenvironment.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QString samples = QStringLiteral(PROJECT_SOURCE "/resources/samples/");

} // namespace

/// `simile inspect` as a process, over saved pictures of the three methods, on the default model.
class InspectCommandTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_said;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    int run(const QStringList& arguments)
    {
        m_process.start(QStringLiteral(SIMILE), arguments);
        const int status = m_process.waitForFinished(240'000) ? m_process.exitCode() : -1;
        m_said = QString::fromUtf8(m_process.readAllStandardError());
        return status;
    }
    void make(const QStringList& arguments)
    {
        const QStringList few {
            QStringLiteral("--steps"), QStringLiteral("4"), QStringLiteral("--precision"),
            QStringLiteral("fp32")};
        QVERIFY2(run(arguments + few) == 0, qPrintable(m_said));
    }
    int look(const QString& picture, const QString& options, const QString& out)
    {
        return run(
            QStringList {QStringLiteral("inspect"), path(picture), QStringLiteral("-o"), path(out)}
            + options.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_process.setProcessEnvironment(programEnvironment(m_folder.path()));
        const QString grid = samples + QStringLiteral("analogy/"),
                      source = samples + QStringLiteral("translate/source.png");
        make(
            {QStringLiteral("analogy"), grid + QStringLiteral("a.png"),
             grid + QStringLiteral("a-prime.png"), grid + QStringLiteral("b.png"),
             QStringLiteral("--prompt"), QStringLiteral("large red circle, green ground"),
             QStringLiteral("--cam"), QStringLiteral("3:11"), QStringLiteral("-o"),
             path(QStringLiteral("analogy.png"))});
        make(
            {QStringLiteral("translate"), source, QStringLiteral("--prompt"),
             QStringLiteral("large yellow star, blue ground"), QStringLiteral("--inversion-steps"),
             QStringLiteral("8"), QStringLiteral("--feature-until"), QStringLiteral("0.5"),
             QStringLiteral("--attention-until"), QStringLiteral("0.5"), QStringLiteral("-o"),
             path(QStringLiteral("translate.png"))});
        make(
            {QStringLiteral("prompt-free"), samples + QStringLiteral("prompt-free/reference.png"),
             QStringLiteral("--control"), QStringLiteral("canny:") + source, QStringLiteral("-o"),
             path(QStringLiteral("prompt-free.png"))});
    }

    void mapsAreWritten_data()
    {
        QTest::addColumn<QString>("picture");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QStringList>("files");
        const QString analogy = QStringLiteral("analogy.png"),
                      translate = QStringLiteral("translate.png"),
                      promptFree = QStringLiteral("prompt-free.png");
        const auto row = [](const char* name, const QString& picture, const char* options,
                            const QStringList& files) {
            QTest::newRow(name) << picture << QString::fromLatin1(options) << files;
        };
        const QStringList one {QStringLiteral("map.png")};
        row("a word, chosen layers", analogy,
            "--kind cross-attention --token circle --layer 3,5,8:11", one);
        row("a place, diffused", analogy,
            "--kind self-attention --pixel 192,192 --diffuse 2 --step 1", one);
        row("shares, before and after", analogy, "--kind shares --step 1",
            {QStringLiteral("map-1.png"), QStringLiteral("map-2.png"), QStringLiteral("map-3.png"),
             QStringLiteral("map-4.png")});
        row("the latent", analogy, "--kind latent --step 0 --channel 3", one);
        row("a word of a translation", translate, "--kind cross-attention --token star", one);
        row("rows of attention", translate, "--kind attention --layer 8 --step 2", one);
        row("the source behind the injection", translate,
            "--kind features --layer 14 --source --step 3", one);
        row("a token of the reference", promptFree, "--kind tokens --token 5 --step 2",
            {QStringLiteral("map-1.png"), QStringLiteral("map-2.png")});
        row("where it looked in the reference", promptFree,
            "--kind origin --pixel 128,128 --step 2", one);
        row("what the control adds", promptFree, "--kind control --step 2 --layer 12", one);
    }

    void mapsAreWritten()
    {
        QFETCH(QString, picture);
        QFETCH(QString, options);
        QFETCH(QStringList, files);
        const QStringList pngs {QStringLiteral("map*.png")};
        for (const QString& old : QDir(m_folder.path()).entryList(pngs))
            QFile::remove(path(old));
        QVERIFY2(look(picture, options, QStringLiteral("map.png")) == 0, qPrintable(m_said));
        QCOMPARE(QDir(m_folder.path()).entryList(pngs, QDir::Files, QDir::Name), files);
        const Image seen = loadImage(path(files.front()).toStdString()).image;
        QVERIFY(seen != filled(seen.width, seen.height, {seen.rgb[0], seen.rgb[1], seen.rgb[2]}));
    }

    void aFolderHasAFileForEachLayerAndStep()
    {
        QVERIFY2(
            look(
                QStringLiteral("translate.png"), QStringLiteral("--kind features --layer 13:15"),
                QStringLiteral("all/"))
                == 0,
            qPrintable(m_said));
        QCOMPARE(QDir(path(QStringLiteral("all"))).entryList(QDir::Files).size(), 2 * 4);
    }

    void numbersSaySomethingOfEachMap()
    {
        QVERIFY2(
            look(
                QStringLiteral("analogy.png"),
                QStringLiteral("--kind cross-attention --token circle --step 1 --json"),
                QStringLiteral("map.npy"))
                == 0,
            qPrintable(m_said));
        const auto lines = m_process.readAllStandardOutput().trimmed().split('\n');
        const auto object = QJsonDocument::fromJson(lines.back()).object();
        const auto map = object.value(QLatin1String("maps")).toArray().at(0).toObject();
        QCOMPARE(map.value(QLatin1String("label")).toString(), QStringLiteral("circle"));
        QCOMPARE(map.value(QLatin1String("values")).toArray().size(), 32 * 32);
        QVERIFY(QFile::exists(path(QStringLiteral("map.npy"))));
    }

    void whatIsNotThereIsSaid_data()
    {
        QTest::addColumn<QString>("picture");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* picture, const char* options, const char* sentence) {
            QTest::newRow(sentence) << QString::fromLatin1(picture) << QString::fromLatin1(options)
                                    << QString::fromUtf8(sentence);
        };
        row("analogy.png", "--kind control --layer 12 --step 1", "No control acted at step 1.");
        row("analogy.png", "--kind cross-attention --source --token circle",
            "This run has no source to look at: leave --source away.");
        row("analogy.png", "--kind cross-attention --token triangle",
            "There is no word \"triangle\" in the prompt, which is: large red circle , green "
            "ground.");
        row("translate.png", "--kind shares --step 1",
            "Shares are those of the cells A, A′, B and B′, and this picture has none.");
        row("translate.png", "--kind origin --pixel 1,1 --step 1",
            "This run has no reference that the network read.");
        row("translate.png", "--kind features --layer 14 --step 9",
            "There is no step 9 of 4: steps count from 0, the noisiest.");
        row("prompt-free.png", "--kind origin --pixel 900,10 --step 1",
            "The place 900,10 lies outside the picture, which has 256 x 256 pixels.");
        row("prompt-free.png", "--kind origin --pixel 2147483647,0 --step 1",
            "The place 2147483647,0 lies outside the picture");
        row("prompt-free.png", "--kind tokens --token 5000 --step 1", "There is no token 5000");
    }

    void whatIsNotThereIsSaid()
    {
        QFETCH(QString, picture);
        QFETCH(QString, options);
        QFETCH(QString, sentence);
        QVERIFY(look(picture, options, QStringLiteral("never.png")) != 0);
        QVERIFY2(m_said.contains(sentence), qPrintable(m_said));
        QVERIFY(!QFile::exists(path(QStringLiteral("never.png"))));
    }

    void aPlaceThatCannotBeWrittenIsToldBeforeTheRun()
    {
        QVERIFY(QFile::link(QStringLiteral("none/y.png"), path(QStringLiteral("dangling.png"))));
        QVERIFY(QFile::link(QStringLiteral("none"), path(QStringLiteral("folder"))));
        for (const char* out : {"dangling.png", "folder/"}) {
            QCOMPARE(
                look(
                    QStringLiteral("analogy.png"), QStringLiteral("--kind shares"),
                    QString::fromLatin1(out)),
                1);
            QVERIFY2(m_said.contains(QStringLiteral("could not be ")), qPrintable(m_said));
            QVERIFY2(!m_said.contains(QStringLiteral("Loading")), qPrintable(m_said));
        }
    }
};

QTEST_GUILESS_MAIN(InspectCommandTest)
#include "tst_inspectcommand.moc"
