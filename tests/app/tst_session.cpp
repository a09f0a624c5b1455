// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/convertedfile.h"
#include "app/session.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/app/countingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

namespace {

Method otherMethod()
{
    Method method = countingMethod();
    method.id = "translate";
    method.name = "Other";
    method.order = 2;
    method.onGrid = false;
    method.slots = {
        {.id = "source", .label = "Source", .main = true},
        {.id = "more", .label = "More", .needed = false, .several = true}};
    method.spans = {};
    method.refuses = [](const ModelCard&) { return Sentence("It needs another model."); };
    return method;
}

/// A session of its own with settings of its own.
struct Fixture : SessionFixture
{
    QTemporaryDir folder;

    Fixture()
        : SessionFixture({countingMethod(), otherMethod()})
    {
    }

    void fill()
    {
        for (const char* slot : {"a", "a_prime", "b"})
            session.inputs().set(slot, filled(3, 2, {1, 2, 3}), QStringLiteral("/home/me/x.png"));
    }

    QString write(const QString& name, const std::vector<std::byte>& bytes) const
    {
        const QString path = folder.filePath(name);
        writeFileAtomically(path.toStdString(), bytes);
        return path;
    }
};

} // namespace

class SessionTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aSetterSignalsChangesOnly()
    {
        Fixture f;
        QSignalSpy inputs(&f.session.editor(), &Editor::inputChanged);
        QSignalSpy values(&f.session.editor(), &Editor::valueChanged);
        QSignalSpy seeds(&f.session.editor(), &Editor::seedChanged);
        for (int twice = 0; twice < 2; ++twice) {
            f.session.inputs().set("a", filled(1, 1, {}), QStringLiteral("/some/where/a.png"));
            f.session.editor().setValue("steps", 7);
            f.session.editor().setSeed(5);
            f.session.editor().setPreset("soft");
        }
        QCOMPARE(inputs.size(), 1);
        QCOMPARE(values.size(), 2);
        QCOMPARE(seeds.size(), 1);
        QCOMPARE(f.session.inputs().at("a").name, std::string("a.png"));
        f.session.inputs().clear("a");
        QVERIFY(f.session.inputs().at("a").image.empty());
    }

    void aValueIsTheOneByHandThenThePresetsThenThePapers()
    {
        Fixture f;
        QCOMPARE(
            std::get<double>(f.session.editor().value("strength")), 0.5); // the default model's
        QVERIFY(
            f.session.editor().origin("strength").startsWith(QStringLiteral("recommended for ")));
        f.session.editor().setPreset("soft");
        QCOMPARE(std::get<double>(f.session.editor().value("strength")), 0.25);
        QCOMPARE(f.session.editor().origin("strength"), QStringLiteral("preset Soft"));
        f.session.editor().setValue("strength", 0.75);
        QCOMPARE(std::get<double>(f.session.editor().value("strength")), 0.75);
        QVERIFY(f.session.editor().setByHand("strength"));
        f.session.editor().resetValue("strength");
        QCOMPARE(std::get<double>(f.session.editor().value("strength")), 0.25);
        QCOMPARE(f.session.editor().origin("prompt"), QStringLiteral("the method's own"));
    }

    void valuesAreKeptByMethodAndPicturesByPlace()
    {
        Fixture f;
        f.fill();
        f.session.editor().setValue("steps", 7);
        f.session.setMethod("translate");
        QVERIFY(!f.session.editor().setByHand("steps"));
        QVERIFY(f.session.inputs().at("source").image == f.session.inputs().at("b").image);
        QCOMPARE(f.session.request().images.size(), std::size_t(1));
        QCOMPARE(f.session.model().problem(), QStringLiteral("It needs another model."));
        QCOMPARE(f.session.missing(), QStringList {QStringLiteral("a model that serves Other")});
        f.session.inputs().set("source", filled(2, 2, {7, 7, 7}), QStringLiteral("s.png"));
        f.session.setMethod("analogy");
        QCOMPARE(std::get<int>(f.session.editor().value("steps")), 7);
        QVERIFY(f.session.inputs().at("b").image == filled(3, 2, {1, 2, 3})); // a mode's own
    }

    void aModeShowsItsOwnLastRun()
    {
        Fixture f;
        f.fill();
        f.runOnce();
        f.session.setMethod("translate");
        QVERIFY(!f.session.runs().current());
        f.session.setMethod("analogy");
        QCOMPARE(f.session.runs().current()->number, 1);
    }

    void whatIsMissingIsNamedAndKeepsARunFromStarting()
    {
        Fixture f;
        f.fill();
        f.session.inputs().clear("b");
        f.session.editor().setValue("steps", 0);
        QCOMPARE(
            f.session.missing(),
            (QStringList {
                QStringLiteral("a picture for B"),
                QStringLiteral("a value that is possible for Steps")}));
        f.session.start();
        QVERIFY(!f.session.runs().running());
        QVERIFY(f.session.runs().all().empty());
    }

    void swappingSwaps()
    {
        Fixture f;
        f.session.inputs().set("a", filled(1, 1, {1, 1, 1}), QStringLiteral("a.png"));
        f.session.inputs().swap("a", "b");
        QVERIFY(f.session.inputs().at("a").image.empty());
        QCOMPARE(f.session.inputs().at("b").name, std::string("a.png"));
    }

    void aFileIsLoadedInTheBackground()
    {
        Fixture f;
        QSignalSpy changed(&f.session.editor(), &Editor::inputChanged);
        QSignalSpy failed(&f.session.inputs(), &Inputs::failed);
        const QString path = f.write(QStringLiteral("p.png"), encodePng(filled(3, 2, {9, 8, 7})));
        f.session.inputs().load("a", {{.path = path}});
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(f.session.inputs().at("a").image == filled(3, 2, {9, 8, 7}));
        QCOMPARE(f.settings.recentFiles(), QStringList {path});

        f.session.inputs().load("a", {{.path = QStringLiteral("/no/such/picture.png")}});
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed.at(0).at(1).toString().contains(QStringLiteral("picture.png")));
        QVERIFY(!f.session.inputs().at("a").image.empty());
    }

    void theLastLoadAskedForCounts()
    {
        Fixture f;
        const QString path = f.write(QStringLiteral("p.png"), encodePng(filled(3, 2, {9, 8, 7})));
        f.session.inputs().load("a", {{.path = path}});
        f.session.inputs().set("a", filled(1, 1, {}), QStringLiteral("pasted"));
        f.session.inputs().load("b", {{.path = path}});
        QTRY_VERIFY(!f.session.inputs().at("b").image.empty());
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(f.session.inputs().at("a").name, std::string("pasted"));
    }

    void aRunKeepsEveryStep()
    {
        Fixture f;
        f.fill();
        f.session.editor().setValue("steps", 5);
        QSignalSpy steps(&f.session.runs(), &Runs::stepAdded);
        f.session.start();
        QVERIFY(f.session.runs().running());
        QTRY_VERIFY(!f.session.runs().running());
        QCOMPARE(f.session.runs().all().size(), std::size_t(1));
        const auto run = f.session.runs().current();
        QCOMPARE(run->state, Run::Done);
        QCOMPARE(steps.size(), 6);
        QCOMPARE(run->steps.size(), std::size_t(6));
        QCOMPARE(run->steps[3].latent->values.at(0), 3.0F);
        QCOMPARE(run->steps[3].previews.size(), std::size_t(1));
        QCOMPARE(run->candidates.size(), std::size_t(1));
        QCOMPARE(std::get<int>(run->values().at("steps")), 5);
        QVERIFY(run->secondsPerStep > 0);
        QVERIFY(run->seconds >= run->secondsPerStep);
        QTRY_VERIFY2(run->modelMark.hash.size() == 64, "the model is hashed in the background");
    }

    void aSeedIsNewForEveryRunUnlessItIsLocked()
    {
        Fixture f;
        f.fill();
        f.runOnce();
        const uint64_t first = f.session.runs().current()->request().seed;
        f.runOnce();
        QVERIFY(f.session.runs().current()->request().seed != first);
        f.session.editor().setSeed(77);
        QVERIFY(f.session.editor().document().seedLocked);
        f.runOnce();
        QCOMPARE(f.session.runs().current()->request().seed, uint64_t(77));
        QCOMPARE(f.session.editor().document().seed, quint64(77));
    }

    void aStopThatKeepsGivesThePicturesOfTheLastStep()
    {
        Fixture f;
        f.fill();
        f.session.editor().setValue("steps", 100'000);
        QSignalSpy steps(&f.session.runs(), &Runs::stepAdded);
        f.session.start();
        QTRY_VERIFY(steps.size() > 2);
        QVERIFY(f.session.runs().current()->secondsLeft > 1);
        f.session.runs().stop(true);
        QCOMPARE(f.session.runs().current()->state, Run::Stopping);
        QTRY_VERIFY(!f.session.runs().running());
        const auto run = f.session.runs().current();
        QCOMPARE(run->state, Run::Stopped);
        QCOMPARE(run->secondsLeft, 0.0);
        QCOMPARE(
            int(run->candidates.at(0).image->pixel(0, 0)[0]), int(run->steps.size() - 1) % 256);
    }

    void aStopThatDiscardsRemovesTheRun()
    {
        Fixture f;
        f.fill();
        f.runOnce();
        const int kept = f.session.runs().current()->number;
        f.session.editor().setValue("steps", 100'000);
        QSignalSpy removed(&f.session.runs(), &Runs::removed);
        QSignalSpy steps(&f.session.runs(), &Runs::stepAdded);
        f.session.start();
        const auto run = f.session.runs().current();
        QVERIFY(steps.wait());
        f.session.runs().stop(false);
        QVERIFY(removed.wait());
        QCOMPARE(run->state, Run::Discarded);
        QVERIFY(!f.session.runs().running());
        QCOMPARE(f.session.runs().all().size(), std::size_t(1));
        QCOMPARE(f.session.runs().current()->number, kept);
    }

    void aFailedRunHasTheSentence()
    {
        Fixture f;
        f.fill();
        f.session.editor().setValue("prompt", std::string("library"));
        f.runOnce();
        QCOMPARE(f.session.runs().current()->state, Run::Failed);
        QCOMPARE(f.session.runs().current()->error, QStringLiteral("first line"));
        QVERIFY(f.session.runs().current()->errorDetails.contains(QStringLiteral("trace")));
        f.session.editor().setValue("prompt", std::string());
        f.runOnce();
        QCOMPARE(f.session.runs().current()->state, Run::Done);
    }

    void aStepOfTheRunInProgressIsDecoded()
    {
        Fixture f;
        f.fill();
        f.session.editor().setValue("steps", 5000);
        QSignalSpy steps(&f.session.runs(), &Runs::stepAdded);
        QSignalSpy decoded(&f.session.runs(), &Runs::stepDecoded);
        f.session.start();
        QTRY_VERIFY(steps.size() > 2);
        f.session.runs().decodeStep(1);
        QVERIFY(decoded.wait());
        QVERIFY(f.session.runs().running());
        QCOMPARE(int(f.session.runs().current()->steps[1].decoded.at(0).image->pixel(0, 0)[0]), 1);
        f.session.runs().stop(false);
        QTRY_VERIFY(!f.session.runs().running());
    }

    void aStepOfAnEarlierRunIsDecodedOrItsFailureTold()
    {
        Fixture f;
        f.fill();
        f.runOnce();
        QSignalSpy decoded(&f.session.runs(), &Runs::stepDecoded);
        QSignalSpy failed(&f.session.runs(), &Runs::decodeFailed);
        f.session.runs().decodeStep(4);
        f.session.runs().decodeStep(2);
        f.session.runs().decodeStep(2);
        QVERIFY(decoded.wait());
        QCOMPARE(decoded.at(0).at(1).toInt(), 2);
        QCOMPARE(failed.at(0).at(1).toInt(), 4);
        QCOMPARE(decoded.size(), 1);
    }

    void runsAreShownAndRemoved()
    {
        Fixture f;
        f.fill();
        f.runOnce();
        f.runOnce();
        QSignalSpy current(&f.session.runs(), &Runs::currentChanged);
        f.session.runs().show(1);
        QCOMPARE(f.session.runs().current()->number, 1);
        f.session.runs().remove(1);
        QCOMPARE(f.session.runs().current()->number, 2);
        f.session.runs().remove(2);
        QVERIFY(!f.session.runs().current());
        QCOMPARE(current.size(), 3);
    }

    void aCheckpointThatDoesNotFitIsNamedByItsOwnFile()
    {
        Fixture f;
        const QString path = f.write(QStringLiteral("mine.ckpt"), {});
        const QString converted = convertedFile(path);
        QDir().mkpath(QFileInfo(converted).path());
        const char empty[] = "\x02\0\0\0\0\0\0\0{}"; // safetensors without a tensor
        writeFileAtomically(
            converted.toStdString(), std::as_bytes(std::span(empty, sizeof(empty) - 1)));
        QSignalSpy changed(&f.session.model(), &ModelChoice::changed);
        f.session.model().choose(path);
        QTRY_COMPARE(changed.size(), 1);
        const QString problem = f.session.model().problem();
        QVERIFY2(problem.contains(QStringLiteral("mine.ckpt")), qPrintable(problem));
        QVERIFY2(!problem.contains(QFileInfo(converted).fileName()), qPrintable(problem));
    }

    void aRunDoesNotStartBeforeTheModelIsRead()
    {
        Fixture f;
        f.fill();
        f.session.model().choose({});
        QCOMPARE(
            f.session.missing(), QStringList {QStringLiteral("the model, which is being read")});
        QTRY_VERIFY(f.session.missing().isEmpty());
    }

    void aModelThatIsNotThereIsToldAndTheOldOneStays()
    {
        Fixture f;
        QSignalSpy failed(&f.session.model(), &ModelChoice::failed);
        const auto before = f.session.model().card().path;
        f.session.model().choose(QStringLiteral("/no/such/model.safetensors"));
        QCOMPARE(failed.size(), 1);
        QCOMPARE(f.session.model().card().path, before);
        QVERIFY(f.session.model().problem().isEmpty());
    }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "tst_session.moc"
