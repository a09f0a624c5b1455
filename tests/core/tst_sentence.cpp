// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"

#include <QTest>

namespace {

QString text(const Sentence& sentence)
{
    return QString::fromStdString(english(sentence));
}

} // namespace

class SentenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gapsAreFilled_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("expected");
        QTest::newRow("in order") << "%1 and %2"
                                  << "one and two";
        QTest::newRow("in another order") << "%2 before %1"
                                          << "two before one";
        QTest::newRow("one twice, one not") << "%1, %1"
                                            << "one, one";
        QTest::newRow("side by side") << "%1%2"
                                      << "onetwo";
        QTest::newRow("a gap without an argument stays") << "%1 %3 %9"
                                                         << "one %3 %9";
        QTest::newRow("%0 is no gap") << "%0%1"
                                      << "%0one";
        QTest::newRow("a percent sign") << "100 % of %1, 5%"
                                        << "100 % of one, 5%";
        QTest::newRow("only one digit counts") << "%12"
                                               << "one2";
        QTest::newRow("nothing") << ""
                                 << "";
    }

    void gapsAreFilled()
    {
        QFETCH(const QString, pattern);
        QTEST(QString::fromStdString(filled(pattern.toStdString(), {"one", "two"})), "expected");
    }

    void ofALongArgumentTheBeginningIsShown()
    {
        const std::string path(8192, 'x');
        QCOMPARE(text({"%1.", path}).size(), 8193);
        const QString cut = text({"It is %1.", std::string(900'000, 'x')});
        QCOMPARE(cut, QString("It is " + QString(8192, 'x') + "...."));
        std::string accents = "x";
        for (int i = 0; i < 5000; ++i)
            accents += "\u00e9"; // of two bytes, so that the limit lies within one
        const QString whole = text({"%1", accents});
        QVERIFY(!whole.contains(QChar::ReplacementCharacter));
        QCOMPARE(whole, QString("x" + QString(4095, QChar(0xe9)) + "..."));
    }

    void dataAreNotFilled()
    {
        const std::string file = "%1 %2.png";
        QCOMPARE(
            text({"The file %1 has no %2.", file, "words"}), "The file %1 %2.png has no words.");
        QCOMPARE(text(file), "%1 %2.png");
        QVERIFY(Sentence(file).data);
        QVERIFY(!Sentence("The file %1").data);
    }

    void aSentenceMayStandInAnother()
    {
        const Sentence reason("it has %1 bytes", 3);
        const Sentence whole("%1 was refused: %2.", std::string("a.png"), reason);
        QCOMPARE(text(whole), "a.png was refused: it has 3 bytes.");
        QCOMPARE(whole.arguments.at(1), reason);
    }

    void numbersAreWrittenAsToStringDoes()
    {
        QCOMPARE(text({"%1", -7}), "-7");
        QCOMPARE(text({"%1", uint64_t(18446744073709551615U)}), "18446744073709551615");
        QCOMPARE(text({"%1", 0.5}), QString::fromStdString(std::to_string(0.5)));
    }

    void aPatternWithoutArgumentsKeepsItsGaps()
    {
        QCOMPARE(text("The gap %1 stays."), "The gap %1 stays.");
        QVERIFY(Sentence().empty());
        QVERIFY(!Sentence("x").empty());
    }

    void aLabelIsTakenAsAPattern()
    {
        const std::string label = "Steps";
        QVERIFY(!inWords(label).data);
        QCOMPARE(inWords(label), Sentence("Steps"));
    }

    void sentencesInEnglishKeepTheirOrder()
    {
        QCOMPARE(
            english(std::vector<Sentence> {{"%1 steps", 4}, "two"}),
            (std::vector<std::string> {"4 steps", "two"}));
    }

    void anErrorTellsItsSentenceInEnglish()
    {
        const auto caught = [](const auto& error) {
            try {
                throw error;
            } catch (const Error& same) {
                return std::pair(std::string(same.what()), same.sentence());
            }
        };
        const std::string name = "a.png";
        const auto [words, sentence] = caught(ValueError("The file %1 has %2 parts.", name, 2));
        QCOMPARE(words, std::string("The file a.png has 2 parts."));
        QCOMPARE(sentence, Sentence("The file %1 has %2 parts.", name, 2));
        QCOMPARE(caught(WorkError(name)).second, Sentence(name));
    }
};

QTEST_GUILESS_MAIN(SentenceTest)
#include "tst_sentence.moc"
