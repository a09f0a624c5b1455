// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/parameters.h"
#include "tests/plugins/plugandplay/translatefixture.h"
#include "tests/plugins/stopping.h"

#include <QTemporaryDir>
#include <QTest>

/// Runs on the default model in fp32 that are stopped within their passes.
class StoppedTranslationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStopWithinAPassLosesNothing_data()
    {
        QTest::addColumn<bool>("made");
        QTest::newRow("of a picture") << false;
        QTest::newRow("of a prompt") << true;
    }

    void aStopWithinAPassLosesNothing()
    {
        QFETCH(bool, made);
        Request request = shortTranslation();
        request.values["inversion_steps"] = 8;
        if (made) {
            request.images.clear();
            request.values["source_prompt"] = std::string("large red circle");
        }
        const QTemporaryDir folder;
        int caches = 0;
        const std::string wrong = wrongAfterStops(
            [&](Models& models, const Report& report) {
                return run(translate(), request, models, report);
            },
            [&] {
                const QString cache = folder.filePath(QString::number(caches++));
                return std::make_shared<Models>(cache.toStdString());
            });
        QVERIFY2(wrong.empty(), wrong.c_str());
    }
};

QTEST_GUILESS_MAIN(StoppedTranslationTest)
#include "tst_stoppedtranslation.moc"
