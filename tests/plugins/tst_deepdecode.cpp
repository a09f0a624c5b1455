// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/noise.h"
#include "core/diffusion/samplingrun.h"
#include "plugins/analogist/analogist.h"
#include "plugins/plugandplay/plugandplay.h"
#include "plugins/promptfree/promptfree.h"
#include "tests/failure.h"
#include "tests/plugins/slope.h"

#include <QTest>

#include <cmath>
#include <set>

namespace {

const std::string model = MINI_MODEL;

Request requestOf(const Method& method, const std::vector<const char*>& slots, const Values& values)
{
    Request request {.method = method.id, .model = model, .values = values, .precision = "fp32"};
    for (const char* slot : slots)
        request.images[slot] = {{.image = slope(160, 120)}};
    request.values = resolve(method, request, describeModel(model));
    return request;
}

} // namespace

/// What the three methods decode with 8 and with 16 bits a channel, by the default model in fp32.
class DeepDecodeTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

private Q_SLOTS:
    void aDeepPictureHasMoreThan256LevelsAndIsTheSamePicture_data()
    {
        QTest::addColumn<Method>("method");
        QTest::addColumn<Request>("request");
        QTest::addColumn<int>("height"); // of the latent
        QTest::addColumn<int>("width");
        const Method analogy = analogist(), repaint = translate(), reference = promptFree();
        QTest::newRow("analogy") << analogy
                                 << requestOf(
                                        analogy, {"a", "a_prime", "b"},
                                        {{"size", 256}, {"candidates", 2}})
                                 << 32 << 32;
        QTest::newRow("analogy, cropped")
            << analogy
            << requestOf(
                   analogy, {"a", "a_prime", "b"},
                   {{"size", 256}, {"candidates", 2}, {"fit", std::string("crop")}})
            << 32 << 32;
        QTest::newRow("translate")
            << repaint
            << requestOf(repaint, {"source"}, {{"size", 256}, {"prompt", std::string("a\nb")}})
            << 32 << 43;
        QTest::newRow("prompt-free")
            << reference
            << requestOf(
                   reference, {"reference"}, {{"width", 128}, {"height", 128}, {"candidates", 2}})
            << 16 << 16;
        QTest::newRow("prompt-free, within a mask")
            << reference
            << requestOf(
                   reference, {"reference", "init", "mask"},
                   {{"width", 128}, {"height", 128}, {"candidates", 2}})
            << 16 << 16;
    }

    void aDeepPictureHasMoreThan256LevelsAndIsTheSamePicture()
    {
        QFETCH(Method, method);
        QFETCH(Request, request);
        QFETCH(int, height);
        QFETCH(int, width);
        Models models;
        const Latent latent = *toLatent(normal(7, 0, {2, 4, height, width}));
        const auto eight = method.decode(request, models, latent);
        const auto deep = method.decodeDeep(request, models, latent);
        QCOMPARE(deep.size(), std::size_t(2));
        QCOMPARE(eight.size(), deep.size());
        for (std::size_t n = 0; n < deep.size(); ++n) {
            const Candidate& shallow = eight[n];
            for (const auto& [of, as] :
                 {std::pair(&deep[n].image, &*shallow.image),
                  std::pair(&deep[n].canvas, &*shallow.canvas)}) {
                QCOMPARE(of->width, as->width);
                QCOMPARE(of->height, as->height);
                // A result of 8 bits was resampled from rounded colours.
                for (std::size_t i = 0; i < of->rgb.size(); ++i)
                    QVERIFY(std::abs(of->rgb[i] / 257. - as->rgb[i]) < 3);
            }
            const std::set<uint16_t> levels(deep[n].image.rgb.begin(), deep[n].image.rgb.end());
            QVERIFY2(levels.size() > 256, std::to_string(levels.size()).c_str());
        }
    }

    void aLatentOfAnotherSizeThanTheRunsIsRefused_data()
    {
        aDeepPictureHasMoreThan256LevelsAndIsTheSamePicture_data();
    }

    /// What a damaged session may have.
    void aLatentOfAnotherSizeThanTheRunsIsRefused()
    {
        QFETCH(Method, method);
        QFETCH(Request, request);
        QFETCH(int, height);
        QFETCH(int, width);
        Models models;
        const std::vector<std::vector<int64_t>> shapes = {
            {2, 4, 1, height * width}, {2, 4, 8, 8}, {2, 64, height, width}, {1, 4, height, width}};
        for (const auto& shape : shapes) {
            const Latent latent = *toLatent(at::zeros(shape));
            const std::string all[] = {
                failure([&] { decoded(method, request, models, latent); }),
                failure([&] { decodedDeep(method, request, models, latent); }),
                failure([&] { traced(method, request, models, everything(), 0, latent, {}); })};
            for (const std::string& said : all)
                QVERIFY2(
                    said.starts_with("This step of the run is damaged: its latent is of "),
                    said.c_str());
        }
        const Latent whole = *toLatent(at::zeros({2, 4, height, width}));
        const std::string said =
            failure([&] { traced(method, request, models, everything(), 1'000'000, whole, {}); });
        QVERIFY2(said.starts_with("The run is damaged: it has a step 1000001"), said.c_str());
    }

    void aMaskWhosePictureIsGoneIsRefused()
    {
        const Method method = promptFree();
        Request request =
            requestOf(method, {"reference", "init", "mask"}, {{"width", 128}, {"height", 128}});
        request.images.erase("init");
        Models models;
        const Latent latent = *toLatent(at::zeros({1, 4, 16, 16}));
        const std::string wanted =
            "A mask needs a picture to start from: please load one, or take the mask out.";
        QCOMPARE(failure([&] { decoded(method, request, models, latent); }), wanted);
        QCOMPARE(failure([&] { decodedDeep(method, request, models, latent); }), wanted);
    }
};

QTEST_GUILESS_MAIN(DeepDecodeTest)
#include "tst_deepdecode.moc"
