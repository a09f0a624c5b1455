// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/checkconfig.h"

#include "core/model/shapes.h"
#include "tests/failure.h"

#include <QTest>

namespace {

template<typename Config>
QString problem(const Config& config)
{
    return QString::fromStdString(failure([&] { checkConfig(config, "x.safetensors"); }));
}

} // namespace

/// Numbers that files say or that follow from the shapes in them.
class CheckConfigTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stableDiffusionsAreTaken()
    {
        QCOMPARE(problem(UNetConfig()), QString());
        QCOMPARE(problem(UNetConfig {.inChannels = 9}), QString());
        QCOMPARE(problem(AutoencoderConfig()), QString());
        QCOMPARE(problem(TextEncoderConfig()), QString());
        QCOMPARE(problem(TextEncoderConfig {.width = 1024, .heads = 16}), QString());
    }

    void shapesOfNothingMakeNoNetwork()
    {
        Shapes shapes;
        for (int i = 0; i < 4; ++i)
            shapes["down_blocks." + std::to_string(i) + ".resnets.0.conv1.weight"] = {
                i == 1 ? 0 : 32, 32, 3, 3};
        const QString said = problem(unetConfigOf(shapes));
        QVERIFY2(said.contains(QLatin1String("0 channels at down_blocks.1")), qPrintable(said));
        const std::string table = "text_model.embeddings.token_embedding.weight";
        const QString text = problem(textEncoderConfigOf({{table, {49408, 0}}}));
        QVERIFY2(text.contains(QLatin1String("0 channels at text_model")), qPrintable(text));
    }

    /// The number of heads follows from the width, which it need not divide.
    void headsThatDoNotDivideAreRefused()
    {
        const std::string table = "text_model.embeddings.token_embedding.weight";
        QVERIFY(problem(textEncoderConfigOf({{table, {49408, 131}}}))
                    .contains(QLatin1String("131 channels at text_model, which do not make 2")));
        const UNetConfig second {
            .blockChannels = {320, 224, 1280, 1280}, .heads = {5, 3, 20, 20}, .contextWidth = 1024};
        QVERIFY(problem(second).contains(QLatin1String("224 channels at down_blocks.1")));
        QVERIFY(problem(UNetConfig {.blockChannels = {33, 64, 64, 64}})
                    .contains(QLatin1String("which do not make 32 equal parts")));
        QVERIFY(
            problem(UNetConfig {.blockChannels = {3, 4, 4, 4}, .heads = {1, 1, 1, 1}, .groups = 1})
                .contains(QLatin1String("3 channels at time_embedding")));
        QVERIFY(problem(AutoencoderConfig {.blockChannels = {32, 48, 64, 64}})
                    .contains(QLatin1String("48 channels at encoder.down_blocks.1")));
    }

    void latentsOfAnotherSizeThanTheUNetsAreRefused()
    {
        for (const size_t levels : {1, 3, 5, 16})
            QVERIFY(problem(AutoencoderConfig {.blockChannels = std::vector<int>(levels, 32)})
                        .contains(QLatin1String("Please choose another autoencoder")));
        for (const int channels : {3, 5, 8, 10})
            QVERIFY(problem(UNetConfig {.inChannels = channels})
                        .contains(QLatin1String("do not belong together")));
    }

    void aTextEncoderThatReadsLessThanAChunkIsRefused()
    {
        QVERIFY(problem(TextEncoderConfig {.positions = 76})
                    .contains(QLatin1String("reads 76 tokens at once")));
    }
};

QTEST_APPLESS_MAIN(CheckConfigTest)
#include "tst_checkconfig.moc"
