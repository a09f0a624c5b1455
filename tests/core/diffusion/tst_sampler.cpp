// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/sampler.h"
#include "core/errors.h"
#include "core/nn/safetensors.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <cmath>
#include <fstream>

namespace {

nlohmann::json caseJson()
{
    std::ifstream file(TEST_DATA "/schedulers/case.json");
    return nlohmann::json::parse(file);
}

/// The model of the recorded runs.
Tensor model(const Tensor& x, double time)
{
    return (0.5 * x).tanh() + 0.1 * at::sin(at::full({}, time / 100, at::kDouble)).to(at::kFloat);
}

double difference(const Tensor& a, const Tensor& b)
{
    return (a.to(at::kDouble) - b.to(at::kDouble)).abs().max().item<double>();
}

template<class T>
Tensor tensor(const std::vector<T>& numbers)
{
    return at::tensor(at::ArrayRef<T>(numbers));
}

QByteArray message(const auto& function)
{
    try {
        function();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

class SamplerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trajectoriesAreTheReferences_data()
    {
        QTest::addColumn<QString>("name");
        const auto runs = caseJson()["params"];
        for (const auto& [name, run] : runs.items())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }

    void trajectoriesAreTheReferences()
    {
        QFETCH(QString, name);
        static const auto description = caseJson();
        static const auto inputs = loadSafetensors(TEST_DATA "/schedulers/inputs.safetensors");
        static const auto outputs = loadSafetensors(TEST_DATA "/schedulers/outputs.safetensors");
        const std::string key = name.toStdString();
        const auto& run = description["params"][key];
        auto json = run["config"];
        json["_class_name"] = run["scheduler"];
        const ScheduleConfig config = scheduleConfigFromJson(json.dump(), key, false);
        SamplerOptions options = samplerOptions("model", config, run["steps"]);
        options.eta = run.value("eta", 0.0);
        Sampler sampler(config, options);

        const auto within = [&](const std::string& part, const Tensor& ours) {
            const std::string full = key + "." + part;
            const double error = difference(ours, outputs.at(full));
            const double tolerance = description["tolerance"][full];
            return error <= tolerance
                ? std::string()
                : full + " differs by " + std::to_string(error) + " > " + std::to_string(tolerance);
        };
        int draws = 0;
        const Noise noise = [&] { return inputs.at("noise")[draws++]; };
        Tensor x = inputs.at("start") * sampler.initialScale();
        std::vector<Tensor> latents = {x};
        std::vector<double> times;
        for (const Step& step : sampler.steps()) {
            x = sampler.next(x, model(sampler.modelInput(x, step), step.time), step, noise);
            latents.push_back(x);
            times.push_back(step.time);
        }
        QCOMPARE(draws, run["noise_draws"].get<int>());
        QCOMPARE(int(times.size()), run["model_evaluations"].get<int>());
        QCOMPARE(within("latents", at::stack(latents)), std::string());
        QCOMPARE(within("timesteps", tensor(times)), std::string());
        if (outputs.contains(key + ".sigmas"))
            QCOMPARE(within("sigmas", tensor(sampler.sigmas())), std::string());
        const Schedule schedule(config);
        std::vector<float> bars;
        for (const int t : {0, 1, 20, 21, 499, 500, 981, 999})
            bars.push_back(schedule.alphaBar(t));
        QCOMPARE(within("alphas_cumprod", tensor(bars)), std::string());
    }

    void strengthLeavesTheNoisyStepsOut_data()
    {
        QTest::addColumn<double>("strength");
        QTest::addColumn<int>("steps");
        QTest::addColumn<double>("time");
        QTest::addColumn<double>("signal");
        QTest::addColumn<double>("noise");
        QTest::newRow("1") << 1.0 << 50 << 981.0 << .07600 << .99711;
        QTest::newRow(".98") << 0.98 << 49 << 961.0 << .08533 << .99635;
        QTest::newRow(".96") << 0.96 << 48 << 941.0 << .09548 << .99543;
        QTest::newRow(".8") << 0.8 << 40 << 781.0 << .20846 << .97803;
        QTest::newRow(".7") << 0.7 << 35 << 681.0 << .30763 << .95151;
    }

    void strengthLeavesTheNoisyStepsOut()
    {
        QFETCH(double, strength);
        QFETCH(int, steps);
        QFETCH(double, time);
        QFETCH(double, signal);
        QFETCH(double, noise);
        const int remaining = std::min(int(50 * strength), 50);
        const Sampler sampler(ScheduleConfig(), {.steps = 50, .skip = 50 - remaining});
        QCOMPARE(int(sampler.steps().size()), steps);
        QCOMPARE(sampler.steps().front().time, time);
        QCOMPARE(sampler.steps().front().index, 0);
        QCOMPARE(sampler.steps().back().time, 1.0);
        const Tensor one = at::ones({1}), none = at::zeros({1});
        QVERIFY(std::abs(sampler.noised(one, none).item<double>() - signal) < 6e-6);
        QVERIFY(std::abs(sampler.noised(none, one).item<double>() - noise) < 6e-6);
    }

    void aShortenedRunIsTheEndOfTheWholeOne_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"ddim", "euler", "euler-karras", "lcm"})
            QTest::newRow(name) << name;
    }

    /// Rules without a memory do not notice where they begin.
    void aShortenedRunIsTheEndOfTheWholeOne()
    {
        QFETCH(QString, name);
        const ScheduleConfig config;
        SamplerOptions options = samplerOptions(name.toStdString(), config, 10);
        Sampler whole(config, options);
        options.skip = 4;
        Sampler rest(config, options);
        const Noise noise = [] { return at::full({3}, 0.25); };
        Tensor x = at::tensor({1.0f, -0.5f, 2.0f}), y;
        for (const Step& step : whole.steps()) {
            if (step.index == 4)
                y = x;
            if (step.index >= 4) {
                const Step& same = rest.steps()[step.index - 4];
                QCOMPARE(same.time, step.time);
                y = rest.next(y, model(rest.modelInput(y, same), same.time), same, noise);
            }
            x = whole.next(x, model(whole.modelInput(x, step), step.time), step, noise);
        }
        QVERIFY(y.equal(x));
    }

    void aRightPredictionShowsTheCleanLatent_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"ddim", "plms", "euler", "euler-a", "dpm++2m", "dpm++2m-sde-karras", "unipc", "lcm"})
            QTest::newRow(name) << name;
    }

    /// With the true noise every prediction is the picture, and every sampler arrives at it.
    void aRightPredictionShowsTheCleanLatent()
    {
        QFETCH(QString, name);
        const Tensor picture = at::tensor({0.5f, -1.0f, 0.25f});
        const Tensor epsilon = at::tensor({-1.0f, 0.3f, 2.0f});
        const ScheduleConfig config {.setAlphaToOne = true};
        Sampler sampler(config, samplerOptions(name.toStdString(), config, 12));
        Tensor x = sampler.noised(picture, epsilon);
        const Step first = sampler.steps().front();
        QVERIFY(difference(sampler.predictedClean(x, epsilon, first), picture) < 1e-5);
        // A model that knows the picture.
        const Schedule schedule(config);
        for (const Step& step : sampler.steps()) {
            const bool table = !sampler.sigmas().empty();
            const double sigma =
                table ? sampler.sigmas()[step.index] : schedule.sigma(int(step.time));
            const double signal = 1 / std::sqrt(sigma * sigma + 1);
            const Tensor input = sampler.modelInput(x, step);
            const Tensor m = (input - signal * picture) / (sigma * signal);
            x = sampler.next(x, m, step, [] { return at::ones({3}); });
        }
        QVERIFY2(
            difference(x, picture) < 2e-3, qPrintable(QString::number(difference(x, picture))));
    }

    void halfPrecisionPredictionsLeaveTheLatentInFullPrecision()
    {
        Sampler sampler(ScheduleConfig(), {.steps = 5});
        const Tensor x = at::ones({2});
        const Tensor next =
            sampler.next(x, at::ones({2}).to(at::kBFloat16), sampler.steps().front(), {});
        QCOMPARE(next.scalar_type(), at::kFloat);
    }

    void clippingIsOfDdimAndItsKinAlone()
    {
        ScheduleConfig config {.prediction = Prediction::Sample, .clipSample = true};
        const Tensor x = at::ones({1}), m = at::full({1}, 5.0);
        const Sampler ddim(config, {.steps = 5});
        QCOMPARE(ddim.predictedClean(x, m, ddim.steps().front()).item<float>(), 1.0f);
        const Sampler plms(config, {.kind = SamplerKind::Plms, .steps = 5});
        QCOMPARE(plms.predictedClean(x, m, plms.steps().front()).item<float>(), 5.0f);
    }

    void theModelsFileNamesTheSampler()
    {
        const auto kind = [](const char* className, const std::string& algorithm) {
            return samplerOptions(
                       "model", ScheduleConfig {.className = className, .algorithm = algorithm}, 5)
                .kind;
        };
        QVERIFY(kind("PNDMScheduler", "") == SamplerKind::Plms);
        QVERIFY(
            kind("DPMSolverMultistepScheduler", "sde-dpmsolver++")
            == SamplerKind::DpmPlusPlus2MSde);
        QVERIFY(kind("LCMScheduler", "") == SamplerKind::Lcm);
        QVERIFY(message([&] { kind("HeunDiscreteScheduler", ""); }).contains("dpm++2m-karras"));
        QVERIFY(message([&] {
                    kind("DPMSolverMultistepScheduler", "dpmsolver");
                }).contains("\"dpmsolver\""));
    }

    void aSamplerIsNamedOrTheListIsShown()
    {
        const ScheduleConfig config;
        const SamplerOptions options = samplerOptions("dpm++2m-sde-karras", config, 7);
        QVERIFY(options.kind == SamplerKind::DpmPlusPlus2MSde && options.karras);
        QCOMPARE(options.steps, 7);
        QVERIFY(!samplerOptions("euler", config, 7).karras);
        for (const char* name : {"", "DDIM", "ddim-karras", "unipc-karras", "-karras"})
            QVERIFY(message([&] { samplerOptions(name, config, 7); }).contains("euler-karras"));
    }

    void undefinedCombinationsAreRefused()
    {
        const auto refusal = [](const ScheduleConfig& config, const SamplerOptions& options) {
            return message([&] { Sampler(config, options); });
        };
        const ScheduleConfig config;
        QVERIFY(refusal(config, {.steps = 0}).contains("from 1 to 1000"));
        QVERIFY(refusal(config, {.steps = 1001}).contains("from 1 to 1000"));
        QVERIFY(refusal(config, {.steps = 5, .skip = 5}).contains("at least one must remain"));
        QVERIFY(refusal(config, {.kind = SamplerKind::UniPC, .steps = 1000}).contains("fewer"));
        QVERIFY(refusal(config, {.kind = SamplerKind::Lcm, .steps = 51}).contains("at most 50"));
        QVERIFY(refusal({.solverType = "bh1"}, {.kind = SamplerKind::UniPC, .steps = 5})
                    .contains("bh1"));
        QVERIFY(refusal({.solverOrder = 3}, {.kind = SamplerKind::UniPC, .steps = 5})
                    .contains("solver_order 3"));
        QVERIFY(refusal({.rescaleZeroSnr = true, .spacing = "trailing"}, {.steps = 5})
                    .contains("predicts noise"));
    }

    void theMostAndTheFewestStepsStayFinite_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("spacing");
        QTest::addColumn<int>("steps");
        for (const char* name :
             {"ddim", "ddim-inverse", "plms", "euler", "euler-karras", "euler-a", "dpm++2m",
              "dpm++2m-karras", "dpm++2m-sde", "unipc", "lcm"})
            for (const char* spacing : {"", "leading", "linspace", "trailing"})
                for (const int steps : {1, 2, *spacing ? 37 : 999})
                    QTest::addRow("%s %s %d", name, spacing, steps) << name << spacing << steps;
    }

    void theMostAndTheFewestStepsStayFinite()
    {
        QFETCH(QString, name);
        QFETCH(QString, spacing);
        QFETCH(int, steps);
        ScheduleConfig config {.spacing = spacing.toStdString()};
        SamplerOptions options = samplerOptions(name.toStdString(), config, steps);
        options.steps = name == "lcm" ? std::min(steps, 50) : steps;
        Sampler sampler(config, options);
        Tensor x = at::ones({2}) * sampler.initialScale();
        for (const Step& step : sampler.steps()) {
            QVERIFY(step.time >= 0 && step.time <= 999);
            x = sampler.next(x, model(sampler.modelInput(x, step), step.time), step, [] {
                return at::ones({2});
            });
        }
        QVERIFY(at::isfinite(x).all().item<bool>());
    }

    void aThousandStepsStayOnTheGrid()
    {
        const Sampler sampler(ScheduleConfig(), {.steps = 1000});
        QCOMPARE(sampler.steps().front().time, 999.0);
        QCOMPARE(sampler.steps().back().time, 1.0);
    }

    void zeroSnrWorksInSigmaSpace()
    {
        const ScheduleConfig config {
            .prediction = Prediction::Velocity, .rescaleZeroSnr = true, .spacing = "trailing"};
        for (const char* name : {"euler", "dpm++2m", "unipc"}) {
            Sampler sampler(config, samplerOptions(name, config, 5));
            QVERIFY(std::abs(sampler.sigmas().front() - 4096) < 1);
            Tensor x = at::ones({2}) * sampler.initialScale();
            for (const Step& step : sampler.steps())
                x = sampler.next(x, model(sampler.modelInput(x, step), step.time), step, {});
            QVERIFY(at::isfinite(x).all().item<bool>());
        }
    }
};

QTEST_GUILESS_MAIN(SamplerTest)
#include "tst_sampler.moc"
