// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/runrecord.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"
#include "tests/app/toolmethods.h"

#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Fixture : SessionFixture
{
    QTemporaryDir folder;

    explicit Fixture(const Method& counting = countingMethod())
        : SessionFixture({counting, promptFreeMethod()})
    {
    }

    /// Why a file was not restored; empty: it was.
    QString restore(const QString& path)
    {
        QSignalSpy done(&session.restorer(), &Restorer::restored);
        QSignalSpy failed(&session.restorer(), &Restorer::failed);
        QFile file(path);
        if (!file.open(QFile::ReadOnly))
            return QStringLiteral("There is no file.");
        session.restorer().restore(QFileInfo(path).fileName(), file.readAll());
        if (!QTest::qWaitFor([&] { return done.size() + failed.size() > 0; }))
            return QStringLiteral("Nothing happened.");
        return failed.isEmpty() ? QString() : failed.at(0).at(0).toString();
    }

    /// A run with a seed and values of its own.
    void runOnce()
    {
        session.inputs().set("a", filled(3, 2, {1, 2, 3}), QStringLiteral("/secret/a.png"));
        session.inputs().set("a_prime", filled(3, 2, {4, 5, 6}), QStringLiteral("after.png"));
        Image b = filled(2, 2, {7, 8, 9});
        b.alpha = {0, 80, 160, 255};
        session.inputs().set("b", b, QStringLiteral("b.png"));
        session.editor().setValue("steps", 6);
        session.editor().setValue("prompt", std::string("a star 🌟"));
        session.editor().setPreset("soft");
        session.editor().setSeed(123456789012345);
        session.start();
        QTRY_VERIFY(!session.runs().running());
    }

    QString save(int step, Embed embed = Embed::Full)
    {
        const QString path = folder.filePath(QStringLiteral("result.png"));
        writeFileAtomically(path.toStdString(), encoder(session.runs(), 0, step, embed)());
        return path;
    }
};

} // namespace

class RestorerTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aSavedPictureRestoresAllThatMadeIt()
    {
        Fixture first;
        first.runOnce();
        const QString path = first.save(-1);
        QVERIFY(loadImage(path.toStdString()).image == filled(4, 4, {6, 0, 0}));

        Fixture second;
        QCOMPARE(second.restore(path), QString());
        const Request was = first.session.runs().current()->request(),
                      is = second.session.request();
        QCOMPARE(is.values, was.values);
        QCOMPARE(is.preset, std::string("soft"));
        QCOMPARE(is.seed, uint64_t(123456789012345));
        QVERIFY(second.session.editor().document().seedLocked);
        for (const char* slot : {"a", "a_prime", "b"}) {
            QVERIFY(is.images.at(slot).at(0).image == was.images.at(slot).at(0).image);
            QCOMPARE(is.images.at(slot).at(0).name, was.images.at(slot).at(0).name);
        }
        QVERIFY(second.session.missing().isEmpty());
    }

    void aPictureFromBeforeThereWasASettingMeansWhatItMeantThen()
    {
        Fixture first;
        first.runOnce();
        const QString path = first.save(-1);
        Method later = countingMethod();
        later.parameters.push_back(
            {.id = "manner",
             .label = "Manner",
             .initial = std::string("new"),
             .unrecorded = std::string("old")});
        Fixture second(later);
        QCOMPARE(
            std::get<std::string>(second.session.editor().value("manner")), std::string("new"));
        QCOMPARE(second.restore(path), QString());
        QCOMPARE(
            std::get<std::string>(second.session.editor().value("manner")), std::string("old"));
        QCOMPARE(
            std::get<std::string>(second.session.runs().current()->values().at("manner")),
            std::string("old"));
    }

    void filesAndPrecisionOfARecordAreToldAndNotTaken()
    {
        Fixture first;
        first.session.setMethod("prompt-free");
        first.session.inputs().set("reference", filled(2, 2, {}), QStringLiteral("r.png"));
        first.session.editor().setValue("annotators", std::string("/home/somebody/networks"));
        first.session.setPrecision(QStringLiteral("bf16"));
        first.session.start();
        QTRY_VERIFY(!first.session.runs().running());
        const QString path = first.save(-1);
        first.session.setPrecision(QStringLiteral("auto"));

        Fixture second;
        QSignalSpy notes(&second.session.restorer(), &Restorer::notes);
        QCOMPARE(second.restore(path), QString());
        QVERIFY(!second.session.request().values.contains("annotators"));
        const QString said = notes.at(0).at(0).toStringList().join(QLatin1Char('\n'));
        QVERIFY2(said.contains(QStringLiteral("Annotators networks.")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("the precision bf16, and auto")), qPrintable(said));
    }

    void whatPicturesAreUsedForIsRestored()
    {
        Fixture first;
        Session& session = first.session;
        session.setMethod("prompt-free");
        for (int i = 0; i < 2; ++i) {
            session.inputs().set({"reference", i}, filled(2 + i, 2, {}), QStringLiteral("r.png"));
            session.inputs().set({"control", i}, filled(4 + i, 4, {}), QStringLiteral("c.png"));
        }
        session.inputs().setWeight({"reference", 1}, 0.25);
        session.inputs().setKind({"control", 1}, "depth");
        session.inputs().setWeight({"control", 1}, 0.5);
        session.inputs().setSpan({"control", 1}, 0.125, 0.75);
        session.start();
        QTRY_VERIFY(!session.runs().running());
        const QString path = first.save(-1);

        Fixture second;
        QCOMPARE(second.restore(path), QString());
        const Request is = second.session.request(), was = session.request();
        QCOMPARE(is.method, std::string("prompt-free"));
        for (const char* slot : {"reference", "control"}) {
            QCOMPARE(is.images.at(slot).size(), std::size_t(2));
            for (std::size_t i = 0; i < 2; ++i) {
                const Input &a = is.images.at(slot)[i], &b = was.images.at(slot)[i];
                QVERIFY(a.image == b.image);
                QCOMPARE(a.weight, b.weight);
                QCOMPARE(a.kind, b.kind);
                QCOMPARE(a.begin, b.begin);
                QCOMPARE(a.end, b.end);
            }
        }
        QCOMPARE(is.images.at("control")[1].kind, std::string("depth"));
        QCOMPARE(is.images.at("control")[1].end, 0.75);
        QCOMPARE(is.images.at("reference")[1].weight, 0.25);
    }

    void whatAnotherModelWouldChangeIsHeldFast()
    {
        Fixture f;
        f.runOnce();
        Record record {.request = {.method = "analogy", .seed = 1}, .version = "0.1.0"};
        record.resolved = f.session.runs().current()->values();
        record.resolved["strength"] = 0.125;
        record.resolved["of_a_later_version"] = 3;
        record.model = "elsewhere";
        record.modelHash = std::string(64, '0');
        const QString path = f.folder.filePath(QStringLiteral("other.png"));
        writeFileAtomically(
            path.toStdString(),
            encodePng(filled(1, 1, {}), toText(record, Embed::Full, countingMethod())));
        QSignalSpy notes(&f.session.restorer(), &Restorer::notes);
        QCOMPARE(f.restore(path), QString());
        QCOMPARE(f.session.editor().value("strength"), Value(0.125));
        QVERIFY(f.session.editor().setByHand("strength"));
        QVERIFY(
            notes.at(0).at(0).toStringList().at(0).contains(QStringLiteral("of_a_later_version")));
        QTRY_COMPARE(notes.size(), 2);
        QVERIFY(notes.at(1).at(0).toStringList().at(0).contains(QStringLiteral("elsewhere")));
    }

    void aStepIsSavedOnceItIsDecoded()
    {
        Fixture f;
        f.runOnce();
        QVERIFY_EXCEPTION_THROWN(encoder(f.session.runs(), 0, 2, Embed::Full), Error);
        QVERIFY_EXCEPTION_THROWN(encoder(f.session.runs(), 1, -1, Embed::Full), Error);
        f.session.runs().decodeStep(2);
        QTRY_VERIFY(!f.session.runs().current()->steps[2].decoded.empty());
        const auto bytes = readFile(f.save(2).toStdString(), 1 << 20);
        const auto record = readRecord(bytes);
        QVERIFY(record.has_value());
        QCOMPARE(record->step, 2);
        QCOMPARE(record->steps, 6);
        QCOMPARE(record->modelHash.size(), std::size_t(64));
        QVERIFY(decodeImage(bytes, "step").image == filled(4, 4, {2, 0, 0}));
    }

    void anOrdinaryPictureRestoresNothing()
    {
        Fixture f;
        f.runOnce();
        QSignalSpy values(&f.session.editor(), &Editor::valueChanged);
        QVERIFY(f.restore(f.save(-1, Embed::None)).contains(QStringLiteral("result.png")));
        QCOMPARE(values.size(), 0);
    }

    void settingsAloneLeaveThePicturesThatAreThere()
    {
        Fixture f;
        f.runOnce();
        const QString path = f.save(-1, Embed::Settings);
        f.session.inputs().set("a", filled(1, 1, {9, 9, 9}), QStringLiteral("mine.png"));
        f.session.editor().resetValue("steps");
        QCOMPARE(f.restore(path), QString());
        QCOMPARE(f.session.inputs().at("a").name, std::string("mine.png"));
        QCOMPARE(f.session.editor().value("steps"), Value(6));
    }

    void aRunIsRestored()
    {
        Fixture f;
        f.runOnce();
        f.session.inputs().clear("a");
        f.session.editor().setValue("steps", 9);
        f.session.editor().setPreset({});
        f.session.editor().setSeed(1);
        f.session.restorer().restoreRun(f.session.runs().current()->number);
        QCOMPARE(f.session.inputs().at("a").name, std::string("a.png"));
        QCOMPARE(f.session.editor().value("steps"), Value(6));
        QCOMPARE(f.session.editor().document().chosen().preset, std::string("soft"));
        QCOMPARE(f.session.editor().document().seed, quint64(123456789012345));
    }

    void theSampleIsComplete()
    {
        Fixture f;
        QSignalSpy done(&f.session.restorer(), &Restorer::restored);
        f.session.restorer().loadSample();
        QTRY_COMPARE(done.size(), 1);
        QVERIFY(f.session.missing().isEmpty());
        QVERIFY(!std::get<std::string>(f.session.editor().value("prompt")).empty());
        QCOMPARE(f.session.inputs().at("a").image->width, f.session.inputs().at("b").image->width);
    }
};

QTEST_GUILESS_MAIN(RestorerTest)
#include "tst_restorer.moc"
