// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/text/tokenizer.h"
#include "core/text/vocabulary.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

using Json = nlohmann::json;

const char* const clipMerges = PROJECT_SOURCE "/resources/clip/bpe_simple_vocab_16e6.txt.gz";

/// A copy of the recorded vocabulary, to be damaged.
struct Folder
{
    Folder()
    {
        for (const char* name : {"vocab.json", "merges.txt", "special_tokens_map.json"})
            write(name, readText(std::string(TEST_DATA "/tokenizer/") + name));
    }

    std::filesystem::path path() const { return directory.path().toStdString(); }
    std::string read(const char* name) const { return readText(path() / name); }
    void remove(const char* name) const { std::filesystem::remove(path() / name); }

    void write(const char* name, const std::string& text) const
    {
        std::ofstream(path() / name, std::ios::binary) << text;
    }

    void replaceLine(int number, const std::string& line) const
    {
        std::string text = read("merges.txt");
        size_t at = 0;
        for (int i = 1; i < number; ++i)
            at = text.find('\n', at) + 1;
        write("merges.txt", text.replace(at, text.find('\n', at) + 1 - at, line));
    }

    QByteArray refusal() const
    {
        try {
            vocabularyFromFolder(path());
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }

    QTemporaryDir directory;
};

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    return text.replace(text.find(what), what.size(), by);
}

} // namespace

class VocabularyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lineEndsAndByteOrderMarksAreTolerated()
    {
        const Folder folder;
        std::string text = "\xEF\xBB\xBF";
        for (const char c : folder.read("merges.txt"))
            text += c == '\n' ? std::string("\r\n") : std::string(1, c);
        folder.write("merges.txt", text + "\r\n\r\n");
        folder.write("vocab.json", "\xEF\xBB\xBF" + folder.read("vocab.json"));
        QCOMPARE(folder.refusal(), QByteArray());
        QCOMPARE(
            Tokenizer(folder.path()).encode("a photo of a cat"),
            Tokenizer(TEST_DATA "/tokenizer").encode("a photo of a cat"));
    }

    void surplusMergesAreIgnored()
    {
        const Folder folder;
        folder.write("merges.txt", folder.read("merges.txt") + "q q\nnonsense\n");
        QCOMPARE(folder.refusal(), QByteArray());
    }

    void aTableOfManyMoreLinesIsReadAsFarAsItCounts()
    {
        constexpr int lines = 262'145;
        const Folder folder;
        std::string text = folder.read("merges.txt");
        for (auto i = std::count(text.begin(), text.end(), '\n'); i < lines; ++i)
            text += "q q\n";
        folder.write("merges.txt", text);
        QCOMPARE(folder.refusal(), QByteArray());
        std::string many = "{";
        for (int i = 0; i < lines; ++i)
            many += "\n\"t" + std::to_string(i) + "\": " + std::to_string(i) + ",";
        many.back() = '}';
        folder.write("vocab.json", many);
        QVERIFY2(folder.refusal().contains("vocab.json"), folder.refusal());
        QVERIFY2(folder.refusal().contains("<|startoftext|>"), folder.refusal());
    }

    void aMissingLineIsNamed()
    {
        const Folder folder;
        folder.replaceLine(1000, "");
        QVERIFY2(folder.refusal().contains("merges.txt, line 1000, "), folder.refusal());
    }

    void aBrokenLineIsNamed_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("empty") << QByteArray("\n");
        QTest::newRow("one") << QByteArray("one\n");
        QTest::newRow("three") << QByteArray("a b c\n");
        QTest::newRow("unknown") << QByteArray("xx yy\n");
        QTest::newRow("repeated") << QByteArray("a i\n");
    }

    void aBrokenLineIsNamed()
    {
        QFETCH(QByteArray, line);
        const Folder folder;
        folder.replaceLine(1000, line.toStdString());
        QVERIFY2(folder.refusal().contains("merges.txt, line 1000, "), folder.refusal());
    }

    void aDoubledIdIsNamedWithItsLine()
    {
        const Folder folder;
        folder.write("vocab.json", replaced(folder.read("vocab.json"), "\"#\": 2,", "\n\"#\": 3,"));
        const QByteArray refusal = folder.refusal();
        QVERIFY2(refusal.contains("vocab.json, line ") && refusal.contains("the id 3"), refusal);
    }

    void aMissingEntryIsNoticed()
    {
        const Folder folder;
        folder.write("vocab.json", replaced(folder.read("vocab.json"), "\"#\": 2,", ""));
        QVERIFY2(folder.refusal().contains("an entry is missing"), folder.refusal());
    }

    void whatIsNoVocabularyIsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("cut") << QByteArray("{\n\"a\": 0,\n\"b") << QByteArray("line 3");
        QTest::newRow("list") << QByteArray("[1]") << QByteArray("has no vocabulary");
        QTest::newRow("empty") << QByteArray("{}") << QByteArray("has no vocabulary");
        QTest::newRow("text id") << QByteArray("{\"a\": \"b\"}") << QByteArray("line 1");
        QTest::newRow("no specials") << QByteArray("{\"a\": 0}") << QByteArray("startoftext");
        QTest::newRow("no bytes") << QByteArray("{\"<|startoftext|>\": 0, \"<|endoftext|>\": 1}")
                                  << QByteArray("has no token");
    }

    void whatIsNoVocabularyIsRefused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, part);
        const Folder folder;
        folder.write("vocab.json", text.toStdString());
        QVERIFY2(folder.refusal().contains(part), folder.refusal());
        QVERIFY2(folder.refusal().contains("vocab.json"), folder.refusal());
    }

    void anAbsentFileIsNamed()
    {
        const Folder folder;
        folder.remove("merges.txt");
        QVERIFY2(folder.refusal().contains("merges.txt"), folder.refusal());
        folder.remove("vocab.json");
        QVERIFY2(folder.refusal().contains("vocab.json"), folder.refusal());
    }

    void thePaddingIsATextOrAnObjectAndTheMapCountsFirst()
    {
        const Folder folder;
        const auto pad = [&] { return vocabularyFromFolder(folder.path()).pad; };
        folder.write("special_tokens_map.json", R"({"pad_token": {"content": "!", "x": false}})");
        folder.write("tokenizer_config.json", R"({"pad_token": "$"})");
        QCOMPARE(pad(), int64_t(0));
        folder.write("special_tokens_map.json", R"({"pad_token": "<|endoftext|>"})");
        QCOMPARE(pad(), int64_t(2713));
        folder.remove("special_tokens_map.json");
        QCOMPARE(pad(), int64_t(3));
        folder.remove("tokenizer_config.json");
        QCOMPARE(pad(), int64_t(2713));
        folder.write("special_tokens_map.json", R"({"pad_token": "none such"})");
        QVERIFY2(folder.refusal().contains("none such"), folder.refusal());
    }

    /// It would be found at every place of a text, again and again.
    void anEmptySpecialTokenIsRefused()
    {
        const std::string endToken = "\"<|endoftext|>\"";
        const Folder folder;
        folder.write("vocab.json", replaced(folder.read("vocab.json"), endToken, "\"\""));
        folder.write("special_tokens_map.json", R"({"eos_token": "", "pad_token": "!"})");
        QVERIFY2(folder.refusal().contains("special token"), folder.refusal());
    }

    void oneFileHoldsTheSame_data()
    {
        QTest::addColumn<bool>("pairs");
        QTest::newRow("strings") << false;
        QTest::newRow("pairs") << true;
    }

    void oneFileHoldsTheSame()
    {
        QFETCH(bool, pairs);
        const Folder folder;
        Json list = Json::array();
        std::istringstream lines(folder.read("merges.txt"));
        std::string line;
        std::getline(lines, line);
        while (std::getline(lines, line)) {
            const size_t space = line.find(' ');
            if (pairs)
                list.push_back(Json::array({line.substr(0, space), line.substr(space + 1)}));
            else
                list.push_back(line);
        }
        const Json vocabulary = Json::parse(folder.read("vocab.json"));
        Json single = {{"model", {{"vocab", vocabulary}, {"merges", list}}}};
        folder.remove("merges.txt");
        folder.remove("vocab.json");
        folder.write("tokenizer.json", single.dump());
        QCOMPARE(folder.refusal(), QByteArray());
        const std::string text = "Don't panic: 42 <|endoftext|>";
        QCOMPARE(
            Tokenizer(folder.path()).encode(text), Tokenizer(TEST_DATA "/tokenizer").encode(text));
        single["model"]["merges"][999] = "a";
        folder.write("tokenizer.json", single.dump());
        QVERIFY2(folder.refusal().contains("tokenizer.json, merge 1000, "), folder.refusal());
    }

    void aSingleFileThatIsNoTokenizerIsRefused_data()
    {
        QTest::addColumn<Json>("model");
        QTest::addColumn<QByteArray>("part");
        const Json words = Json::parse(readText(TEST_DATA "/tokenizer/vocab.json"));
        const auto with = [&](const Json& merges) {
            return Json {{"vocab", words}, {"merges", merges}};
        };
        QTest::newRow("text") << Json("x") << QByteArray("has no vocabulary");
        QTest::newRow("list") << Json::array({1}) << QByteArray("has no vocabulary");
        QTest::newRow("nothing") << Json::object() << QByteArray("has no vocabulary");
        QTest::newRow("words in a list")
            << Json {{"vocab", Json::array({"a"})}} << QByteArray("has no vocabulary");
        QTest::newRow("no merges") << Json {{"vocab", words}} << QByteArray("no list of merges");
        QTest::newRow("merges by name") << with(Json {{"a", "b"}}) << QByteArray("list of merges");
        const QByteArray first = "merge 1, is not a pair of symbols";
        QTest::newRow("number") << with(Json::array({5})) << first;
        QTest::newRow("three") << with(Json::array({Json::array({"a", "b", "c"})})) << first;
        QTest::newRow("number first") << with(Json::array({Json::array({1, "b"})})) << first;
        QTest::newRow("number second") << with(Json::array({Json::array({"a", 1})})) << first;
        QTest::newRow("an end alone") << with(Json::array({" b"})) << QByteArray("not two symbols");
        QTest::newRow("no merge") << with(Json::array()) << QByteArray("one is missing there");
    }

    void aSingleFileThatIsNoTokenizerIsRefused()
    {
        QFETCH(Json, model);
        QFETCH(QByteArray, part);
        const Folder folder;
        folder.remove("merges.txt");
        folder.remove("vocab.json");
        folder.write("tokenizer.json", Json {{"model", model}}.dump());
        QVERIFY2(folder.refusal().contains(part), folder.refusal());
        QVERIFY2(folder.refusal().contains("tokenizer.json"), folder.refusal());
    }

    void surplusMergesOfASingleFileAreIgnored()
    {
        const Folder folder;
        Json list = Json::array();
        std::istringstream lines(folder.read("merges.txt"));
        std::string line;
        std::getline(lines, line);
        while (std::getline(lines, line))
            list.push_back(line);
        list.insert(list.end(), {"q q", "nonsense"});
        const Json vocabulary = Json::parse(folder.read("vocab.json"));
        folder.remove("merges.txt");
        folder.remove("vocab.json");
        folder.write(
            "tokenizer.json", Json {{"model", {{"vocab", vocabulary}, {"merges", list}}}}.dump());
        QCOMPARE(folder.refusal(), QByteArray());
    }

    void whereATokenIsWrittenOtherwiseItsLineIsFoundOrTheFileAlone()
    {
        const Folder folder;
        const auto refusal = [&](const char* text) {
            folder.write("vocab.json", text);
            return folder.refusal();
        };
        QByteArray said = refusal("{\n\"a\": 0,\n\"\\u00e9\": 7}"); // escaped by its file
        QVERIFY2(said.contains("vocab.json, line 3, gives"), said);
        said = refusal("{\n\"a\": 0,\n\"b\" : 7}");
        QVERIFY2(said.contains("vocab.json gives"), said);
    }

    void aMergesTableThatMakesATokenTwiceIsRefusedWithItsLine()
    {
        // As many lines as CLIP's has, of which the last makes what the first has made.
        std::string text = "#version: 0.2\na b\n";
        for (int i = 1; i < 48'893; ++i)
            text += "x" + std::to_string(i) + " y\n";
        const Folder folder;
        folder.write("twice.txt", text + "ab \n");
        QVERIFY_EXCEPTION_THROWN(vocabularyFromMerges(folder.path() / "twice.txt", 0), Error);
        folder.write("twice.txt", text + "a b\n");
        try {
            vocabularyFromMerges(folder.path() / "twice.txt", 0);
            QFAIL("taken");
        } catch (const Error& error) {
            const QByteArray said = error.what();
            QVERIFY2(said.contains("twice.txt, line 48895, makes \"ab\", which"), said);
        }
    }

    void aMergesTableIsTakenPlainTooAndRefusedWhenCutOff()
    {
        const std::string packed = readText(clipMerges);
        const Folder folder;
        folder.write("cut.gz", packed.substr(0, packed.size() / 2));
        QVERIFY_EXCEPTION_THROWN(vocabularyFromMerges(folder.path() / "cut.gz", 0), Error);
        QVERIFY_EXCEPTION_THROWN(vocabularyFromMerges(folder.path() / "merges.txt", 0), Error);
        const Vocabulary clip = vocabularyFromMerges(clipMerges, 49407);
        QCOMPARE(clip.tokens.size(), size_t(49408));
        QCOMPARE(clip.begin, int64_t(49406));
        QCOMPARE(clip.end, int64_t(49407));
        std::vector<std::string> lines(clip.joins.size());
        for (const auto& [key, join] : clip.joins)
            lines[join.rank] = clip.tokens[key >> 32] + " " + clip.tokens[key & 0xFFFFFFFF] + "\n";
        std::string plain = "#version: 0.2\n";
        for (const std::string& line : lines)
            plain += line;
        folder.write("plain.txt", plain + "surplus line here\n");
        const Vocabulary same = vocabularyFromMerges(folder.path() / "plain.txt", 0);
        QVERIFY(same.tokens == clip.tokens);
        QCOMPARE(same.pad, int64_t(0));
    }
};

QTEST_GUILESS_MAIN(VocabularyTest)
#include "tst_vocabulary.moc"
