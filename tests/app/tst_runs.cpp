// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/runrecord.h"
#include "core/picture/imagefile.h"
#include "tests/app/countingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTest>

namespace {

constexpr int noise = 100; ///< of a latent, beyond the predicted clean one

/// Counts its steps in clean latents: those of the steps have noise besides.
Method noisyMethod()
{
    Method method = countingMethod();
    method.run = [](const Request& request, Models&, const Report& report) {
        const Report noisy = [&](const Event& event) {
            if (!std::holds_alternative<StepEvent>(event))
                return report(event);
            StepEvent step = std::get<StepEvent>(event);
            if (step.step > 0)
                step.clean = step.latent;
            step.latent = std::make_shared<const Latent>(
                Latent {.shape = {1, 1, 1, 1}, .values = {step.latent->values[0] + float(noise)}});
            return report(step);
        };
        return count(request, noisy);
    };
    return method;
}

struct Fixture : SessionFixture
{
    Runs& runs = session.runs();

    Fixture()
        : SessionFixture({noisyMethod()})
    {
        fill();
    }
    Record recordAt(int step) const
    {
        return *readRecord(encoder(session.runs(), 0, step, Embed::Full)());
    }
    static int red(const std::vector<Candidate>& candidates)
    {
        return candidates.at(0).image->pixel(0, 0)[0];
    }
};

} // namespace

class RunsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void aStepIsDecodedAsItIsSeenOrAsTheNetworkSeesIt()
    {
        Fixture f;
        f.runOnce();
        f.runs.decodeStep(2);
        QTRY_VERIFY(!f.runs.current()->steps[2].decoded.empty());
        QCOMPARE(Fixture::red(f.runs.current()->steps[2].decoded), 2);
        QVERIFY(f.runs.current()->steps[2].decodedLatent.empty());
        f.runs.decodeStep(2, Decode::Latent);
        QTRY_VERIFY(!f.runs.current()->steps[2].decodedLatent.empty());
        QCOMPARE(Fixture::red(f.runs.current()->steps[2].decodedLatent), 2 + noise);
        f.runs.decodeStep(0); // the start has no prediction
        QTRY_VERIFY(!f.runs.current()->steps[0].decoded.empty());
        QCOMPARE(Fixture::red(f.runs.current()->steps[0].decoded), noise);
    }

    void aFileSaysWhichLatentWasDecoded()
    {
        Fixture f;
        f.runOnce();
        QVERIFY(!f.recordAt(-1).clean);
        for (const int step : {0, 2}) {
            f.runs.decodeStep(step);
            QTRY_VERIFY(!f.runs.current()->steps[std::size_t(step)].decoded.empty());
        }
        QVERIFY(!f.recordAt(0).clean);
        QVERIFY(f.recordAt(2).clean);
        QCOMPARE(f.recordAt(2).step, 2);
        f.session.editor().setValue("steps", 100000);
        QSignalSpy steps(&f.runs, &Runs::stepAdded);
        f.session.start();
        QTRY_VERIFY(steps.size() > 2);
        f.runs.stop(true);
        QTRY_VERIFY(!f.runs.running());
        QVERIFY(f.recordAt(-1).clean); // it was stopped: what was seen is kept
    }

    void anOpenedPictureIsARunWithItsOwnPicture()
    {
        Fixture first;
        first.session.editor().setSeed(7);
        first.runOnce();
        first.runs.decodeStep(2);
        QTRY_VERIFY(!first.runs.current()->steps[2].decoded.empty());
        const auto png = encoder(first.runs, 0, 2, Embed::Full)();

        Fixture f;
        f.runOnce();
        QSignalSpy restored(&f.session.restorer(), &Restorer::restored);
        f.session.restorer().restore(
            QStringLiteral("x.png"),
            QByteArray(reinterpret_cast<const char*>(png.data()), qsizetype(png.size())));
        QTRY_COMPARE(restored.size(), 1);
        const auto run = f.runs.current();
        QCOMPARE(run->number, 2);
        QVERIFY(run->opened != nullptr);
        QCOMPARE(Fixture::red(run->candidates), 2);
        QCOMPARE(run->request().seed, uint64_t(7));
        // Saved again it says the same of itself.
        const Record record = f.recordAt(-1), before = *readRecord(png);
        QCOMPARE(record.step, 2);
        QVERIFY(record.clean);
        QCOMPARE(record.latentHash, before.latentHash);
        QCOMPARE(record.modelHash, before.modelHash);
        f.session.editor().setSeed(8);
        f.session.restorer().restoreRun(2);
        QCOMPARE(f.session.editor().document().seed, uint64_t(7));
    }

    void partsOfARunAreRestored()
    {
        Fixture f;
        f.session.editor().setSeed(7);
        f.session.editor().setValue("prompt", std::string("palm"));
        f.runOnce();
        f.session.editor().setSeed(8);
        f.session.editor().setValue("prompt", std::string("cat"));
        f.session.editor().setValue("steps", 9);
        f.session.inputs().clear("a");
        const Document before = f.session.editor().document();
        Restorer& restorer = f.session.restorer();
        restorer.restoreRun(1, Restorer::Part::Seed);
        QCOMPARE(f.session.editor().document().seed, uint64_t(7));
        QCOMPARE(f.session.editor().value("prompt"), Value(std::string("cat")));
        restorer.restoreRun(1, Restorer::Part::Prompt);
        QCOMPARE(f.session.editor().value("prompt"), Value(std::string("palm")));
        QVERIFY(f.session.inputs().in("a").empty());
        restorer.restoreRun(1, Restorer::Part::Pictures);
        QCOMPARE(f.session.inputs().in("a").size(), std::size_t(1));
        QCOMPARE(f.session.editor().value("steps"), Value(9));
        for (int i = 0; i < 3; ++i)
            f.session.history().undo();
        QVERIFY(f.session.editor().document() == before);
    }
};

QTEST_GUILESS_MAIN(RunsTest)
#include "tst_runs.moc"
