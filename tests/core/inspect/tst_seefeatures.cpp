// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/inspect/view.h"
#include "tests/core/inspect/attentions.h"

#include <QTest>

#include <climits>

class SeeFeaturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void channelsAndTheSizeOfAControl()
    {
        auto trace = attentions();
        auto& features = trace->passes[{}].features;
        const Numbers numbers({2, 1, 3}, std::vector<float> {3, -1, 0, 4, 1, 0});
        features[{SiteKind::ResidualBlock, 4}] = {
            .name = "mid_block.resnets.0", .values = numbers, .injected = true};
        features[{SiteKind::Control, 12}] = {.name = "middle", .values = numbers};
        const Seen channel = see({.kind = ViewKind::Channels, .channel = 1}, momentOf(trace));
        QCOMPARE(channel.maps.at(0).values, (std::vector<float> {4, 1, 0}));
        QVERIFY(channel.maps[0].diverges && channel.maps[0].injected);
        QCOMPARE(english(channel.maps[0].label), "mid 0, channel 1");
        QCOMPARE(
            see({.kind = ViewKind::Channels, .channel = -1}, momentOf(trace)).maps.size(),
            size_t(2));
        const Seen control = see({.kind = ViewKind::Control}, momentOf(trace));
        QCOMPARE(control.maps.at(0).values[0], 5.f);
        QVERIFY(std::abs(control.maps[0].values[1] - std::sqrt(2.f)) < 1e-6f);
        QVERIFY(!control.maps[0].diverges);
    }

    void channelsOfQueriesAndKeysAreThoseOfAllHeadsSideBySide()
    {
        const auto trace = attentions();
        for (const ViewKind kind : {ViewKind::QueryChannels, ViewKind::KeyChannels}) {
            for (const LayerName& layer : layersOf(*trace, kind, {})) {
                const AttentionTrace& at =
                    trace->passes[{}].attention.at({SiteKind::SelfAttention, layer.layer});
                QCOMPARE(layer.channels, at.heads * at.features);
                const Numbers& of = kind == ViewKind::KeyChannels ? at.key : at.query;
                const std::vector<float> all = of.all();
                for (int channel = 0; channel < layer.channels; ++channel) {
                    const View view {
                        .kind = kind,
                        .layers = {{layer.layer, layer.layer + 1}},
                        .channel = channel};
                    const SeenMap map = see(view, momentOf(trace)).maps.at(0);
                    for (int cell = 0; cell < at.queries(); ++cell)
                        QCOMPARE(
                            map.values[size_t(cell)],
                            all[size_t(
                                (channel / at.features * at.queries() + cell) * at.features
                                + channel % at.features)]);
                }
                const View beyond {
                    .kind = kind,
                    .layers = {{layer.layer, layer.layer + 1}},
                    .channel = layer.channels};
                QVERIFY_EXCEPTION_THROWN(see(beyond, momentOf(trace)), ValueError);
            }
        }
    }

    void noiseCleanPictureAndLatentAreThoseOfTheCandidate()
    {
        const auto latent = [](float plus) {
            auto all = std::make_shared<Latent>();
            all->shape = {2, 2, 1, 2};
            for (int i = 0; i < 8; ++i)
                all->values.push_back(plus + float(i));
            return all;
        };
        const Moment moment {.latent = latent(0), .prediction = latent(10), .clean = latent(20)};
        const View view {.kind = ViewKind::Clean, .subject = {.candidate = 1}, .channel = 1};
        QCOMPARE(see(view, moment).maps.at(0).values, (std::vector<float> {26, 27}));
        QCOMPARE(
            see({.kind = ViewKind::Noise, .channel = -1}, moment).maps.at(1).values,
            (std::vector<float> {12, 13}));
        QCOMPARE(
            see({.kind = ViewKind::Latent}, moment).maps.at(0).values, (std::vector<float> {0, 1}));
        QVERIFY(!failure({.kind = ViewKind::Latent, .subject = {.candidate = 2}}, moment).empty());
        QCOMPARE(
            failure({.kind = ViewKind::Latent, .subject = {.candidate = INT_MAX}}, moment),
            std::string("There is no candidate 2147483648: there are 2."));
    }
};

QTEST_APPLESS_MAIN(SeeFeaturesTest)
#include "tst_seefeatures.moc"
