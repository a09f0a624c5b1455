// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/samplingrun.h"
#include "core/halves.h"
#include "core/nn/pool.h"
#include "core/stopping.h"
#include "core/weights/safetensors.h"
#include "plugins/analogist/analogist.h"
#include "plugins/plugandplay/plugandplay.h"
#include "plugins/promptfree/promptfree.h"
#include "tests/plugins/resuming.h"
#include "tests/plugins/slope.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

namespace {

/// Everything is staged while it lives.
struct Staged
{
    Staged() { setStagingRule(StagingRule::Always); }
    ~Staged() { setStagingRule(StagingRule::WhereShort); }
};

/// A short run on the default model, in fp32.
Request asked(const Method& method, const std::vector<const char*>& slots, const Values& values)
{
    Request request {
        .method = method.id, .model = MINI_MODEL, .values = values, .precision = "fp32"};
    for (const char* slot : slots)
        request.images[slot] = {{.image = slope(96, 96)}};
    return request;
}

bool says(const std::vector<Sentence>& notes, const char* words)
{
    return std::ranges::any_of(notes, [&](const Sentence& note) {
        return english(note).find(words) != std::string::npos;
    });
}

/// How far two runs are from each other, of the largest of the latents' numbers.
double farthest(const Result& a, const Result& b)
{
    double most = 0, differs = 0;
    for (size_t i = 0; i < a.latents.size(); ++i)
        for (size_t k = 0; k < a.latents[i]->values.size(); ++k) {
            const double one = a.latents[i]->values[k];
            most = std::max(most, std::abs(one));
            differs = std::max(differs, std::abs(one - b.latents.at(i)->values.at(k)));
        }
    return differs / most;
}

/// Whether a tensor is in memory still.
class Seen
{
public:
    explicit Seen(const Weights& weights)
        : m_tensor(weights.dict().begin()->second.getIntrusivePtr())
    {
    }
    bool isThere() const { return m_tensor.use_count() > 0; }

private:
    c10::weak_intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl> m_tensor;
};

} // namespace

/// What a run does where there is little memory: the networks one after the other, guidance in two
/// halves.
class LittleMemoryTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;

    static void methods()
    {
        QTest::addColumn<Method>("method");
        QTest::addColumn<Request>("request");
        const Method analogy = analogist(), repaint = translate(), reference = promptFree();
        const Values guided = {
            {"prompt", std::string("large red circle")},
            {"negative", std::string("blue")},
            {"guidance", 3.},
            {"steps", 4}};
        const auto with = [](Values values, const Values& others) {
            values.insert(others.begin(), others.end());
            return values;
        };
        QTest::newRow("analogy")
            << analogy
            << asked(
                   analogy, {"a", "a_prime", "b"},
                   with(guided, {{"size", 256}, {"strength", 1.}, {"sac", Layers {{3, 11}}}}));
        QTest::newRow("translate")
            << repaint
            << asked(
                   repaint, {"source"},
                   with(guided, {{"size", 128}, {"inversion_steps", 4}, {"alpha", .5}}));
        QTest::newRow("prompt-free")
            << reference
            << asked(
                   reference, {"reference"},
                   {{"width", 128}, {"height", 128}, {"steps", 4}, {"guidance", 2.}});
    }

private Q_SLOTS:
    void networksOneAfterTheOtherGiveTheSamePicture_data() { methods(); }

    void networksOneAfterTheOtherGiveTheSamePicture()
    {
        QFETCH(Method, method);
        QFETCH(Request, request);
        const auto made = [&](int& loads) {
            Models models;
            return run(method, request, models, Report([&](const Event& event) {
                           const auto* stage = std::get_if<StageEvent>(&event);
                           loads += stage && english(stage->stage) == "Loading the UNet (0 %)";
                           return Answer {};
                       }));
        };
        int usual = 0, staged = 0;
        const Result whole = made(usual);
        const Staged all;
        const Result apart = made(staged);
        QVERIFY(!apart.stopped && !apart.candidates.empty());
        QCOMPARE(firstDifference(whole, apart), -1);
        QVERIFY(samePictures(whole, apart));
        QVERIFY(
            !says(whole.notes, "one after the other") && says(apart.notes, "one after the other"));
        QCOMPARE(usual, 1);
        QVERIFY(staged >= 1); // and it was told
    }

    void aStopWhileANetworkIsLoadedEndsTheRun_data()
    {
        QTest::addColumn<Method>("method");
        QTest::addColumn<Request>("request");
        QTest::addColumn<QByteArray>("part");
        const Method analogy = analogist();
        const Request request =
            asked(analogy, {"a", "a_prime", "b"}, {{"size", 256}, {"steps", 4}});
        for (const char* part : {"text encoder", "UNet", "autoencoder"})
            QTest::newRow(part) << analogy << request << QByteArray(part);
    }

    void aStopWhileANetworkIsLoadedEndsTheRun()
    {
        QFETCH(Method, method);
        QFETCH(Request, request);
        QFETCH(QByteArray, part);
        const Staged all;
        Models models;
        bool stopped = false;
        int steps = 0;
        const Stopping stopping([&] { return stopped; }, [&] { return stopped; });
        const Result result = run(
            method, request, models, Report([&](const Event& event) {
                if (const auto* stage = std::get_if<StageEvent>(&event))
                    stopped = stopped
                        || english(stage->stage).starts_with("Loading the " + part.toStdString());
                else
                    steps += std::get<StepEvent>(event).step > 0;
                return Answer {.goOn = !stopped, .keep = !stopped};
            }));
        QVERIFY(stopped && result.stopped && result.candidates.empty());
        QCOMPARE(steps, 0);
    }

    void oneNetworkIsInMemoryAtATime()
    {
        const Staged all;
        Models models;
        const auto load = [&](const std::vector<Lora>& loras = {}) {
            return models.stableDiffusion(MINI_MODEL, "cpu", "fp32", {}, {}, "auto", loras);
        };
        const auto model = load();
        QVERIFY(model->unet.empty() && model->vae.empty() && model->textEncoder.empty());
        QVERIFY(model->staging && readsPrompts(*model));
        QCOMPARE(model->staging->loaded(), uint64_t(0));
        const StableDiffusion whole = [] {
            setStagingRule(StagingRule::WhereShort);
            StableDiffusion loaded = loadStableDiffusion(MINI_MODEL, "cpu", "fp32");
            setStagingRule(StagingRule::Always);
            return loaded;
        }();
        QVERIFY(!whole.staging);
        const Seen text(textEncoderOf(*model));
        QVERIFY(text.isThere());
        StableDiffusion told = *model;
        bool both = false; // at any time of the load
        told.loadingReport = [&](const StageEvent&) {
            both = both || text.isThere();
            return true;
        };
        const Seen unet(unetOf(told));
        QVERIFY(!both && !text.isThere() && unet.isThere());
        const Tensor weight = unetOf(*model).dict().at("conv_in.weight");
        QVERIFY(weight.equal(whole.unet.dict().at("conv_in.weight")));
        QVERIFY(unetOf(*model).dict().at("conv_in.weight").is_same(weight)); // not loaded again
        const Seen vae(autoencoderOf(*model));
        QVERIFY(!unet.isThere() && vae.isThere());
        QCOMPARE(autoencoderOf(*model).dict().size(), whole.vae.dict().size());
        // As long as a run has the model, it stays staged; then it is whole where there is room.
        setStagingRule(StagingRule::WhereShort);
        const StableDiffusion ofRun = *model;
        QVERIFY(load()->staging == model->staging);
        QVERIFY(vae.isThere());
        setStagingRule(StagingRule::Always);
        QVERIFY(load()->staging == model->staging);
    }

    void aStagedModelBecomesWholeWhereThereIsRoom()
    {
        Models models;
        const auto load = [&] { return models.stableDiffusion(MINI_MODEL, "cpu", "fp32"); };
        setStagingRule(StagingRule::Always);
        QVERIFY(load()->staging);
        QVERIFY(load()->staging);
        setStagingRule(StagingRule::WhereShort);
        QVERIFY(!load()->staging && !load()->unet.empty());
    }

    void lorasAreInWhatIsLoaded()
    {
        const std::string key = "lora_unet_down_blocks_0_attentions_0_proj_in";
        const std::string changed = "down_blocks.0.attentions.0.proj_in.weight";
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("x.safetensors")).toStdString();
        const Tensor before =
            loadStableDiffusion(MINI_MODEL, "cpu", "fp32").unet.dict().at(changed);
        saveSafetensors(
            file,
            {{key + ".lora_down.weight", at::ones({1, before.size(1)})},
             {key + ".lora_up.weight", at::ones({before.size(0), 1})}});
        std::vector<Lora> loras = {{.file = file, .weight = .5}};
        completeLoras(loras);
        const Staged all;
        Models models;
        const auto weight = [&](const std::vector<Lora>& with) {
            const auto model =
                models.stableDiffusion(MINI_MODEL, "cpu", "fp32", {}, {}, "auto", with);
            return unetOf(*model).dict().at(changed);
        };
        QVERIFY(weight({}).equal(before));
        QVERIFY(weight(loras).equal(before + .5));
        QVERIFY(weight({}).equal(before));
    }

    void itIsShortWhereNotAllFits()
    {
        PartSizes sizes {.bytes = {100, 700, 200}, .work = 50};
        QCOMPARE(sizes.all(), uint64_t(1000));
        QCOMPARE(sizes.largest(), uint64_t(700));
        QVERIFY(isShort(sizes, 1049));
        QVERIFY(!isShort(sizes, 1050));
    }

    void halvesOneAfterTheOtherGiveTheSameNumbers_data() { methods(); }

    void halvesOneAfterTheOtherGiveTheSameNumbers()
    {
        QFETCH(Method, method);
        QFETCH(Request, request);
        const auto resolved = resolve(method, request, describeModel(MINI_MODEL));
        const auto apart = takenApart(method, resolved);
        if (method.id == "prompt-free") { // its halves are apart as it is
            QVERIFY(!apart);
            return;
        }
        QVERIFY(apart);
        Values alone = resolved;
        alone["guidance"] = 1.;
        QVERIFY(!takenApart(method, alone));
        Models models;
        // What the steps have at most beside what there is before them, in bytes.
        int64_t before = 0, most = 0;
        bool steps = false;
        const Stopping stopping([&] { // asked before each layer
            if (steps)
                most = std::max(most, poolSizes().used - before);
            return false;
        });
        const auto made = [&] {
            most = 0;
            const Report report([&](const Event& event) {
                steps = std::holds_alternative<StepEvent>(event);
                if (steps && std::get<StepEvent>(event).step == 0)
                    before = poolSizes().used;
                return Answer {};
            });
            const Result result = run(method, request, models, report);
            steps = false;
            return result;
        };
        made(); // so that what is kept between runs is there
        const Result together = made();
        const int64_t ofBoth = most;
        request.values.insert(*apart);
        const Result split = made();
        QVERIFY2(
            most > 0 && most < ofBoth * 4 / 5,
            (std::to_string(most) + " of " + std::to_string(ofBoth)).c_str());
        QCOMPARE(split.latents.size(), together.latents.size());
        const double far = farthest(together, split); // 1e-6 was measured
        QVERIFY2(far < 1e-5, std::to_string(far).c_str());
    }
};

QTEST_GUILESS_MAIN(LittleMemoryTest)
#include "tst_littlememory.moc"
