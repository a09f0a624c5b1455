// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/emphasis.h"

#include <QTest>

#include <cmath>

namespace {

using Pieces = std::vector<WeighedText>;

Pieces read(const std::string& prompt)
{
    return readWeighedPrompt(prompt).parts.at(0);
}

bool alike(const Pieces& is, const Pieces& wanted)
{
    if (is.size() != wanted.size())
        return false;
    for (size_t i = 0; i < is.size(); ++i)
        if (is[i].text != wanted[i].text || std::abs(is[i].weight - wanted[i].weight) > 1e-9)
            return false;
    return true;
}

std::vector<std::string> notes(const std::string& prompt)
{
    return english(readWeighedPrompt(prompt).notes);
}

} // namespace

Q_DECLARE_METATYPE(Pieces)

class EmphasisTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bracketsWeigh_data()
    {
        QTest::addColumn<std::string>("prompt");
        QTest::addColumn<Pieces>("wanted");
        const auto row = [](const char* prompt, const Pieces& wanted) {
            QTest::newRow(prompt) << std::string(prompt) << wanted;
        };
        // As AUTOMATIC1111's program gives it.
        row("a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).",
            {{"a ", 1},
             {"house", 1.573},
             {" ", 1.1},
             {"on", 1},
             {" a ", 1.1},
             {"hill", .55},
             {", sun, ", 1.1},
             {"sky", 1.4641},
             {".", 1.1}});
        row("plain words", {{"plain words", 1}});
        row("(x)", {{"x", 1.1}});
        row("[x]", {{"x", 1 / 1.1}});
        row("(x: +1.5 )y", {{"x", 1.5}, {"y", 1}});
        row("(x:-2)", {{"x", -2}});
        row("(unclosed", {{"unclosed", 1.1}});
        row("[unclosed", {{"unclosed", 1 / 1.1}});
        row("closed) twice]", {{"closed) twice]", 1}});
        row("a \\(b\\) \\[c\\] \\\\ \\d", {{"a (b) [c] \\ \\d", 1}});
        row("ratio 3:2", {{"ratio 3:2", 1}});
        row("(at 3:2 o'clock)", {{"at 3:2 o'clock", 1.1}});
        row("", {{"", 1}});
        row("()", {{"", 1}});
        row("([)]", {{"", 1}});
        row("(a:+-2)", {{"a:+-2", 1.1}});
        row("[portrait: a man]", {{"portrait: a man", 1 / 1.1}});
        row("[(a|b) c]", {{"a|b", 1}, {" c", 1 / 1.1}});
        row("[a (b:1.2)]", {{"a ", 1 / 1.1}, {"b", 1.2 / 1.1}});
    }

    void bracketsWeigh()
    {
        QFETCH(std::string, prompt);
        QFETCH(Pieces, wanted);
        const Pieces is = read(prompt);
        QString said;
        for (const WeighedText& piece : is)
            said += QString::fromStdString(piece.text) + QStringLiteral(" %1; ").arg(piece.weight);
        QVERIFY2(alike(is, wanted), qPrintable(said));
    }

    void numbersThatDoNotCountLeaveTheBracketsAsText()
    {
        for (const std::string prompt : {"(a:1.2.3) b", "(a:11) b", "(a:-10.5) b", "(a:.) b"}) {
            QVERIFY2(alike(read(prompt), {{prompt, 1}}), prompt.c_str());
            QCOMPARE(notes(prompt).size(), size_t(1));
        }
        QCOMPARE(
            notes("(a:11) b").front(),
            std::string("11 is no weight between -10 and 10, so its brackets are taken as text."));
        QVERIFY(alike(read("((a:11) b)"), {{"(a:11) b", 1.1}}));
    }

    void whatOnlyLooksLikeANumberIsText()
    {
        for (const std::string text :
             {"a:1e9", "a:nan", "a:--1", "a:inf", "a:0x10", "a:1,5", "a:٣", "a:1 2"}) {
            const std::string prompt = "(" + text + ") b";
            QVERIFY2(alike(read(prompt), {{text, 1.1}, {" b", 1}}), prompt.c_str());
        }
        for (const std::string prompt :
             {"(a:1000000000) b", "(a:99999999999999999999.) b", "(a:-) b"})
            for (const WeighedText& piece : read(prompt))
                QVERIFY2(std::abs(piece.weight) <= 1.1, prompt.c_str());
        QVERIFY(alike(read("\\\\\\("), {{"\\(", 1}}));
        QVERIFY(alike(read("\\"), {{"\\", 1}}));
    }

    void weightsWithinEachOtherStayNumbers()
    {
        std::string high = "a", low = "a", none = "a";
        for (int i = 0; i < 60; ++i) {
            high = "(" + high + ":10)";
            low = "(" + low + ":-10)";
            none = "(" + none + ":.001)";
        }
        QVERIFY(alike(read(high), {{"a", 1e6}}));
        QVERIFY(std::abs(read(low).front().weight) <= 1e6);
        QVERIFY(std::abs(read(none).front().weight) < 1e-6);
        QVERIFY(alike(read("((a:10):10)"), {{"a", 100}}));
    }

    void aLoraInAPromptIsAWordAndNoPlace()
    {
        // The text is all there is: no file is looked for.
        for (const std::string tag :
             {"<lora:../../x:1>", "<lora:/etc/passwd:1>", "<lora:name:nan>", "<lora::>",
              "<lora:x:1e9>"}) {
            QVERIFY2(alike(read("a " + tag + "cat"), {{"a cat", 1}}), tag.c_str());
            QCOMPARE(
                notes(tag),
                std::vector<std::string> {
                    tag + " was taken out of the prompt: choose the file as a LoRA."});
        }
    }

    void whatChangesPromptsElsewhereStaysTextAndIsSaid()
    {
        for (const std::string prompt : {"[cat:dog:0.4]", "[cat|dog]", "[cat::8]", "[:cat:.5]"}) {
            QVERIFY2(alike(read(prompt), {{prompt, 1}}), prompt.c_str());
            QCOMPARE(notes(prompt).size(), size_t(1));
        }
        QVERIFY(alike(read("a cat AND a dog"), {{"a cat AND a dog", 1}}));
        QCOMPARE(notes("a cat AND a dog AND a cow").size(), size_t(1));
        QVERIFY(notes("ANDY and BRAND").empty());
        QVERIFY(alike(read("a <lora:some name:0.8> cat"), {{"a  cat", 1}}));
        QCOMPARE(
            notes("<lora:x:1>").front(),
            std::string("<lora:x:1> was taken out of the prompt: choose the file as a LoRA."));
        QVERIFY(alike(read("a <lora:x"), {{"a <lora:x", 1}}));
    }

    void breakBeginsAPart()
    {
        const auto parts = readWeighedPrompt("a (big BREAK small:1.2) BREAKFAST BREAK").parts;
        QCOMPARE(parts.size(), size_t(2)); // nothing is behind the last one
        QVERIFY(alike(parts[0], {{"a ", 1}, {"big", 1.2}}));
        QVERIFY(alike(parts[1], {{"small", 1.2}, {" BREAKFAST", 1}}));
        QCOMPARE(readWeighedPrompt("BREAK a").parts.size(), size_t(2));
    }

    void deepNestingEndsAndTakesNoTime()
    {
        std::string deep(100'000, '(');
        deep += "x" + std::string(100'000, ')');
        const Pieces is = read(deep);
        QVERIFY(is.size() < 10);
        std::string many, signs;
        for (int i = 0; i < 100'000; ++i) {
            many += "(a)[b](c:1.2)";
            signs += "(:<lora:";
        }
        QCOMPARE(read(many).size(), size_t(300'000));
        read(signs);
        std::string tags;
        for (int i = 0; i < 20'000; ++i)
            tags += "<lora:" + std::to_string(i) + ">";
        QCOMPARE(notes(tags).size(), size_t(16));
        read(std::string(200'000, '[') + std::string(200'000, ')'));
    }

    void aLiteralPromptIsLeftAsItIs()
    {
        const WeighedPrompt prompt = literalPrompt("(a:1.3) BREAK <lora:x:1>");
        QCOMPARE(prompt.parts.size(), size_t(1));
        QVERIFY(alike(prompt.parts[0], {{"(a:1.3) BREAK <lora:x:1>", 1}}));
        QVERIFY(prompt.notes.empty());
    }
};

QTEST_APPLESS_MAIN(EmphasisTest)
#include "tst_emphasis.moc"
