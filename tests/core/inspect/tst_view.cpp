// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/mapsize.h"
#include "core/inspect/view.h"
#include "core/nn/tensor.h"
#include "tests/randomtrace.h"

#include <ATen/ops/upsample_bicubic2d.h>
#include <QTest>

#include <set>

namespace {

StepTrace traceOf(SiteKind kind, std::vector<int> layers)
{
    StepTrace trace;
    for (const int layer : layers)
        trace.passes[{}].attention[{kind, layer}] = randomAttention(4, 4, 1, 2, 1);
    return trace;
}

} // namespace

class ViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasANameOfItsOwn()
    {
        std::set<std::string> names, labels;
        for (const ViewKindName& kind : viewKinds()) {
            names.insert(kind.name);
            labels.insert(english(kind.label));
            QCOMPARE(nameOf(kind.kind).name, kind.name);
        }
        QCOMPARE(names.size(), viewKinds().size());
        QCOMPARE(labels.size(), viewKinds().size());
        QVERIFY(names.contains("cross-attention") && names.contains("latent"));
    }

    void aPixelIsTheCellThatItsCentreLiesIn()
    {
        for (const auto& [side, cells] : {std::pair(256, 32), {250, 32}, {7, 16}, {3, 3}})
            for (int x = 0; x < side; ++x) {
                const int expected = int(std::floor((x + .5) * cells / side));
                const Spot spot = spotOfPixel(x, side - 1, side, side);
                const int row = int(std::floor((side - 1 + .5) * cells / side));
                QCOMPARE(cellsOf(spot, cells, cells), std::vector {row * cells + expected});
            }
        QCOMPARE(cellsOf({.corners = {{1, 1}}}, 4, 8), std::vector {31}); // the very edge
    }

    void aBoxAndAnOutlineCoverTheCellsWhoseCentresLieInside()
    {
        const Spot box {.shape = Spot::Box, .corners = {{.75, .6}, {.25, .1}}};
        QCOMPARE(cellsOf(box, 4, 4), (std::vector {1, 2, 5, 6}));
        const Spot triangle {.shape = Spot::Outline, .corners = {{0, 0}, {1, 0}, {0, 1}}};
        QCOMPARE(cellsOf(triangle, 3, 3), (std::vector {0, 1, 3}));
        const Spot tiny {.shape = Spot::Box, .corners = {{.51, .51}, {.52, .52}}};
        QCOMPARE(cellsOf(tiny, 4, 4), std::vector {10});
    }

    void aWordIsAllItsTokensEveryPlaceWhereItStands()
    {
        const std::vector<ContextToken> context = {{"start"},  {"red", 0}, {"circ", 1},
                                                   {"le", 1},  {",", 2},   {"red", 3},
                                                   {"end", 4}, {"end"},    {"padding"}};
        QCOMPARE(tokensOf(context, "Red"), (std::vector {1, 5}));
        QCOMPARE(tokensOf(context, "circle"), (std::vector {2, 3}));
        QCOMPARE(tokensOf(context, "end"), std::vector {6}); // the word before the mark
        QCOMPARE(tokensOf(context, "start"), std::vector {0});
        QCOMPARE(tokensOf(context, "7"), std::vector {7});
        QCOMPARE(tokensOf(context, "blue"), std::vector<int>());
        QCOMPARE(tokensOf(context, "circ"), std::vector<int>());
        QCOMPARE(tokensOf(context, ""), std::vector<int>());
    }

    void layersAreNamedByTheirPlaceInTheNetwork()
    {
        QCOMPARE(shortName("up_blocks.2.attentions.1.transformer_blocks.0.attn1"), "up 2.1");
        QCOMPARE(shortName("down_blocks.0.resnets.1"), "down 0.1");
        QCOMPARE(shortName("mid_block.attentions.0.transformer_blocks.0.attn2"), "mid 0");
        QCOMPARE(shortName("middle"), "middle");
        const auto layers = layersOf(
            traceOf(SiteKind::CrossAttention, {3, 8}), ViewKind::CrossAttention, Subject());
        QCOMPARE(layers.size(), size_t(2));
        QCOMPARE(layers[1].layer, 8);
        QCOMPARE(layers[1].name, "up 2.1");
        QCOMPARE(layers[1].height, 4);
        QVERIFY(layersOf(traceOf(SiteKind::CrossAttention, {3}), ViewKind::Shares, {}).empty());
    }

    void whatIsNeededIsTheSitesAndNoMore()
    {
        const Recording words = needed({.layers = {{8, 9}}});
        QVERIFY(words.wants({SiteKind::CrossAttention, 8}));
        QVERIFY(!words.wants({SiteKind::CrossAttention, 9}));
        QVERIFY(!words.wants(SiteKind::SelfAttention));
        QVERIFY(words.logSums && !words.figures && !words.negative && !words.source);
        QVERIFY(needed({.diffuse = 2}).wants(SiteKind::SelfAttention));
        QVERIFY(!needed({.kind = ViewKind::SelfAttention}).logSums);
        QVERIFY(needed({.kind = ViewKind::SelfAttention, .column = true}).logSums);
        QVERIFY(needed({.subject = {.negative = true}}).negative);
        QVERIFY(needed({.kind = ViewKind::Features}).source); // the colours are those of both
        QVERIFY(needed({.kind = ViewKind::Shares}).figures);
        QVERIFY(needed({.kind = ViewKind::Clean}).empty());
    }

    void aTraceHoldsAViewWhereAllItsLayersAreThere()
    {
        const StepTrace trace = traceOf(SiteKind::CrossAttention, {3, 4});
        QVERIFY(holds(trace, {}));
        QVERIFY(holds(trace, {.layers = {{3, 5}}}));
        QVERIFY(!holds(trace, {.layers = {{3, 6}}}));
        QVERIFY(holds(trace, {.layers = {{4}}})); // to the end, wherever that is
        QVERIFY(!holds(trace, {.layers = {{5}}}));
        QVERIFY(!holds(trace, {.kind = ViewKind::SelfAttention}));
        QVERIFY(!holds(trace, {.subject = {.candidate = 1}}));
        QVERIFY(!holds(trace, {.diffuse = 1}));
        QVERIFY(!holds(traceOf(SiteKind::SelfAttention, {3}), {.kind = ViewKind::Shares}));
        QVERIFY(holds(trace, {.kind = ViewKind::Latent}));
    }

    void aMapGrowsAsTorchInterpolates()
    {
        const std::vector<float> map = randomNumbers(5 * 7, 3);
        const std::vector<float> grown = resizedMap(map, 5, 7, 16, 9);
        const Tensor expected =
            at::upsample_bicubic2d(
                at::tensor(at::ArrayRef<float>(map)).reshape({1, 1, 5, 7}), {16, 9}, false)
                .clamp_min(0)
                .reshape({-1});
        const Tensor grownTensor = at::tensor(at::ArrayRef<float>(grown));
        QVERIFY((grownTensor - expected).abs().max().item<double>() < 1e-5);
        QVERIFY(expected.max().item<double>() > 1 && expected.min().item<double>() == 0);
    }

    void aMapShrinksToMeans()
    {
        const std::vector<float> map {1, 3, 5, 7, 2, 2, 2, 2};
        QCOMPARE(resizedMap(map, 2, 4, 1, 2), (std::vector<float> {2, 4}));
        QCOMPARE(resizedMap(map, 2, 4, 2, 4), map);
    }
};

QTEST_APPLESS_MAIN(ViewTest)
#include "tst_view.moc"
