// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/method.h"
#include "core/models.h"
#include "core/touchtext.h"
#include "core/weights/safetensors.h"
#include "tests/failure.h"

#include <QTemporaryDir>
#include <QTest>

#include <climits>
#include <cmath>

Q_DECLARE_METATYPE(Event)
Q_DECLARE_METATYPE(Result)

namespace {

const Parameter steps {
    .id = "steps", .label = "Steps", .initial = 50, .minimum = 1, .maximum = 1000, .step = 1};
const Parameter size {
    .id = "size", .label = "Size", .initial = 512, .minimum = 256, .maximum = 1024, .step = 128};
const Parameter strength {
    .id = "strength", .label = "Strength", .initial = 0.98, .minimum = 0, .maximum = 1};
const Parameter fit {
    .id = "fit",
    .label = "Fit",
    .initial = std::string("stretch"),
    .choices = {{"stretch", "Stretch"}, {"pad", "Pad"}, {"crop", "Crop"}}};
const Parameter cloning {.id = "sac", .label = "Cloning", .initial = Layers {{3, 11}}};
const Parameter cloningSteps {.id = "sac_steps", .label = "Cloning steps", .initial = Range {}};
const Parameter prompt {.id = "prompt", .label = "Prompt", .initial = std::string()};
const Parameter plain {.id = "plain", .label = "Plain", .initial = false};

Method method()
{
    Method m {.id = "analogy", .name = "Analogy"};
    m.slots = {{.id = "A", .label = "A"}, {.id = "extra", .label = "Extra", .needed = false}};
    m.parameters = {steps, size, strength, fit, cloning, cloningSteps, prompt, plain};
    m.presets = {{.id = "deblur", .label = "Deblur", .values = {{"strength", 0.7}, {"steps", 30}}}};
    return m;
}

std::string refusal(const Parameter& p, const char* text)
{
    try {
        parseValue(p, text);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

class MethodTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyValueSurvivesItsText_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("text");
        QTest::newRow("int") << 0 << "12";
        QTest::newRow("double") << 2 << "0.96";
        QTest::newRow("choice") << 3 << "pad";
        QTest::newRow("layers") << 4 << "3:11,13";
        QTest::newRow("off") << 4 << "off";
        QTest::newRow("range") << 5 << "0:25";
        QTest::newRow("all steps") << 5 << "all";
        QTest::newRow("text") << 6 << " kept as typed, 1:2 ";
        QTest::newRow("bool") << 7 << "on";
    }

    void everyValueSurvivesItsText()
    {
        QFETCH(int, which);
        QFETCH(QString, text);
        const Parameter p = method().parameters.at(which);
        QCOMPARE(QString::fromStdString(toText(parseValue(p, text.toStdString()))), text);
    }

    void layersAreSortedAndJoined()
    {
        QCOMPARE(
            std::get<Layers>(parseValue(cloning, "13, 5:11,3:6")), (Layers {{3, 11}, {13, 14}}));
        QCOMPARE(std::get<Layers>(parseValue(cloning, "4:4")), Layers {});
    }

    void whatIsWrongIsNamedWithWhatIsAccepted()
    {
        QCOMPARE(refusal(steps, "0"), std::string("Steps cannot be \"0\": it is from 1 to 1000."));
        QCOMPARE(
            failure([&] { checkValue(steps, 256.0); }),
            std::string("Steps cannot be \"256\": it is a whole number from 1 to 1000."));
        QVERIFY(refusal(steps, "many").find("a whole number from 1 to 1000") != std::string::npos);
        QVERIFY(refusal(size, "300").find("in steps of 128") != std::string::npos);
        QVERIFY(refusal(strength, "nan").find("from 0 to 1") != std::string::npos);
        QVERIFY(refusal(fit, "squash").find("stretch, pad or crop") != std::string::npos);
        QVERIFY(!refusal(cloning, "3:11,x").empty());
        QVERIFY(!refusal(cloning, "11:3").empty());
        QVERIFY(!refusal(cloningSteps, "-1:4").empty());
    }

    void theStrongerSourceOfAValueWins()
    {
        ModelCard model;
        model.recommended["analogy"] = {
            {"strength", "0.5"}, {"steps", "12"}, {"sac", "off"}, {"unknown", "1"}};
        Request request {.preset = "deblur"};
        request.values["steps"] = 7;
        const Values values = resolve(method(), request, model);
        QCOMPARE(std::get<int>(values.at("steps")), 7);          // by hand
        QCOMPARE(std::get<double>(values.at("strength")), 0.7);  // preset
        QCOMPARE(std::get<Layers>(values.at("sac")), Layers {}); // the model
        QCOMPARE(std::get<int>(values.at("size")), 512);         // the paper
        QVERIFY(!values.contains("unknown"));
    }

    void anUnknownSettingOrPresetIsRefused()
    {
        Request request {.values = {{"sharpness", 1}}};
        QVERIFY_EXCEPTION_THROWN(resolve(method(), request, {}), Error);
        QVERIFY_EXCEPTION_THROWN(resolve(method(), {.preset = "none"}, {}), Error);
        QVERIFY_EXCEPTION_THROWN(resolve(method(), {.values = {{"steps", 1.5}}}, {}), Error);
    }

    void aRunKeepsNothingForGradients()
    {
        bool without = false;
        Method m = method();
        m.run = [&](const Request&, Models&, const Report&) {
            without = c10::InferenceMode::is_enabled();
            return Result {};
        };
        Request request {.method = "analogy"};
        request.images["A"] = {{.image = filled(1, 1, {})}};
        Models models;
        run(m, request, models, [](const Event&) { return Answer {}; });
        QVERIFY(without);
        QVERIFY(!c10::InferenceMode::is_enabled());
    }

    void aModelWithoutAnAutoencoderNeedsOne()
    {
        const QTemporaryDir folder;
        const std::string model = folder.filePath("unet.safetensors").toStdString();
        const std::string unet = "model.diffusion_model.";
        saveSafetensors(
            model,
            {{unet + "input_blocks.0.0.weight", at::zeros({8, 4, 3, 3})},
             {unet + "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight",
              at::zeros({8, 768})}});
        Method m = method();
        m.slots.clear();
        m.parameters.push_back({.id = "vae", .label = "Decoder", .initial = std::string()});
        m.run = [](const Request&, Models&, const Report&) { return Result {.stopped = true}; };
        Models models;
        const auto runIt = [&](const Values& values) {
            return failure([&] {
                run(m, {.method = "analogy", .model = model, .values = values}, models, {});
            });
        };
        QVERIFY2(runIt({}).find("no autoencoder") != std::string::npos, runIt({}).c_str());
        QVERIFY2(!runIt({{"vae", std::string("x")}}).empty(), "no such parameter was told");
        m.parameters.back().role = Role::Autoencoder;
        QVERIFY2(runIt({}).find("as Decoder") != std::string::npos, runIt({}).c_str());
        QCOMPARE(runIt({{"vae", std::string("x")}}), std::string());
    }

    void onlyNeededPicturesAreMissing()
    {
        Request request;
        QCOMPARE(english(missing(method(), request)), std::vector<std::string> {"a picture for A"});
        request.images["A"] = {{.image = filled(1, 1, {})}};
        QVERIFY(missing(method(), request).empty());
    }

    void touchesThatDoNotFitAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* text, const char* said) {
            QTest::addRow("%s", text) << text << said;
        };
        row("cross:15:head=3:0", "");
        row("cross:16:head=3:0", "from 0 to 15");
        row("cross:8-17:head=3:0", "from 0 to 15");
        row("cross:8-:head=3:0", "");
        row("word=Circle:0", "");
        row("word=red circle:0", "");
        row("word=square:0", "not in the prompt");
        row("word=circ:0", "not in the prompt");
        row("word=ircle:0", "not in the prompt");
        row("self:8:share=B'>A:0", "no grid");
        row("self:8:inject=off", "injects nothing");
        row("features:21:off", "injects nothing");
        row("features:22:off", "from 0 to 21");
    }

    void touchesThatDoNotFitAreRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        const auto refusal = [&](const Method& m) {
            Request request {.touches = {parseTouch(text.toStdString())}};
            request.images["A"] = {{.image = filled(1, 1, {})}};
            request.values["prompt"] = std::string("A red circle, or a circleful.");
            return QString::fromStdString(failure([&] { prepare(m, request, {}); }));
        };
        const QString refused = refusal(method());
        QVERIFY2(said.isEmpty() ? refused.isEmpty() : refused.contains(said), qPrintable(refused));
        if (text.contains("share") || text.contains("inject")) {
            Method other = method();
            other.onGrid = true;
            other.without = {{"injection", {}}};
            QCOMPARE(refusal(other), QString());
        }
    }

    void aNumberThatNoTextGivesIsRefusedToo()
    {
        Request request {.touches = {{.times = 5}}};
        request.images["A"] = {{.image = filled(1, 1, {})}};
        const std::string said = failure([&] { prepare(method(), request, {}); });
        QVERIFY2(said.find("from 0 to 4") != said.npos, said.c_str());
    }

    /// Those who draw and keep what a method gives take its sizes at their word.
    void whatCannotBeIsAFailureOfTheMethod_data()
    {
        QTest::addColumn<Event>("event");
        QTest::addColumn<Result>("result");
        QTest::addColumn<bool>("fails");
        const auto latent = [](std::array<int64_t, 4> shape, size_t values) {
            return std::make_shared<const Latent>(
                Latent {.shape = shape, .values = std::vector<float>(values, std::nanf(""))});
        };
        const auto step = [](const StepEvent& event) { return Event(event); };
        const Image good = filled(2, 1, {});
        Image negative = good, large = good, cut = good, veil = good, huge = good;
        negative.width = -2;
        large.height = 2;
        cut.rgb.pop_back();
        veil.alpha = {1};
        huge.width = huge.height = INT_MAX;
        const Event fine =
            step({.step = 1, .steps = 1, .latent = latent({1, 1, 1, 2}, 2), .previews = {good}});
        const Result done = {
            .candidates = {{.image = good}}, .latents = {latent({1, 4, 1, 1}, 4), nullptr}};
        QTest::newRow("good, of numbers that are none") << fine << done << false;
        QTest::newRow("nothing") << Event(StageEvent {}) << Result {} << false;
        for (const auto& [name, image] : std::initializer_list<std::pair<const char*, Image>> {
                 {"negative", negative},
                 {"large", large},
                 {"cut", cut},
                 {"veil", veil},
                 {"huge", huge}}) {
            QTest::addRow("result %s", name)
                << fine << Result {.candidates = {{.image = good, .canvas = image}}} << true;
            QTest::addRow("stage %s", name) << Event(StageEvent {.preview = image}) << done << true;
            QTest::addRow("step %s", name) << step({.noisy = {good, image}}) << done << true;
        }
        for (const auto& [name, wrong] :
             std::initializer_list<std::pair<const char*, std::shared_ptr<const Latent>>> {
                 {"none", latent({0, 1, 1, 1}, 0)},
                 {"negative", latent({-1, -1, 1, 1}, 1)},
                 {"few", latent({1, 4, 2, 2}, 15)},
                 {"overflow", latent({1, int64_t(1) << 62, 4, 1}, 0)}}) {
            QTest::addRow("latent %s", name) << fine << Result {.latents = {wrong}} << true;
            QTest::addRow("prediction %s", name) << step({.prediction = wrong}) << done << true;
        }
        QTest::newRow("step before the first") << step({.step = -1, .steps = 1}) << done << true;
        QTest::newRow("step beyond the last") << step({.step = 2, .steps = 1}) << done << true;
    }

    void whatCannotBeIsAFailureOfTheMethod()
    {
        QFETCH(Event, event);
        QFETCH(Result, result);
        QFETCH(bool, fails);
        Method made = method();
        made.run = [&](const Request&, Models&, const Report& report) {
            report(event);
            return result;
        };
        Models models;
        const auto tell = [](const Event&) { return Answer {}; };
        const std::string said = failure([&] { run(made, Prepared {}, models, Report(tell)); });
        QCOMPARE(said.starts_with("Analogy gave a picture or a latent whose sizes"), fails);
    }

    void whatCannotBeDecodedIsAFailureOfTheMethodToo()
    {
        const Image good = filled(2, 1, {});
        Image large = good, negative = good;
        large.height = 2;
        negative.width = -2;
        const std::string wrong = "Analogy gave a picture or a latent whose sizes";
        Models models;
        for (const Image& image : {good, large, negative})
            for (const bool asCanvas : {false, true}) {
                Method made = method();
                made.decode = [&](const Request&, Models&, const Latent&) {
                    Candidate each {.image = good, .canvas = good};
                    (asCanvas ? each.canvas : each.image) = image;
                    return std::vector {each};
                };
                made.decodeDeep = [&](const Request&, Models&, const Latent&) {
                    DeepImage deep = deepened(good);
                    deep.width = image.width;
                    deep.height = image.height;
                    DeepCandidate each {.image = deepened(good), .canvas = deepened(good)};
                    (asCanvas ? each.canvas : each.image) = deep;
                    return std::vector {each};
                };
                const bool fails = !(image == good);
                made.slots.clear();
                const auto fewer = [&] { decoded(made, {}, models, {}); };
                const auto deeper = [&] { decodedDeep(made, {}, models, {}); };
                QCOMPARE(failure(fewer).starts_with(wrong), fails);
                QCOMPARE(failure(deeper).starts_with(wrong), fails);
            }
    }

    /// A session may have lost its pictures.
    void aRunWithoutItsPicturesIsNeitherDecodedNorLookedInto()
    {
        const Method made = method(); // its functions are empty: none is called
        Models models;
        const std::string wanted = "Please give a picture for A.";
        QCOMPARE(failure([&] { decoded(made, {}, models, {}); }), wanted);
        QCOMPARE(failure([&] { decodedDeep(made, {}, models, {}); }), wanted);
        QCOMPARE(failure([&] { traced(made, {}, models, {}, 0, {}, {}); }), wanted);
    }

    void aTextMayTakeThePlaceOfAPicture()
    {
        Method made = method();
        made.slots.front().unless = "prompt";
        Request request;
        QCOMPARE(missing(made, request).size(), size_t(1));
        request.values["prompt"] = std::string();
        QCOMPARE(missing(made, request).size(), size_t(1));
        request.values["prompt"] = std::string("a house");
        QVERIFY(missing(made, request).empty());
    }
};

QTEST_GUILESS_MAIN(MethodTest)
#include "tst_method.moc"
