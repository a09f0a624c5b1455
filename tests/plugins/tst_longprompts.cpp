// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/analogist.h"
#include "tests/plugins/plugandplay/translatefixture.h"
#include "tests/plugins/slope.h"

#include <QTest>

/// What does not count of a prompt that is cut off stands beside the result.
class LongPromptsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aResultSaysWhatOfItsPromptsDoesNotCount_data()
    {
        QTest::addColumn<Method>("method");
        QTest::addColumn<Request>("request");
        Request analogy {.method = "analogy", .model = MINI_MODEL, .precision = "fp32"};
        for (const char* slot : {"a", "a_prime", "b"})
            analogy.images[slot] = {{.image = slope(96, 96)}};
        analogy.values = {{"size", 256}, {"steps", 2}, {"guidance", 2.}};
        QTest::newRow("analogy") << analogist() << analogy;
        QTest::newRow("translate") << translate() << shortTranslation();
    }

    void aResultSaysWhatOfItsPromptsDoesNotCount()
    {
        QFETCH(Method, method);
        QFETCH(Request, request);
        std::string circles;
        for (int i = 0; i < 80; ++i)
            circles += "circle ";
        request.values["prompt"] = circles + "red";
        request.values["negative"] = circles;
        Models models;
        const auto said = [&](const char* rule) {
            request.values["long_prompts"] = std::string(rule);
            const Result result = run(method, request, models, goOn);
            std::vector<std::string> notes;
            for (const std::string& note : english(result.notes))
                if (note.find(" tokens, of which the first ") != note.npos)
                    notes.push_back(note);
            return notes;
        };
        const auto cut = said("truncate");
        QCOMPARE(cut.size(), size_t(2));
        QVERIFY2(cut[0].ends_with("has 81 tokens, of which the first 75 count."), cut[0].c_str());
        QVERIFY2(cut[1].ends_with("has 80 tokens, of which the first 75 count."), cut[1].c_str());
        QVERIFY(said("chunks").empty());
    }
};

QTEST_GUILESS_MAIN(LongPromptsTest)
#include "tst_longprompts.moc"
