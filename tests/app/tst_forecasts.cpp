// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/forecasts.h"

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/runs.h"
#include "app/settings.h"
#include "core/memory.h"
#include "tests/app/emptyhome.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>

namespace {

/// A method whose steps take no time worth to speak of, and some memory where it is asked for.
Method quick()
{
    Method m {.id = "quick", .name = "Quick"};
    m.parameters = {
        {.id = "rounds",
         .label = "Rounds",
         .initial = 4,
         .minimum = 1,
         .maximum = 90,
         .role = Role::Steps},
        {.id = "megabytes", .label = "Megabytes", .initial = 0, .minimum = 0, .maximum = 999},
        {.id = "word", .label = "Word", .initial = std::string(), .role = Role::Prompt},
        {.id = "guided",
         .label = "Guided",
         .initial = 5.,
         .minimum = 0,
         .maximum = 9,
         .role = Role::Guidance}};
    m.run = [](const Request& request, Models&, const Report& report) {
        Result result;
        std::vector<char> memory(
            std::size_t(std::get<int>(request.values.at("megabytes"))) << 20, 'x');
        const int rounds = std::get<int>(request.values.at("rounds"));
        for (int step = 0; step <= rounds; ++step) {
            const auto latent = std::make_shared<const Latent>(
                Latent {.shape = {1, 1, 1, 1}, .values = {float(step) + float(memory.size() & 1)}});
            result.latents.push_back(latent);
            report(StepEvent {.step = step, .steps = rounds, .latent = latent});
        }
        result.candidates = {{.image = filled(8, 8, {}), .canvas = filled(8, 8, {})}};
        return result;
    };
    return m;
}

struct Fixture
{
    Engine engine;
    MethodList methods {std::vector<Method> {quick()}};
    Runs runs {engine, methods};
    Forecasts forecasts {runs};
    const Method& method = methods.methods().front();
    const ModelCard card = {};

    Prepared prepared(Values byHand, const std::string& precision = "fp32") const
    {
        const Request request {
            .method = method.id, .values = byHand, .device = "cpu", .precision = precision};
        return {.request = request, .values = resolve(method, request, card), .card = card};
    }
    void run(const Prepared& prepared)
    {
        QSignalSpy ended(&runs, &Runs::ended);
        runs.start(prepared, card);
        QTRY_COMPARE(ended.size(), 1);
    }
    std::optional<Forecast> of(const Prepared& prepared) const
    {
        return forecasts.of(method, prepared.request, prepared.values, card);
    }
};

} // namespace

class ForecastsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QDir(Settings::cacheFolder()).removeRecursively(); }

    void nothingIsSaidOfWhatWasNeverDone()
    {
        const Fixture f;
        QVERIFY(!f.of(f.prepared({})));
    }

    void runsOfAKindTellOfTheNext()
    {
        Fixture f;
        QSignalSpy learnt(&f.forecasts, &Forecasts::learnt);
        f.run(f.prepared({{"rounds", 40}}));
        QCOMPARE(learnt.size(), 1);
        const auto same = f.of(f.prepared({{"rounds", 40}}));
        QVERIFY(same && same->seconds > 0);
        // Other words, another strength of the same two passes: the same costs.
        QVERIFY(f.of(f.prepared({{"word", std::string("horse")}, {"guided", 7.}})));
        QVERIFY(!f.of(f.prepared({{"guided", 1.}}))); // one pass
        QVERIFY(!f.of(f.prepared({{"megabytes", 1}})));
        QVERIFY(!f.of(f.prepared({}, "bf16")));
    }

    void moreStepsTakeLonger()
    {
        Fixture f;
        f.run(f.prepared({{"rounds", 40}}));
        const double ten = f.of(f.prepared({{"rounds", 10}}))->seconds;
        const double twenty = f.of(f.prepared({{"rounds", 20}}))->seconds;
        const double thirty = f.of(f.prepared({{"rounds", 30}}))->seconds;
        QVERIFY(twenty > ten);
        QVERIFY(qAbs((thirty - twenty) - (twenty - ten)) < 1e-9);
    }

    void thePeakOfTheMemoryIsOfThatRunAlone()
    {
        if (!watchPeakMemory())
            QSKIP("This system does not tell of the peak.");
        Fixture f;
        f.run(f.prepared({{"megabytes", 600}}));
        f.run(f.prepared({{"megabytes", 1}})); // behind the higher peak
        const auto large = f.of(f.prepared({{"megabytes", 600}}));
        const auto small = f.of(f.prepared({{"megabytes", 1}}));
        QVERIFY(large && small);
        QVERIFY(large->memory > small->memory + (uint64_t(300) << 20));
        QVERIFY(small->memory > 0);
    }

    void whatWasLearntIsThereTheNextTime()
    {
        {
            Fixture f;
            f.run(f.prepared({}));
        }
        const Fixture later;
        QVERIFY(later.of(later.prepared({})));
    }

    void damageIsNothingLearnt()
    {
        QDir().mkpath(Settings::cacheFolder());
        QFile file(Settings::cacheFolder() + QStringLiteral("/forecasts.json"));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write("{\"a\": [1,");
        file.close();
        Fixture f;
        QVERIFY(!f.of(f.prepared({})));
        f.run(f.prepared({}));
        QVERIFY(f.of(f.prepared({})));
    }

    /// To open it would wait for somebody to write into it.
    void aPipeIsNothingLearnt()
    {
        QDir().mkpath(Settings::cacheFolder());
        const QString pipe = Settings::cacheFolder() + QStringLiteral("/forecasts.json");
        QCOMPARE(::mkfifo(pipe.toUtf8().constData(), 0600), 0);
        const Fixture f;
        QVERIFY(!f.of(f.prepared({})));
    }

private:
    EmptyHome m_home;
};

QTEST_GUILESS_MAIN(ForecastsTest)
#include "tst_forecasts.moc"
