// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/touches.h"

#include "core/nn/layers.h"
#include "core/touchtext.h"
#include "tests/failure.h"
#include "tests/tinyunet.h"

#include <QTest>

#include <cmath>
#include <functional>

namespace {

constexpr int side = 8; // of the latent, and of the first two attention layers

const TinyUNet& tiny()
{
    static const TinyUNet network;
    return network;
}

Tensor noise(uint32_t stream, at::IntArrayRef shape)
{
    Tensor x = at::empty(shape, at::kFloat);
    normal(3, stream, {x.data_ptr<float>(), size_t(x.numel())});
    return x;
}

const std::vector<Subject> halves = {{.negative = true}, {}};
const Touches::Tokens tokens = {
    {Subject {.negative = true}, {{"start"}, {"blue", 0}, {"ground", 1}, {"end"}, {"padding"}}},
    {Subject {}, {{"start"}, {"sky", 0}, {"-", 1}, {"blue", 2}, {"end"}}}};

Touches touchesOf(const std::vector<const char*>& texts, int steps = 4)
{
    std::vector<Touch> touches;
    for (const char* text : texts)
        touches.push_back(parseTouch(text));
    return {touches, steps, tiny().config, tokens};
}

/// The tiny UNet's answer for a batch of two, a negative and a positive half.
Tensor answer(const Taps& taps = {}, int step = 1)
{
    const UNetInput input {.time = 321, .context = noise(1, {2, 5, 6}), .step = step};
    return unet(tiny().config, tiny().weights(), noise(0, {2, 4, side, side}), input, taps);
}

Tensor touched(const Touches& touches, int step = 1, const std::vector<Subject>& items = halves)
{
    Taps taps;
    touches.act(taps, items);
    return answer(taps, step);
}

double distance(const Tensor& a, const Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

/// What an attention computes with, untouched: [batch, heads, tokens, d].
struct Ingredients
{
    Tensor q, k, v;
    double scale = 1;
};
Ingredients ingredientsAt(const Where& where)
{
    Ingredients found;
    Taps taps;
    taps.provideAttention(
        where, [&](const Site&, const Tensor& q, const Tensor& k, const Tensor& v, double scale) {
            found = {q.clone(), k.clone(), v.clone(), scale};
            return attention(q, k, v, scale);
        });
    answer(taps);
    return found;
}

/// What a touch does to query i and key j of a head.
struct Plain
{
    using At = std::function<double(int item, int head, int i, int j)>;
    At weight = [](int, int, int, int) { return 1.; }; ///< of the exponential
    At times = [](int, int, int, int) { return 1.; };  ///< of the probability
};

/// The attention, one number after the other.
Tensor plainAttention(const Ingredients& of, const Plain& plain)
{
    const int64_t batch = of.q.size(0), heads = of.q.size(1), queries = of.q.size(2);
    const int64_t keys = of.k.size(2), d = of.q.size(3);
    Tensor result = at::zeros({batch, heads, queries, d});
    for (int item = 0; item < batch; ++item)
        for (int head = 0; head < heads; ++head) {
            const Tensor q = of.q[item][head].contiguous(), k = of.k[item][head].contiguous(),
                         v = of.v[item][head].contiguous();
            const float *pq = q.data_ptr<float>(), *pk = k.data_ptr<float>(),
                        *pv = v.data_ptr<float>();
            for (int i = 0; i < queries; ++i) {
                std::vector<double> row;
                double sum = 0;
                for (int j = 0; j < keys; ++j) {
                    double score = 0;
                    for (int64_t n = 0; n < d; ++n)
                        score += double(pq[i * d + n]) * pk[j * d + n];
                    row.push_back(std::exp(score * of.scale) * plain.weight(item, head, i, j));
                    sum += row.back();
                }
                for (int64_t n = 0; n < d; ++n) {
                    double x = 0;
                    for (int j = 0; j < keys; ++j)
                        x += row[size_t(j)] / sum * plain.times(item, head, i, j) * pv[j * d + n];
                    result[item][head][i][n] = x;
                }
            }
        }
    return result;
}

int cellOf(int token)
{
    return (token / side) / (side / 2) * 2 + (token % side) / (side / 2);
}

/// The left half of the second row of cells but for its last row: x 0 to 4, y 4 to 7.
bool inBox(int token)
{
    return token % side < 4 && token / side >= 4 && token / side < 7;
}
const char* const box = "0,0.5,0.5,0.375";

} // namespace

Q_DECLARE_METATYPE(Plain)

class TouchesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachKindIsThatOfPlainLoops_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Plain>("plain");
        const auto row = [](const QString& text, const Plain& plain) {
            QTest::addRow("%s", qPrintable(text)) << text << plain;
        };
        const auto head = [](int, int which, int, int) { return which == 1 ? 0.5 : 1; };
        row("self:1:head=1:0.5", {.times = head});
        row("cross:1:head=1:0.5", {.times = head});
        row("cross:1:word=sky-blue:3", {.times = [](int item, int, int, int j) {
                return item == 1 && j >= 1 && j <= 3 ? 3 : 1;
            }});
        row("cross:1:word=Blue:0",
            {.times = [](int item, int, int, int j) { return item == 1 && j == 3 ? 0 : 1; }});
        const auto rows = [](int, int, int i, int) { return inBox(i) ? 0.2 : 1; };
        row(QStringLiteral("self:1:rows=%1:0.2").arg(box), {.times = rows});
        row(QStringLiteral("cross:1:rows=%1:0.2").arg(box), {.times = rows});
        row(QStringLiteral("self:1:columns=%1:0").arg(box),
            {.weight = [](int, int, int, int j) { return inBox(j) ? 0 : 1; }});
        row("self:1:share=B'>A:2.5", {.weight = [](int, int, int i, int j) {
                return cellOf(i) == 3 && cellOf(j) == 0 ? 2.5 : 1;
            }});
    }

    void eachKindIsThatOfPlainLoops()
    {
        QFETCH(QString, text);
        QFETCH(Plain, plain);
        const Touch touch = parseTouch(text.toStdString());
        const Where where {.kind = touch.kind, .layers = touch.layers};
        const Ingredients of = ingredientsAt(where);
        const Touches touches({touch}, 4, tiny().config, tokens);
        Taps taps;
        touches.act(taps, halves);
        Tensor heads;
        taps.onHeads(where, [&](const Site&, Tensor& h) { heads = h.clone(); });
        const Tensor result = answer(taps);
        const double off = distance(heads, plainAttention(of, plain));
        QVERIFY2(off < 2e-6, std::to_string(off).c_str());
        QVERIFY(distance(heads, plainAttention(of, {})) > 1e-3);
        QVERIFY(!result.equal(answer()));
        QVERIFY2(result.equal(touched(touches)), "the same again");
    }

    void twoAtASiteActBoth()
    {
        const Where where {.kind = Site::SelfAttention, .layers = {{1, 2}}};
        const Ingredients of = ingredientsAt(where);
        const Touches touches =
            touchesOf({"self:0-3:share=B'>A:2.5", "self:1:columns=0,0.5,0.5,0.375:0.5"});
        Taps taps;
        touches.act(taps, halves);
        Ingredients there;
        taps.onQueryKey(where, [&](const Site&, Tensor& q, Tensor& k) {
            there.q = q.clone(), there.k = k.clone();
        });
        Tensor p;
        taps.onProbabilities(where, [&](const Site&, Tensor& x) { p = x.clone(); });
        answer(taps);
        const Tensor s = at::matmul(there.q, there.k.transpose(2, 3)).flatten(0, 1) * of.scale;
        Tensor weights = at::ones({side * side, side * side});
        for (int i = 0; i < side * side; ++i)
            for (int j = 0; j < side * side; ++j) {
                double weight = cellOf(i) == 3 && cellOf(j) == 0 ? 2.5 : 1;
                weight *= inBox(j) ? 0.5 : 1;
                weights[i][j] = weight;
            }
        QVERIFY(distance((s + weights.log()).softmax(-1), p) < 1e-6);
    }

    void aTouchThatMultipliesByOneIsNone_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"cross:1:head=1:1", "self:all:head=0:1", "word=blue:1", "self:1:rows=0,0,1,1:1",
              "self:1:columns=0,0,0.5,1:1", "self:1:share=B'>A:1"})
            QTest::addRow("%s", text) << text;
    }

    void aTouchThatMultipliesByOneIsNone()
    {
        QFETCH(QString, text);
        const Touches touches = touchesOf({qPrintable(text)});
        QVERIFY(touches.empty());
        QVERIFY(touched(touches).equal(answer()));
    }

    void aHeadThatIsScaledCostsNoMatrix()
    {
        const Touches touches = touchesOf({"cross:1:head=1:0"});
        QVERIFY(touches.edited().empty());
        Taps taps;
        touches.act(taps, halves);
        QVERIFY(!taps.wantsMatrix({.kind = Site::CrossAttention, .layer = 1, .step = 1}));
    }

    void itActsInItsPartOfTheRunOnly()
    {
        for (const char* text : {"self:1:head=1:0:0.25-0.75", "self:1:share=A>B:0:0.25-0.75"}) {
            const Touches touches = touchesOf({text});
            QVERIFY(touched(touches, 0).equal(answer({}, 0)));
            QVERIFY(!touched(touches, 1).equal(answer({}, 1)));
            QVERIFY(!touched(touches, 2).equal(answer({}, 2)));
            QVERIFY(touched(touches, 3).equal(answer({}, 3)));
        }
    }

    void theSourcesPassIsLeftAlone()
    {
        const Touches touches = touchesOf({"self:1:head=1:0", "self:2:rows=0,0,1,1:0"});
        const Tensor source = touched(touches, 1, {{.source = true}, {}});
        QVERIFY(distance(source[0], answer()[0]) < 1e-4);
        QVERIFY(distance(source[1], answer()[1]) > 1e-3);
    }

    void whatIsCutAltogetherStaysAsItIs()
    {
        const Touches all = touchesOf({"self:1:columns=0,0,1,1:0"});
        QVERIFY(distance(touched(all), answer()) < 1e-4);
        const Touches twice = touchesOf({"self:1:columns=0,0,1,1:0", "self:1:columns=0,0,1,1:0"});
        QVERIFY(distance(touched(twice), answer()) < 1e-4);
        const Touches rows = touchesOf({"self:all:rows=0,0,1,1:0"});
        QVERIFY(touched(rows).isfinite().all().item<bool>());
    }

    void aBoxHasOneCellAtLeast()
    {
        const Touches touches = touchesOf({"self:1:rows=0.5,0.5,0.01,0.01:0"});
        const Site site {
            .kind = Site::SelfAttention, .layer = 1, .step = 1, .height = 8, .width = 8};
        std::vector<float> rows(64, 1);
        rows[4 * 8 + 4] = 0;
        QVERIFY(touches.rule(site, {}).rowTimes == rows);
    }

    void theSitesThatAreEditedAreApart()
    {
        const Touches touches = touchesOf(
            {"self:1-3:share=A>B:0:0-0.5", "self:2:rows=0,0,1,1:0:0.25-1",
             "self:2:columns=0,0,0.5,1:0:0-0.25", "cross:2:head=0:0"});
        const std::vector<Where> sites = touches.edited();
        QCOMPARE(sites.size(), size_t(2));
        QCOMPARE(sites[0].layers, (Layers {{1, 2}}));
        QCOMPARE(sites[0].steps, (Range {0, 2}));
        QCOMPARE(sites[1].layers, (Layers {{2, 3}}));
        QCOMPARE(sites[1].steps, (Range {0, 4}));
    }

    void theMethodsRuleIsKept()
    {
        const Touches touches = touchesOf({"self:1:share=B'>A:2"});
        const Site site {
            .kind = Site::SelfAttention, .layer = 1, .step = 1, .height = 8, .width = 8};
        const AttentionRule cloning {.cloned = {{1, 3, 0, 2, 1.3}}};
        AttentionRule both = cloning;
        both.shares = {{3, 0, 2}};
        QVERIFY(touches.rule(site, {}, cloning) == both);
        QVERIFY(touches.rule(site, {.source = true}, cloning) == cloning);
    }

    void aSiteThatIsNotToBeInjectedIsKnown()
    {
        const Touches touches = touchesOf({"features:14:off:0-0.5", "self:8-10:inject=off"});
        QVERIFY(touches.leavesOut({.kind = Site::ResidualBlock, .layer = 14, .step = 1}));
        QVERIFY(!touches.leavesOut({.kind = Site::ResidualBlock, .layer = 14, .step = 2}));
        QVERIFY(!touches.leavesOut({.kind = Site::ResidualBlock, .layer = 8, .step = 0}));
        QVERIFY(touches.leavesOut({.kind = Site::SelfAttention, .layer = 9, .step = 3}));
        QVERIFY(!touches.leavesOut({.kind = Site::SelfAttention, .layer = 10, .step = 3}));
        QVERIFY(touched(touches).equal(answer()));
    }

    void whatIsNotThereIsRefused()
    {
        const auto said = [](const char* text) { return failure([&] { touchesOf({text}); }); };
        QVERIFY(said("cross:8:head=2:0").find("2 heads") != std::string::npos);
        QVERIFY(said("cross:all:head=2:1").find("2 heads") != std::string::npos);
        QCOMPARE(said("cross:8:head=1:0"), std::string());
        QVERIFY(said("word=ground:0").find("not in the prompt") != std::string::npos);
        QVERIFY(said("word=sk:0").find("not in the prompt") != std::string::npos);
        QVERIFY(said("word=start:0").find("not in the prompt") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TouchesTest)
#include "tst_touches.moc"
