// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/desktop.h"
#include "tests/app/desktop/standins.h"

#include <QDBusObjectPath>
#include <QSignalSpy>
#include <QTest>

namespace {

constexpr auto notifications = "org.freedesktop.Notifications";
constexpr auto notificationsPath = "/org/freedesktop/Notifications";
constexpr auto powerManagement = "org.freedesktop.PowerManagement";
constexpr auto screenSaver = "org.freedesktop.ScreenSaver";

QVariantList cookie(const QDBusMessage& call)
{
    return call.member() == QLatin1String("Inhibit") ? QVariantList {42U} : QVariantList {};
}

} // namespace

class DesktopTest : public QObject
{
    Q_OBJECT

public:
    /// Takes what is told of the task bar.
    Q_SLOT void update(const QString& program, const QVariantMap& values)
    {
        m_program = program;
        m_updates << values;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!m_bus.isThere())
            QSKIP("There is no dbus-daemon (package dbus-daemon).");
        m_listener = QDBusConnection::connectToBus(m_bus.address(), QStringLiteral("listener"));
        QVERIFY(m_listener.connect(
            {}, {}, QStringLiteral("com.canonical.Unity.LauncherEntry"), QStringLiteral("Update"),
            this, SLOT(update(QString, QVariantMap))));
    }
    void init() { m_updates.clear(); }

    void theTaskBarShowsTheProgressInWholePercent()
    {
        const auto progress = [this] {
            return m_updates.last().value(QStringLiteral("progress")).toDouble();
        };
        Desktop desktop;
        desktop.setProgress(.25);
        QTRY_COMPARE(m_updates.size(), 1); // told before the bus was there
        QCOMPARE(m_program, QStringLiteral("application://org.simile_editor.Simile.desktop"));
        QCOMPARE(progress(), .25);
        QVERIFY(m_updates.last().value(QStringLiteral("progress-visible")).toBool());
        desktop.setProgress(.2501); // the same percent
        desktop.setProgress(.5);
        QTRY_COMPARE(progress(), .5);
        QCOMPARE(m_updates.size(), 2);
        desktop.setProgress({});
        QTRY_COMPARE(m_updates.size(), 3);
        QVERIFY(!m_updates.last().value(QStringLiteral("progress-visible")).toBool());
    }

    void theProgressIsTakenBackAtTheEnd()
    {
        {
            Desktop desktop;
            desktop.setProgress(.5);
            QTRY_COMPARE(m_updates.size(), 1);
        }
        QTRY_COMPARE(m_updates.size(), 2);
        QVERIFY(!m_updates.last().value(QStringLiteral("progress-visible")).toBool());
    }

    void theMachineIsKeptAwakeAndLetGo()
    {
        StandIn power(m_bus, powerManagement, powerManagement, cookie);
        Desktop desktop;
        desktop.keepAwake(true, QStringLiteral("A run"));
        QTRY_COMPARE(power.calls("Inhibit").size(), 1);
        QCOMPARE(
            power.calls("Inhibit").first(),
            (QVariantList {QStringLiteral("Simile"), QStringLiteral("A run")}));
        desktop.keepAwake(true, QStringLiteral("A run")); // it is awake
        desktop.keepAwake(false, {});
        QTRY_COMPARE(power.calls("UnInhibit"), QList<QVariantList>({{42U}}));
        QCOMPARE(power.calls("Inhibit").size(), 1);
        desktop.keepAwake(true, QStringLiteral("Another"));
        QTRY_COMPARE(power.calls("Inhibit").size(), 2);
    }

    void whoLetsGoBeforeTheAnswerIsLetGoWithIt()
    {
        StandIn power(m_bus, powerManagement, powerManagement, cookie);
        Desktop desktop;
        desktop.keepAwake(true, QStringLiteral("A run"));
        QTRY_COMPARE(power.calls("Inhibit").size(), 1); // its answer is on the way
        desktop.keepAwake(false, {});
        QTRY_COMPARE(power.calls("UnInhibit"), QList<QVariantList>({{42U}}));
    }

    void thePortalIsAskedWhereThereIsNoPowerManagement()
    {
        const QString request = QStringLiteral("/org/freedesktop/portal/desktop/request/1");
        StandIn portal(
            m_bus, "org.freedesktop.portal.Desktop", "org.freedesktop.portal.Inhibit",
            [&](const QDBusMessage& call) {
                return call.member() == QLatin1String("Inhibit")
                    ? QVariantList {QVariant::fromValue(QDBusObjectPath(request))}
                    : QVariantList {};
            });
        StandIn saver(m_bus, screenSaver, screenSaver, cookie);
        Desktop desktop;
        desktop.keepAwake(true, QStringLiteral("A run"));
        QTRY_COMPARE(portal.calls("Inhibit").size(), 1);
        QCOMPARE(
            portal.calls("Inhibit").first().at(1).toUInt(), 4U); // suspend; the screen may go dark
        desktop.keepAwake(false, {});
        QTRY_COMPARE(portal.calls("Close").size(), 1);
        QCOMPARE(portal.pathOf("Close"), request);
        QVERIFY(saver.calls("Inhibit").isEmpty());
    }

    void theScreenSaverIsAskedLast()
    {
        StandIn saver(m_bus, screenSaver, screenSaver, cookie);
        Desktop desktop;
        desktop.keepAwake(true, QStringLiteral("A run"));
        QTRY_COMPARE(saver.calls("Inhibit").size(), 1);
        QCOMPARE(saver.pathOf("Inhibit"), QStringLiteral("/org/freedesktop/ScreenSaver"));
        desktop.keepAwake(false, {});
        QTRY_COMPARE(saver.calls("UnInhibit"), QList<QVariantList>({{42U}}));
    }

    void whereNobodyCanNobodyIsAskedAgainInThatRun()
    {
        StandIn saver(m_bus, screenSaver, "org.example.Other", cookie); // refuses
        Desktop desktop;
        desktop.keepAwake(true, QStringLiteral("A run"));
        QTRY_COMPARE(saver.calls("Inhibit").size(), 1);
        for (int i = 0; i < 9; ++i) {
            QTest::qWait(10);
            desktop.keepAwake(true, QStringLiteral("A run"));
        }
        desktop.keepAwake(false, {});
        desktop.keepAwake(true, QStringLiteral("Another"));
        QTRY_COMPARE(saver.calls("Inhibit").size(), 2);
    }

    void aNotificationIsReplacedByTheNextAndEscapesMarkup()
    {
        StandIn server(m_bus, notifications, notifications, notificationAnswer);
        Desktop desktop;
        desktop.say(QStringLiteral("Done"), QStringLiteral("a < b & c"));
        QTRY_COMPARE(server.calls("Notify").size(), 1);
        const QVariantList first = server.calls("Notify").first();
        QCOMPARE(first.at(1).toUInt(), 0U);
        QCOMPARE(first.at(3).toString(), QStringLiteral("Done"));
        QCOMPARE(first.at(4).toString(), QStringLiteral("a &lt; b &amp; c"));
        QCOMPARE(first.at(5).toStringList().value(0), QStringLiteral("default"));
        desktop.takeBack();
        QTRY_COMPARE(server.calls("CloseNotification"), QList<QVariantList>({{7U}}));
        desktop.say(QStringLiteral("One"), {});
        QTRY_COMPARE(server.calls("Notify").size(), 2);
        QCOMPARE(server.calls("Notify").at(1).at(1).toUInt(), 0U); // none stood
        desktop.takeBack();
        QTRY_COMPARE(server.calls("CloseNotification").size(), 2);
    }

    void onlyTheServersOwnClickCounts()
    {
        StandIn server(m_bus, notifications, notifications, notificationAnswer);
        StandIn other(m_bus, "org.example.Other", notifications, notificationAnswer);
        Desktop desktop;
        const QSignalSpy clicked(&desktop, &Desktop::clicked);
        desktop.say(QStringLiteral("Done"), {});
        QTRY_COMPARE(server.calls("Notify").size(), 1);
        desktop.say(QStringLiteral("Done again"), {});
        QTRY_COMPARE(server.calls("Notify").size(), 2);            // so the first answer is here
        QCOMPARE(server.calls("Notify").at(1).at(1).toUInt(), 7U); // in its place
        other.signal(notificationsPath, "ActionInvoked", {7U, QStringLiteral("default")});
        server.signal(notificationsPath, "ActionInvoked", {8U, QStringLiteral("default")});
        server.signal(notificationsPath, "ActivationToken", {7U, QStringLiteral("token-1")});
        server.signal(notificationsPath, "ActionInvoked", {7U, QStringLiteral("default")});
        QTRY_COMPARE(clicked.size(), 1);
        QCOMPARE(qgetenv("XDG_ACTIVATION_TOKEN"), QByteArray("token-1"));
        qunsetenv("XDG_ACTIVATION_TOKEN");
    }

private:
    OwnBus m_bus;
    QDBusConnection m_listener {QString()};
    QString m_program;
    QList<QVariantMap> m_updates;
};

QTEST_GUILESS_MAIN(DesktopTest)
#include "tst_desktop.moc"
