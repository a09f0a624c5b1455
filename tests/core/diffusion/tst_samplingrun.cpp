// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"
#include "tests/failure.h"
#include "tests/goldens.h"

#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace {

/// The recorded autoencoder in a model, in @p type; where @p large is set, with features beyond the
/// largest fp16 number, which the next norm brings back, behind the first layer of each way.
StableDiffusion modelOf(const Golden& golden, at::ScalarType type, bool large)
{
    Weights::Dict dict = golden.tensors("weights.safetensors");
    if (large)
        for (const char* part : {"weight", "bias"})
            for (const char* way : {"decoder", "encoder"})
                dict[way + std::string(".conv_in.") + part] *= 3e4;
    for (auto& [name, tensor] : dict)
        tensor = tensor.to(type);
    StableDiffusion model;
    model.vaeConfig = autoencoderConfigFromJson(golden.text("config.json"), "config.json");
    model.vae = Weights(std::move(dict));
    return model;
}

int farthest(const Image& a, const Image& b)
{
    int most = a.rgb.size() == b.rgb.size() ? 0 : 255;
    for (size_t i = 0; i < std::min(a.rgb.size(), b.rgb.size()); ++i)
        most = std::max(most, std::abs(int(a.rgb[i]) - int(b.rgb[i])));
    return most;
}

const Report always = [](const Event&) { return Answer {}; };

} // namespace

class SamplingRunTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Sessions have them, and go on from them.
    void aLatentOfOtherChannelsIsNotDecoded()
    {
        const StableDiffusion model = modelOf(Golden("vae-sd1"), at::kFloat, false);
        for (const int64_t channels : {1, 3, 5}) {
            const Tensor x = at::ones({1, channels, 8, 8});
            const std::string said = failure([&] { picturesOf(model, x); });
            QVERIFY2(said.find("it cannot be decoded") != said.npos, said.c_str());
            QVERIFY(!failure([&] { deepPicturesOf(model, x); }).empty());
        }
    }

    void aResultThatWasDecodedAgainSaysSo_data()
    {
        QTest::addColumn<bool>("half");
        QTest::addColumn<bool>("large");
        QTest::addColumn<int>("notes");
        QTest::newRow("fp16") << true << false << 0;
        QTest::newRow("fp16, overflowing") << true << true << 1;
        QTest::newRow("fp32") << false << true << 0;
    }

    void aResultThatWasDecodedAgainSaysSo()
    {
        QFETCH(bool, half);
        QFETCH(bool, large);
        QFETCH(int, notes);
        const Golden golden("vae-sd1");
        const StableDiffusion model = modelOf(golden, half ? at::kHalf : at::kFloat, large);
        SamplingRun run {.report = always};
        run.decode = [&](const Tensor& x, const StageReport& progress, Notes* told) {
            std::vector<Candidate> candidates;
            for (Image& image : picturesOf(model, x, Rounding::Nearest, progress, told))
                candidates.push_back({.image = std::move(image)});
            return candidates;
        };
        const Tensor z = golden.inputs.at("z") * model.vaeConfig.scalingFactor;
        const Result result = run.finish(0, at::cat({z, z})); // said once for both
        QCOMPARE(int(result.notes.size()), notes);
        for (const std::string& note : english(result.notes))
            QVERIFY2(note.ends_with("decoded again in fp32."), note.c_str());
        QCOMPARE(result.candidates.size(), size_t(2));
        const Image exact = picturesOf(modelOf(golden, at::kFloat, large), z).front();
        for (const Candidate& candidate : result.candidates)
            QVERIFY(farthest(candidate.image, exact) <= 25); // what half precision costs
    }

    void aPictureThatWasEncodedAgainIsSaidOnce()
    {
        const Golden golden("vae-sd1");
        const Tensor image = golden.inputs.at("image");
        const Tensor exact = latentOf(modelOf(golden, at::kFloat, true), image);
        Notes notes;
        for (int i = 0; i < 2; ++i) {
            const Tensor z = latentOf(modelOf(golden, at::kHalf, true), image, {}, &notes);
            QVERIFY((z - exact).abs().max().item<double>() < 0.05);
        }
        QCOMPARE(notes.size(), size_t(1));
        QVERIFY(english(notes[0]).ends_with("encoded again in fp32."));
        Notes none;
        for (const auto type : {at::kHalf, at::kFloat})
            latentOf(modelOf(golden, type, type == at::kFloat), image, {}, &none);
        QVERIFY(none.empty());
    }

    void aPictureThatCannotBeEncodedIsNotToldAsAStep()
    {
        const Golden golden("vae-sd1");
        const Tensor image = golden.inputs.at("image").clone();
        image.fill_(std::numeric_limits<float>::quiet_NaN());
        for (const auto type : {at::kHalf, at::kFloat}) {
            const std::string said =
                failure([&] { latentOf(modelOf(golden, type, false), image); });
            QVERIFY2(said.starts_with("The picture could not be encoded ("), said.c_str());
        }
    }

    void aPictureThatIsNoNumbersIsNotShownBlack()
    {
        const Golden golden("vae-sd1");
        const StableDiffusion model = modelOf(golden, at::kFloat, false);
        const Tensor z = golden.inputs.at("z").clone();
        z.fill_(std::numeric_limits<float>::quiet_NaN());
        const std::string said = failure([&] { picturesOf(model, z); });
        const std::string count = "(9216 of 9216 values are NaN or infinite)"; // 3 * 48 * 64
        QVERIFY2(said.find(count) != said.npos, said.c_str());
    }

    void aLatentThatIsNoNumbersTellsTheStepAndHowMany()
    {
        const Tensor fine = at::zeros({1, 4, 2, 2});
        const Tensor wrong = fine.clone();
        wrong.narrow(3, 0, 1).fill_(std::numeric_limits<float>::infinity());
        wrong.narrow(2, 0, 1).narrow(3, 0, 1).fill_(std::numeric_limits<float>::quiet_NaN());
        const std::string expected =
            "The picture stopped being numbers at step 3 of 50 (8 of 16 values are NaN or "
            "infinite): try precision fp32, a lower guidance or another sampler.";
        SamplingRun run {.report = always};
        QCOMPARE(failure([&] { run.step(3, 50, 1, wrong, fine); }), expected);
        QCOMPARE(failure([&] { run.step(3, 50, 1, fine, wrong); }), expected);
        QVERIFY(run.result.latents.empty());
    }

    void aRunThatWasStoppedKeepsWhatWasSeen()
    {
        const Tensor noisy = at::full({1, 4, 2, 2}, 5.0), clean = at::full({1, 4, 2, 2}, 2.0);
        const auto decoded = [&](int step) {
            SamplingRun run {.report = always};
            run.map = {.weight = at::zeros({3, 4}), .bias = at::zeros({3})};
            Tensor given;
            run.decode = [&](const Tensor& x, const StageReport&, Notes*) {
                given = x;
                return std::vector<Candidate>(1);
            };
            for (int i = 0; i <= step; ++i)
                run.step(i, 3, 0, noisy, clean, noisy);
            const Result result = run.finish(3, noisy);
            return std::pair(result.stopped, given);
        };
        const auto [stopped, seen] = decoded(2);
        QVERIFY(stopped && seen.equal(clean));
        const auto [early, last] = decoded(3);
        QVERIFY(!early && last.equal(noisy)); // the whole way: the sampler's own end
    }

    void aPartWithoutLayersActsInNoStep()
    {
        const ActiveSpan on = activeIn("Cloning", {{3, 11}}, {2, 9});
        QCOMPARE(on.label, std::string("Cloning"));
        QCOMPARE(on.steps, (Range {2, 9}));
        QCOMPARE(activeIn("Cloning", {}, {2, 9}).steps, (Range {0, 0}));
        QCOMPARE(activeIn("Cloning", {{3, 11}}, {2, 9}, "steps").parameter, std::string("steps"));
        QCOMPARE(activeIn("Cloning", {}, {2, 9}, "steps").parameter, std::string());
    }

    void onlyAnInpaintingModelHasAHole()
    {
        const Golden golden("vae-sd1");
        StableDiffusion model = modelOf(golden, at::kFloat, false);
        QVERIFY(!holeOf(model, 6, 8).defined());
        model.unetConfig.inChannels = inpaintingChannels;
        const Tensor everywhere = holeOf(model, 6, 8);
        QCOMPARE(everywhere.sizes().vec(), (std::vector<int64_t> {1, 5, 6, 8}));
        QVERIFY(everywhere.narrow(1, 0, 1).equal(at::ones({1, 1, 6, 8})));
        const Tensor grey = latentOf(model, at::zeros({1, 3, 48, 64}));
        QVERIFY(everywhere.narrow(1, 1, 4).equal(grey));

        const Tensor mask = at::zeros({1, 1, 6, 8}), picture = golden.inputs.at("image");
        const Tensor nowhere = holeOf(model, 6, 8, mask, picture);
        QVERIFY(nowhere.narrow(1, 0, 1).equal(mask));
        QVERIFY(nowhere.narrow(1, 1, 4).equal(latentOf(model, picture)));
    }
};

QTEST_GUILESS_MAIN(SamplingRunTest)
#include "tst_samplingrun.moc"
