// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/plugandplay/inversioncache.h"
#include "tests/failure.h"
#include "tests/plugins/plugandplay/plugandplayfixture.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <set>

namespace {

/// One pass there and back of a picture, with a noise that depends on the time alone.
double wayThereAndBack(InversionRule rule, const std::function<double(int)>& noiseAt)
{
    const Tensor clean = noise(2, {4});
    Tensor x = clean;
    const auto level = [](int time) { return levelOfAlphaBar(schedule().alphaBar(time)); };
    for (const auto& steps : {inversionSteps(rule, 999), wayBackSteps(999)})
        for (const InversionStep& step : steps)
            x = ddimStep(x, at::full({4}, noiseAt(step.asked)), level(step.from), level(step.to));
    return distance(x, clean);
}

/// Stops before the eighth step.
const StageReport until7 = [](const StageEvent& event) { return event.done < 7; };

bool contains(int fine, int coarse)
{
    const std::vector<int> times = samplingTimes(fine);
    const std::set<int> all(times.begin(), times.end());
    return std::ranges::all_of(samplingTimes(coarse), [&](int t) { return all.contains(t); });
}

std::string refusal(const Values& values)
{
    return failure([&] { checkInversion(inversionSettings(values)); });
}

} // namespace

/// The steps of inversions and of the ways back, and what is kept of them.
class InversionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGridIsThatOfBothPrograms()
    {
        const std::vector<int> fifty = samplingTimes(50);
        QCOMPARE(fifty.size(), size_t(50));
        QCOMPARE(
            std::vector(fifty.begin(), fifty.begin() + 5), (std::vector {981, 961, 941, 921, 901}));
        QCOMPARE(std::vector(fifty.end() - 5, fifty.end()), (std::vector {81, 61, 41, 21, 1}));
        QCOMPARE(samplingTimes(999).front(), 999);
        QCOMPARE(samplingTimes(60).front(), 945);
        QCOMPARE(samplingTimes(700).front(), 700);
        QVERIFY(failure([] { samplingTimes(1000); }).find("1 to 999") != std::string::npos);
    }

    void theLevelsAreThoseOfTheSpecification()
    {
        const std::map<int, double> levels = {
            {0, .999150000},   {1, .998296028},   {21, .980380748},  {181, .782654437},
            {201, .752143402}, {481, .302295661}, {501, .274999067}, {961, .007281727},
            {981, .005775500}, {999, .004660099}};
        // The table is of fp64; ours are of fp32 throughout, as those of the second program.
        for (const auto& [t, level] : levels)
            QVERIFY2(
                std::abs(schedule().alphaBar(t) - level) < 4e-7, qPrintable(QString::number(t)));
    }

    void onlyStepsThatMeetTheSamplingAreOffered()
    {
        QCOMPARE(containingCounts(50), (std::vector {50, 100, 200, 250, 500, 999}));
        QCOMPARE(containingCounts(60), (std::vector {60, 62, 125, 250, 500, 999}));
        QCOMPARE(containingCounts(300), (std::vector {300, 333, 999}));
        QCOMPARE(containingCounts(700), (std::vector {700, 999}));
        QCOMPARE(
            inversionCounts(InversionRule::NextLevel, 50, true),
            (std::vector {50, 100, 200, 250, 500, 999}));
        QCOMPARE(
            inversionCounts(InversionRule::CurrentLevel, 50, false),
            (std::vector {1, 3, 9, 27, 37, 111, 333, 999}));
        QCOMPARE(inversionCounts(InversionRule::CurrentLevel, 50, true), (std::vector {999}));
    }

    void whateverIsOfferedContainsTheSampling()
    {
        for (int steps = 1; steps <= 999; ++steps) {
            const std::vector<int> counts = containingCounts(steps);
            QVERIFY2(
                std::ranges::find(counts, steps) != counts.end(),
                qPrintable(QString::number(steps)));
            QVERIFY(std::ranges::adjacent_find(counts, std::greater_equal<int>()) == counts.end());
            for (const int count : counts)
                QVERIFY2(
                    contains(count, steps),
                    qPrintable(QStringLiteral("%1 of %2").arg(count).arg(steps)));
        }
    }

    void whatDoesNotMeetTheSamplingIsRefused()
    {
        Values values = presetValues("diffusers-2.1");
        QCOMPARE(refusal(values), std::string());
        values["inversion_steps"] = 300;
        QVERIFY2(
            refusal(values).find("take 50, 100, 200, 250, 500 or 999") != std::string::npos,
            refusal(values).c_str());
        values["inversion_steps"] = 200;
        QCOMPARE(refusal(values), std::string());
        values["features_from"] = std::string("way-back");
        QVERIFY2(
            refusal(values).find("ends at the noise level 996") != std::string::npos,
            refusal(values).c_str());
        values["steps"] = 60;
        values["inversion_steps"] = 60;
        values["reverse_steps"] = 60;
        QCOMPARE(refusal(values), std::string());
    }

    void whatIsOfferedIsNotRefused_data()
    {
        QTest::addColumn<QString>("preset");
        QTest::addColumn<QString>("from");
        for (const char* preset : {"diffusers-2.1", "compvis-1.4"})
            for (const char* from : {"inversion", "way-back"})
                QTest::addRow("%s %s", preset, from) << preset << from;
    }

    void whatIsOfferedIsNotRefused()
    {
        QFETCH(QString, preset);
        QFETCH(QString, from);
        Values values = presetValues(preset.toStdString());
        values["features_from"] = from.toStdString();
        for (const char* id : {"inversion_steps", "reverse_steps"}) {
            QVERIFY(!offeredCounts(id, values).empty());
            for (const int count : offeredCounts(id, values)) {
                Values with = values;
                with[id] = count;
                QCOMPARE(refusal(with), std::string());
            }
        }
        QVERIFY(offeredCounts("steps", values).empty());
    }

    void theRulesAskAtTheirLevels()
    {
        const auto next = inversionSteps(InversionRule::NextLevel, 999);
        QCOMPARE(next.size(), size_t(999));
        QVERIFY(next[0].asked == 1 && next[0].from == 0 && next[0].to == 1);
        QVERIFY(next[998].asked == 999 && next[998].from == 998 && next[998].to == 999);
        const auto current = inversionSteps(InversionRule::CurrentLevel, 999);
        QCOMPARE(current.size(), size_t(999));
        QVERIFY(current[0].asked == 0 && current[0].from == 0 && current[0].to == 1);
        QVERIFY(current[998].asked == 998 && current[998].to == 999);
        QCOMPARE(inversionSteps(InversionRule::CurrentLevel, 37)[1].asked, 27);
        const auto back = wayBackSteps(50);
        QVERIFY(back[0].asked == 981 && back[0].from == 981 && back[0].to == 961);
        QVERIFY(back[49].asked == 1 && back[49].from == 1 && back[49].to == 0);
    }

    void onlyTheNextLevelsRuleGoesBackTheSameWay()
    {
        const auto constant = [](int) { return 0.3; };
        const auto changing = [](int t) { return std::sin(t / 100.); };
        QVERIFY(wayThereAndBack(InversionRule::NextLevel, constant) < 1e-3);
        QVERIFY(wayThereAndBack(InversionRule::CurrentLevel, constant) < 1e-3);
        QVERIFY(wayThereAndBack(InversionRule::NextLevel, changing) < 1e-3);
        QVERIFY(wayThereAndBack(InversionRule::CurrentLevel, changing) > 4e-3);
    }

    void anInversionThatWasStoppedGoesOnBitForBit()
    {
        const StableDiffusion model = tinyModel();
        const Tensor z = noise(0, {1, 4, 8, 8}), context = noise(1, {1, 5, 6});
        const Network network(model, z);
        const Way all = inversion(InversionRule::NextLevel, 20, true);
        const Way last = inversion(InversionRule::NextLevel, 20, false);
        Trajectory whole {.latents = {{0, z}}}, parts = whole, lastOnly = whole;
        QVERIFY(follow(all, network, context, whole));
        QVERIFY(!follow(all, network, context, parts, until7));
        QCOMPARE(parts.done, 7);
        QVERIFY(follow(all, network, context, parts));
        QCOMPARE(parts.latents.size(), size_t(21));
        for (const auto& [level, x] : whole.latents)
            QVERIFY(parts.latents.at(level).equal(x));
        QVERIFY(follow(last, network, context, lastOnly));
        QCOMPARE(lastOnly.latents.size(), size_t(2));
        QVERIFY(lastOnly.latents.rbegin()->second.equal(whole.latents.rbegin()->second));
    }

    void whatIsInvertedIsSeenMeanwhile()
    {
        const StableDiffusion model = tinyModel();
        const Tensor z = noise(0, {1, 4, 8, 8}), context = noise(1, {1, 5, 6});
        const Network network(model, z);
        const PreviewMap map {.weight = at::full({3, 4}, 0.1f), .bias = at::zeros({3})};
        Trajectory trajectory {.latents = {{0, z}}};
        std::vector<SharedImage> seen;
        const StageReport look = [&](const StageEvent& event) {
            seen.push_back(event.preview);
            return true;
        };
        QVERIFY(follow(
            inversion(InversionRule::NextLevel, 20, true), network, context, trajectory, look,
            map));
        QCOMPARE(seen.size(), size_t(21));
        QVERIFY(seen.front() == preview(map, z).front());
        QVERIFY(seen[19] == preview(map, trajectory.latents.at(901)).front());
        QVERIFY(seen.back().empty()); // it is over
    }

    void numbersThatOverflowEndIt()
    {
        TinyUNet tiny;
        tiny.dict["conv_out.bias"].fill_(std::numeric_limits<float>::infinity());
        StableDiffusion model;
        model.unetConfig = tiny.config;
        model.unet = tiny.weights();
        const Tensor z = noise(0, {1, 4, 8, 8}), context = noise(1, {2, 5, 6});
        const Network network(model, z);
        const Tensor empty = context.narrow(0, 0, 1);
        const std::string rest =
            " stopped being numbers at step 1 of 20 (256 of 256 values are NaN or infinite): try "
            "precision fp32.";
        const Way up = inversion(InversionRule::NextLevel, 20, true);
        Trajectory upwards {.latents = {{0, z}}}, back {.latents = {{951, z}}};
        QCOMPARE(failure([&] { follow(up, network, empty, upwards); }), "The inversion" + rest);
        QCOMPARE(upwards.done, 0);
        QCOMPARE(
            failure([&] { follow(wayBack(20), network, empty, back); }), "The way back" + rest);
        Source source {.times = samplingTimes(20), .start = z, .context = context};
        QCOMPARE(failure([&] { generate(network, source, 5); }), "The source" + rest);
    }

    void aWayBackKeepsTheSamplingTimesAndGoesOnBitForBit()
    {
        const StableDiffusion model = tinyModel();
        const Tensor last = noise(0, {1, 4, 8, 8}), context = noise(1, {1, 5, 6});
        const Network network(model, last);
        const std::vector<int> times = samplingTimes(4); // 751, 501, 251, 1
        const Way way = wayBack(20, times);
        Trajectory whole {.latents = {{951, last}}}, parts = whole;
        QVERIFY(follow(way, network, context, whole));
        QCOMPARE(whole.latents.size(), size_t(6)); // the noise, the four times, the picture
        QVERIFY(!follow(way, network, context, parts, until7));
        QCOMPARE(parts.done, 7);
        QCOMPARE(parts.latents.size(), size_t(3)); // the noise, 751, and where it is: 601
        QVERIFY(parts.latents.contains(601));
        QVERIFY(follow(way, network, context, parts));
        QCOMPARE(parts.latents.size(), size_t(6));
        for (const auto& [level, x] : whole.latents)
            QVERIFY(parts.latents.at(level).equal(x));
        const Source source = sourceOnWayBack(whole, times, context);
        QVERIFY(source.start.equal(last));
        QVERIFY(source.latents.at(1).equal(whole.latents.at(501)));
        QVERIFY(source.clean.equal(whole.latents.at(0)));
    }

    void theIdentityNamesTheNumbersThatAreComputedIn()
    {
        const auto identity = [](const std::string& precision, const std::string& prediction) {
            return inversionIdentity(
                {.model = MINI_MODEL, .precision = precision, .prediction = prediction},
                filled(8, 8, {}), {});
        };
        const bool full = floatingType("auto", at::kCPU) == at::kFloat;
        QCOMPARE(identity("auto", "auto"), identity(full ? "fp32" : "bf16", "auto"));
        QVERIFY(identity("auto", "auto") != identity(full ? "bf16" : "fp32", "auto"));
        QVERIFY(identity("auto", "auto") != identity("auto", "v_prediction"));
    }

    void whateverChangesAnInversionIsInItsIdentity()
    {
        const Request request {.model = MINI_MODEL};
        Request other = request;
        other.model = TEST_DATA "/unet-sd1/weights.safetensors";
        const InversionSettings settings;
        InversionSettings rule = settings, steps = settings, prompt = settings;
        InversionSettings sampled = settings;
        rule.rule = InversionRule::CurrentLevel;
        steps.steps = 100;
        prompt.prompt = "a cat";
        sampled.posteriorSample = true;
        InversionSettings bracket = prompt, weighs = prompt, skip = prompt;
        bracket.prompt = weighs.prompt = "a (cat)";
        weighs.prompts.emphasis = Emphasis::Weights;
        skip.prompts.clipSkip = 2;
        Request added = request, more = request;
        added.loras = {{.file = "x", .sha256 = "00"}};
        more.loras = {{.file = "y", .sha256 = "00", .weight = .5}};
        const Image picture = filled(8, 8, {});
        const std::set<std::string> different = {
            inversionIdentity(request, picture, settings),
            inversionIdentity(request, filled(8, 8, {1, 2, 3}), settings),
            inversionIdentity(request, filled(16, 4, {}), settings),
            inversionIdentity(other, picture, settings),
            inversionIdentity(request, picture, rule),
            inversionIdentity(request, picture, steps),
            inversionIdentity(request, picture, prompt),
            inversionIdentity(request, picture, bracket),
            inversionIdentity(request, picture, weighs),
            inversionIdentity(request, picture, skip),
            inversionIdentity(added, picture, settings),
            inversionIdentity(more, picture, settings),
            inversionIdentity(request, picture, sampled)};
        QCOMPARE(different.size(), size_t(13));
        // What has no brackets is the inversion that it was.
        weighs.prompt = "a cat";
        QCOMPARE(
            inversionIdentity(request, picture, weighs),
            inversionIdentity(request, picture, prompt));
    }

    void theWayBackHasAnIdentityOfItsOwn()
    {
        const Request request {.model = MINI_MODEL};
        const Image picture = filled(8, 8, {});
        const InversionSettings settings {.forward = false};
        InversionSettings steps = settings, sampling = settings, caption = settings;
        steps.reverseSteps = 500;
        sampling.samplingSteps = 25;
        caption.prompt = "a cat";
        const std::set<std::string> different = {
            inversionIdentity(request, picture, settings),
            wayBackIdentity(request, picture, settings), wayBackIdentity(request, picture, steps),
            wayBackIdentity(request, picture, sampling),
            wayBackIdentity(request, picture, caption)};
        QCOMPARE(different.size(), size_t(5));
        QCOMPARE( // the inversion serves them all
            inversionIdentity(request, picture, steps),
            inversionIdentity(request, picture, sampling));
    }
};

QTEST_GUILESS_MAIN(InversionTest)
#include "tst_inversion.moc"
