// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/movespan.h"

#include "app/methodlist.h"
#include "app/settings.h"
#include "tests/app/emptyhome.h"

#include <QTest>

#include <algorithm>

namespace {

constexpr int steps = 30;

/// A method with a span that a Range sets, one that a part of the run does (with or without the
/// step at it), and one a picture does.
Method method(bool inclusive)
{
    Method m {.id = "m", .name = "M"};
    m.slots = {{.id = "c", .label = "C", .several = true, .span = true}};
    m.parameters = {
        {.id = "steps",
         .label = "Steps",
         .initial = steps,
         .minimum = 1,
         .maximum = 100,
         .role = Role::Steps},
        {.id = "range", .label = "Range", .initial = Range {}},
        {.id = "until", .label = "Until", .initial = 1.0, .minimum = 0, .maximum = 1}};
    m.spans = [inclusive](const Values& values, const Pictures& pictures) {
        const int of = std::get<int>(values.at("steps"));
        const double until = std::get<double>(values.at("until"));
        std::vector<ActiveSpan> spans {
            {"Range", std::get<Range>(values.at("range")), "range"},
            {"Until", {0, std::min(of, int(of * until + 1e-9) + (inclusive ? 1 : 0))}, "until"}};
        if (const auto found = pictures.find("c"); found != pictures.end())
            for (std::size_t i = 0; i < found->second.size(); ++i) {
                const Input& input = found->second[i];
                spans.push_back(
                    {"C",
                     {int(std::lround(input.begin * of)), int(std::lround(input.end * of))},
                     {},
                     "c",
                     int(i)});
            }
        return spans;
    };
    return m;
}

struct Fixture
{
    Settings settings = {};
    MethodList methods;
    Editor editor {methods};
    Inputs inputs {editor, settings};

    explicit Fixture(bool inclusive = false)
        : methods(std::vector<Method> {method(inclusive)})
    {
        editor.change([](Document& d) { d.method = "m"; });
        for (int i = 0; i < 2; ++i)
            inputs.set({"c", i}, filled(2, 2, {}), QStringLiteral("c.png"));
    }
    Range move(std::size_t index, Range wanted)
    {
        moveSpan(editor, inputs, nextSpans(editor, nullptr).at(index), index, wanted, steps);
        return nextSpans(editor, nullptr).at(index).steps;
    }
};

} // namespace

class MoveSpanTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void aRangeTakesBothEnds()
    {
        Fixture f;
        QCOMPARE(f.move(0, {3, 11}), (Range {3, 11}));
        QCOMPARE(std::get<Range>(f.editor.value("range")), (Range {3, 11}));
        f.move(0, {0, steps});
        QCOMPARE(std::get<Range>(f.editor.value("range")), Range {}); // all, however many there are
    }

    void everyEndOfAPartIsReached_data()
    {
        QTest::addColumn<bool>("inclusive");
        QTest::newRow("to the step") << false;
        QTest::newRow("with the step") << true;
    }

    void everyEndOfAPartIsReached()
    {
        QFETCH(bool, inclusive);
        Fixture f(inclusive);
        for (int end = inclusive ? 1 : 0; end <= steps; ++end)
            QCOMPARE(f.move(1, {0, end}).end, end);
    }

    void aPicturesSpanTakesBothEnds()
    {
        Fixture f;
        for (int begin = 0; begin <= steps; begin += 7)
            for (int end = begin; end <= steps; end += 5)
                QCOMPARE(f.move(3, {begin, end}), (Range {begin, end}));
        QCOMPARE(f.inputs.at({"c", 0}).begin, 0.0);
        QVERIFY(f.inputs.at({"c", 1}).begin > 0);
    }

    void whatCanBeMovedIsKnown()
    {
        Fixture f;
        const auto spans = nextSpans(f.editor, nullptr);
        QCOMPARE(movableEnds(f.editor, spans[0]), (MovableEnds {true, true}));
        QCOMPARE(movableEnds(f.editor, spans[1]), (MovableEnds {false, true}));
        QCOMPARE(movableEnds(f.editor, spans[2]), (MovableEnds {true, true}));
        QCOMPARE(movableEnds(f.editor, {"Off", {0, 0}}), (MovableEnds {false, false}));
    }

    void stepsOfAnotherRunCount()
    {
        Fixture f;
        f.editor.setValue("until", 0.5);
        const Value ten = 10;
        QCOMPARE(nextSpans(f.editor, &ten)[1].steps.end, 5);
        QCOMPARE(nextSpans(f.editor, nullptr)[1].steps.end, 15);
    }
};

QTEST_MAIN(MoveSpanTest)
#include "tst_movespan.moc"
