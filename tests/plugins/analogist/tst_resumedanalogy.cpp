// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"
#include "core/errors.h"
#include "tests/failure.h"
#include "tests/plugins/analogist/analogistfixture.h"
#include "tests/plugins/laterchange.h"
#include "tests/plugins/resuming.h"

#include <QTest>

#include <limits>

namespace {

/// A short run of two candidates from a seed, with cloning and masking on.
Request twoCandidates(const std::string& sampler)
{
    Request request = shortRequest();
    request.method = "analogy";
    request.values["candidates"] = 2;
    request.values["sampler"] = sampler;
    request.values["steps"] = 6; // of which strength leaves five
    return request;
}

RunWith running(const Request& request, const StableDiffusion& model = tinyModel())
{
    return [request, &model](const Report& report) { return runAnalogist(model, request, report); };
}

/// Networks whose predictions would be seen at once.
StableDiffusion withoutUNet()
{
    StableDiffusion model = tinyModel();
    Weights::Dict dict = loadSafetensors(TEST_DATA "/unet-inpaint/weights.safetensors");
    for (auto& [key, tensor] : dict)
        tensor = at::full_like(tensor, std::numeric_limits<float>::quiet_NaN());
    model.unet = Weights(std::move(dict), "no unet");
    return model;
}

/// The method on the tiny networks.
Method tinyAnalogy()
{
    Method method = analogist();
    for (Parameter& p : method.parameters)
        if (p.role == Role::Size)
            p.minimum = p.step = 128;
    method.run = [](const Request& request, Models&, const Report& report) {
        return runAnalogist(tinyModel(), request, report);
    };
    return method;
}

RunWith throughCore(const Request& request)
{
    return [request](const Report& report) {
        Models models;
        const ModelCard card {.name = "tiny", .channels = 9};
        const Method method = tinyAnalogy();
        return run(method, prepare(method, request, card), models, report);
    };
}

} // namespace

/// Runs of tiny networks in fp32, stopped and gone on.
class ResumedAnalogyTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void aRunGoesOnBitForBit_data()
    {
        QTest::addColumn<std::string>("sampler");
        QTest::addColumn<bool>("plain");
        for (const Parameter& p : analogistParameters())
            if (p.role == Role::Sampler)
                for (const Choice& choice : p.choices)
                    QTest::newRow(choice.value.c_str()) << choice.value << false;
        QTest::newRow("ddim, plain") << std::string("ddim") << true;
        QTest::newRow("dpm++2m-sde, plain") << std::string("dpm++2m-sde") << true;
    }

    void aRunGoesOnBitForBit()
    {
        QFETCH(std::string, sampler);
        QFETCH(bool, plain);
        Request request = twoCandidates(sampler);
        request.values["plain"] = plain;
        const RunWith run = running(request);
        const RecordedRun whole = recorded(run);
        QVERIFY(whole.result.latents.size() >= 6);
        for (const int steps : {1, 3}) { // within the start of the multistep rules and behind it
            const std::string differs = differenceAfter(whole, run, run, steps);
            QVERIFY2(differs.empty(), differs.c_str());
        }
    }

    void stepsThatAreDoneTakeNoNetwork()
    {
        const Request request = twoCandidates("dpm++2m-sde");
        const RecordedRun whole = recorded(running(request));
        const StableDiffusion none = withoutUNet();
        const int count = int(whole.done.predictions.size());
        const Result on = goneOn(running(request, none), whole.done, count);
        QCOMPARE(firstDifference(whole.result, on), -1);
        const std::string said =
            failure([&] { goneOn(running(request, none), whole.done, count - 1); });
        QVERIFY2(said.find("stopped being numbers") != said.npos, said.c_str());
    }

    void stepsOfAnotherSizeAreRefused()
    {
        const Request request = twoCandidates("ddim");
        const RecordedRun whole = recorded(running(request));
        Request one = request;
        one.values["candidates"] = 1;
        QCOMPARE(
            failure([&] { goneOn(running(one), whole.done, 2); }),
            std::string(
                "The steps that are done already are of a latent of 2 x 4 x 16 x 16; this "
                "run's is 1 x 4 x 16 x 16. Make the run from its beginning, or open a copy of "
                "the session that was saved."));
    }

    void aBranchWithNothingChangedIsItsParent_data()
    {
        QTest::addColumn<std::string>("sampler");
        for (const char* sampler : {"plms", "dpm++2m-sde", "unipc"})
            QTest::newRow(sampler) << std::string(sampler);
    }

    void aBranchWithNothingChangedIsItsParent()
    {
        QFETCH(std::string, sampler);
        const Request request = twoCandidates(sampler);
        const RecordedRun whole = recorded(throughCore(request));
        const RecordedRun branch = recorded(throughCore(branchOf(request, 3)));
        QCOMPARE(firstDifference(whole.result, branch.result), -1);
        QVERIFY(samePictures(whole.result, branch.result));
        // The same where the parent's steps are known, and where it is gone on from itself.
        QCOMPARE(
            firstDifference(whole.result, goneOn(throughCore(branchOf(request, 3)), whole.done, 4)),
            -1);
    }

    void whatMayChangeInABranchLeavesTheFirstSteps()
    {
        Request request = twoCandidates("euler-a");
        request.values["candidates"] = 1;
        request.values["prompt"] = std::string("a (red:1.5) circle");
        const RecordedRun whole = recorded(throughCore(request));
        for (const Parameter& p : analogistParameters()) {
            if (!p.mayChange || p.file || p.id == "decoder") // which want files: tst_apart
                continue;
            Request changed = branchOf(request, 3);
            changed.values[p.id] = otherValue(p, request.values.at(p.id));
            const Result branch = recorded(throughCore(changed)).result;
            const int step = firstDifference(whole.result, branch);
            QVERIFY2(step == 4 || step == -1, (p.id + " " + std::to_string(step)).c_str());
            const bool draws = p.id != "frame" && p.id != "long_prompts" && p.id != "plain"
                && p.id != "sac_steps" && p.id != "cam_steps";
            QVERIFY2(step == 4 || !draws, p.id.c_str());
        }
    }

    void laterDrawsAreByTheBranchsSeedAndEarlierOnesByTheParents()
    {
        const Request request = twoCandidates("dpm++2m-sde");
        const RecordedRun whole = recorded(throughCore(request));
        Request changed = branchOf(request, 3);
        changed.seed = 7;
        const RecordedRun branch = recorded(throughCore(changed));
        QCOMPARE(firstDifference(whole.result, branch.result), 4);
        QCOMPARE(firstDifference(branch.result, goneOn(throughCore(changed), branch.done, 4)), -1);
        changed.values["sampler"] = std::string("ddim");
        QVERIFY(failure([&] { throughCore(changed)(goOn); }).find("Sampler") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ResumedAnalogyTest)
#include "tst_resumedanalogy.moc"
