// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/schedule.h"
#include "core/errors.h"

#include <QTest>

#include <cmath>

class ScheduleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void alphaBarsAreTheReferences_data()
    {
        QTest::addColumn<int>("t");
        QTest::addColumn<float>("alphaBar");
        QTest::newRow("0") << 0 << 0.999149978f;
        QTest::newRow("1") << 1 << 0.998296022f;
        QTest::newRow("499") << 499 << 0.277669460f;
        QTest::newRow("500") << 500 << 0.276332498f;
        QTest::newRow("981") << 981 << 0.00577549683f;
        QTest::newRow("999") << 999 << 0.00466009602f;
    }

    void alphaBarsAreTheReferences()
    {
        QFETCH(int, t);
        QFETCH(float, alphaBar);
        const float ours = Schedule(ScheduleConfig()).alphaBar(t);
        QVERIFY2(std::abs(ours - alphaBar) <= 3e-7f * alphaBar, qPrintable(QString::number(ours)));
    }

    void theEndsOfSigmaAreThoseOfStableDiffusion()
    {
        const Schedule schedule {ScheduleConfig()};
        QVERIFY(std::abs(schedule.sigma(0) - 0.02916753) < 1e-7);
        QVERIFY(std::abs(schedule.sigma(999) - 14.61465) < 1e-5);
    }

    void zeroSnrEndsWithoutSignalAndBeginsUnchanged()
    {
        const Schedule schedule(ScheduleConfig {.rescaleZeroSnr = true});
        QCOMPARE(schedule.alphaBar(999), 0.0f);
        QVERIFY(std::abs(schedule.alphaBar(0) - 0.99915f) < 1e-6f);
        QVERIFY(schedule.alphaBar(998) > 0);
    }

    void theCosineScheduleFollowsItsFormulaUpToTheCap()
    {
        const Schedule schedule(ScheduleConfig {.betaSchedule = "squaredcos_cap_v2"});
        const auto f = [](double u) {
            return std::pow(std::cos((u + 0.008) / 1.008 * M_PI / 2), 2);
        };
        QVERIFY(std::abs(schedule.alphaBar(499) - f(0.5) / f(0)) < 1e-5);
        QVERIFY(std::abs(schedule.alphaBar(999) / schedule.alphaBar(998) - 0.001) < 1e-6);
    }

    void trainedBetasReplaceTheFormula()
    {
        const ScheduleConfig config =
            scheduleConfigFromJson(R"({"trained_betas": [0.5, 0.25]})", "s.json");
        const Schedule schedule(config);
        QCOMPARE(schedule.trainSteps(), 2);
        QCOMPARE(schedule.alphaBar(1), 0.375f);
    }

    void halfPrecisionRoundsTheLevels()
    {
        const Schedule schedule(ScheduleConfig {.half = true});
        QCOMPARE(schedule.alphaBar(0), 0.99902344f);
        QCOMPARE(schedule.alphaBar(1), 0.99853516f);
    }

    void absentKeysTakeTheClasssDefaults()
    {
        const ScheduleConfig ddim =
            scheduleConfigFromJson(R"({"_class_name": "DDIMScheduler"})", "s.json", false);
        QCOMPARE(ddim.betaStart, 0.0001);
        QCOMPARE(ddim.betaEnd, 0.02);
        QCOMPARE(ddim.betaSchedule, std::string("linear"));
        QVERIFY(ddim.clipSample && ddim.setAlphaToOne);
        QCOMPARE(ddim.stepsOffset, 0);
        const ScheduleConfig pndm =
            scheduleConfigFromJson(R"({"_class_name": "PNDMScheduler"})", "s.json", false);
        QVERIFY(!pndm.clipSample && !pndm.setAlphaToOne);
        const ScheduleConfig lcm =
            scheduleConfigFromJson(R"({"_class_name": "LCMScheduler"})", "s.json", false);
        QCOMPARE(lcm.betaStart, 0.00085);
        QVERIFY(!lcm.clipSample);
    }

    void stableDiffusionHasItsOffsetAndDoesNotClip()
    {
        const ScheduleConfig config = scheduleConfigFromJson(
            R"({"_class_name": "DDIMScheduler", "steps_offset": 0, "clip_sample": true})",
            "s.json");
        QCOMPARE(config.stepsOffset, 1);
        QVERIFY(!config.clipSample);
    }

    void everyKeyIsRead()
    {
        const ScheduleConfig config = scheduleConfigFromJson(
            R"({"_class_name": "DPMSolverMultistepScheduler", "num_train_timesteps": 500,
                "beta_start": 0.001, "beta_end": 0.01, "beta_schedule": "scaled_linear",
                "trained_betas": null, "prediction_type": "v_prediction",
                "set_alpha_to_one": false, "steps_offset": 2, "clip_sample_range": 3,
                "rescale_betas_zero_snr": true, "timestep_spacing": "trailing",
                "use_karras_sigmas": true, "original_inference_steps": 25, "solver_order": 1,
                "algorithm_type": "sde-dpmsolver++", "solver_type": "heun",
                "final_sigmas_type": "sigma_min"})",
            "s.json", false);
        QCOMPARE(config.trainSteps, 500);
        QCOMPARE(config.betaStart, 0.001);
        QCOMPARE(config.betaEnd, 0.01);
        QCOMPARE(config.betaSchedule, std::string("scaled_linear"));
        QVERIFY(config.prediction == Prediction::Velocity);
        QVERIFY(!config.setAlphaToOne && config.rescaleZeroSnr && config.karras);
        QCOMPARE(config.stepsOffset, 2);
        QCOMPARE(config.clipSampleRange, 3.0);
        QCOMPARE(config.spacing, std::string("trailing"));
        QCOMPARE(config.originalSteps, 25);
        QCOMPARE(config.solverOrder, 1);
        QCOMPARE(config.algorithm, std::string("sde-dpmsolver++"));
        QCOMPARE(config.solverType, std::string("heun"));
        QCOMPARE(config.finalSigma, std::string("sigma_min"));
    }

    void whatMakesNoScheduleIsNamed_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char* json, const char* part) {
            QTest::newRow(json) << QByteArray(json) << QByteArray(part);
        };
        row("[", "is not valid JSON");
        row("[1]", "is not a scheduler configuration");
        row(R"({"num_train_timesteps": 0})", "num_train_timesteps to \"0\"");
        row(R"({"num_train_timesteps": 1000000000})", "num_train_timesteps");
        row(R"({"num_train_timesteps": 1e12})", "num_train_timesteps");
        row(R"({"num_train_timesteps": -1000})", "num_train_timesteps");
        row(R"({"beta_start": NaN})", "is not valid JSON");
        row(R"({"beta_end": 1e999})", "scheduler_config.json");
        row(R"({"trained_betas": [null]})", "trained_betas");
        row(R"({"num_train_timesteps": "x"})", "num_train_timesteps");
        row(R"({"beta_start": -1})", "beta_start");
        row(R"({"beta_end": 1})", "beta_end");
        row(R"({"beta_schedule": "sigmoid"})", "beta_schedule");
        row(R"({"beta_schedule": 3})", "beta_schedule");
        row(R"({"trained_betas": [2]})", "trained_betas");
        row(R"({"trained_betas": ["a"]})", "trained_betas");
        row(R"({"prediction_type": "flow"})", "prediction_type");
        row(R"({"clip_sample": 1})", "clip_sample");
        row(R"({"clip_sample_range": 0})", "clip_sample_range");
        row(R"({"steps_offset": -1})", "steps_offset");
        row(R"({"timestep_spacing": "odd"})", "timestep_spacing");
        row(R"({"thresholding": true})", "thresholding");
        row(R"({"use_beta_sigmas": true})", "use_beta_sigmas");
        row(R"({"original_inference_steps": 2000})", "original_inference_steps");
        row(R"({"final_sigmas_type": "two"})", "final_sigmas_type");
    }

    void whatMakesNoScheduleIsNamed()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, part);
        try {
            scheduleConfigFromJson(json.toStdString(), "scheduler_config.json");
            QFAIL("no exception");
        } catch (const Error& error) {
            const QByteArray what = error.what();
            QVERIFY2(what.contains(part) && what.contains("scheduler_config.json"), what);
        }
    }
};

QTEST_GUILESS_MAIN(ScheduleTest)
#include "tst_schedule.moc"
