// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/references.h"

#include "core/nn/pixels.h"
#include "tests/failure.h"
#include "tests/plugins/promptfree/promptfreefixture.h"

#include <QTest>

namespace {

const StageReport goOn;

Tensor tokensOf(float value, int64_t count = 2)
{
    return at::full({1, count, 3}, value, at::kFloat);
}

double largest(const Tensor& x)
{
    return x.abs().max().item<double>();
}

/// Reads references with what it remembers of those before.
struct Reader
{
    PromptFreeFixture fixture;
    Tensor context = {}; ///< of the last ones

    /// How many of them were encoded anew; empty: the fixture's encoder.
    int read(const std::vector<Input>& references, const std::string& encoder = {})
    {
        Request request = fixture.request();
        request.images["reference"] = references;
        if (!encoder.empty())
            request.values["encoder_file"] = encoder;
        int count = 0;
        const auto made = referenceContext(
            fixture.model, request, promptFreeSettings(request.values), fixture.models,
            [&](const StageEvent& event) {
                count += event.stage == "Reading the reference";
                return true;
            });
        context = made.context;
        return count;
    }
};

} // namespace

class ReferencesTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;
    PromptFreeFixture f;

    ReferenceContext made(const std::vector<Input>& references, const Values& values = {})
    {
        Request request = f.request();
        request.images["reference"] = references;
        for (const auto& [id, value] : values)
            request.values[id] = value;
        return referenceContext(
            f.model, request, promptFreeSettings(request.values), f.models, goOn);
    }
    Tensor context(const std::vector<Input>& references, const Values& values = {})
    {
        return made(references, values).context;
    }

private Q_SLOTS:
    void aReferenceIsTakenAsItIs()
    {
        const Tensor x = referenceTensor(PromptFreeFixture::picture(1, 33, 21));
        QVERIFY(x.sizes() == at::IntArrayRef({1, 3, 21, 33}));
        QVERIFY(largest(x * 255 - (x * 255).round()) < 1e-4);
        QVERIFY(x.min().item<double>() >= 0 && x.max().item<double>() <= 1);
        Image seeThrough = PromptFreeFixture::picture(1, 33, 21);
        seeThrough.alpha.assign(33 * 21, 0);
        QVERIFY2(referenceTensor(seeThrough).equal(x), "transparency is dropped");
    }

    void severalStandInARowOrAreAveraged()
    {
        const std::vector<Tensor> tokens = {tokensOf(1), tokensOf(4)};
        QVERIFY(mixed(tokens, {1, 1}, false).equal(at::cat(tokens, 1)));
        QVERIFY(mixed(tokens, {1, 0.5}, false).equal(at::cat({tokensOf(1), tokensOf(2)}, 1)));
        QVERIFY(mixed(tokens, {1, 1}, true).equal(tokensOf(2.5)));
        QVERIFY(mixed(tokens, {2, 1}, true).equal(tokensOf(2)));
        QVERIFY2(mixed(tokens, {1, 0}, false).equal(tokensOf(1)), "weight 0: left out");
    }

    void weightsThatSayNothingAreRefused()
    {
        const std::vector<Tensor> tokens = {tokensOf(1), tokensOf(4)};
        for (const std::vector<double>& weights : {std::vector {0.0, 0.0}, {1.0, -1.0}}) {
            const std::string said = failure([&] { mixed(tokens, weights, true); });
            QVERIFY2(said.find("one of them more") != said.npos, said.c_str());
        }
    }

    void theContextHasTheTokensOfAll()
    {
        const Input one {.image = PromptFreeFixture::picture(0)};
        const Input two {.image = PromptFreeFixture::picture(1)};
        const Tensor first = context({one}), second = context({two}), both = context({one, two});
        QVERIFY(first.sizes() == at::IntArrayRef({1, 10, 64}));
        QVERIFY2(both.equal(at::cat({first, second}, 1)), "each is read as if it were alone");
        const Tensor average = context({one, two}, {{"mixing", std::string("average")}});
        QVERIFY(largest(average - (first + second) / 2) < 1e-5);
    }

    void eachReferenceSaysWhereItsTokensStand()
    {
        const Input one {.image = PromptFreeFixture::picture(0)};
        const Input two {.image = PromptFreeFixture::picture(1, 70, 90), .weight = 0.5};
        const Input none {.image = PromptFreeFixture::picture(2), .weight = 0};
        const ReferenceContext row = made({one, none, two});
        QCOMPARE(row.references.size(), size_t(3));
        QCOMPARE(row.references[0].firstToken, 0);
        QVERIFY(row.references[1].origins.empty());
        QCOMPARE(row.references[2].firstToken, 10);
        QCOMPARE(row.references[2].height, 12); // of 8 pixels
        QCOMPARE(row.references[2].width, 9);
        QCOMPARE(row.references[2].weight, 1.0);
        QCOMPARE(row.tokens.size(), size_t(20));
        QCOMPARE(row.tokens[13].text, std::string("global 4"));
        QCOMPARE(row.tokens[14].text, std::string("local 1"));
        const ReferenceContext average =
            made({one, none, two}, {{"mixing", std::string("average")}});
        QCOMPARE(average.tokens.size(), size_t(10));
        QCOMPARE(average.references[2].firstToken, 0);
        QVERIFY(std::abs(average.references[2].weight - 1. / 3) < 1e-12);
        QVERIFY(average.references[1].origins.empty());
        QVERIFY(average.references[2].origins == row.references[2].origins);
    }

    void aReferenceIsReadOnceWhereverItStands()
    {
        const Input a {.image = PromptFreeFixture::picture(0)};
        const Input b {.image = PromptFreeFixture::picture(1)};
        Reader reader;
        QCOMPARE(reader.read({a, b}), 2);
        const Tensor both = reader.context;
        QCOMPARE(reader.read({b}), 0);
        QVERIFY(reader.context.equal(both.narrow(1, 10, 10)));
        QCOMPARE(reader.read({b, a}), 0);
        QVERIFY(reader.context.equal(at::cat({both.narrow(1, 10, 10), both.narrow(1, 0, 10)}, 1)));
        QCOMPARE(reader.read({a, a, b}), 0);
        Input same = a;
        same.name = "another name";
        same.weight = 0.5;
        QCOMPARE(reader.read({same}), 0);
    }

    void aReferenceIsStillKnownAfterAnother()
    {
        const Input a {.image = PromptFreeFixture::picture(0)};
        const Input b {.image = PromptFreeFixture::picture(1)};
        Reader reader;
        QCOMPARE(reader.read({a}), 1);
        const Tensor first = reader.context;
        QCOMPARE(reader.read({b}), 1);
        QVERIFY(!reader.context.equal(first));
        QCOMPARE(reader.read({a}), 0);
        QVERIFY(reader.context.equal(first));
    }

    void anotherEncoderReadsItAnew()
    {
        const Input a {.image = PromptFreeFixture::picture(0)};
        Reader reader;
        QCOMPARE(reader.read({a}), 1);
        const Tensor first = reader.context;
        auto tensors = loadSafetensors(reader.fixture.encoder());
        Tensor& queries = tensors.at("ctx.image.qtransformer.init_query.weight");
        queries = queries * 2;
        const auto other = reader.fixture.path("other.safetensors");
        saveSafetensors(other, {tensors.begin(), tensors.end()});
        QCOMPARE(reader.read({a}, other.string()), 1);
        QVERIFY(!reader.context.equal(first));
        QCOMPARE(reader.read({a}), 0);
        QVERIFY(reader.context.equal(first));
    }

    void anAddedTextFollows()
    {
        const Input one {.image = PromptFreeFixture::picture(0)};
        const Values text = {{"prompt", std::string("a red circle")}};
        const std::string said = failure([&] { context({one}, text); });
        QVERIFY2(said.find("no text encoder") != said.npos, said.c_str());
        PromptFreeFixture withText;
        withText.addTextEncoder();
        Request request = withText.request();
        request.values["prompt"] = std::string("a red circle");
        const ReferenceContext made = referenceContext(
            withText.model, request, promptFreeSettings(request.values), withText.models, goOn);
        const Tensor& all = made.context;
        QVERIFY(all.sizes() == at::IntArrayRef({1, 10 + 77, 64}));
        QVERIFY(all.narrow(1, 10, 77).equal(encodePrompts(withText.model, {"a red circle"})));
        QVERIFY(all.narrow(1, 0, 10).equal(context({one})));
        QCOMPARE(made.tokens.size(), size_t(10 + 77));
        QCOMPARE(made.tokens[9].text, std::string("local 6"));
        QCOMPARE(made.tokens[9].word, -1);
        QCOMPARE(made.tokens[10].text, std::string("start"));
        QCOMPARE(made.tokens[12].text, std::string("red"));
        QCOMPARE(made.tokens[12].word, 1);
    }

    void anEncoderOfAnotherWidthIsRefused()
    {
        PromptFreeFixture other;
        other.model.unetConfig.contextWidth = 32;
        Request request = other.request();
        const std::string said = failure([&] {
            referenceContext(
                other.model, request, promptFreeSettings(request.values), other.models, goOn);
        });
        QVERIFY2(said.find("do not belong together") != said.npos, said.c_str());
    }

    void theEncodersFileIsFoundOrNamed()
    {
        qputenv("XDG_DATA_HOME", f.folder.path().toUtf8());
        QCOMPARE(seeCoderFile({.encoderFile = "mine"}, "model").string(), std::string("mine"));
        const std::filesystem::path mini = MINI_MODEL;
        QCOMPARE(seeCoderFile({}, mini), mini / "seecoder");
        const std::string said = failure([&] { seeCoderFile({.encoder = "seecoder-pa"}, mini); });
        QVERIFY2(said.find("seecoder-pa-v1-0.safetensors") != said.npos, said.c_str());
        const auto published = promptFreeFolder() / "seecoder-pa-v1-0.safetensors";
        std::filesystem::create_directories(published.parent_path());
        saveSafetensors(published, {});
        QCOMPARE(seeCoderFile({.encoder = "seecoder-pa"}, mini), published);
    }

    void theAnimeEncodersOppositeIsRowsAndZeros()
    {
        const auto file = f.path("anime.safetensors");
        const Tensor rows = portableNormal("rows", {77, 64});
        saveSafetensors(file, {{"", rows.to(at::kHalf)}});
        const Tensor context = animeUnconditional(file);
        QVERIFY(context.sizes() == at::IntArrayRef({1, 148, 64}));
        QVERIFY(context[0].narrow(0, 0, 77).equal(rows.to(at::kHalf).to(at::kFloat)));
        QCOMPARE(largest(context[0].narrow(0, 77, 71)), 0.0);
        const std::vector<std::map<std::string, Tensor>> others = {
            {{"a", rows}, {"b", rows}}, {{"a", at::zeros({0, 77, 64})}}, {{"a", at::zeros({})}}};
        for (const auto& other : others) {
            saveSafetensors(file, other);
            const std::string said = failure([&] { animeUnconditional(file); });
            QVERIFY2(said.find("not the anime_ug.pth") != said.npos, said.c_str());
        }
        saveSafetensors(file, {{"", at::full({77, 64}, NAN)}});
        const std::string said = failure([&] { animeUnconditional(file); });
        QVERIFY2(said.find("infinite or no numbers") != said.npos, said.c_str());
    }

    void theAnimeEncodersFileIsConvertedAndNamedWhereAbsent()
    {
        PromptFreeSettings settings = {.encoder = "seecoder-anime", .encoderFile = f.encoder()};
        QVERIFY(!unconditionalContext(f.model, {.guidance = 2}, f.models, goOn).defined());
        const auto ask = [&](Models& models) {
            return unconditionalContext(f.model, settings, models, goOn);
        };
        const std::string said = failure([&] { ask(f.models); });
        QVERIFY2(said.find("anime_ug.pth is missing") != said.npos, said.c_str());

        const Tensor rows = portableNormal("rows", {77, 64});
        const auto converted = f.path("converted.safetensors");
        saveSafetensors(converted, {{"", rows}});
        writeFileAtomically(f.path("anime_ug.pth"), {});
        std::vector<std::filesystem::path> asked;
        Models models({}, [&](const auto& path, const StageReport&) {
            asked.push_back(path);
            return converted;
        });
        QVERIFY(ask(models)[0].narrow(0, 0, 77).equal(rows));
        QCOMPARE(asked, std::vector {f.path("anime_ug.pth")});
        settings.guidance = 1;
        QVERIFY2(!ask(models).defined(), "at guidance 1 there is no such pass");
    }
};

QTEST_GUILESS_MAIN(ReferencesTest)
#include "tst_references.moc"
