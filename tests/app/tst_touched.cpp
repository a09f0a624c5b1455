// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/touched.h"

#include "core/touchtext.h"
#include "tests/app/countingmethod.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"

#include <QTest>

#include <atomic>

namespace {

constexpr int steps = 6;

Touch touch(const char* text)
{
    return parseTouch(text);
}

/// Tells what its steps predict; how often it ran, and how many steps it was given.
struct Counts
{
    std::atomic<int> runs = 0, given = 0;
};

Method predictingMethod(Counts& counts)
{
    Method method = countingMethod();
    method.run = [&counts](const Request& request, Models&, const Report& report) {
        ++counts.runs;
        counts.given = int(report.done.predictions.size());
        return count(request, Report([&](const Event& event) {
                         if (!std::holds_alternative<StepEvent>(event))
                             return report(event);
                         StepEvent step = std::get<StepEvent>(event);
                         if (step.step > 0)
                             step.prediction = step.latent;
                         return report(step);
                     }));
    };
    return method;
}

struct Counted
{
    Counts counts;
};

struct Fixture : Counted, SessionFixture // what the engine counts is there as long as it is
{
    Runs& runs = session.runs();

    Fixture()
        : SessionFixture({predictingMethod(counts)})
    {
        fill();
        session.editor().setValue("steps", steps);
        session.editor().setSeed(7);
        runOnce();
    }
    void tryTouches(int run, const std::vector<Touch>& touches)
    {
        session.startTouched(*runs.run(run), touches);
        QTRY_VERIFY(!runs.running());
    }
};

} // namespace

class TouchedTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void aTouchOfTheSameThingReplacesTheOther()
    {
        const auto once = withTouch({touch("cross:8:head=3:0")}, touch("word=red:2"));
        QCOMPARE(int(once.size()), 2);
        const auto twice = withTouch(once, touch("cross:8:head=3:0.5"));
        QCOMPARE(int(twice.size()), 2);
        QCOMPARE(toText(twice.back()), std::string("cross:8:head=3:0.5"));
        QCOMPARE(int(withTouch(twice, touch("cross:8:head=3:0:0.5-1")).size()), 3);
        QCOMPARE(int(withoutTouch(twice, touch("cross:8:head=3:4")).size()), 1);
    }

    void aPartBeginsAtItsStep()
    {
        for (const int of : {1, 3, 6, 7, 50, 999})
            for (int step = 0; step < of; ++step)
                QCOMPARE(int(std::lround(partFrom(step, of) * of)), step);
        QCOMPARE(partFrom(1, 3), 0.333);
        QCOMPARE(partFrom(0, 0), 0.0);
    }

    void aRunBranchesAtTheFirstStepThatIsTouched()
    {
        const Request plain = countingRequest();
        const Request late = touched(plain, {touch("word=red:2:0.5-1")}, steps);
        QCOMPARE(late.branch, (Branch {std::make_shared<Request>(plain), 3}));
        QVERIFY(!touched(plain, {touch("word=red:2")}, steps).branch);
        // By 1 nothing acts.
        QCOMPARE(touched(plain, {touch("word=red:1")}, steps).branch->step, steps);
    }

    void anotherNumberGoesOnFromTheUntouchedRun()
    {
        const Request plain = countingRequest();
        const Request once = touched(plain, {touch("word=red:2:0.5-1")}, steps);
        const Request again = touched(once, {touch("word=red:0:0.5-1")}, steps);
        QCOMPARE(again.branch, once.branch);
        const Request earlier = touched(once, {touch("word=red:2:0-1")}, steps);
        QVERIFY(!earlier.branch);
        const Request more =
            touched(once, {touch("word=red:2:0.5-1"), touch("cross:1:head=0:0:0.667-1")}, steps);
        QCOMPARE(more.branch, (Branch {std::make_shared<Request>(once), 4}));
    }

    void aBranchWithOtherValuesStaysOne()
    {
        const Request plain = countingRequest();
        Request other = countingRequest({{"prompt", std::string("blue")}});
        other.branch = Branch {std::make_shared<Request>(plain), 3};
        QCOMPARE(touched(other, {touch("word=blue:2")}, steps).branch, other.branch);
        QCOMPARE(
            touched(other, {touch("word=blue:2:0.667-1")}, steps).branch,
            (Branch {std::make_shared<Request>(other), 4}));
    }

    void theStepsThatARunHasInCommonAreNotComputed()
    {
        Fixture f;
        f.tryTouches(1, {touch("cross:8:head=0:0:0.5-1")});
        QCOMPARE(int(f.counts.given), 3);
        QCOMPARE(int(f.counts.runs), 2); // and the parent not again
        QCOMPARE(f.runs.current()->number, 2);
        QCOMPARE(f.runs.current()->request().seed, uint64_t(7));
        QCOMPARE(untouchedOf(f.runs, *f.runs.current()), f.runs.run(1));
        f.tryTouches(2, {touch("cross:8:head=0:2")});
        QCOMPARE(int(f.counts.given), 0);
        QCOMPARE(untouchedOf(f.runs, *f.runs.current()), f.runs.run(1));
        QVERIFY(!untouchedOf(f.runs, *f.runs.run(1)));
    }

    void whatTheStepsInCommonHeldIsSeenInBoth()
    {
        Fixture f;
        const auto trace = std::make_shared<const StepTrace>();
        f.session.traces().add(1, 0, trace, {}, {});
        f.tryTouches(1, {touch("cross:8:head=0:0:0.5-1")});
        QCOMPARE(f.session.traces().inMemory(2, 0), f.session.traces().inMemory(1, 0));
        f.session.traces().add(1, 3, trace, {}, {});
        QVERIFY(f.session.traces().inMemory(2, 0) && !f.session.traces().inMemory(2, 3));
    }

    void whatDoesNotFitStartsNothing()
    {
        Fixture f;
        QVERIFY_EXCEPTION_THROWN(
            f.session.startTouched(*f.runs.run(1), {touch("word=red:2")}), ValueError);
        QCOMPARE(int(f.runs.all().size()), 1);
    }
};

QTEST_MAIN(TouchedTest)
#include "tst_touched.moc"
