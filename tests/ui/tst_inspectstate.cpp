// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inspectstate.h"

#include <QTest>

class InspectStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsChosenComesBack()
    {
        InspectState state;
        state.view.kind = ViewKind::AttentionMean;
        state.view.layers = {{3, 7}, {9, 10}};
        state.view.head = 5;
        state.view.column = true;
        state.view.diffuse = 4;
        state.view.channel = 12;
        state.view.fitEachStep = true;
        state.look = {.beside = true, .opacity = 0.25, .colors = ColourMap::Grey, .smooth = true};
        state.range = {.kind = RangeChoice::Fixed, .fixed = {-1, 2.5}};
        QVERIFY(inspectStateFrom(toJson(state)) == state);
    }

    void whatIsDamagedHasItsUsualValue()
    {
        QVERIFY(inspectStateFrom("no JSON") == InspectState());
        const InspectState state = inspectStateFrom(
            R"({"kind": "nothing", "layers": [[5, 2]], "diffuse": 99, "opacity": 7, "colours": -4})");
        QCOMPARE(state.view.kind, View().kind);
        QVERIFY(state.view.layers.empty());
        QCOMPARE(state.view.diffuse, 16);
        QCOMPARE(state.look.opacity, 1.0);
        QCOMPARE(state.look.colors, ColourMap::Automatic);
    }
};

QTEST_MAIN(InspectStateTest)
#include "tst_inspectstate.moc"
