// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/parameters.h"
#include "tests/failure.h"
#include "tests/plugins/laterchange.h"
#include "tests/plugins/plugandplay/translatefixture.h"
#include "tests/plugins/resuming.h"

#include <QTemporaryDir>
#include <QTest>

/// Runs on the default model in fp32, stopped and gone on.
class ResumedTranslationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunGoesOnBitForBitWithAnEmptyCache_data()
    {
        QTest::addColumn<std::string>("from");
        QTest::addColumn<bool>("plain");
        QTest::addColumn<double>("until"); // which the source's passes share their batches by
        QTest::newRow("the inversion") << std::string("inversion") << false << .5;
        QTest::newRow("within a batch of the source") << std::string("inversion") << false << 1.;
        QTest::newRow("the inversion, plain") << std::string("inversion") << true << .5;
        QTest::newRow("the way back") << std::string("way-back") << false << .5;
        QTest::newRow("a prompt") << std::string("prompt") << false << .5;
    }

    void aRunGoesOnBitForBitWithAnEmptyCache()
    {
        QFETCH(std::string, from);
        QFETCH(bool, plain);
        QFETCH(double, until);
        Request request = from == "way-back" ? shortWayBack() : shortTranslation();
        request.values["plain"] = plain;
        request.values["attention_until"] = until;
        request.values["feature_until"] = std::max(until, .8);
        request.values["prompt"] = std::string("large yellow star\nsmall green circle");
        if (from == "prompt") {
            request.images.clear();
            request.values["source_prompt"] = std::string("large red circle");
        }
        const QTemporaryDir cache, empty;
        Models models(cache.path().toStdString()), fresh(empty.path().toStdString());
        const auto in = [&](Models& which) {
            return [&](const Report& report) { return run(translate(), request, which, report); };
        };
        const std::string differs = differenceAfter(recorded(in(models)), in(models), in(fresh), 2);
        QVERIFY2(differs.empty(), differs.c_str());
    }

    void whatMayChangeInABranchLeavesTheFirstSteps()
    {
        const Request request = shortTranslation();
        const QTemporaryDir cache;
        Models models(cache.path().toStdString());
        const auto running = [&](const Request& which) {
            return recorded(
                [&](const Report& report) { return run(translate(), which, models, report); });
        };
        const RecordedRun whole = running(request);
        const Request resolved = ::resolved(translate(), request);
        for (const Parameter& p : translateParameters()) {
            if (!p.mayChange || p.file || p.id == "decoder") // which want files: tst_apart
                continue;
            Request changed = branchOf(request, 2);
            changed.values[p.id] = otherValue(p, resolved.values.at(p.id));
            const int step = firstDifference(whole.result, running(changed).result);
            QVERIFY2(step == 3 || step == -1, (p.id + " " + std::to_string(step)).c_str());
        }
        QCOMPARE(firstDifference(whole.result, running(branchOf(request, 2)).result), -1);
        Request more = branchOf(request, 2);
        more.values["prompt"] = std::string("a star\na circle");
        const std::string said = failure([&] { running(more); });
        QVERIFY2(said.find("of a latent of 1 x 4 x 8 x 8") != said.npos, said.c_str());
    }
};

QTEST_GUILESS_MAIN(ResumedTranslationTest)
#include "tst_resumedtranslation.moc"
