// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/autoencoder.h"
#include "core/diffusion/controlnet.h"
#include "core/nn/layers.h"
#include "core/stopping.h"
#include "tests/goldens.h"
#include "tests/tinyunet.h"

#include <QTest>

#include <functional>

/// Passes of tiny networks in fp32 that are ended by a stop.
class StoppedPassTest : public QObject
{
    Q_OBJECT

    /// Whether a pass that is ended at any of its layers gives nothing, and one that is not ended
    /// something; @p least is how many layers it asks at.
    static void check(const std::function<Tensor()>& pass, int least)
    {
        int layers = 0;
        {
            const Stopping counting([&] {
                ++layers;
                return false;
            });
            QVERIFY(pass().defined());
        }
        QVERIFY2(layers >= least, qPrintable(QString::number(layers)));
        for (int last = 0; last < layers; last += std::max(1, layers / 40)) {
            int asked = 0;
            const Stopping stopping([&] { return asked++ >= last; });
            QVERIFY2(!pass().defined(), qPrintable(QString::number(last)));
        }
    }

private Q_SLOTS:
    void aUNetGivesNothing()
    {
        const TinyUNet tiny;
        const Weights w = tiny.weights();
        const Tensor x = at::ones({1, 4, 8, 16}), context = at::ones({1, 3, 6});
        check([&] { return unet(tiny.config, w, x, {.context = context}, {}); }, 200);
    }

    /// What is kept over the steps is whole, or not there.
    void theKeysOfAContextAreNotThoseOfAnEndedPass()
    {
        const TinyUNet tiny;
        const Weights w = tiny.weights();
        const Tensor x = at::ones({1, 4, 8, 16}), context = at::ones({1, 3, 6});
        const Tensor whole = unet(tiny.config, w, x, {.context = context}, {});
        for (int last = 0; last < 400; last += 7) {
            ContextKeys keys;
            const UNetInput input {.context = context, .contextKeys = &keys};
            {
                int asked = 0;
                const Stopping stopping([&] { return asked++ >= last; });
                unet(tiny.config, w, x, input, {});
            }
            QVERIFY(unet(tiny.config, w, x, input, {}).equal(whole));
        }
    }

    void anAutoencoderGivesNothing()
    {
        Golden golden("vae-sd1");
        const AutoencoderConfig config =
            autoencoderConfigFromJson(golden.text("config.json"), "config.json");
        const Weights w(golden.tensors("weights.safetensors"), "vae");
        const Tensor image = at::ones({1, 3, 32, 32}), z = at::ones({1, 4, 4, 4});
        check([&] { return encode(config, w, image).mean; }, 20);
        check([&] { return decode(config, w, z); }, 20);
    }

    void whatIsEndedCostsNoWork()
    {
        const Tensor x = at::ones({1, 8, 4, 4}), weight = at::ones({6, 8, 3, 3});
        const Stopping stopping([] { return true; });
        resetMultiplyAdds();
        const Tensor y = conv2d(x, weight, {.stride = 2, .padding = 1});
        QCOMPARE(y.sizes().vec(), (std::vector<int64_t> {1, 6, 2, 2}));
        QCOMPARE(multiplyAdds(), int64_t(0));
        const Tensor tokens = linear(x, at::ones({5, 4}), Tensor());
        QCOMPARE(tokens.sizes().vec(), (std::vector<int64_t> {1, 8, 4, 5}));
    }
};

QTEST_GUILESS_MAIN(StoppedPassTest)
#include "tst_stoppedpass.moc"
