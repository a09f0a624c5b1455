// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/desktop.h"
#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "core/errors.h"
#include "tests/app/desktop/standins.h"
#include "tests/app/emptyhome.h"
#include "ui/desktopreport.h"

#include <QApplication>
#include <QSemaphore>
#include <QTest>
#include <QWidget>

namespace {

constexpr int steps = 4;
constexpr auto notifications = "org.freedesktop.Notifications";
constexpr auto powerManagement = "org.freedesktop.PowerManagement";

/// A method that takes a step whenever the gate lets it.
Method gated(QSemaphore& gate)
{
    Method m {.id = "gated", .name = "Gated"};
    m.parameters = {{.id = "word", .label = "Word", .initial = std::string()}};
    m.run = [&gate](const Request& request, Models&, const Report& report) {
        if (std::get<std::string>(request.values.at("word")) == "fail")
            throw Error("The file unet.safetensors is damaged: load another.");
        Result result;
        for (int step = 0; step <= steps && !result.stopped; ++step) {
            gate.acquire();
            const auto latent = std::make_shared<const Latent>(
                Latent {.shape = {1, 1, 1, 1}, .values = {float(step)}});
            result.latents.push_back(latent);
            result.stopped =
                !report(StepEvent {.step = step, .steps = steps, .latent = latent}).goOn;
        }
        result.candidates = {{.image = filled(8, 8, {}), .canvas = filled(8, 8, {})}};
        return result;
    };
    return m;
}

struct Fixture
{
    explicit Fixture(const OwnBus& bus)
        : server(bus, notifications, notifications, notificationAnswer)
        , power(bus, powerManagement, powerManagement, [](const QDBusMessage&) {
            return QVariantList {42U};
        })
    {
        window.setWindowTitle(QStringLiteral("Simile"));
        report.emplace(session, desktop, window);
        QTRY_VERIFY(!session.model().card().path.empty());
    }
    ~Fixture() { gate.release(100); }

    void start(const char* word = "")
    {
        session.editor().setValue("word", std::string(word));
        session.start();
    }
    QString said(qsizetype call, int argument) const
    {
        return server.calls("Notify").at(call).at(argument).toString();
    }

    StandIn server, power;
    QSemaphore gate;
    Settings settings = {};
    Engine engine;
    MethodList methods {std::vector<Method> {gated(gate)}};
    Session session {engine, methods, settings};
    Desktop desktop;
    QWidget window;
    std::optional<DesktopReport> report;
};

} // namespace

class DesktopReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!m_bus.isThere())
            QSKIP("There is no dbus-daemon (package dbus-daemon).");
    }

    void theTitleSaysHowFarTheRunIs()
    {
        Fixture f(m_bus);
        f.start();
        f.gate.release(2); // the start, and the first step
        QTRY_COMPARE(f.window.windowTitle(), QStringLiteral("25 % \u2013 Simile"));
        f.gate.release(steps);
        QTRY_COMPARE(f.window.windowTitle(), QStringLiteral("Simile"));
    }

    void theMachineStaysAwakeUntilTheLastRunIsOver()
    {
        Fixture f(m_bus);
        f.start();
        f.start();
        QTRY_COMPARE(f.power.calls("Inhibit").size(), 1);
        f.gate.release(steps + 1);
        QTRY_COMPARE(f.session.runs().all().size(), size_t(2)); // the second one has begun
        QVERIFY(f.power.calls("UnInhibit").isEmpty());
        f.gate.release(steps + 1);
        QTRY_COMPARE(f.power.calls("UnInhibit").size(), 1);
        QCOMPARE(f.power.calls("Inhibit").size(), 1);
    }

    void whoWouldRunUntilStoppedAndDoesNotRunMaySleep()
    {
        Fixture f(m_bus);
        f.session.queue().setUntilStopped(true);
        f.session.queue().setUntilStopped(false);
        f.start(); // what is asked behind is asked in its order
        QTRY_COMPARE(f.power.calls("Inhibit").size(), 1);
        QVERIFY(f.power.calls("UnInhibit").isEmpty());
    }

    void aFailureIsToldInItsSentence()
    {
        Fixture f(m_bus);
        f.start("fail");
        QTRY_COMPARE(f.server.calls("Notify").size(), 1);
        QCOMPARE(f.said(0, 3), QStringLiteral("The run failed"));
        QCOMPARE(
            f.said(0, 4), QStringLiteral("The file unet.safetensors is damaged: load another."));
    }

    void ofAQueueTheEndIsToldOnceWithWhatFailed()
    {
        Fixture f(m_bus);
        f.start();
        f.start("fail");
        f.start();
        f.gate.release(steps + 1);
        QTRY_COMPARE(f.server.calls("Notify").size(), 1);
        f.gate.release(steps + 1);
        QTRY_COMPARE(f.server.calls("Notify").size(), 2); // the failure, and the end
        QCOMPARE(f.said(1, 3), QStringLiteral("All 3 runs are over"));
        QCOMPARE(f.said(0, 3), QStringLiteral("The run failed"));
        QCOMPARE(f.said(1, 4), QStringLiteral("1 failed."));
    }

    void whatWasStoppedByHandIsNotTold()
    {
        Fixture f(m_bus);
        f.start();
        f.gate.release(2);
        QTRY_VERIFY(f.session.runs().inProgress()->stepsDone() == 1);
        f.session.runs().stop(true);
        f.gate.release(steps);
        QTRY_COMPARE(f.power.calls("UnInhibit").size(), 1); // all that came before it is there
        QVERIFY(f.server.calls("GetCapabilities").isEmpty());
    }

    // Those that show the window come last: the platform without a screen leaves it active.
    void oneNotificationTellsOfTheEndAndAClickBringsTheWindowUp()
    {
        Fixture f(m_bus);
        f.gate.release(steps + 1);
        f.start();
        QTRY_COMPARE(f.server.calls("Notify").size(), 1);
        QCOMPARE(f.said(0, 3), QStringLiteral("The picture is done"));
        QVERIFY(!f.window.isVisible());
        QTRY_VERIFY([&] { // until the answer is there, it is nobody's
            f.server.signal(
                "/org/freedesktop/Notifications", "ActionInvoked", {7U, QStringLiteral("default")});
            return QTest::qWaitFor([&] { return f.window.isVisible(); }, 50);
        }());
    }

    void whoLooksAtTheWindowIsToldNothing()
    {
        Fixture f(m_bus);
        f.window.show();
        f.window.activateWindow();
        QTRY_COMPARE(QGuiApplication::applicationState(), Qt::ApplicationActive);
        f.gate.release(steps + 1);
        f.start();
        QTRY_COMPARE(f.power.calls("UnInhibit").size(), 1);
        QVERIFY(f.server.calls("GetCapabilities").isEmpty());
    }

private:
    EmptyHome m_home;
    OwnBus m_bus;
};

QTEST_MAIN(DesktopReportTest)
#include "tst_desktopreport.moc"
