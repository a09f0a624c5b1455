// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imagefile.h"
#include "core/models.h"
#include "plugins/plugandplay/plugandplay.h"
#include "tests/failure.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

namespace {

const std::string figures = TEST_DATA "/pictures/single/";

/// A short run on the default model, of a small picture.
Request shortRequest()
{
    Request request {.method = "translate", .model = PROJECT_SOURCE "/resources/models/mini"};
    request.images["source"] = {{.image = loadImage(figures + "figure-1.png").image}};
    request.values = {
        {"size", 64},
        {"steps", 4},
        {"inversion_steps", 20},
        {"guidance", 5.0},
        {"prompt", std::string("large yellow star, blue ground")}};
    return request;
}

Answer goOn(const Event&)
{
    return {};
}

int farthest(const Image& a, const Image& b)
{
    int most = a.rgb.size() == b.rgb.size() ? 0 : 255;
    for (size_t i = 0; i < std::min(a.rgb.size(), b.rgb.size()); ++i)
        most = std::max(most, std::abs(int(a.rgb[i]) - int(b.rgb[i])));
    return most;
}

} // namespace

class TranslateTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_cache;
    Models m_models {m_cache.path().toStdString()};

    Image picture(const Request& request)
    {
        return run(translate(), request, m_models, goOn).candidates.at(0).image;
    }

private Q_SLOTS:
    void everyPromptMakesAPicture()
    {
        Request request = shortRequest();
        request.values["prompt"] = std::string("large yellow star\n\n  \nsmall green circle");
        std::vector<int> previews;
        const Result result = run(translate(), request, m_models, [&](const Event& event) {
            if (const auto* step = std::get_if<StepEvent>(&event))
                previews.push_back(int(step->previews.size()));
            return Answer {};
        });
        QCOMPARE(result.candidates.size(), size_t(2));
        QVERIFY(farthest(result.candidates[0].image, result.candidates[1].image) > 0);
        QCOMPARE(result.latents.size(), size_t(5));
        QCOMPARE(previews, std::vector<int>(5, 2));
    }

    void theSecondEditIsTheSameAndTheReferencePathToo()
    {
        const Request request = shortRequest();
        const Image first = picture(request);
        QCOMPARE(picture(request), first);
        Models fresh(m_cache.path().toStdString()); // nothing in memory, the inversion on disk
        bool inverted = false;
        const Result again = run(translate(), request, fresh, [&](const Event& event) {
            const auto* stage = std::get_if<StageEvent>(&event);
            inverted = inverted || (stage && stage->stage.starts_with("Inverting"));
            return Answer {};
        });
        QVERIFY(!inverted);
        QCOMPARE(again.candidates.at(0).image, first);
        Request plain = request;
        plain.values["plain"] = true;
        QVERIFY(farthest(picture(plain), first) <= 2);
    }

    void aStoppedInversionGoesOn()
    {
        Request request = shortRequest();
        request.values["inversion_prompt"] = std::string("a star");
        QTemporaryDir folder;
        Models models(folder.path().toStdString());
        const Result stopped = run(translate(), request, models, [&](const Event& event) {
            const auto* stage = std::get_if<StageEvent>(&event);
            return Answer {.goOn = !stage || stage->done < 7};
        });
        QVERIFY(stopped.stopped);
        QVERIFY(stopped.candidates.empty());
        QVERIFY(stopped.notes.at(0).starts_with("Stopped after 7 of 20 steps of the inversion"));
        int first = -1;
        const Result resumed = run(translate(), request, models, [&](const Event& event) {
            const auto* stage = std::get_if<StageEvent>(&event);
            if (stage && stage->stage.starts_with("Inverting") && first < 0)
                first = stage->done;
            return Answer {};
        });
        QCOMPARE(first, 7);
        QCOMPARE(resumed.candidates.at(0).image, picture(request)); // made in one go
    }

    void aSourceCanBeMadeFromAPrompt()
    {
        Request request = shortRequest();
        request.images.clear();
        QVERIFY(failure([&] { picture(request); }).find("Source") != std::string::npos);
        request.values["source_prompt"] = std::string("large red circle, white ground");
        const Result result = run(translate(), request, m_models, goOn);
        QCOMPARE(result.candidates.at(0).image.width, 64);
        QCOMPARE(result.candidates.at(0).canvas.width, 128); // beside its source
        request.values["source_shape"] = std::string("3:2");
        QCOMPARE(picture(request).width, 96);
        QCOMPARE(picture(request).height, 64);
        request.values["source_shape"] = std::string("9:16");
        QCOMPARE(picture(request).height, 112); // of 113.8, a multiple of 8
        request.values["source_shape"] = std::string("1:1");
        request.noise["noise"].assign(4 * 8 * 8, 0.5f);
        QVERIFY(picture(request) != result.candidates.at(0).image); // not of the source kept
    }

    void aPictureKeepsItsShape()
    {
        Request request = shortRequest();
        Image& image = request.images["source"][0].image;
        image = crop(image, 0, 0, image.width, image.height * 2 / 3);
        const Image result = picture(request);
        QCOMPARE(result.width, 96);
        QCOMPARE(result.height, 64);
        image = crop(image, 0, 0, image.width, image.height / 8);
        QVERIFY(failure([&] { picture(request); }).find("crop it") != std::string::npos);
    }

    void theInversionIsMeasuredWhenAsked()
    {
        Request request = shortRequest();
        request.values["reconstruct"] = true;
        const Result result = run(translate(), request, m_models, goOn);
        QCOMPARE(result.notes.size(), size_t(1));
        QVERIFY(result.notes[0].find("dB (PSNR)") != std::string::npos);
    }

    void theNotesTellWhetherTheInversionIsReady()
    {
        QTemporaryDir folder;
        Models models(folder.path().toStdString());
        Request request = shortRequest();
        request.values = resolve(translate(), request, describeModel(request.model));
        const auto last = [&] { return translate().notes(request, models).back(); };
        QVERIFY(last().starts_with("Inversion: 20 steps"));
        run(translate(), request, models, goOn);
        QVERIFY(last().starts_with("Inversion ready"));
        QCOMPARE(translate().notes(request, models).size(), size_t(2)); // and the inpainting model
    }

    void theNetworkCanBeLookedIntoAtAStep_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("layer");
        for (const LookKind& kind : translate().looks)
            QTest::newRow(kind.value.c_str()) << QString::fromStdString(kind.value) << 5;
        QTest::newRow("injected features") << QStringLiteral("features") << 14;
    }

    void theNetworkCanBeLookedIntoAtAStep()
    {
        QFETCH(QString, kind);
        QFETCH(int, layer);
        Request request = shortRequest();
        const Result result = run(translate(), request, m_models, goOn);
        request.values = resolve(translate(), request, describeModel(request.model));
        const Look look {.kind = kind.toStdString(), .layer = layer, .step = 1};
        const Inspection seen = translate().inspect(request, m_models, look, *result.latents.at(1));
        QCOMPARE(seen.pictures.size(), size_t(2));
        QCOMPARE(seen.pictures[0].label, std::string("Source"));
        // Attention's components are fitted to each picture alone.
        QVERIFY(seen.arrays.contains(kind == "attention" ? "components of Source" : "components"));
        const bool same = seen.pictures[0].image == seen.pictures[1].image;
        QCOMPARE(same, layer == 14); // what is injected is the source's
        Look wrong = look;
        wrong.layer = 22;
        QVERIFY(!failure([&] {
                     translate().inspect(request, m_models, wrong, *result.latents.at(1));
                 }).empty());
    }

    void whatIsNotComputedIsShownOfTheSourceAlone()
    {
        Request request = shortRequest();
        const Result result = run(translate(), request, m_models, goOn);
        request.values = resolve(translate(), request, describeModel(request.model));
        const Look look {.kind = "features-input", .layer = 14, .step = 1};
        const Inspection seen = translate().inspect(request, m_models, look, *result.latents.at(1));
        QCOMPARE(seen.pictures.size(), size_t(1));
        QCOMPARE(seen.pictures[0].label, std::string("Source"));
    }

    void aMadeSourceCanBeLookedInto()
    {
        Request request = shortRequest();
        request.images.clear();
        request.values["source_prompt"] = std::string("large red circle, white ground");
        request.values["inversion_steps"] = 7; // of no use here, so nothing to refuse
        const Result result = run(translate(), request, m_models, goOn);
        request.values = resolve(translate(), request, describeModel(request.model));
        for (const char* kind : {"attention", "queries", "features"}) {
            const Look look {.kind = kind, .layer = 5, .step = 1};
            const Inspection seen =
                translate().inspect(request, m_models, look, *result.latents.at(1));
            QCOMPARE(seen.pictures.size(), size_t(2));
        }
    }

    void featuresOfSeveralPicturesShareTheirColours()
    {
        Request request = shortRequest();
        request.method = "features";
        request.images = {
            {"pictures",
             {{.image = loadImage(figures + "figure-1.png").image},
              {.image = loadImage(figures + "figure-2.png").image}}}};
        request.values.erase("guidance");
        request.values.erase("prompt");
        request.values["step"] = 2;
        request.values["layer"] = 17;
        const Result result = run(featuresTool(), request, m_models, goOn);
        QCOMPARE(result.candidates.size(), size_t(2));
        QCOMPARE(result.candidates[0].image.width, 64);
        QCOMPARE(result.arrays.size(), size_t(5)); // components, mean, singular values, two scores
        request.values["step"] = 4;
        QVERIFY(!failure([&] { run(featuresTool(), request, m_models, goOn); }).empty());
    }

    void theToolInvertsAhead()
    {
        Request request = shortRequest();
        request.method = "invert";
        for (const char* id : {"guidance", "prompt"})
            request.values.erase(id);
        request.values["inversion_steps"] = 41;
        QVERIFY(
            failure([&] { run(invertTool(), request, m_models, goOn); }).find("take")
            != std::string::npos);
        request.values["inversion_steps"] = 40;
        const Result result = run(invertTool(), request, m_models, goOn);
        QVERIFY(result.notes.at(0).starts_with("The inversion is ready: 40"));
        QCOMPARE(result.arrays.at("latent").shape, (std::vector<int64_t> {1, 4, 8, 8}));
        QVERIFY(run(invertTool(), request, m_models, goOn)
                    .notes.at(0)
                    .starts_with("The inversion was ready"));
    }
};

QTEST_GUILESS_MAIN(TranslateTest)
#include "tst_translate.moc"
