// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sweep.h"

#include "core/errors.h"

#include <QTest>

namespace {

Parameter steps()
{
    return {.id = "steps", .label = "Steps", .initial = 20, .minimum = 1, .maximum = 1000};
}
Parameter guidance()
{
    return {.id = "guidance", .label = "Guidance", .initial = 7.5, .minimum = -5, .maximum = 30};
}

std::string texts(const SweepAxis& axis)
{
    std::string all;
    for (std::size_t i = 0; i < axis.size(); ++i)
        all += (i > 0 ? " " : "") + axis.text(i);
    return all;
}

} // namespace

class SweepTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesAreReadAsTheyAreTyped()
    {
        QCOMPARE(texts(parseSweep(steps(), "2, 5,9")), std::string("2 5 9"));
        QCOMPARE(texts(parseSweep(steps(), "1 - 9 : 2, 20")), std::string("1 3 5 7 9 20"));
        QCOMPARE(texts(parseSweep(steps(), "3-5")), std::string("3 4 5"));
        QCOMPARE(texts(parseSweep(guidance(), "0.1-0.5:0.1")), std::string("0.1 0.2 0.3 0.4 0.5"));
        QCOMPARE(texts(parseSweep(guidance(), "-2, -1-1")), std::string("-2 -1 0 1"));
        const Parameter prompt {.id = "prompt", .label = "Prompt", .initial = std::string()};
        QCOMPARE(
            parseSweep(prompt, "a cat, red | a dog").values,
            (std::vector<Value> {std::string("a cat, red"), std::string("a dog")}));
        const Parameter layers {
            .id = "sac", .label = "Layers", .initial = Layers {}, .maximum = 16};
        QCOMPARE(parseSweep(layers, "3:11,13 | off").size(), std::size_t(2));
        QCOMPARE(texts(parseSeeds("7, 1-3")), std::string("7 1 2 3"));
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << "";
        QTest::newRow("commas alone") << " , ,";
        QTest::newRow("a word") << "2, many";
        QTest::newRow("too large") << "2, 1001";
        QTest::newRow("twice") << "2, 3, 2";
        QTest::newRow("endless") << "1-1000";
        QTest::newRow("backwards") << "9-1";
        QTest::newRow("no step") << "1-9:0";
        QTest::newRow("without end") << "inf-inf";
        QTest::newRow("no number") << "nan-nan";
        QTest::newRow("beyond all numbers") << "1e300-1e300";
        QTest::newRow("a step that is nearly none") << "1-9:1e-300";
    }

    void whatIsWrongIsSaid()
    {
        QFETCH(QString, text);
        QVERIFY_EXCEPTION_THROWN(parseSweep(steps(), text.toStdString()), ValueError);
    }

    void seedsAreWholeNumbers()
    {
        QVERIFY_EXCEPTION_THROWN(parseSeeds("-1"), ValueError);
        QVERIFY_EXCEPTION_THROWN(parseSeeds("1.5"), ValueError);
    }

    void theFirstAxisGoesAcross()
    {
        const Request base {.method = "analogy", .values = {{"guidance", 3.0}}, .seed = 42};
        const auto all = sweepOf(base, {parseSweep(steps(), "2, 5"), parseSeeds("7, 8, 9")});
        QCOMPARE(all.size(), std::size_t(6));
        QCOMPARE(all[0].values.at("steps"), Value(2));
        QCOMPARE(all[1].values.at("steps"), Value(5));
        QCOMPARE(all[0].seed, uint64_t(7));
        QCOMPARE(all[1].seed, uint64_t(7));
        QCOMPARE(all[2].seed, uint64_t(8));
        QCOMPARE(all[5].seed, uint64_t(9));
        QCOMPARE(all[5].values.at("guidance"), Value(3.0));
        QCOMPARE(sweepOf(base, {}).size(), std::size_t(1));
    }

    void aSweepHasItsLimit()
    {
        const SweepAxis many = parseSweep(steps(), "1-11");
        QVERIFY_EXCEPTION_THROWN(sweepOf({}, {many, parseSeeds("1-10")}), ValueError);
    }

    void filesAndCandidatesAreNoAxis()
    {
        QVERIFY(canSweep(steps()));
        QVERIFY(!canSweep({.id = "x", .initial = std::string(), .file = true}));
        QVERIFY(!canSweep({.id = "candidates", .initial = 1, .role = Role::Candidates}));
    }
};

QTEST_APPLESS_MAIN(SweepTest)
#include "tst_sweep.moc"
