// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/store/sessionfile.h"

#include "app/store/database.h"
#include "app/store/sessionedits.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/store/oldersession.h"
#include "tests/failure.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

std::shared_ptr<const Latent> latentOf(float first)
{
    Latent latent {.shape = {1, 2, 2, 2}};
    for (int i = 0; i < 8; ++i)
        latent.values.push_back(first + float(i) / 3);
    return std::make_shared<const Latent>(std::move(latent));
}

KeptStep stepOf(int number)
{
    return {
        .number = number,
        .time = 1000.0 - number,
        .latent = latentOf(float(number)),
        .prediction = number > 0 ? latentOf(float(-number)) : nullptr,
        .previews = {filled(2, 3, {uint8_t(number), 2, 3}), filled(1, 1, {4, 5, 6})},
        .noisy = {filled(3, 2, {7, uint8_t(number), 9})}};
}

KeptRun runOf(int64_t id)
{
    return {
        .id = id,
        .record = R"({"format": 1})",
        .places = {{"model", "/home/somebody/model.safetensors"}},
        .noise = {{"noise", {1, 2, 3}}},
        .state = 2,
        .stepCount = 12,
        .notes = "One.\nTwo.",
        .error = "No.",
        .details = "Why.",
        .started = 1234567890123,
        .seconds = 1.5,
        .star = true,
        .name = "ä 🌟",
        .thumbnail = encodePng(filled(2, 2, {}))};
}

std::vector<std::byte> bytes(const char* text)
{
    const auto* begin = reinterpret_cast<const std::byte*>(text);
    return {begin, begin + std::strlen(text)};
}

} // namespace

class SessionFileTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string path(const char* name) const
    {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }

private Q_SLOTS:
    void cleanup()
    {
        for (const QString& name : QDir(m_folder.path()).entryList(QDir::Files))
            QFile::remove(m_folder.filePath(name));
    }

    void allOfARunComesBack()
    {
        {
            SessionFile file(path("a"), SessionFile::Own);
            file.putRun(runOf(7), {"aa"});
            for (const int number : {0, 1, 2})
                file.putStep(7, stepOf(number));
            file.putCandidates(
                7, -1,
                {{.image = filled(4, 4, {1, 2, 3}), .canvas = filled(8, 8, {4, 5, 6}), .seed = 9},
                 {.image = filled(4, 4, {7, 2, 3}),
                  .canvas = filled(4, 4, {7, 2, 3}),
                  .seed = 0xfedcba9876543210}});
        }
        const SessionFile file(path("a"), SessionFile::Own);
        const auto runs = file.runs();
        QCOMPARE(runs.size(), size_t(1));
        const KeptRun &run = runs[0], expected = runOf(7);
        QCOMPARE(run.id, expected.id);
        QCOMPARE(run.record, expected.record);
        QVERIFY(run.places == expected.places && run.noise == expected.noise);
        QCOMPARE(run.state, 2);
        QCOMPARE(run.stepCount, 12);
        QCOMPARE(run.stepsKept, 3);
        QCOMPARE(run.notes, expected.notes);
        QCOMPARE(run.error, expected.error);
        QCOMPARE(run.details, expected.details);
        QCOMPARE(run.started, expected.started);
        QCOMPARE(run.seconds, 1.5);
        QVERIFY(run.star);
        QCOMPARE(run.name, expected.name);
        QVERIFY(run.thumbnail == expected.thumbnail);
        const auto steps = file.steps(7);
        QCOMPARE(steps.size(), size_t(3));
        for (int i = 0; i < 3; ++i) {
            const KeptStep &step = steps[size_t(i)], was = stepOf(i);
            QCOMPARE(step.number, i);
            QCOMPARE(step.time, was.time);
            QVERIFY(step.latent->values == was.latent->values);
            QVERIFY(step.latent->shape == was.latent->shape);
            QCOMPARE(bool(step.prediction), i > 0);
            QVERIFY(step.previews == was.previews && step.noisy == was.noisy);
        }
        const auto done = file.doneSteps(7).predictions;
        QCOMPARE(done.size(), size_t(2));
        QVERIFY(done[1]->values == latentOf(-2)->values);
        const auto candidates = file.candidates(7).at(-1);
        QVERIFY(candidates.at(0).image == filled(4, 4, {1, 2, 3}));
        QVERIFY(candidates.at(0).canvas == filled(8, 8, {4, 5, 6}));
        QVERIFY(candidates.at(1).canvas == filled(4, 4, {7, 2, 3}));
        QCOMPARE(candidates.at(1).seed, uint64_t(0xfedcba9876543210));
    }

    void aGapInTheStepsIsNotGoneOver()
    {
        SessionFile file(path("a"), SessionFile::Own);
        file.putRun(runOf(7), {});
        for (const int number : {0, 1, 3})
            file.putStep(7, stepOf(number));
        QCOMPARE(file.doneSteps(7).predictions.size(), size_t(1));
    }

    void aChangedRunKeepsItsPlaceAndItsThumbnail()
    {
        SessionFile file(path("a"), SessionFile::Own);
        file.putRun(runOf(7), {});
        file.putRun(runOf(3), {});
        KeptRun changed = runOf(7);
        changed.state = 3;
        changed.thumbnail.clear();
        file.putRun(changed, {});
        const auto runs = file.runs();
        QCOMPARE(runs.size(), size_t(2));
        QCOMPARE(runs[0].id, int64_t(7));
        QCOMPARE(runs[0].state, 3);
        QVERIFY(!runs[0].thumbnail.empty());
        QCOMPARE(file.runs(runs[0].position).size(), size_t(1)); // what came after it
    }

    void pictureBytesAreKeptOnceAndWhileTheyAreUsed()
    {
        SessionFile file(path("a"), SessionFile::Own);
        file.putPicture("aa", bytes("png"), bytes("jpeg"));
        file.putPicture("aa", bytes("png"), {});
        file.putPicture("bb", bytes("b"));
        file.putRun(runOf(7), {"aa"});
        file.putDocument("text", {"bb"});
        file.tidy();
        QVERIFY(file.picture("aa") == bytes("png"));
        QVERIFY(file.pictureFile("aa") == bytes("jpeg"));
        QVERIFY(file.hasPicture("bb"));
        file.removeRun(7);
        file.putDocument("other", {});
        file.tidy();
        QVERIFY(!file.hasPicture("aa") && !file.hasPicture("bb"));
        QVERIFY(file.runs().empty() && file.steps(7).empty());
        QCOMPARE(file.document(), std::string("other"));
    }

    void whatOthersKeepComesBackInItsOrder()
    {
        SessionFile file(path("a"), SessionFile::Own);
        file.putBlobs("undo", {bytes("1"), bytes("2"), bytes("3")});
        file.putBlobs("queue", {bytes("q")});
        file.putBlobs("undo", {bytes("4"), {}});
        QVERIFY(file.blobs("undo") == (std::vector<std::vector<std::byte>> {bytes("4"), {}}));
        QVERIFY(file.blobs("queue") == (std::vector<std::vector<std::byte>> {bytes("q")}));
    }

    void aRunThatBeginsWaitsNoLongerAndKeepsItsPictures()
    {
        SessionFile file(path("a"), SessionFile::Own);
        file.putPicture("aa", bytes("png"));
        for (const int64_t id : {7, 8, 9})
            file.putWaiting({.run = runOf(id), .place = int(9 - id)}, {"aa"});
        QCOMPARE(file.waiting().at(0).run.id, int64_t(9));
        QVERIFY(file.waiting(7)->run.places == runOf(7).places);
        file.putRun(runOf(7), {"aa"});
        QVERIFY(!file.waiting(7)); // in the same moment, so that a kill leaves one of the two
        file.orderWaiting({{8, 0}});
        QCOMPARE(file.waiting().size(), size_t(1));
        file.orderWaiting({});
        file.tidy();
        QVERIFY(file.hasPicture("aa"));
        file.removeRun(7);
        file.tidy();
        QVERIFY(!file.hasPicture("aa"));
    }

    void severalProgramsSeeWhatEachOtherWrites()
    {
        SessionFile a(path("a"), SessionFile::Own), b(path("a"), SessionFile::Own);
        const int64_t before = a.dataVersion();
        b.putRun(runOf(7), {});
        QVERIFY(a.dataVersion() != before);
        QCOMPARE(a.runs().size(), size_t(1));
        a.putRun(runOf(8), {});
        QCOMPARE(b.runs().size(), size_t(2));
    }

    void aSavedSessionIsOneFileWithoutPlaces()
    {
        SessionFile file(path("a"), SessionFile::Own);
        file.putRun(runOf(7), {});
        file.putStep(7, stepOf(0));
        file.saveAs(path("saved"));
        file.saveAs(path("saved")); // over what is there
        file.putRun(runOf(8), {});
        QCOMPARE(
            QDir(m_folder.path()).entryList({QStringLiteral("saved*")}, QDir::Files),
            (QStringList {QStringLiteral("saved"), QStringLiteral("saved~")}));
        QVERIFY(
            QFile::setPermissions(QString::fromStdString(path("saved")), QFileDevice::ReadOwner));
        const SessionFile saved(path("saved"), SessionFile::Look);
        QCOMPARE(saved.runs().size(), size_t(1));
        QVERIFY(saved.runs()[0].places.empty());
        QCOMPARE(saved.steps(7).size(), size_t(1));
        const std::string all = readText(path("saved"));
        QVERIFY(all.find("somebody") == std::string::npos);
    }

    void aCopyIsStoppedAtAnyPlaceAndLeavesWhatWasThere()
    {
        SessionFile file(path("a"), SessionFile::Own);
        for (int i = 1; i < 20; ++i) {
            file.putRun(runOf(i), {});
            file.putPicture(std::to_string(i), std::vector<std::byte>(1 << 20));
        }
        writeFileAtomically(path("saved"), bytes("something else"));
        writeFileAtomically(path("saved-wal"), bytes("of that"));
        int asked = 0;
        file.saveAs(
            path("whole"), [&](double part) { return ++asked > 0 && part >= 0 && part <= 1; });
        QVERIFY(asked > 5);
        for (int stop = 1; stop <= asked; ++stop) {
            int left = stop;
            QVERIFY_THROWS_EXCEPTION(
                Stopped, file.saveAs(path("saved"), [&](double) { return --left > 0; }));
            QCOMPARE(readText(path("saved")), std::string("something else"));
        }
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("*.part*")}).size(), 0);
        file.saveAs(path("saved"));
        QVERIFY(!QFile::exists(QString::fromStdString(path("saved-wal"))));
        QCOMPARE(SessionFile(path("saved"), SessionFile::Look).runs().size(), size_t(19));
    }

    void whatIsNoSessionIsRefusedInASentence()
    {
        const auto refused = [&](SessionFile::Mode mode) {
            return failure([&] { SessionFile(path("x"), mode); });
        };
        QVERIFY(refused(SessionFile::Foreign).starts_with("There is no session "));
        writeFileAtomically(
            path("x"),
            bytes("This is a text and no database at all, and a long "
                  "one, so that it cannot be taken for an empty one."));
        for (const auto mode : {SessionFile::Own, SessionFile::Foreign, SessionFile::Look})
            QVERIFY2(refused(mode).ends_with("it is not a database."), refused(mode).c_str());
        QFile::remove(QString::fromStdString(path("x")));
        Database(path("x"), Database::Create).execute("CREATE TABLE other (x)");
        for (const auto mode : {SessionFile::Own, SessionFile::Foreign, SessionFile::Look})
            QVERIFY2(refused(mode).ends_with("is no session of Simile."), refused(mode).c_str());
    }

    void anOlderSessionIsReadAndBroughtUpToDate()
    {
        SessionFile(path("a"), SessionFile::Own).putRun(runOf(7), {});
        makeOlder(path("a"));
        {
            const SessionFile look(path("a"), SessionFile::Look);
            QCOMPARE(look.runs().size(), size_t(1));
            QVERIFY(look.run(7) && look.edits().empty() && look.waiting().empty());
            look.saveAs(path("saved"));
        }
        QCOMPARE(versionOf(path("a")), int64_t(1)); // it was only looked at
        for (const char* name : {"a", "saved"}) {
            SessionFile file(path(name), SessionFile::Foreign);
            QCOMPARE(file.runs().size(), size_t(1));
            file.putBinned(7, true);
            QVERIFY(file.runs().at(0).binned);
            QCOMPARE(versionOf(path(name)), int64_t(2));
        }
    }

    void aSessionThatWasTamperedWithIsRefused_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("reason");
        QTest::newRow("newer with other tables")
            << QByteArray("PRAGMA user_version = 9; DROP TABLE kept") << "newer Simile";
        QTest::newRow("none") << QByteArray("PRAGMA user_version = 0") << "no session of Simile";
        QTest::newRow("older with newer tables")
            << QByteArray("PRAGMA user_version = 1") << "no session of Simile";
        QTest::newRow("trigger") << QByteArray(
            "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM run; END")
                                 << "no session of Simile";
        QTest::newRow("view") << QByteArray("CREATE VIEW v AS SELECT 1") << "no session of Simile";
        QTest::newRow("table") << QByteArray("DROP TABLE kept") << "no session of Simile";
        QTest::newRow("column") << QByteArray("ALTER TABLE run ADD COLUMN x")
                                << "no session of Simile";
        QTest::newRow("id") << QByteArray("PRAGMA application_id = 1") << "no session of Simile";
    }

    void aSessionThatWasTamperedWithIsRefused()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QString, reason);
        SessionFile(path("a"), SessionFile::Own).putRun(runOf(7), {});
        Database(path("a"), Database::ReadWrite).execute(sql.constData());
        for (const auto mode : {SessionFile::Own, SessionFile::Foreign, SessionFile::Look}) {
            const std::string said = failure([&] { SessionFile(path("a"), mode); });
            QVERIFY2(said.find(reason.toStdString()) != said.npos, said.c_str());
        }
    }

    void aDamagedSessionIsRefusedAndLeftAsItIs()
    {
        {
            SessionFile file(path("a"), SessionFile::Own);
            for (int i = 1; i < 40; ++i)
                file.putRun(runOf(i), {});
            file.saveAs(path("saved"));
        }
        QFile file(QString::fromStdString(path("saved")));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray content = file.readAll();
        for (int i = 8192; i + 64 < content.size(); i += 512)
            content.replace(i, 64, QByteArray(64, 'x'));
        file.seek(0);
        file.write(content);
        file.close();
        const std::string said = failure([&] { SessionFile(path("saved"), SessionFile::Foreign); });
        QVERIFY2(said.find("is damaged") != said.npos, said.c_str());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll() == content);
    }

    void numbersOfAnotherSizeAreRefused()
    {
        SessionFile file(path("a"), SessionFile::Own);
        file.putRun(runOf(7), {});
        file.putStep(7, stepOf(1));
        const std::string damaged = "The session " + path("a") + " is damaged, so";
        Database tamper(path("a"), Database::ReadWrite);
        for (const char* sql :
             {"UPDATE step SET latent = x'0100000000000000'",
              "UPDATE step SET latent = zeroblob(64)",
              "UPDATE step SET latent = x'ffffffffffffff7f' || zeroblob(64)"}) {
            tamper.execute(sql);
            QVERIFY(failure([&] { file.steps(7); }).starts_with(damaged));
        }
        file.putStep(7, stepOf(1));
        tamper.execute("UPDATE step SET previews = x'ffffff7f01000000'");
        QVERIFY(failure([&] { file.steps(7); }).starts_with(damaged));
        tamper.execute("UPDATE noise SET numbers = x'010203'");
        QVERIFY(failure([&] { file.runs(); }).starts_with(damaged));
    }

    void aFolderThatCannotBeWrittenIsSaid()
    {
        const std::string said =
            failure([&] { SessionFile(path("none/there"), SessionFile::Own); });
        QVERIFY2(said.find("could not be written: there is no such") != said.npos, said.c_str());
    }

    void idsAreNotTheSame()
    {
        QVERIFY(newRunId() != newRunId());
        QVERIFY(newRunId() > 0);
    }
};

QTEST_GUILESS_MAIN(SessionFileTest)
#include "tst_sessionfile.moc"
