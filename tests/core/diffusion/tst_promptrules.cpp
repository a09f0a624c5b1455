// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/promptnotes.h"
#include "core/diffusion/promptrules.h"
#include "tests/failure.h"

#include <QTest>

#include <cmath>
#include <numeric>

namespace {

const StableDiffusion& mini()
{
    static const StableDiffusion model = loadStableDiffusion(MINI_MODEL, "cpu", "fp32");
    return model;
}

Tensor encoded(const std::string& prompt, const PromptRules& rules)
{
    return encodePrompts(mini(), {prompt}, rules)[0].contiguous();
}

std::vector<float> numbers(const Tensor& x)
{
    const Tensor flat = x.contiguous();
    return {flat.const_data_ptr<float>(), flat.const_data_ptr<float>() + flat.numel()};
}

double mean(const std::vector<float>& x)
{
    return std::accumulate(x.begin(), x.end(), 0.) / double(x.size());
}

/// The vectors of each token times its weight, by loops; with the norm the mean stays.
std::vector<float> weighed(std::vector<float> x, const std::vector<double>& weights, bool norm)
{
    const size_t tokens = 77, width = x.size() / tokens;
    const double before = mean(x);
    for (size_t token = 0; token < tokens; ++token)
        for (size_t i = 0; i < width; ++i)
            if (token > 0 && token - 1 < weights.size())
                x[token * width + i] = float(x[token * width + i] * weights[token - 1]);
    const double after = mean(x);
    if (norm)
        for (float& number : x)
            number = float(number * before / after);
    return x;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    double largest = a.size() == b.size() ? 0 : INFINITY;
    for (size_t i = 0; i < a.size() && i < b.size(); ++i)
        largest = std::max(largest, std::abs(double(a[i]) - double(b[i])));
    return largest;
}

std::vector<std::string> wordsOf(const std::string& prompt, const PromptRules& rules, int64_t count)
{
    std::vector<std::string> words;
    for (const ContextToken& token : contextTokens(mini(), prompt, count, rules))
        if (token.word >= 0) {
            words.resize(std::max(words.size(), size_t(token.word) + 1));
            words[size_t(token.word)] += token.text;
        }
    return words;
}

constexpr PromptRules weights {.emphasis = Emphasis::Weights};
constexpr PromptRules withoutNorm {.emphasis = Emphasis::WeightsWithoutNorm};
constexpr PromptRules literal {.emphasis = Emphasis::Literal};

} // namespace

class PromptRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsCountAsTheirBracketsSay()
    {
        const std::vector<float> plain =
            numbers(encoded("large red circle, green ground", literal));
        const std::vector<double> factors = {1, 1.3, 1.3, 1, 1 / 1.1, -.5};
        const std::string prompt = "large (red circle:1.3), [green] (ground:-0.5)";
        QCOMPARE(wordsOf(prompt, weights, 77).size(), factors.size());
        const auto with = numbers(encoded(prompt, weights));
        const auto without = numbers(encoded(prompt, withoutNorm));
        QVERIFY(largestDifference(with, weighed(plain, factors, true)) < 1e-4);
        QVERIFY(largestDifference(without, weighed(plain, factors, false)) < 1e-5);
        QVERIFY(std::abs(mean(with) - mean(plain)) < 1e-6);
        QVERIFY(largestDifference(with, plain) > .1);
    }

    void whatHasNoBracketsIsTheSameBitForBit()
    {
        for (const std::string prompt : {"", "large red circle, green ground", "a cat AND a dog"})
            for (const PromptRules& rules : {weights, withoutNorm})
                QVERIFY(encoded(prompt, rules).equal(encoded(prompt, literal)));
    }

    void literalBracketsAreTokens()
    {
        const std::string prompt = "(red:1.3) [circle] BREAK <lora:x:1>";
        const auto ids = mini().tokenizer->padded(mini().tokenizer->encode(prompt));
        const Tensor wanted =
            encodeText(mini().textConfig, mini().textEncoder, at::tensor(ids).unsqueeze(0));
        QVERIFY(encoded(prompt, literal).equal(wanted[0]));
        QVERIFY(!encoded(prompt, weights).equal(wanted[0]));
    }

    void breakBeginsAChunkOfItsOwn()
    {
        const Tensor two = encoded("(red:1.3) circle BREAK green ground", weights);
        const Tensor first = encoded("(red:1.3) circle", weights);
        const Tensor second = encoded("green ground", weights);
        QCOMPARE(two.size(0), int64_t(154));
        QVERIFY(largestDifference(numbers(two), numbers(at::cat({first, second}))) < 1e-5);
        // The other prompt of a pair gets as many.
        QCOMPARE(
            encodePrompts(mini(), {"red", "a BREAK b"}, weights).sizes().vec(),
            (std::vector<int64_t> {2, 154, 192}));
    }

    void aPromptOfMorePartsThanAreReadIsRefused()
    {
        const auto breaks = [](int count) {
            std::string text;
            for (int i = 0; i < count; ++i)
                text += "BREAK ";
            return text + "a";
        };
        QCOMPARE(encodePrompts(mini(), {breaks(255)}, weights).size(1), int64_t(256 * 77));
        std::string cats;
        for (int i = 0; i < 256 * 75; ++i)
            cats += "cat ";
        for (const std::string& text : {breaks(256), cats + "cat", breaks(8000)}) {
            const std::string said = failure([&] { encodePrompts(mini(), {text}, weights); });
            QVERIFY2(said.find("more than the 256 parts of 75 tokens") != said.npos, said.c_str());
        }
        QCOMPARE(failure([&] { encodePrompts(mini(), {cats}, weights); }), std::string());
    }

    void weightsFollowTheirWordsIntoTheNextChunk()
    {
        std::string words;
        for (int i = 0; i < 74; ++i)
            words += "red ";
        const auto both = numbers(encoded(words + "(blue green:1.5)", withoutNorm));
        const auto plain = numbers(encoded(words + "blue green", literal));
        const size_t width = 192;
        for (const size_t token : {74, 75, 77 + 1, 77 + 2}) {
            const double factor = token == 75 || token == 77 + 1 ? 1.5 : 1;
            for (size_t i = 0; i < width; ++i)
                QVERIFY(
                    std::abs(both[token * width + i] - factor * plain[token * width + i]) < 1e-4);
        }
    }

    void tokensToLookAtAreTheWordsAlone()
    {
        const std::vector<std::string> words = {"large", "red", "circle", ",", "green", "ground"};
        QCOMPARE(wordsOf("large (red circle:1.3), [green] ((ground))", weights, 77), words);
        QCOMPARE(wordsOf("large red BREAK <lora:x:1>circle, green ground", weights, 154), words);
        QVERIFY(wordsOf("large (red:1.3)", literal, 77).size() > 2);
    }

    void anEarlierLayerIsTakenWithClipSkip()
    {
        QVERIFY(encoded("red circle", {.clipSkip = 1}).equal(encoded("red circle", {})));
        QVERIFY(!encoded("red circle", {.clipSkip = 2}).equal(encoded("red circle", {})));
        QCOMPARE(
            failure([] { encoded("red circle", {.clipSkip = 5}); }),
            std::string("Clip skip cannot be 5: the model's text encoder has 4 layers."));
    }

    void valuesSayTheRules()
    {
        QVERIFY(promptRulesOf({}) == PromptRules());
        const Values values = {
            {"long_prompts", std::string("truncate")},
            {"emphasis", std::string("no-norm")},
            {"clip_skip", 2}};
        QVERIFY(
            promptRulesOf(values)
            == (PromptRules {LongPrompts::Truncate, Emphasis::WeightsWithoutNorm, 2}));
        for (const Parameter& p : promptParameters("Sampling", true)) {
            checkValue(p, p.initial);
            if (p.id == "emphasis")
                QVERIFY(
                    promptRulesOf({{p.id, *p.unrecorded}}).emphasis == Emphasis::Literal
                    && promptRulesOf({{p.id, p.initial}}).emphasis == Emphasis::Weights);
        }
    }

    void aKeyTellsWhatPromptsMean()
    {
        QCOMPARE(promptKey("a cat", literal), std::string("a cat\nlong prompts 0"));
        QCOMPARE(promptKey("a cat", weights), promptKey("a cat", literal));
        QVERIFY(promptKey("a (cat)", weights) != promptKey("a (cat)", literal));
        QVERIFY(promptKey("a (cat)", weights) != promptKey("a (cat)", withoutNorm));
        QVERIFY(promptKey("a", {.clipSkip = 2}) != promptKey("a", {}));
        QVERIFY(promptKey("a", {.longPrompts = LongPrompts::Truncate}) != promptKey("a", {}));
    }

    void whatStaysTextIsSaidOnce()
    {
        const std::vector<std::string> prompts = {"[cat|dog]", "[red:blue:5] AND green"};
        QCOMPARE(english(readingNotes(prompts, weights)).size(), size_t(2));
        QVERIFY(readingNotes(prompts, literal).empty());
    }

    void whatIsCutOffIsCounted()
    {
        PromptRules cut = weights;
        cut.longPrompts = LongPrompts::Truncate;
        QVERIFY(cutNotes(mini(), {"red (circle:1.2)"}, cut).empty());
        QCOMPARE(
            english(cutNotes(mini(), {"red (circle:1.2) BREAK green"}, cut)),
            (std::vector<std::string> {"The prompt \"red (circle:1.2) BREAK green\" has 3 tokens, "
                                       "of which the first 2 count."}));
        QVERIFY(cutNotes(mini(), {"red BREAK green"}, weights).empty());
    }
};

QTEST_GUILESS_MAIN(PromptRulesTest)
#include "tst_promptrules.moc"
