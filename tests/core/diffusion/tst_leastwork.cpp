// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/leastwork.h"

#include "core/nn/pool.h"
#include "tests/failure.h"
#include "tests/littlememory.h"

#include <QTest>

namespace {

const StableDiffusion& mini()
{
    static const StableDiffusion model = loadStableDiffusion(MINI_MODEL, "cpu", "fp32");
    return model;
}

/// What the pool got of the system for some work, which is what that had at its most.
uint64_t takenBy(const std::function<void()>& work)
{
    releaseIdleMemory();
    const int64_t before = poolSizes().reserved;
    work();
    return uint64_t(poolSizes().reserved - before);
}

} // namespace

class LeastWorkTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void whatIsComputedTakesMoreThanTheLeast()
    {
        constexpr int64_t side = 64;
        const Tensor z = at::zeros({1, 4, side, side});
        const uint64_t picture = leastWork(mini(), 1, side, side);
        QCOMPARE(picture, uint64_t(512 * 512 * (2 * 32 + 16) * 4));
        const uint64_t decoding =
            takenBy([&] { decode(mini().vaeConfig, autoencoderOf(mini()), z); });
        QVERIFY2(
            decoding > picture && decoding < 6 * picture,
            qPrintable(QStringLiteral("%1 of %2").arg(decoding).arg(picture)));

        StableDiffusion quick = mini(); // so that what the UNet takes counts
        quick.quick = true;
        const Tensor x = at::zeros({2, mini().unetConfig.inChannels, side, side});
        const UNetInput input = {
            .time = 500, .context = encodePrompts(mini(), {"a"}).expand({2, -1, -1})};
        const uint64_t pass = leastWork(quick, 2, side, side);
        QCOMPARE(pass, 2 * leastWork(quick, 1, side, side));
        const uint64_t passing =
            takenBy([&] { unet(mini().unetConfig, unetOf(mini()), x, input); });
        QVERIFY2(
            passing > pass && passing < 20 * pass,
            qPrintable(QStringLiteral("%1 of %2").arg(passing).arg(pass)));
    }

    void halfOfItIsEnoughAndLessIsRefusedWithNumbers()
    {
        const uint64_t least = leastWork(mini(), 1, 128, 64);
        const LittleMemory little(least / 2);
        checkWork(mini(), 1, 128, 64);
        setFreeMemory(least / 2 - 1);
        QVERIFY_THROWS_EXCEPTION(MemoryError, checkWork(mini(), 1, 128, 64));
        const auto said = [](int64_t count) {
            return failure([&] { checkWork(mini(), count, 128, 64); });
        };
        QVERIFY2(
            said(1).starts_with(
                "There is not enough memory for the work on 512 x 1024 pixels: it needs 160 MiB, "
                "and 80 MiB can be had."),
            said(1).c_str());
        QVERIFY(said(1).ends_with("or choose a smaller size."));
        QVERIFY(said(100).ends_with("or choose fewer pictures at once, or a smaller size."));
    }
};

QTEST_GUILESS_MAIN(LeastWorkTest)
#include "tst_leastwork.moc"
