// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/noise.h"
#include "core/random.h"

#include <QTest>

#include <vector>

class NoiseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTensorHoldsTheGeneratorsNumbersInOrder()
    {
        std::vector<float> numbers(24);
        normal(7, 1, numbers);
        const Tensor noise = normal(7, 1, {1, 4, 2, 3});
        QCOMPARE(noise.sizes(), at::IntArrayRef({1, 4, 2, 3}));
        QCOMPARE(noise.scalar_type(), at::kFloat);
        for (int i = 0; i < 24; ++i)
            QCOMPARE(noise.flatten()[i].item<float>(), numbers[i]);
    }

    void seedAndStreamChangeIt()
    {
        QVERIFY(!normal(7, 0, {8}).equal(normal(8, 0, {8})));
        QVERIFY(!normal(7, 0, {8}).equal(normal(7, 1, {8})));
    }
};

QTEST_GUILESS_MAIN(NoiseTest)
#include "tst_noise.moc"
