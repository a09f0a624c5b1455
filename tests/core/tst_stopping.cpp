// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stopping.h"

#include <QTest>

#include <thread>

class StoppingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyAsksForAStopByHimself()
    {
        QVERIFY(!stopAsked());
        const Stopping never;
        QVERIFY(!stopAsked());
    }

    void theInnermostIsAskedAndTheOuterOneAgainAfterIt()
    {
        const Stopping outer([] { return true; });
        QVERIFY(stopAsked());
        {
            const Stopping inner([] { return false; });
            QVERIFY(!stopAsked());
        }
        QVERIFY(stopAsked());
    }

    void aYesStays()
    {
        bool asked = true;
        const Stopping stopping([&] { return asked; });
        QVERIFY(stopAsked());
        asked = false;
        QVERIFY(stopAsked());
    }

    void whatIsKeptGoesOnUntilItIsDropped()
    {
        bool dropped = false;
        const Stopping stopping([] { return true; }, [&] { return dropped; });
        {
            const Keeping keeping;
            QVERIFY(!stopAsked());
            dropped = true;
            QVERIFY(stopAsked());
        }
        QVERIFY(stopAsked());
    }

    void itIsOfItsThreadAlone()
    {
        const Stopping stopping([] { return true; });
        bool elsewhere = true;
        std::thread([&] { elsewhere = stopAsked(); }).join();
        QVERIFY(!elsewhere);
    }
};

QTEST_APPLESS_MAIN(StoppingTest)
#include "tst_stopping.moc"
