// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/devices.h"

#include "app/commands.h"
#include "app/methodlist.h"
#include "app/store/sessionfile.h"
#include "tests/app/keepingprogram.h"
#include "tests/app/statefolder.h"

/// Devices that were stored and are not there; tst_networkrest has the list of those that are.
class DevicesTest : public QObject
{
    Q_OBJECT

    StateFolder m_state;

    QString path() const { return m_state.path("a.simile"); }
    std::string file() const { return m_state.file("a.simile"); }

private Q_SLOTS:
    void init() { m_state.renew(); }

    /// The GPU of a session that comes from elsewhere, of what waits there and of a run that goes
    /// on.
    void aDeviceThatIsNotThereIsToldOnceAndTheProcessorIsUsed()
    {
        QSignalSpy missing(&MissingDevices::instance(), &MissingDevices::missing);
        {
            Program program(path());
            program.session.setDevice(QStringLiteral("cuda:7")); // the method asks for none
            program.line({"b"});
            program.session.queue().setPaused(true);
            QCOMPARE(program.session.runs().run(1)->request().device, std::string("cuda:7"));
        }
        QCOMPARE(missing.size(), 0);
        Program again(path());
        QCOMPARE(missing.size(), 1);
        QVERIFY(missing.at(0).at(0).toString().contains(QStringLiteral("cuda:7")));
        QCOMPARE(again.session.editor().document().device, QStringLiteral("cpu"));
        again.session.queue().setPaused(false);
        QTRY_COMPARE(again.session.runs().all().size(), size_t(2));
        QTRY_VERIFY(!again.session.runs().running());
        QCOMPARE(again.session.runs().all().at(1)->state, Run::Done);
        QCOMPARE(again.session.runs().all().at(1)->request().device, std::string("cpu"));
        QCOMPARE(missing.size(), 1);
    }

    void aRunOfADeviceThatIsNotThereGoesOnOnTheProcessor_data()
    {
        QTest::addColumn<bool>("command");
        QTest::addColumn<QString>("device");
        QTest::newRow("a command") << true << QStringLiteral("cuda:5");
        QTest::newRow("the window") << false << QStringLiteral("cuda:6");
    }

    void aRunOfADeviceThatIsNotThereGoesOnOnTheProcessor()
    {
        QFETCH(bool, command);
        QFETCH(QString, device);
        QSignalSpy missing(&MissingDevices::instance(), &MissingDevices::missing);
        {
            Program program(path());
            program.session.setDevice(device);
            program.fill();
            program.run(9, 3);
            program.session.setDevice(QStringLiteral("cpu")); // of the next ones
        }
        if (command) {
            const MethodList methods(std::vector {walkingMethod()});
            QCOMPARE(goOn(GoOnCommand {.session = file()}, methods), int(ExitDone));
        } else {
            Program again(path());
            QSignalSpy ended(&again.session.runs(), &Runs::ended);
            again.session.goOn(1);
            QVERIFY(ended.wait());
        }
        QCOMPARE(missing.size(), 1);
        QVERIFY(missing.at(0).at(0).toString().contains(device));
        const KeptRun run = SessionFile(file(), SessionFile::Own).runs().at(0);
        QCOMPARE(run.state, int(Run::Done));
        QCOMPARE(run.places.at("device"), std::string("cpu"));
    }

    /// What the settings say, before any session is open.
    void aDeviceOfTheSettingsThatIsNotThereIsNotTaken()
    {
        Settings().setDevice(QStringLiteral("cuda:8"));
        Program program;
        QCOMPARE(program.session.editor().document().device, QStringLiteral("cpu"));
        QVERIFY(MissingDevices::instance().told().last().contains(QStringLiteral("cuda:8")));
        Settings().setDevice(QStringLiteral("cpu"));
    }
};

QTEST_GUILESS_MAIN(DevicesTest)
#include "tst_devices.moc"
