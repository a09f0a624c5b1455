// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/method.h"
#include "core/models.h"
#include "core/nn/kernels/kernels.h"
#include "plugins/analogist/analogist.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace {

/// A short run of the default model in fp32.
Request request(uint64_t seed, int candidates)
{
    const auto picture = [](uint8_t red) {
        return Input {.image = SharedImage(filled(64, 64, {red, 40, 90}))};
    };
    Request request {.seed = seed};
    request.method = "analogy";
    request.images = {{"a", {picture(200)}}, {"a_prime", {picture(20)}}, {"b", {picture(120)}}};
    request.values = {{"prompt", std::string("red")}, {"steps", 3}, {"candidates", candidates}};
    request.precision = "fp32";
    return request;
}

/// The last latent of each candidate.
std::vector<std::vector<float>> made(Models& models, const Request& request)
{
    const Result result =
        run(analogist(), request, models, Report([](const Event&) { return Answer {}; }));
    const std::vector<float>& all = result.latents.back()->values;
    const size_t count = result.candidates.size(), each = all.size() / count;
    std::vector<std::vector<float>> latents;
    for (size_t i = 0; i < count; ++i)
        latents.emplace_back(all.begin() + long(i * each), all.begin() + long((i + 1) * each));
    return latents;
}

} // namespace

/// A seed on the default model in fp32, with one number of threads.
class SameSeedTest : public QObject
{
    Q_OBJECT

    Models m_models;
    std::vector<float> m_alone;

private Q_SLOTS:
    void initTestCase() { m_alone = made(m_models, request(10, 1)).at(0); }

    void itGivesTheSameAgain()
    {
        QVERIFY(made(m_models, request(10, 1)).at(0) == m_alone);
        QVERIFY(made(m_models, request(11, 1)).at(0) != m_alone);
    }

    void itGivesTheSameInWhateverPlace()
    {
        if (!kernels::best())
            QSKIP("Without AVX2 the libraries round as it suits them.");
        QVERIFY(made(m_models, request(10, 5)).at(0) == m_alone);
        QVERIFY(made(m_models, request(6, 5)).at(4) == m_alone);
    }

    void itGivesTheSameAfterAStop()
    {
        int steps = 0;
        run(analogist(), request(10, 1), m_models, Report([&](const Event& event) {
                steps += std::holds_alternative<StepEvent>(event);
                return Answer {.goOn = steps < 2};
            }));
        QCOMPARE(steps, 2);
        QVERIFY(made(m_models, request(10, 1)).at(0) == m_alone);
    }

    void itGivesTheSameAfterAListenerThatThrows()
    {
        for (const int at : {0, 1}) {
            int steps = 0;
            const Report report([&](const Event& event) {
                if (std::holds_alternative<StepEvent>(event) && steps++ == at)
                    throw std::runtime_error("nobody listens");
                return Answer {};
            });
            try {
                run(analogist(), request(10, 1), m_models, report);
                QFAIL("it went on");
            } catch (const std::runtime_error& error) {
                QCOMPARE(error.what(), "nobody listens");
            }
            QVERIFY(made(m_models, request(10, 1)).at(0) == m_alone);
        }
    }

    void itGivesTheSameAfterAnotherModel()
    {
        const auto one = m_models.stableDiffusion({}, "cpu", "fp32");
        QVERIFY(m_models.stableDiffusion({}, "cpu", "bf16") != one);
        QVERIFY(made(m_models, request(10, 1)).at(0) == m_alone);
        Models others;
        QVERIFY(made(others, request(10, 1)).at(0) == m_alone);
    }
};

QTEST_GUILESS_MAIN(SameSeedTest)
#include "tst_sameseed.moc"
