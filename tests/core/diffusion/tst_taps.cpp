// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/taps.h"
#include "core/nn/layers.h"
#include "tests/tinyunet.h"

#include <QTest>

#include <algorithm>

namespace {

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

/// The tiny UNet's answer at step 5 for a batch of two.
Tensor answer(const Taps& taps = {})
{
    const UNetInput input {.time = 321, .context = noise(1, {2, 5, 6}), .step = 5};
    return unet(tiny().config, tiny().weights(), noise(0, {2, 4, 8, 8}), input, taps);
}

double distance(const Tensor& a, const Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

} // namespace

class TapsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whereRestrictsByWhatIsSet()
    {
        const Site site {.kind = Site::CrossAttention, .layer = 4, .step = 9, .name = "mid_block"};
        QVERIFY((Where {.kind = Site::CrossAttention}).matches(site));
        QVERIFY(!(Where {.kind = Site::SelfAttention}).matches(site));
        QVERIFY((Where {.kind = Site::CrossAttention, .layers = {{0, 2}, {4, 5}}}).matches(site));
        QVERIFY(!(Where {.kind = Site::CrossAttention, .layers = {{0, 4}, {5, 16}}}).matches(site));
        QVERIFY((Where {.kind = Site::CrossAttention, .steps = {9, 10}}).matches(site));
        QVERIFY(!(Where {.kind = Site::CrossAttention, .steps = {0, 9}}).matches(site));
        QVERIFY((Where {.kind = Site::CrossAttention, .name = "mid_block"}).matches(site));
        QVERIFY(!(Where {.kind = Site::CrossAttention, .name = "mid"}).matches(site));
    }

    void lookingChangesNothing()
    {
        int modules = 0, sites = 0, features = 0;
        Taps taps;
        taps.onModule([&](std::string_view, const Tensor&) { ++modules; });
        for (const auto kind : {Site::SelfAttention, Site::CrossAttention})
            taps.onQueryKey({.kind = kind}, [&](const Site&, Tensor&, Tensor&) { ++sites; });
        for (const auto kind : {Site::ResidualBlock, Site::ResidualInput})
            taps.onFeatures({.kind = kind}, [&](const Site&, Tensor&) { ++features; });
        QVERIFY(answer(taps).equal(answer()));
        QCOMPARE(sites, 32);
        QCOMPARE(features, 44);
        QVERIFY(modules > 50);
    }

    void whatWasSeenStaysAsItWas()
    {
        std::vector<std::pair<Tensor, Tensor>> seen; // and a copy made at once
        const auto keep = [&](const Tensor& x) { seen.push_back({x, x.clone()}); };
        Taps taps;
        taps.onModule([&](std::string_view, const Tensor& x) { keep(x); });
        taps.onQueryKey({}, [&](const Site&, Tensor& q, Tensor& k) { keep(q), keep(k); });
        taps.onFeatures({.kind = Site::ResidualInput}, [&](const Site&, Tensor& h) { keep(h); });
        taps.onFeatures({.kind = Site::ResidualBlock}, [&](const Site&, Tensor& h) { keep(h); });
        answer(taps);
        for (const auto& [tensor, copy] : seen)
            QVERIFY(tensor.equal(copy));
    }

    void theMatrixIsWantedAtItsSiteOnly()
    {
        std::vector<std::vector<int64_t>> shapes;
        Taps taps;
        const Where where {.kind = Site::SelfAttention, .layers = {{2, 4}}, .steps = {5, 6}};
        taps.onScores(where, [&](const Site&, Tensor& s) { shapes.push_back(s.sizes().vec()); });
        QVERIFY(taps.wantsMatrix({.kind = Site::SelfAttention, .layer = 3, .step = 5}));
        QVERIFY(!taps.wantsMatrix({.kind = Site::SelfAttention, .layer = 4, .step = 5}));
        QVERIFY(!taps.wantsMatrix({.kind = Site::SelfAttention, .layer = 3, .step = 6}));
        QVERIFY(!taps.wantsMatrix({.kind = Site::CrossAttention, .layer = 3, .step = 5}));
        const Tensor looked = answer(taps);
        // Layers 2 and 3 have 4 x 4 tokens; two heads, batch of two.
        QCOMPARE(shapes, (std::vector<std::vector<int64_t>> {{4, 16, 16}, {4, 16, 16}}));
        QVERIFY(distance(looked, answer()) < 1e-4);
    }

    void probabilitiesAreAfterTheScores()
    {
        Tensor scores, probabilities;
        Taps taps;
        const Where where {.kind = Site::CrossAttention, .layers = {{6, 7}}};
        taps.onScores(where, [&](const Site&, Tensor& s) { scores = s.clone(); });
        taps.onProbabilities(where, [&](const Site&, Tensor& p) { probabilities = p.clone(); });
        answer(taps);
        QCOMPARE(probabilities.sizes().vec(), (std::vector<int64_t> {4, 1, 5}));
        QVERIFY(distance(scores.softmax(-1), probabilities) < 1e-6);
    }

    void editsActInTheOrderTheyWereAdded()
    {
        Tensor second;
        Taps taps;
        const Where where {.kind = Site::SelfAttention, .layers = {{0, 1}}};
        taps.onProbabilities(where, [](const Site&, Tensor& p) { p.zero_(); });
        taps.onProbabilities(where, [&](const Site&, Tensor& p) { second = p.clone(); });
        QVERIFY(!answer(taps).equal(answer()));
        QCOMPARE(second.abs().max().item<float>(), 0.f);
    }

    void everyKindOfEditActs_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("self-attention") << int(Site::SelfAttention);
        QTest::newRow("cross-attention") << int(Site::CrossAttention);
        QTest::newRow("residual block") << int(Site::ResidualBlock);
        QTest::newRow("residual input") << int(Site::ResidualInput);
    }

    void everyKindOfEditActs()
    {
        QFETCH(int, kind);
        const Where where {.kind = Site::Kind(kind), .layers = {{3, 4}}};
        Taps taps;
        taps.onQueryKey(where, [](const Site&, Tensor& q, Tensor&) { q = q * 2; });
        taps.onFeatures(where, [](const Site&, Tensor& h) { h.zero_(); });
        QVERIFY(!answer(taps).equal(answer()));
    }

    void aQueryTakenFromTheOtherItemMakesItsAttention()
    {
        // With queries, keys and values of item 0, item 1 gets item 0's attention.
        std::vector<Tensor> outputs;
        Taps taps;
        const Where where {.kind = Site::SelfAttention, .layers = {{0, 1}}};
        taps.onQueryKey(where, [](const Site&, Tensor& q, Tensor& k) {
            q = q.narrow(0, 0, 1).expand_as(q);
            k = k.narrow(0, 0, 1).expand_as(k);
        });
        taps.provideAttention(
            where,
            [&](const Site&, const Tensor& q, const Tensor& k, const Tensor& v, double scale) {
                outputs.push_back(attention(q, k, v.narrow(0, 0, 1).expand_as(v), scale));
                return outputs.back();
            });
        answer(taps);
        QCOMPARE(outputs.size(), size_t(1));
        QVERIFY(distance(outputs[0][0], outputs[0][1]) < 1e-6);
    }

    void theLastProviderCounts()
    {
        int first = 0, last = 0;
        const auto provider = [](int& calls) {
            return
                [&calls](
                    const Site&, const Tensor& q, const Tensor& k, const Tensor& v, double scale) {
                    ++calls;
                    return attention(q, k, v, scale);
                };
        };
        Taps taps;
        for (const auto kind : {Site::SelfAttention, Site::CrossAttention})
            taps.provideAttention({.kind = kind}, provider(first));
        taps.provideAttention({.kind = Site::CrossAttention}, provider(last));
        QVERIFY(answer(taps).equal(answer()));
        QCOMPARE(first, 16);
        QCOMPARE(last, 16);
    }

    void aProviderGetsHeadsAndScale()
    {
        std::vector<int64_t> q, k;
        double scale = 0;
        Taps taps;
        taps.provideAttention(
            {.kind = Site::CrossAttention, .layers = {{2, 3}}},
            [&](const Site&, const Tensor& query, const Tensor& key, const Tensor& v, double s) {
                q = query.sizes().vec(), k = key.sizes().vec(), scale = s;
                return attention(query, key, v, s);
            });
        answer(taps);
        QCOMPARE(q, (std::vector<int64_t> {2, 2, 16, 4}));
        QCOMPARE(k, (std::vector<int64_t> {2, 2, 5, 4}));
        QCOMPARE(scale, 0.5);
    }

    void givenQueriesAndKeysAreNotComputed()
    {
        QueryKey first; // item 0's
        Taps recorder, overwriter, giver;
        const Where where {.kind = Site::SelfAttention, .layers = {{9, 10}}};
        recorder.onQueryKey(where, [&](const Site&, Tensor& q, Tensor& k) {
            first = {q.narrow(0, 0, 1), k.narrow(0, 0, 1)};
        });
        overwriter.onQueryKey(where, [](const Site&, Tensor& q, Tensor& k) {
            q = q.narrow(0, 0, 1).expand_as(q);
            k = k.narrow(0, 0, 1).expand_as(k);
        });
        resetMultiplyAdds();
        answer(recorder);
        const int64_t plain = multiplyAdds();
        const Tensor wanted = answer(overwriter);
        giver.provideQueryKey(where, [&](const Site&) { return first; });
        resetMultiplyAdds();
        const Tensor given = answer(giver);
        const int64_t saved = plain - multiplyAdds();
        QVERIFY(distance(given, wanted) < 1e-4);
        QVERIFY(distance(given, answer()) > 1e-3);
        // Layer 9 has 4 x 4 tokens of 8: two projections of two items, and q k' of one of them.
        const int64_t tokens = first.query.size(2), width = 2 * first.query.size(3);
        QCOMPARE(saved, 2 * 2 * tokens * width * width + tokens * tokens * width);
    }

    void givenFeaturesLeaveTheSkipAlone()
    {
        Tensor recorded;
        Taps recorder, giver;
        const Where where {.kind = Site::ResidualBlock, .layers = {{14, 15}}};
        recorder.onFeatures(where, [&](const Site&, Tensor& h) { recorded = h; });
        resetMultiplyAdds();
        const Tensor plain = answer(recorder);
        const int64_t all = multiplyAdds();
        giver.provideFeatures(where, [&](const Site&) { return recorded; });
        resetMultiplyAdds();
        QVERIFY(answer(giver).equal(plain));
        // Two convolutions, of 24 and of 12 channels to 12, are saved, and the time's projection.
        const int64_t cells = 2 * recorded.size(2) * recorded.size(3);
        const int64_t out = recorded.size(1);
        QCOMPARE(all - multiplyAdds(), cells * out * 9 * (2 * out + out) + 16 * out);
        giver.provideFeatures(where, [&](const Site&) { return recorded * 0; }); // the last counts
        QVERIFY(distance(answer(giver), plain) > 1e-3);
    }

    void aPassEndsAtItsLastSite_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("layer");
        QTest::newRow("on the way down") << int(Site::SelfAttention) << 2;
        QTest::newRow("in the middle") << int(Site::CrossAttention) << 6;
        QTest::newRow("the middle's first block") << int(Site::ResidualBlock) << 8;
        QTest::newRow("on the way up") << int(Site::ResidualBlock) << 14;
        QTest::newRow("within a block") << int(Site::ResidualInput) << 14;
        QTest::newRow("the last attention") << int(Site::SelfAttention) << 15;
    }

    void aPassEndsAtItsLastSite()
    {
        QFETCH(int, kind);
        QFETCH(int, layer);
        const auto last = Site::Kind(kind);
        int seen = -1;
        bool later = false;
        const auto see = [&](const Site& site) {
            later = later || seen == layer;
            seen = site.layer;
        };
        Taps taps;
        taps.onQueryKey({.kind = last}, [&](const Site& s, Tensor&, Tensor&) { see(s); });
        taps.onFeatures({.kind = last}, [&](const Site& s, Tensor&) { see(s); });
        const UNetInput input {
            .time = 321, .context = noise(1, {2, 5, 6}), .last = LastSite {last, layer}};
        resetMultiplyAdds();
        answer();
        const int64_t whole = multiplyAdds();
        resetMultiplyAdds();
        const Tensor x = noise(0, {2, 4, 8, 8});
        QVERIFY(!unet(tiny().config, tiny().weights(), x, input, taps).defined());
        QVERIFY(multiplyAdds() < whole);
        QCOMPARE(seen, layer);
        QVERIFY(!later);
    }

    void oneLatentServesSeveralContexts()
    {
        const Tensor x = noise(0, {1, 4, 8, 8}), context = noise(1, {2, 5, 6});
        const auto asked = [&](const Tensor& latent) {
            return unet(tiny().config, tiny().weights(), latent, {.time = 321, .context = context});
        };
        resetMultiplyAdds();
        const Tensor both = asked(x.expand({2, -1, -1, -1}));
        const int64_t batch = multiplyAdds();
        resetMultiplyAdds();
        const Tensor shared = asked(x);
        QVERIFY(multiplyAdds() < batch);
        QCOMPARE(shared.sizes().vec(), both.sizes().vec());
        QVERIFY(distance(shared, both) < 1e-4);
        QVERIFY(distance(shared[0], shared[1]) > 1e-3);
    }

    void theContextsKeysAreComputedOnce()
    {
        ContextKeys keys;
        const auto asked = [&](double time) {
            const UNetInput input {
                .time = time, .context = noise(1, {2, 5, 6}), .contextKeys = &keys};
            return unet(tiny().config, tiny().weights(), noise(0, {2, 4, 8, 8}), input);
        };
        resetMultiplyAdds();
        const Tensor first = asked(321);
        const int64_t once = multiplyAdds();
        resetMultiplyAdds();
        QVERIFY(asked(321).equal(first));
        QVERIFY(multiplyAdds() < once);
        QVERIFY(first.equal(answer()));
        QCOMPARE(keys.size(), size_t(16));
    }
};

QTEST_GUILESS_MAIN(TapsTest)
#include "tst_taps.moc"
