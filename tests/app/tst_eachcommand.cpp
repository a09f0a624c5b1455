// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands.h"
#include "app/methodlist.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "core/record.h"
#include "tests/app/countingmethod.h"
#include "tests/app/emptyhome.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

/// A folder of four pictures, one of them damaged, and something else; and an example for them.
struct Fixture
{
    QTemporaryDir folder;
    MakeCommand command {.request = {.method = "analogy"}};
    Method method = countingMethod();
    int runs = 0;

    Fixture()
    {
        QDir(folder.path()).mkdir(QStringLiteral("in"));
        for (const char* slot : {"a", "a_prime"}) {
            const std::string file = path(std::string(slot) + ".png");
            command.pictures[slot] = {{.file = file}};
            put(file);
        }
        for (const char* name : {"in/one.png", "in/two.png", "in/two.webp.png"})
            put(path(name));
        QFile::copy(
            QString::fromStdString(path("in/two.png")),
            QString::fromStdString(path("in/two.jpg"))); // what it is its content says
        write("in/broken.png", "\x89PNG\r\n\x1a\nand no more");
        write("in/notes.txt", "no picture");
        command.each = path("in");
        command.out = path("out");
        const auto count = method.run;
        method.run = [this, count](const Request& request, Models& models, const Report& report) {
            ++runs;
            return count(request, models, report);
        };
    }
    static void put(const std::string& file)
    {
        writeFileAtomically(file, encodePng(filled(3, 2, {7, 8, 9})));
    }
    void write(const char* name, std::string_view text) const
    {
        writeFileAtomically(path(name), std::as_bytes(std::span(text)));
    }
    std::string path(const std::string& name) const
    {
        return folder.filePath(QString::fromStdString(name)).toStdString();
    }
    QStringList made() const
    {
        return QDir(folder.filePath(QStringLiteral("out"))).entryList(QDir::Files, QDir::Name);
    }
    int run() { return makeEach(method, command, MethodList(std::vector {method})); }
};

} // namespace

class EachCommandTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void everyPictureOfTheFolderIsMadeAndTheDamagedOneIsNamed()
    {
        Fixture f;
        QCOMPARE(f.run(), int(ExitFailed));
        QCOMPARE(
            f.made(),
            (QStringList {
                QStringLiteral("index.html"), QStringLiteral("one.png"),
                QStringLiteral("two.jpg.png"), QStringLiteral("two.png.png"),
                QStringLiteral("two.webp.png")}));
        const auto record = readRecord(readFile(f.path("out/one.png"), 1 << 20));
        QVERIFY(record && record->request.images.at("b").at(0).name == "one.png");
        const std::string page = readText(f.path("out/index.html"));
        QVERIFY(page.find("class=\"failed\">broken.png: ") != page.npos);
        QVERIFY(page.find(f.folder.path().toStdString()) == page.npos); // it names no folder
        QVERIFY(page.find("two.jpg.png") != page.npos);
    }

    void whatIsThereIsNotMadeAgain()
    {
        Fixture f;
        f.run();
        QCOMPARE(f.runs, 4);
        QFile::remove(QString::fromStdString(f.path("out/two.jpg.png")));
        f.run();
        QCOMPARE(f.runs, 5);
        f.put(f.path("in/broken.png"));
        QCOMPARE(f.run(), int(ExitDone));
        QCOMPARE(f.runs, 6);
    }

    void nothingIsOverwrittenThatWasMadeOtherwise()
    {
        Fixture f;
        f.run();
        const auto before = readFile(f.path("out/one.png"), 1 << 20);
        f.command.request.values["steps"] = 4;
        QCOMPARE(f.run(), int(ExitFailed));
        QCOMPARE(f.runs, 4);
        QVERIFY(readFile(f.path("out/one.png"), 1 << 20) == before);
    }

    void aListAloneMakesNothing()
    {
        Fixture f;
        f.command.dry = true;
        QCOMPARE(f.run(), int(ExitDone));
        QCOMPARE(f.runs, 0);
        QVERIFY(!QFile::exists(QString::fromStdString(f.path("out"))));
    }

    void theRowsOfATableAreMadeAndThoseThatDoNotFitAreNamed()
    {
        Fixture f;
        f.write(
            "rows.csv", "b;prompt;seed\nin/one.png;red;7\nin/two.png;\"a; b\";\nin/none.png;;\n");
        f.command.each = f.path("rows.csv");
        f.command.name = "{picture}-{prompt}-{seed}";
        f.command.dry = true;
        QCOMPARE(f.run(), int(ExitFailed));
        QCOMPARE(f.runs, 0);
        f.command.dry = false;
        QCOMPARE(f.run(), int(ExitFailed));
        QCOMPARE(
            f.made(),
            (QStringList {
                QStringLiteral("index.html"), QStringLiteral("one-red-7.png"),
                QStringLiteral("two-a-b-42.png")}));
        const std::string page = readText(f.path("out/index.html"));
        QVERIFY(page.find("Row 4, b: there is no file") != page.npos);
        f.run();
        QCOMPARE(f.runs, 2);
    }

    void aPictureThatNobodyGivesRefusesTheTable()
    {
        Fixture f;
        f.write("rows.csv", "prompt\nred\n");
        f.command.each = f.path("rows.csv");
        QCOMPARE(f.run(), int(ExitBadArguments));
        f.command.pictures["b"] = {{.file = f.path("in/one.png")}};
        QCOMPARE(f.run(), int(ExitDone));
        QCOMPARE(f.runs, 1);
        f.command.name = "{date}";
        QCOMPARE(f.run(), int(ExitBadArguments));
    }

    void anotherExampleIsAnotherPicture()
    {
        Fixture f;
        f.run();
        f.command.pictures["a"] = {{.file = f.path("c.png")}};
        writeFileAtomically(f.path("c.png"), encodePng(filled(3, 2, {1, 1, 1})));
        QCOMPARE(f.run(), int(ExitFailed));
        QCOMPARE(f.runs, 4);
    }

    void whatIsWrongWithAllEndsItAtOnce()
    {
        Fixture f;
        f.command.request.model = f.path("none.safetensors");
        QCOMPARE(f.run(), int(ExitModelMissing));
        Fixture memory;
        memory.command.request.values["prompt"] = std::string("memory");
        QCOMPARE(memory.run(), int(ExitOutOfMemory));
        QCOMPARE(memory.runs, 1);
        Fixture empty;
        empty.command.each = empty.path("nowhere");
        QCOMPARE(empty.run(), int(ExitBadArguments));
    }
};

QTEST_GUILESS_MAIN(EachCommandTest)
#include "tst_eachcommand.moc"
