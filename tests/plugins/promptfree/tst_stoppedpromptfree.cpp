// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/plugins/promptfree/promptfreefixture.h"
#include "tests/plugins/stopping.h"

#include <QTest>

/// Runs of tiny networks in fp32 that are stopped within their passes.
class StoppedPromptFreeTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void aStopWithinAPassLosesNothing_data()
    {
        QTest::addColumn<bool>("control");
        QTest::addColumn<bool>("mask");
        QTest::newRow("from a reference") << false << false;
        QTest::newRow("with control") << true << false;
        QTest::newRow("within a mask") << false << true;
    }

    void aStopWithinAPassLosesNothing()
    {
        QFETCH(bool, control);
        QFETCH(bool, mask);
        PromptFreeFixture f;
        Request request = f.request();
        request.values["steps"] = 4;
        if (control) {
            request.values["control_model"] = f.controlNet();
            request.images["control"] = {{.image = f.picture(4), .kind = "none"}};
        }
        if (mask) {
            request.images["init"] = {{.image = f.picture(5, 128, 128)}};
            request.images["mask"] = {{.image = f.picture(6, 128, 128)}};
            request.values["strength"] = 0.8;
        }
        const std::string wrong = wrongAfterStops(
            [&](Models& models, const Report& report) {
                return runPromptFree(f.model, request, models, report);
            },
            [] { return std::make_shared<Models>(); });
        QVERIFY2(wrong.empty(), wrong.c_str());
    }
};

QTEST_GUILESS_MAIN(StoppedPromptFreeTest)
#include "tst_stoppedpromptfree.moc"
