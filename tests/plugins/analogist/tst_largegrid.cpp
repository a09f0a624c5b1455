// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/layers.h"
#include "tests/peakmemory.h"
#include "tests/plugins/analogist/analogistfixture.h"

#include <QTest>

#include <ATen/ops/randn.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace {

using Attention = std::function<Tensor(const Tensor& q, const Tensor& k, const Tensor& v)>;

} // namespace

/// The largest grid that the method offers, of 1024 pixels: its outermost attention layers see
/// 128 x 128 tokens, of which a single matrix of scores has 1 GiB in fp32.
class LargeGridTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theMatrixIsNeverThereAsAWhole_data()
    {
        QTest::addColumn<Attention>("attend");
        const Attention cloned = [](const Tensor& q, const Tensor& k, const Tensor& v) {
            return clonedAttention(q, k, v, 0.3, 1.3);
        };
        const Attention partial = [](const Tensor& q, const Tensor& k, const Tensor& v) {
            return partialAttention(q, k, v, 0.3).output;
        };
        const Attention shared = [](const Tensor& q, const Tensor& k, const Tensor& v) {
            return sharedAttention(q, k, v, 0.3);
        };
        QTest::newRow("cloning") << cloned;
        QTest::newRow("one pair of queries and keys for several values") << shared;
        QTest::newRow("a part of the keys") << partial;
    }

    void theMatrixIsNeverThereAsAWhole()
    {
        QFETCH(Attention, attend);
        const std::vector<int64_t> shape {1, 1, 128 * 128, 8};
        const Tensor q = at::randn(shape), k = at::randn(shape), v = at::randn(shape);
        Tensor result;
        const long rise = peakMemoryOf([&] { result = attend(q, k, v); });
        // About 35 MiB as a rule; a crowded heap has been seen at 130. Half a matrix is the bound.
        QVERIFY2(rise < 512, qPrintable(QString::number(rise)));
        QCOMPARE(result.sizes().vec(), v.sizes().vec());
        QVERIFY(at::isfinite(result).all().item<bool>());
    }

    void cloningInEveryLayerEndsInFiniteLatents()
    {
        StableDiffusion model = tinyModel();
        model.unetConfig.heads = {1, 1, 1, 1}; // eight would take eight times as long
        Request request = shortRequest();
        request.values["size"] = 1024;
        request.values["steps"] = 2; // of which strength leaves one
        request.values["guidance"] = 1.0;
        request.values["sac"] = Layers {{0, 16}};
        Result result;
        const long rise = peakMemoryOf([&] { result = runAnalogist(model, request, goOn); });
        QVERIFY2(rise < 1000, qPrintable(QString::number(rise)));
        const Latent& last = *result.latents.back();
        QCOMPARE(last.shape, (std::array<int64_t, 4> {1, 4, 128, 128}));
        QVERIFY(std::ranges::all_of(last.values, [](float x) { return std::isfinite(x); }));
        QCOMPARE(result.candidates.at(0).canvas->width, 1024);
    }
};

QTEST_GUILESS_MAIN(LargeGridTest)
#include "tst_largegrid.moc"
