// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/controlmaps.h"

#include "app/engine.h"
#include "app/methodlist.h"
#include "app/session.h"
#include "app/settings.h"
#include "tests/app/emptyhome.h"
#include "tests/app/toolmethods.h"

#include <QSignalSpy>
#include <QTest>

class ControlMapsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void theMapsThatARunActedWithAreMadeOnceMore()
    {
        Engine engine;
        const MethodList methods(std::vector {promptFreeMethod(), annotateMethod()});
        Settings settings;
        Session session(engine, methods, settings);
        QTRY_VERIFY(!session.model().card().path.empty());
        const Image finished = filled(5, 4, {1, 2, 3});
        session.inputs().set("reference", filled(3, 2, {}), QStringLiteral("r.png"));
        session.editor().change([&](Document& d) {
            d.inputs["control"] = {
                {.image = filled(3, 2, {}), .kind = "canny"},
                {.image = finished, .kind = "none"},
                {.image = filled(3, 2, {}), .kind = "depth"}};
        });
        session.editor().setValue("width", 128);
        session.start();
        QTRY_VERIFY(!session.runs().running());
        session.editor().setValue("width", 64); // is no longer that of the run

        ControlMaps& maps = session.controlMaps();
        QSignalSpy changed(&maps, &ControlMaps::changed);
        const Run& run = *session.runs().current();
        auto seen = maps.of(run);
        QCOMPARE(int(seen.size()), 3);
        QVERIFY(seen[0].image.empty() && seen[1].image == finished);
        QCOMPARE(seen[1].label, QStringLiteral("Control 2, Ready map"));
        QTRY_COMPARE(changed.size(), 2);
        seen = maps.of(run);
        QCOMPARE(seen[0].label, QStringLiteral("Control, Edges"));
        QVERIFY(seen[0].image == filled(128, 1, {128, 128, 128}));
        QVERIFY(seen[2].image.empty() && seen[2].problem.contains(QStringLiteral("depth")));
        QVERIFY(!engine.running() && changed.size() == 2); // and not again
    }
};

QTEST_MAIN(ControlMapsTest)
#include "tst_controlmaps.moc"
