// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/text/tokenizer.h"
#include "core/text/vocabulary.h"
#include "core/weights/safetensors.h"
#include "tests/testseed.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QTest>

#include <climits>
#include <ctime>
#include <random>

namespace {

using Ids = std::vector<int64_t>;

const char* const merges = PROJECT_SOURCE "/resources/clip/bpe_simple_vocab_16e6.txt.gz";

const Tokenizer& clip()
{
    static const Tokenizer tokenizer(merges, 49407);
    return tokenizer;
}

const Tokenizer& recorded()
{
    static const Tokenizer tokenizer(TEST_DATA "/tokenizer");
    return tokenizer;
}

QByteArray shown(const Ids& ids)
{
    return QByteArray::fromStdString(nlohmann::json(ids).dump());
}

/// Looks through all pairs for each that is joined.
Ids joinedOneByOne(const Vocabulary& vocabulary, const std::string& word)
{
    Ids ids;
    for (const char c : word)
        ids.push_back(vocabulary.bytes[uint8_t(c)]);
    ids.back() = vocabulary.lastBytes[uint8_t(word.back())];
    while (true) {
        Vocabulary::Join best {.rank = INT_MAX};
        std::size_t at = 0;
        for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
            const auto key = Vocabulary::pairKey(int(ids[i]), int(ids[i + 1]));
            const auto found = vocabulary.joins.find(key);
            if (found == vocabulary.joins.end() || found->second.rank >= best.rank)
                continue;
            best = found->second;
            at = i;
        }
        if (best.rank == INT_MAX)
            return ids;
        ids[at] = best.result;
        ids.erase(ids.begin() + std::ptrdiff_t(at) + 1);
    }
}

} // namespace

class TokenizerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordedTextsHaveTheReferencesIds()
    {
        const auto texts = nlohmann::json::parse(readText(TEST_DATA "/tokenizer/strings.json"));
        const auto ids = nlohmann::json::parse(readText(TEST_DATA "/tokenizer/ids_unpadded.json"));
        const Tensor padded = loadSafetensors(TEST_DATA "/tokenizer/outputs.safetensors").at("ids");
        QCOMPARE(texts.size(), size_t(65));
        for (size_t i = 0; i < texts.size(); ++i) {
            const std::string text = texts[i];
            const Ids ours = recorded().encode(text);
            QVERIFY2(ours == ids[i].get<Ids>(), (text + ": " + shown(ours).data()).c_str());
            const Ids row = recorded().padded(ours);
            QVERIFY2(at::tensor(at::IntArrayRef(row)).equal(padded[int64_t(i)]), text.c_str());
        }
    }

    void clipsOwnVocabularyGivesTheReferencesIds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("ids");
        const auto row = [](const char* text, const char* ids) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(ids).replace(' ', ',');
        };
        row("", "");
        row("a photo of a cat", "320 1125 539 320 2368");
        row("A Photo  of\n a CAT!", "320 1125 539 320 2368 256");
        row("hello world", "3306 1002");
        row("don't they're I've", "847 713 889 982 328 1200");
        row("2023 and 3.14", "273 271 273 274 537 274 269 272 275");
        row("caf\u00e9", "15304");
        row("cafe\u0301", "15304");
        row("naïve façade", "1097 35689 563 778 10067 1928");
        row("日本語", "39121 44353 34002 508");
        row("🐱", "22979");
        row("👩\u200d🚀 on the moon", "26304 13542 525 518 3293");
        row("İstanbul", "328 16384 11231");
        row("! !! !!!", "256 748 995");
        row("masterpiece, best quality", "12066 267 949 3027");
        row("(cat:1.2)", "263 2368 281 272 269 273 264");
        row("½", "33613");
        row("x²", "343 41175");
        row("Ⅷ", "158 227 371");
        row("don’t", "847 728 503 339");
        row("a\u200bb", "320 9844 321");
        row("<|endoftext|> cat", "49407 2368");
        row("привет", "26302 16370 29503 110 22176 141 480");
        row("हिन्दी", "29446 26721 26090 19389 29552 25751");
    }

    void clipsOwnVocabularyGivesTheReferencesIds()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, ids);
        QCOMPARE(shown(clip().encode(text.toStdString())), "[" + ids + "]");
    }

    void longTextsTakeTimeInProportion()
    {
        std::string cats, ends;
        for (int i = 0; i < 10'000; ++i) {
            cats += "cat ";
            ends += "<|endoftext|>";
        }
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(clip().encode(cats), Ids(10'000, 2368));
        QCOMPARE(clip().encode(std::string(10'000, 'a')).size(), size_t(1251));
        QCOMPARE(clip().encode(std::string(100'000, 'a')).size(), size_t(12'501));
        QCOMPARE(clip().encode(ends), Ids(10'000, 49407));
        QVERIFY(timer.elapsed() < 20'000); // in proportion to the square it would be minutes
    }

    void aWordOfAMegabyteIsNoHardship()
    {
        std::mt19937 random(1);
        std::string word;
        for (int i = 0; i < 1'000'000; ++i)
            word += char('a' + random() % 26);
        const std::clock_t start = std::clock();
        QVERIFY(clip().encode(word).size() > 100'000);
        // Of the processor, not of the clock; a tenth of it where nothing is instrumented.
        QVERIFY(std::clock() - start < 3 * CLOCKS_PER_SEC);
    }

    void aMegabyteWithoutAWordIsNoHardship_data()
    {
        QTest::addColumn<std::string>("part");
        QTest::newRow("families") << std::string("👩\u200d👩\u200d👧\u200d👦");
        QTest::newRow("rocket") << std::string("🚀");
        QTest::newRow("skin") << std::string("👍🏽");
        QTest::newRow("accents") << std::string("\u0301");
        QTest::newRow("accents to be put in order") << std::string("\u0301\u0316");
        QTest::newRow("letters with accents") << std::string("e\u0301\u0323");
        QTest::newRow("syllables in parts") << std::string("\u1112\u1161\u11ab");
        QTest::newRow("signs") << std::string("!?");
        QTest::newRow("digits") << std::string("7");
    }

    void aMegabyteWithoutAWordIsNoHardship()
    {
        QFETCH(std::string, part);
        std::string text;
        while (text.size() < 1'000'000)
            text += part;
        const std::clock_t start = std::clock();
        QVERIFY(clip().encode(text).size() > 1000);
        QVERIFY(std::clock() - start < 3 * CLOCKS_PER_SEC);
    }

    void aTextThatNoPromptIsIsRefused()
    {
        const std::string spaces((64 << 20) + 1, ' ');
        QVERIFY_EXCEPTION_THROWN(clip().encode(spaces), Error);
        QCOMPARE(clip().encode(std::string_view(spaces).substr(1)), Ids());
    }

    void pairsAreJoinedInTheOrderOfTheirRanks()
    {
        const Vocabulary vocabulary = vocabularyFromMerges(merges, 49407);
        std::mt19937 random(seedOfTest());
        for (int i = 0; i < 300; ++i) {
            const size_t letters = 1 + random() % 6, length = 1 + random() % 60;
            std::string word;
            for (size_t j = 0; j < length; ++j)
                word += "eraont"[random() % letters];
            QCOMPARE(clip().encode(word), joinedOneByOne(vocabulary, word));
        }
    }

    void anExclamationMarkStaysAWordThoughItPads()
    {
        const Tokenizer tokenizer(merges, 0);
        QCOMPARE(tokenizer.pad(), int64_t(0));
        QCOMPARE(tokenizer.encode("! !! !!!"), (Ids {256, 748, 995}));
        const Ids row = tokenizer.padded({2368});
        QCOMPARE(row.size(), size_t(77));
        QCOMPARE(Ids(row.begin(), row.begin() + 4), (Ids {49406, 2368, 49407, 0}));
        QCOMPARE(row.back(), int64_t(0));
    }

    void whatIsTooLongIsCutOffOrGoesIntoChunks()
    {
        Ids ids(160);
        for (size_t i = 0; i < ids.size(); ++i)
            ids[i] = int64_t(1000 + i);
        const Ids row = clip().padded(ids);
        QCOMPARE(row.size(), size_t(77));
        QCOMPARE(row[75], int64_t(1074));
        QCOMPARE(row[76], int64_t(49407));
        const auto chunks = clip().chunks(ids);
        QCOMPARE(chunks.size(), size_t(3));
        QCOMPARE(chunks[0], row);
        QCOMPARE(chunks[1][1], int64_t(1075));
        QCOMPARE(chunks[2], clip().padded(Ids(ids.begin() + 150, ids.end())));
        QCOMPARE(clip().chunks({}).size(), size_t(1));
        QCOMPARE(clip().chunks(Ids(75, 5)).size(), size_t(1));
        QCOMPARE(clip().chunks(Ids(76, 5)).size(), size_t(2));
    }

    void brokenUtf8BecomesTheReplacementCharacter()
    {
        const Ids replaced = clip().encode("\uFFFD");
        QVERIFY(!replaced.empty());
        QCOMPARE(clip().encode("\xFF"), replaced);
        QCOMPARE(clip().encode("\xED\xA0\x80"), clip().encode("\uFFFD\uFFFD\uFFFD"));
        QCOMPARE(clip().encode(std::string_view("\0", 1)).size(), size_t(1));
    }

    void whiteSpaceAloneIsNothing()
    {
        QCOMPARE(clip().encode(" \n\t\u00a0\u3000\u2028"), Ids());
        QVERIFY(!clip().encode("\x1f").empty()); // not white space here
    }

    void specialTokensAreFoundInOrder()
    {
        QCOMPARE(
            clip().encode("cat<|startoftext|><|endoftext|>cat<|startoftext|>"),
            (Ids {2368, 49406, 49407, 2368, 49406}));
    }

    void tokensAreShownAsText()
    {
        QCOMPARE(clip().token(2368), std::string("cat</w>"));
        QCOMPARE(clip().token(15304), std::string("café</w>"));
        QCOMPARE(clip().token(49406), std::string("<|startoftext|>"));
        QCOMPARE(clip().token(-1), std::string());
        QCOMPARE(clip().token(49408), std::string());
    }
};

QTEST_GUILESS_MAIN(TokenizerTest)
#include "tst_tokenizer.moc"
