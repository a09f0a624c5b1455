// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/portablefill.h"

#include <QTest>

#include <array>
#include <cmath>

namespace {

bool near(const Tensor& x, const std::array<double, 3>& expected)
{
    if (x.numel() < 3)
        return false;
    const Tensor flat = x.flatten();
    for (int64_t i = 0; i < 3; ++i)
        if (!(std::abs(flat[i].item<double>() - expected[i]) < 1e-6))
            return false;
    return true;
}

} // namespace

/// The recorded runs were filled by other programs: these numbers are theirs.
class PortableFillTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKeysNumbersAreTheRecordedOnes()
    {
        const PortableFill fill("image");
        QCOMPARE(fill.uniform(0), 0.6917657712417054);
        QCOMPARE(fill.uniform(1), 0.9483781478116735);
        QCOMPARE(fill.uniform(2), 0.6312851027926351);
    }

    void theirHashIsFnv1a()
    {
        // splitmix64 from the hash of "image", so that a wrong hash is told from a wrong mixing.
        uint64_t z = 3077667772913174682u + 0x9E3779B97F4A7C15u;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
        z = (z ^ z >> 27) * 0x94D049BB133111EBu;
        QCOMPARE(PortableFill("image").uniform(0), double((z ^ z >> 31) >> 11) * 0x1p-53);
    }

    void inputsAreUniformOrOfVarianceOne()
    {
        QVERIFY(near(portableUniform("image", {1, 3}), {0.69176577, 0.94837815, 0.6312851}));
        const double v = std::sqrt(3.);
        QVERIFY(near(
            portableNormal("image", {3}),
            {v * (2 * 0.69176577 - 1), v * (2 * 0.94837815 - 1), v * (2 * 0.6312851 - 1)}));
        const Tensor many = portableNormal("many", {100, 100});
        QVERIFY(std::abs(many.square().mean().item<double>() - 1) < 0.03);
    }

    void aPictureOfNoiseIsTheRecordedOne()
    {
        const Tensor picture = portablePicture("image8", 48, 64);
        const auto pixel = [&](int64_t y, int64_t x) {
            std::vector<int> channels;
            for (int64_t c = 0; c < 3; ++c)
                channels.push_back(picture[y][x][c].item<int>());
            return channels;
        };
        QCOMPARE(pixel(0, 0), (std::vector {191, 189, 21}));
        QCOMPARE(pixel(47, 63), (std::vector {38, 104, 144}));
        QVERIFY(std::abs(picture.to(at::kDouble).mean().item<double>() - 127.06934) < 1e-5);
    }

    void weightsAreFilledByTheirKind()
    {
        const double a = 0.3410636857, b = -0.5416611116, c = 0.8066677348; // of "a.weight"
        QVERIFY(near(portableWeight("a.weight", {3}), {1 + 0.1 * a, 1 + 0.1 * b, 1 + 0.1 * c}));
        // 12 inputs to each output.
        QVERIFY(near(portableWeight("a.weight", {2, 3, 4}), {a / 2, b / 2, c / 2}));
        QVERIFY(near(portableWeight("a.bias", {3}), {0.0510771387, 0.0526384777, 0.0048833581}));
        QVERIFY(near(
            portableWeight("a.running_var", {3}),
            {1 - 0.5 * 0.1380360038, 1 - 0.5 * 0.0017340845, 1 + 0.5 * 0.6563536514}));
    }
};

QTEST_GUILESS_MAIN(PortableFillTest)
#include "tst_portablefill.moc"
