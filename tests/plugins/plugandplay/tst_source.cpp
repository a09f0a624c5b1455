// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/source.h"
#include "tests/plugins/plugandplay/plugandplayfixture.h"

#include <QTest>

#include <set>

/// The source's passes, several steps at once.
class SourceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsThatShareABatchEndAtOneSite()
    {
        Injection injection;
        injection.featureSteps = {0, 12};
        injection.attentionSteps = {2, 8};
        const UNetConfig config;
        std::set<int> seen;
        for (int step = 0; step < 14; ++step) {
            const Range steps = stepsAtOnce(injection, step, 14);
            QVERIFY(steps.contains(step) && steps.begin >= 0 && steps.end <= 14);
            QVERIFY(steps.end - steps.begin <= 3);
            seen.insert(steps.begin);
            for (int other = steps.begin; other < steps.end; ++other) {
                QVERIFY(stepsAtOnce(injection, other, 14) == steps);
                const auto last = lastInjected(injection, step, config),
                           same = lastInjected(injection, other, config);
                QCOMPARE(same.has_value(), last.has_value());
                QVERIFY(!last || (last->kind == same->kind && last->layer == same->layer));
            }
        }
        QCOMPARE(seen, (std::set<int> {0, 2, 5, 8, 11, 12}));
    }

    void theSourcesPassesAreTheSameInOneBatch()
    {
        const StableDiffusion model = tinyModel();
        Source source = someSource(4, 1);
        source.times = {901, 601, 301, 1};
        const Network network(model, source.start);
        const Injection injection;
        ContextKeys keys, others;
        const auto all = featuresOf(network, source, injection, {0, 4}, keys);
        QCOMPARE(all.size(), size_t(4));
        const auto relative = [](const Tensor& a, const Tensor& b) {
            return distance(a, b) / b.abs().max().item<double>();
        };
        for (int step = 0; step < 4; ++step) {
            const auto& made = all[size_t(step)];
            const auto alone =
                featuresOf(network, source, injection, {step, step + 1}, others).front();
            const Tensor& h = made.residual.at(14);
            QVERIFY(relative(h, alone.residual.at(14)) < 1e-4);
            QVERIFY(step == 0 || relative(h, all[0].residual.at(14)) > 0.1);
            QCOMPARE(made.attention.size(), size_t(8));
            for (const auto& [layer, pair] : alone.attention) {
                const QueryKey& there = made.attention.at(layer);
                const double q = relative(there.query, pair.query),
                             k = relative(there.key, pair.key);
                QVERIFY2(q < 1e-4 && k < 1e-4, qPrintable(QString::number(std::max(q, k))));
            }
        }
    }
};

QTEST_GUILESS_MAIN(SourceTest)
#include "tst_source.moc"
