// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/attentionrule.h"
#include "core/diffusion/recorder.h"
#include "core/nn/layers.h"
#include "tests/tinyunet.h"

#include <QTest>

#include <cmath>
#include <vector>

namespace {

Tensor noise(uint32_t stream, at::IntArrayRef shape)
{
    Tensor x = at::empty(shape, at::kFloat);
    normal(3, stream, {x.data_ptr<float>(), size_t(x.numel())});
    return x;
}

/// The tiny UNet's answer for a batch of two, fp32.
Tensor answer(const Taps& taps = {})
{
    static const TinyUNet network;
    const UNetInput input {.time = 321, .context = noise(1, {2, 5, 6}), .step = 5};
    return unet(network.config, network.weights(), noise(0, {2, 4, 16, 16}), input, taps);
}

/// Half guided away from, half wanted.
std::vector<Subject> halves()
{
    return {{.negative = true}, {}};
}

std::shared_ptr<const StepTrace> recorded(const Recording& recording, Taps taps = {})
{
    Recorder recorder(recording);
    recorder.watch(taps, halves());
    answer(taps);
    return recorder.take(5);
}

double distance(const Tensor& a, const Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

/// The quadrant of a token of a square grid.
int cellOf(int token, int side)
{
    return 2 * (token / side / (side / 2)) + token % side / (side / 2);
}

/// The whole matrix [queries][keys] of a head, by the rule's words, one number after the other.
struct PlainMatrix
{
    std::vector<std::vector<double>> p = {};
    std::vector<double> logSums = {};
};

PlainMatrix plainMatrix(
    const Tensor& q, const Tensor& k, double scale, const AttentionRule& rule, int side)
{
    const int n = int(q.size(0)), m = int(k.size(0)), d = int(q.size(1));
    const bool self = n == m && side > 0;
    const auto dot = [&](int i, int j) {
        double sum = 0;
        for (int c = 0; c < d; ++c)
            sum += double(q[i][c].item<float>()) * double(k[j][c].item<float>());
        return sum * scale;
    };
    const auto moved = [&](int token, int from, int to) { // the token of another cell
        const int half = side / 2;
        return token + (to / 2 - from / 2) * half * side + (to % 2 - from % 2) * half;
    };
    PlainMatrix matrix;
    for (int i = 0; i < n; ++i) {
        std::vector<double> row;
        const int cell = side > 0 ? cellOf(i, side) : -1;
        for (int j = 0; j < m; ++j) {
            double score = dot(i, j);
            if (self)
                for (const auto& each : rule.cloned)
                    if (each.queries == cell && each.keys == cellOf(j, side))
                        score = each.times
                            * dot(moved(i, cell, each.likeQueries),
                                  moved(j, each.keys, each.likeKeys));
            if (self)
                for (const auto& each : rule.shares)
                    if (each.queries == cell && each.keys == cellOf(j, side))
                        score += std::log(each.times);
            if (!rule.keyWeights.empty())
                score += std::log(double(rule.keyWeights[size_t(j)]));
            row.push_back(score);
        }
        double sum = 0;
        for (const double score : row)
            sum += std::exp(score);
        matrix.logSums.push_back(std::log(sum));
        const bool silent = std::ranges::find(rule.silent, cell) != rule.silent.end();
        for (int j = 0; j < m; ++j) {
            double& p = row[size_t(j)];
            p = silent ? 0 : std::exp(p) / sum;
            if (!rule.keyTimes.empty())
                p *= double(rule.keyTimes[size_t(j)]);
            if (!rule.rowTimes.empty())
                p *= double(rule.rowTimes[size_t(i)]);
        }
        matrix.p.push_back(row);
    }
    return matrix;
}

/// The figures of the matrices of all heads.
AttentionFigures plainFigures(const std::vector<PlainMatrix>& heads, int side)
{
    AttentionFigures figures;
    const int n = int(heads[0].p.size()), m = int(heads[0].p[0].size());
    const bool self = n == m;
    const int columns = self ? 4 : m;
    std::vector<double> shares(size_t(4 * columns));
    double entropy = 0;
    int rows = 0;
    for (const PlainMatrix& head : heads)
        for (int i = 0; i < n; ++i) {
            double row = 0, sum = 0;
            for (int j = 0; j < m; ++j) {
                const double p = head.p[size_t(i)][size_t(j)];
                row -= p > 0 ? p * std::log(p) : 0;
                sum += p;
                if (side > 0)
                    shares[size_t(cellOf(i, side) * columns + (self ? cellOf(j, side) : j))] += p;
            }
            entropy += row;
            rows += sum > 0;
        }
    figures.rows = rows / int(heads.size());
    figures.entropy = rows ? entropy / rows / std::log(double(m)) : 0;
    for (const double share : shares)
        if (side > 0)
            figures.shares.push_back(float(share / (double(heads.size()) * n / 4)));
    return figures;
}

float farthest(const std::vector<float>& a, const std::vector<float>& b)
{
    float most = a.size() == b.size() ? 0 : INFINITY;
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        most = std::max(most, std::abs(a[i] - b[i]));
    return most;
}

/// The tensor in the precision in which others were kept.
Tensor keptAs(const Numbers& numbers, const Tensor& x)
{
    return numbers.isHalf() ? x.to(at::kHalf).to(at::kFloat) : x;
}

} // namespace

Q_DECLARE_METATYPE(AttentionRule)

class RecorderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordingChangesNoBit()
    {
        Taps taps;
        Recorder recorder(everything());
        recorder.watch(taps, halves());
        QVERIFY(answer(taps).equal(answer()));
    }

    void aPassCanServeLaterSteps()
    {
        Recorder recorder(attentionOnly());
        Taps taps;
        recorder.watch(taps, {{.source = true}, {.source = true}}, {}, {5, 7});
        answer(taps);
        const auto first = recorder.take(5), between = recorder.take(6), later = recorder.take(7);
        QVERIFY(between->passes.empty());
        const TraceSite site {SiteKind::SelfAttention, 3};
        const auto queryOf = [&](const auto& trace) {
            return trace->passes.at({.source = true}).attention.at(site).query;
        };
        QVERIFY(queryOf(first) != queryOf(later));
        Taps usual;
        recorder.watch(usual, {{.source = true}, {}});
        answer(usual);
        QVERIFY(queryOf(recorder.take(8)) == queryOf(first)); // the batch's first item
    }

    void everySiteIsThereAndTheNegativeHalfOnlyIfWanted()
    {
        Recording recording = everything();
        auto trace = recorded(recording);
        QCOMPARE(trace->step, 5);
        QCOMPARE(trace->passes.size(), size_t(1));
        const PassTrace& pass = trace->passes.at({});
        QCOMPARE(pass.attention.size(), size_t(32));
        QCOMPARE(pass.features.size(), size_t(44));
        recording.negative = true;
        QCOMPARE(recorded(recording)->passes.size(), size_t(2));
        recording.sites = {{SiteKind::CrossAttention, {{8, 10}}}};
        const auto few = recorded(recording);
        QCOMPARE(few->passes.at({}).attention.size(), size_t(2));
        QVERIFY(few->passes.at({}).features.empty());
    }

    void whatIsRecordedIsWhatWasUsed()
    {
        std::map<TraceSite, std::pair<Tensor, Tensor>> used;
        std::map<TraceSite, Tensor> features;
        Taps taps;
        // Injected and edited: the recorder must see what comes of both.
        taps.provideQueryKey({.kind = Site::SelfAttention, .layers = {{8, 9}}}, [](const Site&) {
            return QueryKey {noise(7, {1, 2, 16, 6}), noise(8, {1, 2, 16, 6})};
        });
        taps.onQueryKey(
            {.kind = Site::CrossAttention}, [](const Site&, Tensor& q, Tensor&) { q = q * 2; });
        for (const SiteKind kind : {SiteKind::SelfAttention, SiteKind::CrossAttention})
            taps.onQueryKey({.kind = kind}, [&](const Site& site, Tensor& q, Tensor& k) {
                used[{site.kind, site.layer}] = {q[q.size(0) - 1], k[k.size(0) - 1]};
            });
        taps.onFeatures({.kind = SiteKind::ResidualBlock}, [&](const Site& site, Tensor& h) {
            features[{site.kind, site.layer}] = h[h.size(0) - 1];
        });
        const auto trace = recorded(everything(), taps);
        const PassTrace& pass = trace->passes.at({});
        QCOMPARE(used.size(), size_t(32));
        for (const auto& [site, pair] : used) {
            const AttentionTrace& attention = pass.attention.at(site);
            QVERIFY(toTensor(attention.query).equal(keptAs(attention.query, pair.first)));
            QVERIFY(toTensor(attention.key).equal(keptAs(attention.key, pair.second)));
            QCOMPARE(attention.queries(), int(pair.first.size(1)));
            QCOMPARE(attention.injected, site.kind == SiteKind::SelfAttention && site.layer == 8);
        }
        for (const auto& [site, h] : features)
            QVERIFY(toTensor(pass.features.at(site).values).equal(h.to(at::kHalf).to(at::kFloat)));
    }

    void whatOverflowsHalfPrecisionStaysSingle()
    {
        const Tensor large = at::tensor({1.f, 70000.f, 1e-3f}), small = at::tensor({1.f, 65504.f});
        QVERIFY(!toNumbers(large).isHalf());
        QVERIFY(toTensor(toNumbers(large)).equal(large));
        QVERIFY(toNumbers(small).isHalf());
        QVERIFY(toTensor(toNumbers(small)).equal(small));
    }

    void scoresThatHalfPrecisionWouldBlurAreKeptInSingle()
    {
        const auto isHalf = [](double times, at::ScalarType type) {
            Taps taps;
            taps.onQueryKey({.kind = Site::SelfAttention}, [&](const Site&, Tensor& q, Tensor& k) {
                q = (q / q.square().sum(-1, true).sqrt() * times).to(type);
                k = (k / k.square().sum(-1, true).sqrt() * times).to(type);
            });
            Recorder recorder({.sites = {{SiteKind::SelfAttention, {{0, 1}}}}});
            recorder.watch(taps, halves());
            Tensor q = noise(1, {2, 2, 16, 4}), k = noise(2, {2, 2, 16, 4});
            taps.queryKey({.name = "x", .height = 4, .width = 4}, q, k);
            const auto trace = recorder.take(0);
            const auto& attention = trace->passes.at({}).attention.begin()->second;
            return attention.query.isHalf() && attention.key.isHalf();
        };
        QVERIFY(isHalf(2.8, at::kFloat)); // |q| |k| / 2 is 3.92
        QVERIFY(!isHalf(2.9, at::kFloat));
        QVERIFY(isHalf(9, at::kHalf)); // exact as it is
        QVERIFY(isHalf(9, at::kBFloat16));
    }

    void figuresAreThoseOfTheWholeMatrix_data()
    {
        QTest::addColumn<AttentionRule>("rule");
        QTest::addColumn<bool>("cells");
        QTest::addColumn<int>("keys"); // 0: self-attention
        const std::vector<AttentionRule::Cloned> cloned = {{1, 3, 0, 2, 1.3}, {3, 1, 2, 0, 1.3}};
        QTest::newRow("plain") << AttentionRule() << false << 0;
        QTest::newRow("a grid") << AttentionRule() << true << 0;
        QTest::newRow("cloned") << AttentionRule {.cloned = cloned} << true << 0;
        QTest::newRow("cross") << AttentionRule() << true << 7;
        QTest::newRow("masked") << AttentionRule {.silent = {0, 1, 2}} << true << 7;
        std::vector<float> weights(36, 1), times(7, 1), rows(36, 1);
        weights[5] = .25f, weights[20] = 0, times[3] = 2, rows[8] = .5f, rows[9] = 0;
        QTest::newRow("a share raised and one cut")
            << AttentionRule {.cloned = cloned, .shares = {{3, 0, 2.5}, {3, 1, 0}}} << true << 0;
        QTest::newRow("keys weakened, rows weakened")
            << AttentionRule {.keyWeights = weights, .rowTimes = rows} << true << 0;
        QTest::newRow("the same without cells")
            << AttentionRule {.keyWeights = weights, .rowTimes = rows} << false << 0;
        QTest::newRow("a word made stronger") << AttentionRule {.keyTimes = times} << true << 7;
    }

    void figuresAreThoseOfTheWholeMatrix()
    {
        QFETCH(AttentionRule, rule);
        QFETCH(bool, cells);
        QFETCH(int, keys);
        constexpr int heads = 2, side = 6, d = 5;
        const double scale = 1 / std::sqrt(double(d));
        const Tensor q = noise(1, {heads, side * side, d}) * 2;
        const Tensor k = noise(2, {heads, keys ? keys : side * side, d}) * 2;
        const MeasuredAttention measured = measuredAttention(q, k, scale, rule, cells);
        std::vector<PlainMatrix> whole, before;
        for (int head = 0; head < heads; ++head) {
            whole.push_back(plainMatrix(q[head], k[head], scale, rule, cells ? side : 0));
            before.push_back(plainMatrix(q[head], k[head], scale, {}, cells ? side : 0));
        }
        for (int head = 0; head < heads; ++head)
            for (int i = 0; i < side * side; ++i)
                QVERIFY(
                    std::abs(
                        measured.logSums[head][i].item<double>()
                        - whole[size_t(head)].logSums[size_t(i)])
                    < 1e-5);
        const AttentionFigures plain = plainFigures(whole, cells ? side : 0);
        QCOMPARE(measured.figures.rows, plain.rows);
        QVERIFY(std::abs(measured.figures.entropy - plain.entropy) < 1e-6);
        QVERIFY(farthest(measured.figures.shares, plain.shares) < 1e-6f);
        const AttentionFigures first = plainFigures(before, cells ? side : 0);
        QVERIFY(farthest(measured.figures.sharesBefore, first.shares) < 1e-6f);
    }

    void theMatrixOfAReadTraceIsTheNetworksOwn()
    {
        std::map<int, Tensor> matrices;
        Taps taps;
        taps.onProbabilities({.kind = Site::CrossAttention}, [&](const Site& site, Tensor& p) {
            matrices[site.layer] = p.chunk(2)[1].clone(); // of the wanted half
        });
        const auto trace = recorded({.sites = {{SiteKind::CrossAttention}}}, taps);
        QCOMPARE(matrices.size(), size_t(16));
        for (const auto& [layer, p] : matrices) {
            const AttentionTrace& t =
                trace->passes.at({}).attention.at({SiteKind::CrossAttention, layer});
            const Tensor scores =
                at::matmul(toTensor(t.query), toTensor(t.key).transpose(1, 2)) * t.scale;
            const Tensor sums =
                at::tensor(at::ArrayRef<float>(t.logSums)).reshape({t.heads, t.queries(), 1});
            QVERIFY(distance((scores - sums).exp(), p) < 1e-3);
        }
    }
};

QTEST_GUILESS_MAIN(RecorderTest)
#include "tst_recorder.moc"
