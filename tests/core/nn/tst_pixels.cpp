// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/pixels.h"

#include <QTest>

#include <cmath>
#include <numeric>

namespace {

/// All 256 values, in all three channels.
Image ramp()
{
    Image image = filled(256, 1, {});
    for (int x = 0; x < 256; ++x)
        std::fill_n(image.pixel(x, 0), 3, uint8_t(x));
    return image;
}

} // namespace

class PixelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void channelsComeFirst()
    {
        Image image = filled(3, 2, {255, 0, 51});
        image.pixel(2, 1)[1] = 255;
        const Tensor x = toTensor(image);
        QCOMPARE(x.sizes().vec(), (std::vector<int64_t> {1, 3, 2, 3}));
        QCOMPARE(x[0][0][0][0].item<float>(), 1.f);
        QCOMPARE(x[0][1][0][0].item<float>(), -1.f);
        QCOMPARE(x[0][2][0][0].item<float>(), 51 / 127.5f - 1);
        QCOMPARE(x[0][1].sum().item<float>(), -4.f); // the one pixel with green
        QCOMPARE(x[0][1][1][2].item<float>(), 1.f);
    }

    void everyValueIsExact()
    {
        const Tensor x = toTensor(ramp());
        for (int v = 0; v < 256; ++v)
            QCOMPARE(x[0][0][0][v].item<float>(), float(v) / 127.5f - 1);
    }

    void everyValueComesBack() { QCOMPARE(toImages(toTensor(ramp())).at(0), ramp()); }

    void halvesGoToTheEvenNeighbour()
    {
        for (const float half : {126.5f, 127.5f}) {
            const float x = 2 * half / 255 - 1;
            QCOMPARE((x / 2 + 0.5f) * 255, half); // exactly between two values
            const Image image = toImages(at::full({1, 3, 1, 1}, x)).at(0);
            QCOMPARE(int(*image.pixel(0, 0)), half < 127 ? 126 : 128);
        }
    }

    void downCutsOff()
    {
        for (const float value : {0.f, 126.999f, 127.5f, 254.99f, 255.f}) {
            const Tensor x = at::full({1, 3, 1, 1}, 2 * value / 255 - 1);
            QCOMPARE(int(*toImages(x, Rounding::Down).at(0).pixel(0, 0)), int(value));
        }
    }

    void sixteenBitsKeepWhatEightRoundAway()
    {
        QCOMPARE(toDeepImages(toTensor(ramp())).at(0), deepened(ramp()));
        const Tensor x = at::linspace(-1, 1, 3 * 1001).reshape({1, 3, 1, 1001});
        const DeepImage image = toDeepImages(x).at(0);
        for (int i = 0; i < 1001; ++i)
            QVERIFY(std::abs(image.rgb[std::size_t(i) * 3] - i * 65535. / 3002) < 0.51);
        QCOMPARE(int(toDeepImages(at::full({1, 3, 1, 1}, 5.)).at(0).rgb[0]), 65535);
    }

    void valuesOutsideAreClamped()
    {
        const Tensor x = at::tensor({-3.f, 2.f}).reshape({1, 1, 1, 2}).expand({2, 3, 1, 2});
        const auto images = toImages(x);
        QCOMPARE(images.size(), size_t(2));
        QCOMPARE(int(*images[1].pixel(0, 0)), 0);
        QCOMPARE(int(*images[1].pixel(1, 0)), 255);
    }
};

QTEST_GUILESS_MAIN(PixelsTest)
#include "tst_pixels.moc"
