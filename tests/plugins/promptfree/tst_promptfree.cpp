// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/promptfree.h"

#include "core/diffusion/samplingrun.h"
#include "tests/failure.h"
#include "tests/plugins/modelneeds.h"
#include "tests/plugins/promptfree/promptfreefixture.h"

#include <QTest>

#include <algorithm>

namespace {

Image half(int side)
{
    Image mask = filled(side, side, {0, 0, 0});
    for (int y = 0; y < side; ++y)
        for (int x = side / 2; x < side; ++x)
            std::fill_n(mask.pixel(x, y), 3, uint8_t(255));
    return mask;
}

/// The right half of a start picture painted anew from noise alone.
Request rightHalf(const PromptFreeFixture& f)
{
    Request request = f.request();
    request.images["init"] = {{.image = PromptFreeFixture::picture(5, 128, 128)}};
    request.images["mask"] = {{.image = half(128)}};
    request.values["strength"] = 1.0;
    return request;
}

Image left(const Image& image)
{
    return crop(image, 0, 0, 64, 128);
}

Image right(const Image& image)
{
    return crop(image, 64, 0, 64, 128);
}

double difference(const Latent& a, const Latent& b)
{
    return (toTensor(a) - toTensor(b)).abs().max().item<double>();
}

} // namespace

class PromptFreeTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void equalRequestsGiveEqualPictures()
    {
        PromptFreeFixture f;
        const Request request = f.request();
        const Result result = f.run(request);
        QCOMPARE(result.candidates.size(), size_t(1));
        QCOMPARE(result.candidates[0].image->width, 128);
        QCOMPARE(result.latents.size(), size_t(3));
        QVERIFY(!result.stopped);
        QCOMPARE(f.result(request), result.candidates[0].image);
    }

    void theReferenceDecides()
    {
        PromptFreeFixture f;
        Request request = f.request();
        const Image first = f.result(request);
        request.images["reference"] = {{.image = PromptFreeFixture::picture(3)}};
        QVERIFY(f.result(request) != first);
    }

    void aReferenceIsReadOnceAndKept()
    {
        PromptFreeFixture f;
        Request request = f.request();
        std::vector<std::string> stages;
        const auto runTold = [&] {
            stages.clear();
            runPromptFree(f.model, request, f.models, [&](const Event& event) {
                if (const auto* stage = std::get_if<StageEvent>(&event))
                    stages.push_back(english(stage->stage));
                return Answer {};
            });
            return std::ranges::count(stages, "Reading the reference");
        };
        request.images["reference"].push_back({.image = PromptFreeFixture::picture(1)});
        QCOMPARE(runTold(), 2);
        request.values["guidance"] = 3.0;
        QCOMPARE(runTold(), 0);
        request.images["reference"][1] = {.image = PromptFreeFixture::picture(2)};
        QCOMPARE(runTold(), 1);
    }

    void whatIsNotWantedIsNotDecoded()
    {
        PromptFreeFixture f;
        const auto stopped = [&](bool keep) {
            return runPromptFree(f.model, f.request(), f.models, [keep](const Event& event) {
                const auto* step = std::get_if<StepEvent>(&event);
                return Answer {.goOn = !step || step->step < 1, .keep = keep};
            });
        };
        const Result kept = stopped(true), discarded = stopped(false);
        QVERIFY(kept.stopped && discarded.stopped);
        QCOMPARE(kept.candidates.size(), size_t(1));
        QVERIFY(discarded.candidates.empty());
    }

    void aCandidateIsTheSameAlone()
    {
        PromptFreeFixture f;
        Request request = f.request();
        request.values["candidates"] = 2;
        const Result both = f.run(request);
        request.values["candidates"] = 1;
        request.seed = both.candidates.at(1).seed;
        const Result alone = f.run(request);
        const Tensor second = toTensor(*both.latents.back()).narrow(0, 1, 1);
        const Tensor same = toTensor(*alone.latents.back());
        QVERIFY((second - same).abs().max().item<double>() < 1e-3);
    }

    void atGuidanceOneTheUnconditionalPassIsLeftOut()
    {
        // As near to 1 as to change nothing, with both passes.
        PromptFreeFixture f;
        Request request = f.request();
        request.values["guidance"] = 1.0;
        const Result one = f.run(request);
        request.values["guidance"] = 1.0 + 1e-9;
        QVERIFY(difference(*f.run(request).latents.back(), *one.latents.back()) < 1e-3);
        request.values["guidance"] = 3.0;
        QVERIFY(difference(*f.run(request).latents.back(), *one.latents.back()) > 0.01);
    }

    void storedNoiseIsTaken()
    {
        PromptFreeFixture f;
        Request request = f.request();
        const Latent start = *f.run(request).latents.front();
        request.seed = 7;
        request.noise["noise"] = start.values;
        QCOMPARE(difference(*f.run(request).latents.front(), start), 0.0);
        request.noise["noise"].pop_back();
        QVERIFY(failure([&] { f.run(request); }).find("stored noise") != std::string::npos);
    }

    void stepsOutsideTheOriginalsGridAreRefused()
    {
        PromptFreeFixture f;
        Request request = f.request();
        request.values["steps"] = 27;
        const std::string said = failure([&] { f.run(request); });
        QVERIFY2(said.find("27 steps") != said.npos, said.c_str());
    }

    void aStartPictureLeavesOutTheFirstSteps()
    {
        PromptFreeFixture f;
        Request request = f.request();
        request.values["steps"] = 4;
        request.values["strength"] = 0.5;
        request.images["init"] = {{.image = PromptFreeFixture::picture(5)}};
        const Result result = f.run(request);
        QCOMPARE(result.latents.size(), size_t(3));
        request.values["strength"] = 1.0;
        QCOMPARE(f.run(request).latents.size(), size_t(5));
        request.values["strength"] = 0.0;
        const std::string said = failure([&] { f.run(request); });
        QVERIFY2(said.find("strength") != said.npos, said.c_str());
    }

    void onlyTheMaskedPartIsPainted_data()
    {
        QTest::addColumn<int>("channels");
        QTest::newRow("plain model") << 4;
        QTest::newRow("inpainting model") << 9;
    }

    void onlyTheMaskedPartIsPainted()
    {
        QFETCH(int, channels);
        PromptFreeFixture f(channels);
        Request request = rightHalf(f);
        const Image init = request.images["init"][0].image;
        const Result result = f.run(request);
        const Image& image = result.candidates[0].image;
        QCOMPARE(left(image), left(init));
        QVERIFY(right(image) != right(init));
        // What is kept is the start picture's in the latent too.
        const Tensor end = toTensor(*result.latents.back());
        request.seed = 99;
        const Tensor other = toTensor(*f.run(request).latents.back());
        QCOMPARE((end - other).narrow(3, 0, 8).abs().max().item<double>(), 0.0);
        QVERIFY((end - other).narrow(3, 8, 8).abs().max().item<double>() > 0.01);
    }

    void whatIsTriedOnIsOfReferenceAndControl_data() { onlyTheMaskedPartIsPainted_data(); }

    void whatIsTriedOnIsOfReferenceAndControl()
    {
        QFETCH(int, channels);
        PromptFreeFixture f(channels);
        Request request = rightHalf(f);
        const Image init = request.images["init"][0].image;
        std::vector<Image> all = {f.result(request)};
        request.values["control_model"] = f.controlNet();
        for (const int control : {4, 6}) {
            request.images["control"] = {
                {.image = PromptFreeFixture::picture(control), .kind = "none"}};
            all.push_back(f.result(request));
        }
        request.images["reference"] = {{.image = PromptFreeFixture::picture(3)}};
        all.push_back(f.result(request));
        for (size_t i = 0; i < all.size(); ++i) {
            QCOMPARE(left(all[i]), left(init));
            QVERIFY(right(all[i]) != right(init));
            for (size_t j = 0; j < i; ++j)
                QVERIFY(right(all[i]) != right(all[j]));
        }
    }

    void aMaskNeedsAStartPicture()
    {
        PromptFreeFixture f;
        Request request = f.request();
        request.images["mask"] = {{.image = half(128)}};
        const std::string said = failure([&] { f.run(request); });
        QVERIFY2(said.find("picture to start from") != said.npos, said.c_str());
    }

    void anInpaintingModelPaintsAWholePictureToo()
    {
        PromptFreeFixture f(9);
        QCOMPARE(f.run(f.request()).candidates.front().image->height, 128);
    }

    void theDefaultModelPaintsWithAndWithoutItsControlNet()
    {
        Models models;
        Request request {
            .method = "prompt-free",
            .model = MINI_MODEL,
            .values = {{"width", 128}, {"height", 128}, {"steps", 2}},
            .precision = "fp32"};
        request.images["reference"] = {{.image = PromptFreeFixture::picture(0)}};
        std::vector<std::string> stages;
        const auto runIt = [&] {
            return ::run(promptFree(), request, models, [&](const Event& event) {
                if (const auto* stage = std::get_if<StageEvent>(&event))
                    stages.push_back(english(stage->stage));
                return Answer {};
            });
        };
        std::vector<Tensor> ends;
        const auto keep = [&](const Result& result) {
            QCOMPARE(result.latents.size(), size_t(3));
            ends.push_back(toTensor(*result.latents.back()));
            QVERIFY(ends.back().sizes() == at::IntArrayRef({1, 4, 16, 16}));
            QVERIFY(ends.back().isfinite().all().item<bool>());
            QCOMPARE(result.candidates.at(0).image->width, 128);
        };
        keep(runIt());
        QVERIFY(std::ranges::count(stages, "Making the control map") == 0);
        request.images["control"] = {
            {.image = PromptFreeFixture::picture(2, 128, 128), .kind = "canny"}};
        keep(runIt());
        QVERIFY(std::ranges::count(stages, "Loading the ControlNet (0 %)") == 1);
        request.images.erase("control");
        request.images["reference"] = {{.image = PromptFreeFixture::picture(3)}};
        keep(runIt());
        QCOMPARE(ends.size(), size_t(3));
        QVERIFY((ends[1] - ends[0]).abs().max().item<double>() > 0.01);
        QVERIFY((ends[2] - ends[0]).abs().max().item<double>() > 0.01);
    }

    void inBFloat16TheDefaultModelPaintsNearlyThatOfFp32()
    {
        // Mean distances of latents, measured with instruction sets from SSE 4.1 to AVX512-BF16:
        // .014; of another reference .34.
        Models models;
        Request request {
            .method = "prompt-free",
            .model = MINI_MODEL,
            .values = {{"width", 128}, {"height", 128}, {"steps", 2}}};
        const auto painted = [&](const char* precision, int reference) {
            request.precision = precision;
            request.images["reference"] = {{.image = PromptFreeFixture::picture(reference)}};
            const Result result =
                ::run(promptFree(), request, models, [](const Event&) { return Answer {}; });
            return toTensor(*result.latents.back());
        };
        const Tensor exact = painted("fp32", 0);
        const double error = (painted("bf16", 0) - exact).abs().mean().item<double>();
        QVERIFY2(error < 0.03, qPrintable(QString::number(error)));
        QVERIFY((painted("bf16", 3) - exact).abs().mean().item<double>() > 0.1);
    }

    void aStopEndsAfterTheStep()
    {
        PromptFreeFixture f;
        const Result result =
            runPromptFree(f.model, f.request(), f.models, [&](const Event& event) {
                const auto* step = std::get_if<StepEvent>(&event);
                return Answer {.goOn = !step || step->step < 1};
            });
        QVERIFY(result.stopped);
        QCOMPARE(result.latents.size(), size_t(2));
        QCOMPARE(result.candidates.size(), size_t(1));
    }

    void aStopBeforeTheFirstStepGivesNothing_data()
    {
        QTest::addColumn<QString>("stage");
        for (const char* stage :
             {"Loading the SeeCoder (0 %)", "Reading the reference", "Loading the ControlNet (0 %)",
              "Making the control map", "Encoding the pictures"})
            QTest::newRow(stage) << stage;
    }

    void aStopBeforeTheFirstStepGivesNothing()
    {
        QFETCH(QString, stage);
        PromptFreeFixture f;
        Request request = f.request();
        request.images["control"] = {{.image = PromptFreeFixture::picture(4)}};
        request.values["control_model"] = f.controlNet();
        bool seen = false;
        const Result result = runPromptFree(f.model, request, f.models, [&](const Event& event) {
            const auto* told = std::get_if<StageEvent>(&event);
            const bool now = told && english(told->stage) == stage.toStdString();
            seen = seen || now;
            return Answer {.goOn = !now};
        });
        QVERIFY(seen);
        QVERIFY(result.stopped);
        QVERIFY(result.candidates.empty());
    }

    void whatAModelLacksIsSaid()
    {
        const Method method = promptFree();
        QVERIFY(method.refuses({.channels = 4, .contextWidth = 768}).empty());
        QVERIFY(refusesWhatItDoesNotNeed(method));
        QVERIFY(
            english(method.refuses({.name = "two", .channels = 4, .contextWidth = 1024}))
                .find("1024")
            != std::string::npos);
        QVERIFY(
            english(method.refuses({.name = "pix", .channels = 8, .contextWidth = 768})).find("8")
            != std::string::npos);
    }

    void theStepsThatAreMadeAreNoted()
    {
        PromptFreeFixture f;
        Request request = f.request();
        const auto notes = promptFree().notes;
        QCOMPARE(notes(request, f.models).size(), size_t(0));
        request.values["steps"] = 30;
        QVERIFY(english(notes(request, f.models).at(0)).find("31 steps") != std::string::npos);
    }

    void aReferenceIsNeeded() { QCOMPARE(missing(promptFree(), {}).size(), size_t(1)); }
};

QTEST_GUILESS_MAIN(PromptFreeTest)
#include "tst_promptfree.moc"
