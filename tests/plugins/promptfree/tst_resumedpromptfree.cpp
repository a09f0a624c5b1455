// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"
#include "tests/plugins/laterchange.h"
#include "tests/plugins/promptfree/promptfreefixture.h"
#include "tests/plugins/resuming.h"

#include <QTest>

/// Runs of tiny networks in fp32, stopped and gone on.
class ResumedPromptFreeTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void aRunOfTwoCandidatesGoesOnBitForBit_data()
    {
        QTest::addColumn<bool>("control");
        QTest::addColumn<bool>("mask");
        QTest::newRow("from a reference") << false << false;
        QTest::newRow("with control") << true << false;
        QTest::newRow("within a mask") << false << true;
    }

    void aRunOfTwoCandidatesGoesOnBitForBit()
    {
        QFETCH(bool, control);
        QFETCH(bool, mask);
        PromptFreeFixture f;
        Request request = f.request();
        request.values["candidates"] = 2;
        request.values["steps"] = 5;
        if (control) {
            request.values["control_model"] = f.controlNet();
            request.images["control"] = {
                {.image = f.picture(4), .kind = "none", .begin = 0, .end = 0.7}};
        }
        if (mask) {
            request.images["init"] = {{.image = f.picture(5, 128, 128)}};
            request.images["mask"] = {{.image = f.picture(6, 128, 128)}};
            request.values["strength"] = 0.8;
        }
        const auto with = [&](PromptFreeFixture& fixture, Models& models) {
            return [&](const Report& report) {
                return runPromptFree(fixture.model, request, models, report);
            };
        };
        Models fresh;
        const std::string differs =
            differenceAfter(recorded(with(f, f.models)), with(f, f.models), with(f, fresh), 2);
        QVERIFY2(differs.empty(), differs.c_str());
    }

    void whatMayChangeInABranchLeavesTheFirstSteps()
    {
        PromptFreeFixture f;
        Method method = promptFree();
        method.run = [&](const Request& request, Models& models, const Report& report) {
            return runPromptFree(f.model, request, models, report);
        };
        const ModelCard card {.name = "tiny", .channels = 4, .contextWidth = 768};
        const auto running = [&](const Request& which) {
            return recorded([&](const Report& report) {
                return run(method, prepare(method, which, card), f.models, report);
            });
        };
        Request request = f.request();
        request.values["steps"] = 4;
        request.values["control_model"] = f.controlNet();
        request.images["control"] = {{.image = f.picture(4), .kind = "none"}};
        const RecordedRun whole = running(request);
        QCOMPARE(firstDifference(whole.result, running(branchOf(request, 2)).result), -1);
        Request other = branchOf(request, 2);
        other.images["reference"] = {{.image = f.picture(3)}};
        QCOMPARE(firstDifference(whole.result, running(other).result), 3);
        other = branchOf(request, 2);
        other.images["control"].clear();
        QCOMPARE(firstDifference(whole.result, running(other).result), 3);
        for (const char* id : {"guidance", "guess_mode", "rounding"}) {
            other = branchOf(request, 2);
            other.values[id] = otherValue(parameter(method, id), request.values.at(id));
            const int step = firstDifference(whole.result, running(other).result);
            QVERIFY2(step == 3 || id == std::string("rounding"), id);
        }
    }
};

QTEST_GUILESS_MAIN(ResumedPromptFreeTest)
#include "tst_resumedpromptfree.moc"
