// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/nn/weights.h"

#include <QTest>

class WeightsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChildIsFoundBelowItsPrefix()
    {
        const Weights w({{"a.0.weight", at::ones({2})}}, "file");
        QCOMPARE(w["a"][0]("weight").numel(), 2);
        QCOMPARE(w["a"][0].prefix(), std::string("a.0"));
    }

    void aMissingTensorIsNamedInFull()
    {
        const Weights w({}, "unet.safetensors");
        try {
            w["mid_block"]["resnets"]("weight");
            QFAIL("no exception");
        } catch (const Error& error) {
            QCOMPARE(
                std::string(error.what()),
                std::string("The file unet.safetensors has no tensor mid_block.resnets.weight."));
        }
        QVERIFY(!w.find("x").defined());
    }

    void aPrefixEndsAtADot()
    {
        const Weights w({{"block1.weight", at::ones({1})}});
        QVERIFY(w.contains("block1"));
        QVERIFY(!w.contains("block"));
    }
};

QTEST_GUILESS_MAIN(WeightsTest)
#include "tst_weights.moc"
