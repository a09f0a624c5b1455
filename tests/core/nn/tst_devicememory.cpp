// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/devicememory.h"

#include "core/graphics.h"
#include "core/models.h"
#include "tests/fakedevicememory.h"

#include <QTest>

namespace {

FakeDeviceMemory memory;

} // namespace

/// The first slot is without a GPU, the others with a stand-in for what libtorch keeps of two.
class DeviceMemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onAProcessorThereIsNothingToGiveBack()
    {
        returnDeviceMemory();
        Models().release();
        QVERIFY(!deviceMemory(0));
        QCOMPARE(deviceInUse(), std::string("cpu"));
        memory.install();
    }

    void whereNoGpuWasUsedNothingIsAsked()
    {
        Models().release();
        QCOMPARE(memory.emptied, 0);
        QVERIFY(!deviceMemory(0));
        QCOMPARE(deviceInUse(), std::string("cpu"));
    }

    void withTheNetworksTheirMemoryIsGivenBack()
    {
        memory.isUsed = true;
        Models().release();
        QCOMPARE(memory.emptied, 1);
    }

    void whatTheGpuSaysToThatEndsNothing()
    {
        memory.fails = true;
        Models().release();
        memory.fails = false;
        QCOMPARE(memory.emptied, 1);
    }

    void whatIsKeptWithoutATensorIsIdle()
    {
        memory.allocated = 300;
        memory.reserved = 1000;
        memory.noted = 200;
        QCOMPARE(deviceMemory(1)->used, uint64_t(300));
        QCOMPARE(deviceMemory(1)->idle, uint64_t(500)); // what is noted is for a pass alone
        memory.noted = 900;
        QCOMPARE(deviceMemory(1)->idle, uint64_t(0));
        QCOMPARE(deviceMemory(0)->used, uint64_t(0));
        QVERIFY(!deviceMemory(2));
        QCOMPARE(deviceInUse(), std::string("cuda:1"));
    }

    void aGpuThatNoLongerAnswersIsNotAsked()
    {
        loseGraphics();
        Models().release();
        QCOMPARE(memory.emptied, 1);
    }
};

QTEST_APPLESS_MAIN(DeviceMemoryTest)
#include "tst_devicememory.moc"
