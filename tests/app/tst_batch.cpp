// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/batch.h"

#include "app/batchjob.h"
#include "app/batchrunner.h"
#include "app/csv.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/countingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"
#include "tests/failure.h"

#include <QDir>
#include <QTemporaryDir>

namespace {

/// A folder to put files into.
struct Folder
{
    QTemporaryDir folder;

    std::string path(const std::string& name) const
    {
        return folder.filePath(QString::fromStdString(name)).toStdString();
    }
    void picture(const std::string& name, Color color = {7, 8, 9}) const
    {
        write(name, encodePng(filled(3, 2, color)));
    }
    void text(const std::string& name, std::string_view text) const
    {
        write(name, std::as_bytes(std::span(text)));
    }
    Batch table(const std::string& text) const
    {
        this->text("table.csv", text);
        return readBatch(countingMethod(), path("table.csv"));
    }
    std::string refusal(const std::string& text) const
    {
        return failure([&] { table(text); });
    }

private:
    void write(const std::string& name, std::span<const std::byte> bytes) const
    {
        QDir(folder.path()).mkpath(QFileInfo(QString::fromStdString(path(name))).path());
        writeFileAtomically(path(name), bytes);
    }
};

std::vector<std::string> namesOf(
    std::vector<BatchItem> items, const char* text, const NameFields& common = {})
{
    nameItems(items, countingMethod(), common, QString::fromUtf8(text), "/out");
    std::vector<std::string> names;
    for (const BatchItem& item : items)
        names.push_back(item.out.filename().string());
    return names;
}

using Names = std::vector<std::string>;

/// A session with an example and a batch of a folder of six pictures, one of them damaged.
struct RunnerFixture : SessionFixture
{
    Folder files;
    BatchRunner runner {session, settings};

    RunnerFixture()
        : SessionFixture({countingMethod()})
    {
        for (const char* slot : {"a", "a_prime"})
            session.inputs().set(slot, filled(3, 2, {1, 2, 3}), QStringLiteral("x.png"));
        for (int i = 1; i <= 5; ++i)
            files.picture("in/" + std::to_string(i) + ".png", {uint8_t(i), 0, 0});
        files.text("in/broken.png", "\x89PNG\r\n\x1a\nand no more");
    }
    BatchPlan plan(const char* from = "in") const
    {
        return {
            .from = QString::fromStdString(files.path(from)),
            .folder = QString::fromStdString(files.path("out")),
            .name = usualBatchName(),
            .seed = 5};
    }
    void list(const char* from = "in")
    {
        runner.list(plan(from));
        QTRY_VERIFY(!runner.looking());
    }
    void make()
    {
        runner.start();
        QTRY_VERIFY_WITH_TIMEOUT(!runner.running(), 30000);
    }
    QStringList made() const
    {
        return QDir(plan().folder).entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name);
    }
};

} // namespace

class BatchTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void aTableIsReadAsSpreadsheetsWriteIt_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("first"); // its fields with | between
        const auto row = [](const char* name, const char* text, const char* first) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(first);
        };
        row("plain", "b,seed\nx.png,7\n", "x.png|7");
        row("without a last line end", "b,seed\nx.png,7", "x.png|7");
        row("CRLF and a mark",
            "\xEF\xBB\xBF"
            "b,seed\r\nx.png,7\r\n",
            "x.png|7");
        row("semicolons", "b;prompt\nx.png;red, round\n", "x.png|red, round");
        row("tabs", "b\tprompt\nx.png\tred; round, big\n", "x.png|red; round, big");
        row("quotes", "b,prompt\nx.png,\"red, \"\"round\"\"\nbig\"\n", "x.png|red, \"round\"\nbig");
        row("separators in quotes of the head", "\"a;b;c\",d\n1,2\n", "1|2");
        row("empty fields", "a,b,c\n,,\n", "||");
    }
    void aTableIsReadAsSpreadsheetsWriteIt()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, first);
        const CsvTable table = readCsv(std::string_view(text.constData(), size_t(text.size())));
        QCOMPARE(int(table.rows.size()), 1);
        QByteArrayList fields;
        for (const std::string& field : table.rows.front())
            fields << QByteArray::fromStdString(field);
        QCOMPARE(fields.join('|'), first);
    }

    void aTableThatIsNoneIsRefusedAndItsRowNamed()
    {
        const auto refusal = [](const std::string& text) {
            return failure([&] { readCsv(text); });
        };
        QVERIFY(refusal("b\n\"open").find("Row 2") == 0);
        QVERIFY(refusal("b\nx\n\"a\"b\n").find("Row 3") == 0);
        QVERIFY(refusal("").find("head line") != std::string::npos);
        QVERIFY(refusal("b\n\xff\xfe").find("UTF-8") != std::string::npos);
        QVERIFY(refusal(std::string("b\n\0", 3)).find("UTF-8") != std::string::npos);
        QVERIFY(refusal("b\n" + std::string(longestCsvField + 1, 'x')).find("Row 2") == 0);
        std::string rows = "b\n";
        for (std::size_t i = 0; i <= mostCsvRows; ++i)
            rows += "x\n";
        QVERIFY(refusal(rows).find("10000 rows") != std::string::npos);
        QVERIFY(refusal(std::string(largestCsv + 1, 'x')).find("16 MiB") != std::string::npos);
    }

    void columnsAreSlotsParametersSeedAndName()
    {
        Folder f;
        f.picture("p/x.png");
        f.picture("y.png");
        const Batch batch =
            f.table("B,A2,Negative-Prompt,--steps,seed,name\np/x.png,y.png,\"a, b\",4,9,first.png\n"
                    "\ny.png,,,,,\n");
        QCOMPARE(batch.slots, (Names {"b", "a_prime"}));
        QCOMPARE(int(batch.items.size()), 2);
        const BatchItem& item = batch.items[0];
        QCOMPARE(item.state, BatchItem::Waiting);
        QCOMPARE(item.pictures.at("b").file, f.path("p/x.png"));
        QCOMPARE(item.pictures.at("a_prime").file, f.path("y.png"));
        QCOMPARE(item.values, (Values {{"negative", std::string("a, b")}, {"steps", 4}}));
        QCOMPARE(item.seed, std::optional<uint64_t>(9));
        QCOMPARE(item.name, std::string("first"));
        QCOMPARE(labelOf(item), std::string("row 2: x.png"));
        QCOMPARE(batch.items[1].row, 4); // as a spreadsheet counts it
        QVERIFY(batch.items[1].values.empty() && !batch.items[1].seed);
    }

    void aColumnThatMeansNothingRefusesTheTable()
    {
        Folder f;
        QVERIFY(f.refusal("b,stepps\nx,1\n").find("\"stepps\"") != std::string::npos);
        QVERIFY(f.refusal("b,B\nx,y\n").find("twice") != std::string::npos);
        QVERIFY(f.refusal("b\n").find("no rows") != std::string::npos);
        f.picture("x.png");
        QCOMPARE(int(f.table("b,,\nx.png,,\n").items.size()), 1); // empty columns at the edge
        QVERIFY(
            failure([&] { readBatch(countingMethod(), f.path("none")); }).find("neither")
            != std::string::npos);
    }

    void aRowThatDoesNotFitFailsAloneAndSaysWhere()
    {
        Folder f;
        f.picture("x.png");
        const Batch batch = f.table(
            "b,steps,seed,name\nx.png,2,,\nnone.png,2,,\nx.png,many,,\nx.png,2,-1,\nx.png,2,1,a/b\n"
            "x.png,2,1,n,more\n");
        const auto why = [&](std::size_t at) { return english(batch.items[at].failure); };
        QCOMPARE(countOf(batch.items, BatchItem::Failed), 5);
        QCOMPARE(batch.items[0].state, BatchItem::Waiting);
        QCOMPARE(why(1), std::string("Row 3, b: there is no file \"none.png\"."));
        QVERIFY(why(2).starts_with("Row 4, steps: "));
        QVERIFY(why(3).starts_with("Row 5, seed: "));
        QVERIFY(why(4).starts_with("Row 6, name: "));
        QVERIFY(why(5).starts_with("Row 7 has more fields"));
    }

    void resultsAreNamedByTheirPicturesOrTheTemplate()
    {
        const auto item = [](const char* picture, std::optional<uint64_t> seed = {}) {
            return BatchItem {.picture = picture, .seed = seed};
        };
        QCOMPARE(
            namesOf({item("my cat.jpg"), item("two.png"), item("two.jpg")}, "{picture}"),
            (Names {"my cat.png", "two.png.png", "two.jpg.png"}));
        QCOMPARE(
            namesOf({item("x.png", 1), item("x.png", 2)}, "{picture}"),
            (Names {"x.png", "x-2.png"}));
        QCOMPARE(
            namesOf({item("x.png", 1), item("x.png", 2)}, "{picture}-{seed}"),
            (Names {"x-1.png", "x-2.png"}));
        BatchItem named = item("x.png");
        named.name = "own";
        named.values["prompt"] = std::string("red circle");
        QCOMPARE(namesOf({named, named}, "{prompt}"), (Names {"own.png", "own-2.png"}));
        named.name.clear();
        QCOMPARE(
            namesOf({named}, "{mode}-{prompt}", {.mode = QStringLiteral("m")}),
            (Names {"m-red-circle.png"}));
    }

    void aTemplateHasOnlyWhatIsKnownBeforehand()
    {
        checkBatchName(QStringLiteral("{mode}-{picture}-{seed}"));
        for (const char* text : {"{date}", "{run}", "{sed}", " "})
            QVERIFY2(!failure([&] { checkBatchName(QString::fromLatin1(text)); }).empty(), text);
    }

    void theWindowsBatchMakesAllButWhatIsDamaged()
    {
        RunnerFixture f;
        f.list();
        QCOMPARE(f.runner.counts().waiting, 5);
        QCOMPARE(f.runner.counts().failed, 1);
        QVERIFY(f.runner.items()[0].thumbnail);
        f.make();
        QCOMPARE(f.runner.counts().made, 5);
        QCOMPARE(f.runner.counts().failed, 1);
        QCOMPARE(f.made().size(), 5);
        const auto record = readRecord(readFile(f.files.path("out/3.png"), 1 << 20));
        QVERIFY(record && record->request.seed == 5);
        QCOMPARE(*record->request.images.at("b").at(0).image, filled(3, 2, {3, 0, 0}));
        QTRY_VERIFY(QFile::exists(QString::fromStdString(f.files.path("out/index.html"))));
        // The results lie in the folder, so the list has only the last of them.
        QCOMPARE(int(f.session.runs().all().size()), 1);
    }

    void anotherStartGoesOnAndOverwritesNothing()
    {
        RunnerFixture f;
        f.list();
        f.make();
        const auto before = readFile(f.files.path("out/2.png"), 1 << 20);
        QFile::remove(QString::fromStdString(f.files.path("out/4.png")));
        f.files.picture("in/broken.png");
        f.list();
        QCOMPARE(f.runner.counts().there, 4);
        QCOMPARE(f.runner.counts().waiting, 2);
        f.make();
        QCOMPARE(f.runner.counts().made, 2);
        QVERIFY(readFile(f.files.path("out/2.png"), 1 << 20) == before);
        f.session.editor().setValue("steps", 3);
        f.list();
        QCOMPARE(f.runner.counts().failed, 6);
        QVERIFY(english(f.runner.items()[0].failure).find("not made so") != std::string::npos);
        f.make();
        QVERIFY(readFile(f.files.path("out/2.png"), 1 << 20) == before);
        f.session.editor().resetValue("steps");
        f.session.inputs().set("a", filled(3, 2, {9, 9, 9}), QStringLiteral("other.png"));
        f.list();
        QCOMPARE(f.runner.counts().failed, 6); // another example
    }

    void aStoppedBatchIsGoneOnWith()
    {
        RunnerFixture f;
        f.session.editor().setValue("steps", 100'000);
        f.list();
        f.runner.start();
        QTRY_VERIFY(f.session.runs().running());
        f.runner.stop();
        QVERIFY(!f.runner.running());
        QTRY_VERIFY(!f.session.runs().running());
        QVERIFY(f.made().isEmpty());
        QCOMPARE(f.runner.counts().waiting, 6); // the damaged one is tried again
        f.session.editor().resetValue("steps");
        f.list();
        f.make();
        QCOMPARE(f.made().size(), 5);
    }

    void aStopOfItsRunStopsTheBatch()
    {
        RunnerFixture f;
        f.session.editor().setValue("steps", 100'000);
        f.list();
        f.runner.start();
        QTRY_VERIFY(f.session.runs().running());
        f.session.runs().stop(false);
        QTRY_VERIFY(!f.runner.running());
        QVERIFY(!f.runner.reason().isEmpty());
        QCOMPARE(f.runner.counts().waiting, 6);
    }

    void aPausedQueueHoldsTheBatch()
    {
        RunnerFixture f;
        f.list();
        const auto pause = [&] { f.session.queue().setPaused(true); }; // a poll may miss the run
        connect(&f.session.runs(), &Runs::added, &f.runner, pause, Qt::SingleShotConnection);
        f.runner.start();
        QTRY_VERIFY(f.session.queue().paused());
        QTRY_VERIFY(!f.session.runs().running());
        QTest::qWait(50);
        QVERIFY(f.runner.running() && !f.session.runs().running());
        f.session.queue().setPaused(false);
        QTRY_VERIFY_WITH_TIMEOUT(!f.runner.running(), 30000);
        QCOMPARE(f.runner.counts().made, 5);
    }

    void rowsOfATableHaveTheirOwnValues()
    {
        RunnerFixture f;
        f.files.text(
            "t.csv", "b,prompt,steps,seed\nin/1.png,one,2,3\nin/1.png,two,2,\nin/1.png,error,,\n");
        f.list("t.csv");
        f.make();
        QCOMPARE(f.made(), (QStringList {QStringLiteral("1-2.png"), QStringLiteral("1.png")}));
        const auto record = readRecord(readFile(f.files.path("out/1.png"), 1 << 20));
        QCOMPARE(record->resolved.at("prompt"), Value(std::string("one")));
        QCOMPARE(record->request.seed, uint64_t(3));
        QCOMPARE(f.runner.counts().failed, 1);
        QCOMPARE(english(f.runner.items()[2].failure), std::string("The prompt says error."));
    }

    void whatWouldFailAllEndsIt()
    {
        RunnerFixture f;
        f.session.editor().setValue("prompt", std::string("memory"));
        f.list();
        f.make();
        QVERIFY(!f.runner.reason().isEmpty());
        QCOMPARE(f.runner.counts().failed, 1);
        QCOMPARE(f.runner.counts().waiting, 5);
    }

    void whatIsLackingIsSaidBeforehand()
    {
        RunnerFixture f;
        f.list();
        QVERIFY(f.runner.missing().isEmpty());
        f.session.inputs().clear("a_prime");
        f.list();
        QCOMPARE(f.runner.missing(), (QStringList {QStringLiteral("a picture for A'")}));
        f.runner.start();
        QVERIFY(!f.runner.running());
        f.runner.list({.from = f.plan().from, .folder = f.plan().from, .name = usualBatchName()});
        QTRY_VERIFY(!f.runner.problem().isEmpty());
    }
};

QTEST_GUILESS_MAIN(BatchTest)
#include "tst_batch.moc"
