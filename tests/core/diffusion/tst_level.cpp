// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/level.h"

#include <QTest>

namespace {

double distance(const Tensor& a, const Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

} // namespace

class LevelTest : public QObject
{
    Q_OBJECT

    const Tensor m_clean = at::tensor({1.f, -2.f, 0.5f}), m_noise = at::tensor({0.3f, 1.f, -1.f});

private Q_SLOTS:
    void theSquaresAddUpToOne()
    {
        const Level level = levelOfAlphaBar(0.36);
        QCOMPARE(level.signal, 0.6);
        QCOMPARE(level.noise, 0.8);
    }

    void whateverIsPredictedMeansTheSame_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("epsilon") << int(Prediction::Epsilon);
        QTest::newRow("velocity") << int(Prediction::Velocity);
        QTest::newRow("sample") << int(Prediction::Sample);
    }

    void whateverIsPredictedMeansTheSame()
    {
        QFETCH(int, kind);
        const Level level = levelOfAlphaBar(0.36);
        const Tensor x = atLevel({m_clean, m_noise}, level);
        const Tensor velocity = level.signal * m_noise - level.noise * m_clean;
        const Tensor predicted = kind == int(Prediction::Epsilon) ? m_noise
            : kind == int(Prediction::Velocity)                   ? velocity
                                                                  : m_clean;
        const Clean meant = clean(Prediction(kind), x, predicted, level);
        QVERIFY(distance(meant.latent, m_clean) < 1e-6);
        QVERIFY(distance(meant.noise, m_noise) < 1e-6);
    }

    void aStepGoesBothWays()
    {
        const Level low = levelOfAlphaBar(0.9), high = levelOfAlphaBar(0.2);
        const Tensor x = atLevel({m_clean, m_noise}, low);
        const Tensor up = ddimStep(x, m_noise, low, high);
        QVERIFY(distance(up, atLevel({m_clean, m_noise}, high)) < 1e-6);
        QVERIFY(distance(ddimStep(up, m_noise, high, low), x) < 1e-6);
        QVERIFY(distance(ddimStep(up, m_noise, high, {}), m_clean) < 1e-6);
    }
};

QTEST_GUILESS_MAIN(LevelTest)
#include "tst_level.moc"
