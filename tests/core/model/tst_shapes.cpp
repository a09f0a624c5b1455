// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/model/shapes.h"
#include "tests/shapesin.h"

#include <QTest>

namespace {

using Sizes = std::vector<int64_t>;

int64_t parameters(const Shapes& shapes)
{
    int64_t sum = 0;
    for (const auto& [name, shape] : shapes) {
        int64_t count = 1;
        for (const int64_t n : shape)
            count *= n;
        sum += count;
    }
    return sum;
}

QString problem(const Shapes& expected, const Shapes& found)
{
    try {
        checkShapes(expected, found, "x.safetensors");
        return {};
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
}

const UNetConfig narrow = {.blockChannels = {8, 16, 24, 16}, .contextWidth = 64, .groups = 8};

} // namespace

class ShapesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stableDiffusionHasItsNumberOfParameters()
    {
        QCOMPARE(unetShapes({}).size(), 686u);
        QCOMPARE(parameters(unetShapes({})), 859'520'964);
        QCOMPARE(parameters(unetShapes({.inChannels = 9})), 859'535'364);
        const Shapes vae = autoencoderShapes({});
        QCOMPARE(vae.size(), 248u);
        QCOMPARE(parameters(vae), 83'653'863);
        QCOMPARE(textEncoderShapes({}).size(), 196u);
        QCOMPARE(textEncoderShapes({.width = 1024, .layers = 23}).size(), 372u);
    }

    void theReferencesFilesHaveTheseNamesAndShapes()
    {
        const Shapes unet = shapesIn("unet-sd1");
        QCOMPARE(problem(unetShapes(narrow), unet), QString());
        QCOMPARE(unetShapes(narrow).size(), unet.size());
        const AutoencoderConfig vae = {.blockChannels = {8, 8, 16, 16}, .groups = 8};
        QCOMPARE(problem(autoencoderShapes(vae), shapesIn("vae-sd1")), QString());
        QCOMPARE(autoencoderShapes(vae).size(), shapesIn("vae-sd1").size());
        const TextEncoderConfig text = {.width = 64, .layers = 3, .heads = 4, .vocabulary = 2714};
        QCOMPARE(problem(textEncoderShapes(text), shapesIn("clip-text-sd1")), QString());
        QCOMPARE(textEncoderShapes(text).size(), shapesIn("clip-text-sd1").size());
    }

    void theFirstTenMissingAreListed()
    {
        const Shapes expected = unetShapes(narrow);
        Shapes found = expected;
        found.erase("conv_in.weight");
        QVERIFY(problem(expected, found).contains(QLatin1String("lacks 1 of the")));
        QVERIFY(problem(expected, found).contains(QLatin1String("conv_in.weight")));
        std::erase_if(found, [](const auto& entry) { return entry.first.starts_with("down"); });
        QVERIFY(problem(expected, found).contains(QLatin1String("down_blocks.0.attentions.0")));
        QVERIFY(problem(expected, found).contains(QLatin1String("others")));
    }

    void anotherShapeIsNamed()
    {
        const Shapes expected = unetShapes(narrow);
        Shapes found = expected;
        found["conv_in.weight"] = {8, 9, 3, 3};
        QVERIFY(problem(expected, found)
                    .contains(QLatin1String("conv_in.weight ([8, 9, 3, 3] instead of [8, 4")));
    }

    void whatIsOffByOneOrTransposedOrOfOtherDimensionsIsRefused()
    {
        const Shapes expected = {{"a", {4, 6}}};
        QCOMPARE(problem(expected, {{"a", {4, 6}}}), QString());
        for (const std::vector<int64_t>& shape : std::vector<std::vector<int64_t>> {
                 {4, 7}, {5, 6}, {6, 4}, {4, 6, 3, 3}, {4, 6, 1}, {24}, {1, 1, 4, 6}, {}})
            QVERIFY2(
                problem(expected, {{"a", shape}}).contains(QLatin1String("instead of [4, 6]")),
                qPrintable(problem(expected, {{"a", shape}})));
    }

    void aLinearLayerStandsForAConvolutionOfOnePixel()
    {
        const Shapes expected = {{"a", {4, 4, 1, 1}}, {"b", {4, 4}}};
        QCOMPARE(problem(expected, {{"a", {4, 4}}, {"b", {4, 4, 1, 1}}}), QString());
        QVERIFY(!problem(expected, {{"a", {4, 4, 3, 3}}, {"b", {4, 4}}}).isEmpty());
    }

    void eitherIsBroughtToTheShapeThatIsNeeded()
    {
        const Shapes expected = {{"a", {4, 6, 1, 1}}, {"b", {4, 6}}, {"c", {-1, 6}}};
        const Tensor values = at::arange(24).reshape({4, 6});
        const auto sizes = [&](const char* name, const Tensor& x) {
            const Tensor made = inShape(x, expected, name);
            return made.flatten().equal(x.flatten()) ? made.sizes().vec() : Sizes {};
        };
        const Tensor kernel = values.reshape({4, 6, 1, 1});
        QCOMPARE(sizes("a", values), (Sizes {4, 6, 1, 1}));
        QCOMPARE(sizes("a", kernel), (Sizes {4, 6, 1, 1}));
        QCOMPARE(sizes("b", kernel), (Sizes {4, 6}));
        QCOMPARE(sizes("c", kernel), (Sizes {4, 6}));
        QCOMPARE(sizes("d", kernel), (Sizes {4, 6, 1, 1})); // not of the network
        QCOMPARE(sizes("b", values.t()), (Sizes {6, 4}));   // refused before
    }

    void aTensorWithNothingInItIsRefused()
    {
        for (const Sizes& shape : std::vector<Sizes> {{0, 4, 3, 3}, {4, 0}, {0}})
            QVERIFY(problem({{"a", shape}}, {{"a", shape}})
                        .contains(QLatin1String("has 1 tensors with nothing in them: a.")));
        QVERIFY(problem({{"a", {-1, 6}}}, {{"a", {0, 6}}}).contains(QLatin1String("nothing in")));
    }
};

QTEST_GUILESS_MAIN(ShapesTest)
#include "tst_shapes.moc"
