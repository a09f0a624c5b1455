// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/forecastlabel.h"

#include <QTest>

class ForecastLabelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itSaysSecondsAndMemory()
    {
        QLocale::setDefault(QLocale(QLocale::English));
        QCOMPARE(forecastText({.seconds = 12.4}), QStringLiteral("about 12 s"));
        QCOMPARE(
            forecastText({.seconds = 185, .memory = 1'300'000'000}),
            QStringLiteral("about 3 min 5 s, 1.3 GB"));
        QCOMPARE(forecastText({.seconds = .01}), QStringLiteral("about 0.1 s"));
    }

    void memoryLacksBeyondWhatIsUsedAndFree()
    {
        const Forecast forecast {.memory = 1000};
        QCOMPARE(lacking(forecast, 400, 600), uint64_t(0));
        QCOMPARE(lacking(forecast, 400, 500), uint64_t(100));
        QCOMPARE(lacking(forecast, 2000, 0), uint64_t(0)); // it is in use already
        QCOMPARE(lacking({}, 0, 0), uint64_t(0));          // not known
    }
};

QTEST_MAIN(ForecastLabelTest)
#include "tst_forecastlabel.moc"
