// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/keptagain.h"
#include "tests/plugins/analogist/analogistfixture.h"
#include "tests/plugins/stopping.h"

#include <QTest>

/// Runs of tiny networks in fp32 that are stopped within their passes.
class StoppedAnalogyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStopWithinAPassLosesNothing_data()
    {
        QTest::addColumn<bool>("plain");
        QTest::newRow("blocks") << false;
        QTest::newRow("edited matrices") << true;
    }

    void aStopWithinAPassLosesNothing()
    {
        QFETCH(bool, plain);
        const c10::InferenceMode noGradients;
        Request request = shortRequest();
        request.values["plain"] = plain;
        request.values["steps"] = 4;
        const std::string wrong = wrongAfterStops(
            [&](Models&, const Report& report) {
                return runAnalogist(tinyModel(), request, report);
            },
            [] { return std::make_shared<Models>(); });
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void whatAStepHeldIsReadBackFromItsFile()
    {
        const c10::InferenceMode noGradients;
        int steps = 0;
        std::string wrong;
        const auto look = [&](const Event& event) {
            if (const auto* step = std::get_if<StepEvent>(&event); step && step->trace) {
                ++steps;
                wrong += keptAgain(*step->trace);
            }
            return Answer {};
        };
        runAnalogist(tinyModel(), shortRequest(), Report(look, everything()));
        QVERIFY(steps > 0);
        QCOMPARE(wrong, std::string());
    }
};

QTEST_GUILESS_MAIN(StoppedAnalogyTest)
#include "tst_stoppedanalogy.moc"
