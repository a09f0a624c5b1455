// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/branch.h"

#include "core/models.h"
#include "tests/failure.h"

#include <QTest>

namespace {

/// A method that adds what it is told to in every step, and draws; it can tell what it predicts.
Method method(bool predicts = true)
{
    Method m {.id = "sum", .name = "Sum"};
    m.slots = {
        {.id = "start", .label = "Start", .needed = false},
        {.id = "guide", .label = "Guide", .needed = false, .mayChange = true}};
    m.parameters = {
        {.id = "steps", .label = "Steps", .initial = 4, .minimum = 1, .maximum = 99},
        {.id = "add",
         .label = "What is added",
         .initial = 1.0,
         .minimum = 0,
         .maximum = 99,
         .mayChange = true}};
    m.run = [predicts](const Request& request, Models&, const Report& report) {
        const auto latentOf = [](double x) {
            return std::make_shared<const Latent>(
                Latent {.shape = {1, 1, 1, 1}, .values = {float(x)}});
        };
        Result result;
        double x = double(startSeed(request));
        const int steps = std::get<int>(request.values.at("steps"));
        for (int i = 0; i <= steps; ++i) {
            double added = std::get<double>(request.values.at("add"));
            if (i > 0 && i <= int(report.done.predictions.size()))
                added = double(report.done.predictions[size_t(i - 1)]->values[0]);
            x += i > 0 ? added + 100 * double(seedAt(request, i - 1)) : 0;
            result.latents.push_back(latentOf(x));
            const Answer answer = report(StepEvent {
                .step = i,
                .steps = steps,
                .latent = result.latents.back(),
                .prediction = i > 0 && predicts ? latentOf(added) : nullptr});
            if (!answer.goOn) {
                result.stopped = i < steps;
                break;
            }
        }
        return result;
    };
    return m;
}

Request stem()
{
    Request request {.method = "sum"};
    request.seed = 1;
    request.images["start"] = {{.image = filled(1, 1, {})}};
    return request;
}

Request branchOf(const Request& from, int step)
{
    Request request = from;
    request.branch = Branch {.parent = std::make_shared<const Request>(from), .step = step};
    return request;
}

std::string whyNot(const std::function<void(Request&)>& change)
{
    Request request = branchOf(stem(), 2);
    change(request);
    return failure([&] { prepare(method(), request, {}); });
}

std::vector<float> numbers(const Result& result)
{
    std::vector<float> all;
    for (const auto& latent : result.latents)
        all.push_back(latent->values[0]);
    return all;
}

Result made(const Request& request, const Report& report, const Method& by = method())
{
    Models models;
    return run(by, prepare(by, request, {}), models, report);
}

Answer goOn(const Event&)
{
    return {};
}

} // namespace

class BranchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstStepsAreTheParentsAndThenItsOwnValuesAct()
    {
        QCOMPARE(numbers(made(stem(), goOn)), (std::vector<float> {1, 102, 203, 304, 405}));
        Request request = branchOf(stem(), 2);
        QCOMPARE(made(request, goOn).latents.size(), size_t(5));
        QCOMPARE(numbers(made(request, goOn)), numbers(made(stem(), goOn)));
        request.values["add"] = 5.0;
        QCOMPARE(numbers(made(request, goOn)), (std::vector<float> {1, 102, 203, 308, 413}));
        request.seed = 2;
        QCOMPARE(numbers(made(request, goOn)), (std::vector<float> {1, 102, 203, 408, 613}));
        Request second = branchOf(request, 3);
        second.values["add"] = 9.0;
        second.seed = 3;
        QCOMPARE(numbers(made(second, goOn)), (std::vector<float> {1, 102, 203, 408, 717}));
    }

    void itCanBranchOffAtTheStartAndAtTheEnd()
    {
        Request request = branchOf(stem(), 0);
        request.values["add"] = 5.0;
        request.seed = 2;
        QCOMPARE(numbers(made(request, goOn)), (std::vector<float> {1, 206, 411, 616, 821}));
        request.branch->step = 4;
        QCOMPARE(numbers(made(request, goOn)), numbers(made(stem(), goOn)));
        request.branch->step = 5;
        QCOMPARE(
            failure([&] { made(request, goOn); }),
            std::string(
                "The run that this one goes on from has 4 steps: it cannot branch off after "
                "5."));
    }

    void stepsThatTheCallerHasAreNotTakenAgain()
    {
        Request request = branchOf(stem(), 2);
        request.values["add"] = 5.0;
        const auto prediction = [](float x) {
            return std::make_shared<const Latent>(Latent {.shape = {1, 1, 1, 1}, .values = {x}});
        };
        int stages = 0;
        const auto count = [&](const Event& event) {
            stages += std::holds_alternative<StageEvent>(event);
            return Answer {};
        };
        const DoneSteps one {{prediction(7)}},
            three {{prediction(7), prediction(8), prediction(9)}};
        QCOMPARE(
            numbers(made(request, Report(count, {}, one))),
            (std::vector<float> {1, 108, 209, 314, 419}));
        QCOMPARE(stages, 3); // the parent was run for its second step
        stages = 0;
        QCOMPARE(
            numbers(made(request, Report(count, {}, three))),
            (std::vector<float> {1, 108, 216, 325, 430}));
        QCOMPARE(stages, 0);
    }

    void aStopInTheParentsStepsEndsIt()
    {
        const Result result = made(branchOf(stem(), 3), [](const Event& event) {
            const auto* stage = std::get_if<StageEvent>(&event);
            return Answer {.goOn = !stage || stage->done < 1};
        });
        QVERIFY(result.stopped);
        QVERIFY(result.latents.empty());
    }

    void aMethodThatDoesNotTellWhatItPredictsHasNoBranches()
    {
        QCOMPARE(
            failure([&] { made(branchOf(stem(), 3), goOn, method(false)); }),
            std::string(
                "Sum does not tell what it predicts, so no run can go on from another of it."));
    }

    void whatHasToStayIsNamed()
    {
        const auto stays = [](const std::string& what) {
            return "A branch goes on from another run, so " + what
                + " has to stay as it was there: put it back, or start a run of its own.";
        };
        QCOMPARE(whyNot([](Request& r) { r.values["steps"] = 5; }), stays("Steps"));
        QCOMPARE(whyNot([](Request& r) { r.images.clear(); }), stays("Start"));
        QCOMPARE(whyNot([](Request& r) { r.images["start"][0].weight = 2; }), stays("Start"));
        QCOMPARE(whyNot([](Request& r) { r.model = "other"; }), stays("the model"));
        QCOMPARE(whyNot([](Request& r) { r.precision = "fp32"; }), stays("the precision"));
        QCOMPARE(whyNot([](Request& r) { r.device = "cuda"; }), stays("the device"));
        QCOMPARE(
            whyNot([](Request& r) { r.prediction = "epsilon"; }), stays("what the model predicts"));
        QCOMPARE(whyNot([](Request& r) { r.noise["noise"] = {1}; }), stays("the stored noise"));
        QCOMPARE(
            whyNot([](Request& r) { r.loras = {{.file = "x", .sha256 = "00"}}; }),
            stays("the LoRAs"));
        QCOMPARE(
            whyNot([](Request& r) { r.branch->step = -1; }),
            std::string("A branch begins at a step from 0 on, not at -1."));
    }

    void whatMayChangeMay()
    {
        QCOMPARE(whyNot([](Request& r) { r.values["add"] = 5.0; }), std::string());
        QCOMPARE(
            whyNot([](Request& r) { r.images["guide"] = {{.image = filled(1, 1, {})}}; }),
            std::string());
        QCOMPARE(whyNot([](Request& r) { r.seed = 5; }), std::string());
        QCOMPARE(whyNot([](Request& r) { r.touches.push_back({}); }), std::string());
    }

    void whatIsWrongWithTheParentIsSaid()
    {
        QCOMPARE(
            whyNot([](Request& r) {
                Request wrong = stem();
                wrong.values["add"] = 500.0;
                r.branch->parent = std::make_shared<const Request>(wrong);
            }),
            std::string("What is added cannot be \"500\": it is from 0 to 99."));
    }

    void whatWasRecordedMeansWhatItMeantThen()
    {
        Method later = method();
        later.parameters.push_back(
            {.id = "manner",
             .label = "Manner",
             .initial = std::string("new"),
             .unrecorded = std::string("old")});
        Request request = branchOf(stem(), 2);
        Values resolved = {{"steps", 4}, {"add", 1.0}};
        addUnrecorded(later, request, resolved);
        QCOMPARE(std::get<std::string>(resolved.at("manner")), std::string("old"));
        QCOMPARE(std::get<std::string>(request.values.at("manner")), std::string("old"));
        QCOMPARE(
            std::get<std::string>(request.branch->parent->values.at("manner")), std::string("old"));
        // What has it is left alone, in what was set by hand too.
        Request now = branchOf(stem(), 2);
        resolved["manner"] = std::string("new");
        addUnrecorded(later, now, resolved);
        QVERIFY(now == branchOf(stem(), 2));
        QCOMPARE(std::get<std::string>(resolved.at("manner")), std::string("new"));
    }

    void branchesOfBranchesEndSomewhere()
    {
        Request request = stem();
        for (int i = 0; i < deepestBranch; ++i)
            request = branchOf(request, 1);
        QCOMPARE(failure([&] { prepare(method(), request, {}); }), std::string());
        request = branchOf(request, 1);
        QVERIFY(
            failure([&] { prepare(method(), request, {}); }).starts_with("This is a branch of"));
    }
};

QTEST_GUILESS_MAIN(BranchTest)
#include "tst_branch.moc"
