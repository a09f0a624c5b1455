// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/sampler.h"
#include "core/errors.h"
#include "core/weights/safetensors.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <cmath>
#include <fstream>

namespace {

using Numbers = std::vector<float>;

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

const Numbers start = {1, -0.5f, 0.25f, 2};

Tensor linearModel(const Tensor& x, double time)
{
    return 0.3 * x + at::tensor({0.1f, -0.1f, 0.05f, 0.0f}) + time / 5000;
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

Q_DECLARE_METATYPE(std::vector<float>)

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

    void fiveStepsArriveWhereTheReferenceDoes_data()
    {
        QTest::addColumn<QString>("sampler");
        QTest::addColumn<QString>("spacing");
        QTest::addColumn<int>("steps");
        QTest::addColumn<Numbers>("epsilon");
        QTest::addColumn<Numbers>("velocity");
        const auto row = [](const char* sampler, const char* spacing, const Numbers& epsilon,
                            const Numbers& velocity, int steps = 5) {
            QTest::addRow("%s %s %d", sampler, spacing, steps)
                << sampler << spacing << steps << epsilon << velocity;
        };
        row("ddim", "", {2.032488f, -1.522898f, 0.066298f, 5.282395f},
            {0.314742f, -0.225520f, -0.006583f, 0.913825f});
        row("ddim", "trailing", {4.083253f, -3.851580f, -0.333395f, 11.469558f},
            {0.271450f, -0.219265f, -0.027976f, 0.850914f});
        row("ddim-trailing", "", {4.083253f, -3.851580f, -0.333395f, 11.469558f},
            {0.271450f, -0.219265f, -0.027976f, 0.850914f});
        row("euler-trailing", "", {4.029083f, -3.809567f, -0.337385f, 11.341515f},
            {0.256951f, -0.209952f, -0.030951f, 0.822321f});
        row("ddim-inverse", "", {0.685960f, -0.187259f, 0.310078f, 0.984713f},
            {1.430639f, -0.604026f, 0.484470f, 2.454984f});
        row("plms", "", {1.906355f, -1.261301f, 0.161513f, 4.769524f},
            {0.357022f, -0.215193f, 0.021465f, 0.969264f});
        row("dpm++2m", "", {3.721263f, -3.336963f, -0.205949f, 10.284543f},
            {0.326710f, -0.231107f, -0.006905f, 0.953883f});
        row("dpm++2m", "", {3.545400f, -3.021885f, -0.103977f, 9.630348f},
            {0.421356f, -0.270500f, 0.016294f, 1.158551f}, 16);
        row("dpm++2m-karras", "", {3.269211f, -2.616112f, 0.001020f, 8.711890f},
            {0.577005f, -0.309091f, 0.075835f, 1.438973f});
        row("dpm++2m", "leading", {2.094513f, -1.519305f, 0.095157f, 5.401815f},
            {0.388622f, -0.247128f, 0.017718f, 1.059925f});
        row("euler", "leading", {2.012577f, -1.507255f, 0.064275f, 5.238265f},
            {0.308802f, -0.220444f, -0.007989f, 0.905084f});
        row("euler", "", {4.155073f, -4.008322f, -0.393846f, 11.777698f},
            {0.224228f, -0.198926f, -0.041292f, 0.758064f});
        row("euler-karras", "", {4.263761f, -4.135263f, -0.417491f, 12.111231f},
            {0.186005f, -0.187639f, -0.055609f, 0.690801f});
        row("unipc", "", {3.608675f, -3.173103f, -0.163314f, 9.908328f},
            {0.345633f, -0.237744f, -0.000929f, 0.990631f});
        row("unipc", "leading", {2.069722f, -1.476387f, 0.108784f, 5.310589f},
            {0.404685f, -0.252777f, 0.022773f, 1.091170f});
    }

    void fiveStepsArriveWhereTheReferenceDoes()
    {
        QFETCH(QString, sampler);
        QFETCH(QString, spacing);
        QFETCH(int, steps);
        QFETCH(Numbers, epsilon);
        QFETCH(Numbers, velocity);
        for (const Prediction prediction : {Prediction::Epsilon, Prediction::Velocity}) {
            const ScheduleConfig config {
                .prediction = prediction, .spacing = spacing.toStdString()};
            Sampler run(config, samplerOptions(sampler.toStdString(), config, steps));
            Tensor x = tensor(start) * run.initialScale();
            for (const Step& step : run.steps())
                x = run.next(x, linearModel(run.modelInput(x, step), step.time), step, {});
            const double error =
                difference(x, tensor(prediction == Prediction::Epsilon ? epsilon : velocity));
            QVERIFY2(error <= 2e-5, qPrintable(QString::number(error)));
        }
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
        for (const char* name : {"", "DDIM", "ddim-karras", "unipc-karras", "lcm-trailing"})
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

    void zeroSnrArrivesWhereTheReferenceDoes_data()
    {
        QTest::addColumn<QString>("sampler");
        QTest::addColumn<Numbers>("expected");
        // diffusers 0.42 with rescale_betas_zero_snr and timestep_spacing "trailing"
        const std::map<QByteArray, Numbers> rows = {
            {"ddim", {0.243687f, -0.206886f, -0.037041f, 0.802794f}},
            {"euler", {0.230756f, -0.198192f, -0.039476f, 0.776897f}},
            {"dpm++2m", {0.289817f, -0.217792f, -0.020143f, 0.890281f}},
            {"unipc", {0.320742f, -0.227382f, -0.009637f, 0.948969f}}};
        for (const auto& [name, numbers] : rows)
            QTest::newRow(name) << QString::fromLatin1(name) << numbers;
    }

    void zeroSnrArrivesWhereTheReferenceDoes()
    {
        QFETCH(QString, sampler);
        QFETCH(Numbers, expected);
        const ScheduleConfig config {
            .prediction = Prediction::Velocity, .rescaleZeroSnr = true, .spacing = "trailing"};
        Sampler run(config, samplerOptions(sampler.toStdString(), config, 5));
        Tensor x = tensor(start) * run.initialScale();
        for (const Step& step : run.steps())
            x = run.next(x, linearModel(run.modelInput(x, step), step.time), step, {});
        const double error = difference(x, tensor(expected));
        QVERIFY2(error <= 2e-5, qPrintable(QString::number(error)));
    }
};

QTEST_GUILESS_MAIN(SamplerTest)
#include "tst_sampler.moc"
