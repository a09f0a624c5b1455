// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/controls.h"

#include "core/diffusion/samplingrun.h"
#include "core/picture/resample.h"
#include "plugins/promptfree/annotators/annotate.h"
#include "plugins/promptfree/annotators/pidinet.h"
#include "tests/failure.h"
#include "tests/keptagain.h"
#include "tests/plugins/promptfree/promptfreefixture.h"

#include <QTest>

namespace {

double difference(const Result& a, const Result& b)
{
    return (toTensor(*a.latents.back()) - toTensor(*b.latents.back())).abs().max().item<double>();
}

} // namespace

class ControlsTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;
    PromptFreeFixture f;

    /// A run with control pictures.
    Request controlled(const std::vector<Input>& inputs)
    {
        Request request = f.request();
        request.images["control"] = inputs;
        request.values["control_model"] = f.controlNet();
        return request;
    }

    Input input(int number)
    {
        return {.image = PromptFreeFixture::picture(number), .kind = "none"};
    }

    /// A ControlNet that gives something else than the fixture's.
    std::string otherControlNet() const
    {
        std::map<std::string, Tensor> tensors;
        for (const auto& [name, shape] : controlNetShapes({.unet = f.model.unetConfig}))
            tensors[name] = portableWeight("other " + name, shape);
        const auto file = f.path("other.safetensors");
        saveSafetensors(file, tensors);
        return file.string();
    }

private Q_SLOTS:
    void theControlPictureChangesTheResult_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("ofControlNet");
        QTest::newRow("plain model") << 4 << 4;
        QTest::newRow("inpainting model") << 9 << 9;
        QTest::newRow("inpainting model, plain ControlNet") << 9 << 4;
    }

    void theControlPictureChangesTheResult()
    {
        QFETCH(int, channels);
        QFETCH(int, ofControlNet);
        PromptFreeFixture model(channels);
        const PromptFreeFixture other(ofControlNet);
        Request request = model.request();
        request.values["control_model"] = other.controlNet();
        const Result without = model.run(request);
        request.images["control"] = {input(4)};
        const Result with = model.run(request);
        QVERIFY(difference(with, without) > 0.01);
        request.images["control"] = {input(6)};
        QVERIFY(difference(model.run(request), with) > 0.01);
    }

    void aMapIsMadeOfAPicture()
    {
        Input picture = input(0);
        const Result asItIs = f.run(controlled({picture}));
        Models models;
        Input map = input(0);
        map.image = annotate({"canny", picture.image, 128, 128}, models);
        const Result edges = f.run(controlled({map}));
        QVERIFY(difference(edges, asItIs) > 0.001);
        picture.kind = "canny";
        QCOMPARE(difference(f.run(controlled({picture})), edges), 0.0);
        picture.kind.clear();
        QCOMPARE(difference(f.run(controlled({picture})), edges), 0.0);
    }

    void aMapOfAnotherSizeOrWithAlphaIsResizedOverWhite()
    {
        Input map = input(0), made = input(0);
        map.image = PromptFreeFixture::picture(4, 300, 50);
        made.image = resize(map.image, 128, 128, Filter::Bicubic);
        const Result stretched = f.run(controlled({map}));
        QCOMPARE(difference(f.run(controlled({made})), stretched), 0.0);
        Image transparent = *map.image;
        transparent.alpha.assign(300 * 50, 255);
        std::fill_n(transparent.alpha.begin(), 300 * 25, uint8_t(90));
        map.image = transparent;
        const Result composed = f.run(controlled({map}));
        QVERIFY(difference(composed, stretched) > 0.001);
        map.image = flattened(transparent, {});
        QCOMPARE(difference(f.run(controlled({map})), composed), 0.0);
    }

    void withoutWeightItDoesNotAct()
    {
        const Result without = f.run(f.request());
        Input silent = input(4);
        silent.weight = 0;
        QCOMPARE(difference(f.run(controlled({silent})), without), 0.0);
    }

    void itActsInItsSpanAlone()
    {
        const Result without = f.run(f.request()), whole = f.run(controlled({input(4)}));
        Input first = input(4), second = input(4), never = input(4);
        first.end = second.begin = 0.5;
        never.end = 0;
        const Result early = f.run(controlled({first})), late = f.run(controlled({second}));
        QCOMPARE(difference(f.run(controlled({never})), without), 0.0);
        const auto afterOne = [](const Result& result) { return toTensor(*result.latents[1]); };
        QVERIFY(afterOne(early).equal(afterOne(whole)));
        QVERIFY(afterOne(late).equal(afterOne(without)));
        QVERIFY(difference(early, whole) > 0.001 && difference(late, without) > 0.001);
    }

    void twoHalvesAreAsMuchAsOne()
    {
        Input halved = input(4);
        halved.weight = 0.5;
        const Result one = f.run(controlled({input(4)}));
        QVERIFY(difference(f.run(controlled({halved, halved})), one) < 1e-3);
    }

    void guessModeLeavesTheUnconditionalPassAlone()
    {
        Request request = controlled({input(4)});
        const Result usual = f.run(request);
        request.values["guess_mode"] = true;
        QVERIFY(difference(f.run(request), usual) > 0.001);
    }

    void eachMayHaveANetworkOfItsOwn()
    {
        Request request = controlled({input(4), input(6)});
        const Result shared = f.run(request);
        request.values["control_model"] = f.controlNet() + " ; " + f.controlNet();
        QCOMPARE(difference(f.run(request), shared), 0.0);
        const std::string one = f.controlNet() + ";" + f.controlNet();
        request = controlled({input(4), input(5), input(6)});
        request.values["control_model"] = one;
        const std::string said = failure([&] { f.run(request); });
        QVERIFY2(said.find("more control pictures than ControlNets") != said.npos, said.c_str());
    }

    void aSilentPictureLeavesTheOthersTheirNetworks()
    {
        Input silent = input(4);
        silent.weight = 0;
        const std::string first = f.controlNet(), second = otherControlNet();
        const auto with = [&](const std::vector<Input>& inputs, const std::string& networks) {
            Request request = controlled(inputs);
            request.values["control_model"] = networks;
            return f.run(request);
        };
        const Result ofFirst = with({input(6)}, first), ofSecond = with({input(6)}, second);
        QVERIFY(difference(ofFirst, ofSecond) > 0.001);
        const std::string both = first + ";" + second;
        QCOMPARE(difference(with({silent, input(6)}, both), ofSecond), 0.0);
        QCOMPARE(difference(with({input(6), silent}, both), ofFirst), 0.0);
    }

    void theModelsOwnNetworkServesWhereNoneIsNamed()
    {
        const std::filesystem::path mini = MINI_MODEL;
        const PromptFreeSettings none;
        Input picture = input(4);
        picture.kind = "canny";
        const auto own = mini / "controlnet-canny";
        QCOMPARE(controlPlans({picture}, none, mini).at(0).network, own);
        picture.kind.clear(); // canny is the first of the kinds
        QCOMPARE(controlPlans({picture}, none, mini).at(0).network, own);
        picture.kind = "none"; // a finished map
        QCOMPARE(controlPlans({picture}, none, mini).at(0).network, own);
        const std::string lacks = failure([&] { controlPlans({picture}, none, "tiny"); });
        QVERIFY2(lacks.starts_with("A finished map needs a ControlNet"), lacks.c_str());
        picture.kind = "hed";
        const std::string said = failure([&] { controlPlans({picture}, none, mini); });
        QVERIFY2(said.find("\"Soft edges (HED)\"") != said.npos, said.c_str());
        const StableDiffusion model = loadStableDiffusion(mini, "cpu", "fp32");
        QVERIFY(!loadControlNet(own, model.unetConfig, at::kCPU, at::kFloat).weights.empty());
    }

    void whatAControlAddsIsTraced()
    {
        Input picture = input(0);
        picture.kind = "canny";
        const auto traced = [&](const Request& request) {
            std::shared_ptr<const StepTrace> last;
            const auto keep = [&](const Event& event) {
                if (const auto* step = std::get_if<StepEvent>(&event); step && step->trace)
                    last = step->trace;
                return Answer {};
            };
            runPromptFree(f.model, request, f.models, Report(keep, everything()));
            return last;
        };
        const auto with = traced(controlled({picture}));
        int controls = 0;
        double size = 0;
        for (const auto& [site, feature] : with->passes.at({}).features) {
            controls += site.kind == SiteKind::Control;
            if (site.kind == SiteKind::Control)
                for (const float x : feature.values.all())
                    size += double(x) * double(x);
        }
        QCOMPARE(controls, 13); // twelve skips and the middle
        QCOMPARE(keptAgain(*with), std::string());
        QVERIFY(size > 0);
        picture.weight = 0;
        const auto without = traced(controlled({picture}));
        for (const auto& [site, feature] : without->passes.at({}).features)
            QVERIFY(site.kind != SiteKind::Control);
    }

    void aControlNetOfZerosRunsAndIsSaidOnce()
    {
        std::map<std::string, Tensor> zeros;
        for (const auto& [name, tensor] : loadSafetensors(f.controlNet()))
            zeros[name] = at::zeros_like(tensor);
        const auto file = f.path("zeros.safetensors");
        saveSafetensors(file, zeros);
        Request request = controlled({input(4), input(5)}); // both by the same network
        request.values["control_model"] = file.string() + ";" + file.string();
        const Result made = f.run(request);
        const auto said = english(made.notes);
        QCOMPARE(
            std::ranges::count_if(
                said,
                [](const std::string& note) {
                    return note.starts_with("All values of the ControlNet in the file");
                }),
            1);
        QCOMPARE(made.candidates.size(), size_t(1));
    }

    void aSeeCoderOfZerosRunsAndIsSaidEachTime()
    {
        std::map<std::string, Tensor> zeros;
        for (const auto& [name, tensor] : loadSafetensors(f.encoder()))
            zeros[name] = at::zeros_like(tensor);
        const auto file = f.path("zero-encoder.safetensors");
        saveSafetensors(file, zeros);
        Request request = f.request();
        request.values["encoder_file"] = file.string();
        for (int time = 0; time < 2; ++time) { // the second time what it read is kept
            const Result made = f.run(request);
            const auto said = english(made.notes);
            const auto told = std::ranges::count_if(said, [](const std::string& note) {
                return note.starts_with("All values of the SeeCoder in the file");
            });
            QCOMPARE(told, 1);
            QCOMPARE(made.candidates.size(), size_t(1));
        }
    }

    /// One for shuffled pictures acts on the half with the references alone, and in guess mode as
    /// strongly at all levels.
    void aPooledControlActsOnTheConditionalHalf()
    {
        const auto file = f.path("Shuffle.safetensors");
        std::filesystem::copy_file(f.controlNet(), file);
        const auto net = std::make_shared<const ControlNet>(
            loadControlNet(file, f.model.unetConfig, at::kCPU, at::kFloat));
        QVERIFY(net->config.pooled);
        const Tensor hint = encodeHint(
            net->config, net->weights, (toTensor(PromptFreeFixture::picture(4, 64, 64)) + 1) / 2);
        const Tensor x = portableNormal("latent", {1, 4, 8, 8});
        Guides guides {.context = portableNormal("context", {1, 20, 64})};
        const auto pass = [&](bool conditional) {
            return predicted(
                f.model.unetConfig, f.model.unet, guides, x, {.time = 500}, conditional);
        };
        const Tensor with = pass(true), without = pass(false);
        guides.controls = {{.net = net, .hint = hint, .steps = {0, 1}}};
        const Tensor controlled = pass(true);
        QVERIFY(!controlled.equal(with));
        QVERIFY(pass(false).equal(without));
        guides.guessMode = true;
        QVERIFY(pass(true).equal(controlled));
    }

    void aPartsNumberIsThatOfItsPicture()
    {
        Input silent = input(5);
        silent.weight = 0;
        const auto labels = [&](const std::vector<Input>& inputs) {
            const Request request = controlled(inputs);
            std::string all;
            for (const ActiveSpan& span : promptFree().spans(request.values, request.images))
                all += span.label + ";";
            return all;
        };
        QCOMPARE(labels({input(4)}), std::string("Control;"));
        const Request three = controlled({input(4), silent, input(6)});
        const auto spans = promptFree().spans(three.values, three.images);
        QCOMPARE(spans.size(), std::size_t(2));
        QCOMPARE(spans[1].slot, std::string("control"));
        QCOMPARE(spans[1].at, 2); // the silent one has no span
        QCOMPARE(labels({silent, input(4)}), std::string("Control 2;"));
        QCOMPARE(labels({input(4), input(6)}), std::string("Control 1;Control 2;"));
    }

    void whatAKindLacksIsKnownBeforeItIsChosen()
    {
        const Method method = promptFree();
        const Slot& control = *slot(method, "control");
        Request request = controlled({input(4)});
        request.model = f.folder.path().toStdString(); // has no ControlNet
        request.values["control_model"] = std::string();
        std::string said = english(control.maps->lacks("canny", request));
        QVERIFY2(
            said.find("none for \"Canny edges\" comes with the model") != said.npos, said.c_str());
        request.values["control_model"] = f.controlNet();
        QCOMPARE(english(control.maps->lacks("canny", request)), std::string());
        request.values["annotators"] = f.folder.path().toStdString();
        QVERIFY(!control.maps->lacks("depth", request).empty());
    }

    void whatIsMissingIsNamed()
    {
        Request request = controlled({input(4)});
        request.images["control"][0].kind = "hed";
        request.values["control_model"] = std::string();
        std::string said = failure([&] { f.run(request); });
        QVERIFY2(
            said.find("none for \"Soft edges (HED)\" comes with the model") != said.npos,
            said.c_str());
        // Before anything is loaded: the run of the plug-in does not come to its model.
        request.values["control_model"] = f.controlNet();
        request.values["annotators"] = f.folder.path().toStdString();
        request.model = "/no/such/model";
        said = failure(
            [&] { promptFree().run(request, f.models, [](const Event&) { return Answer {}; }); });
        QVERIFY2(said.find("soft edges (HED)") != said.npos, said.c_str());
        request.model.clear();
        request.values["control_model"] = std::string("/no/such/net.safetensors");
        said = failure([&] { f.run(request); });
        QVERIFY2(said.find("/no/such/net.safetensors") != said.npos, said.c_str());
    }
};

QTEST_GUILESS_MAIN(ControlsTest)
#include "tst_controls.moc"
