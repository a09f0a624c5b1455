// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/translated.h"

#include "app/engine.h"
#include "core/errors.h"

#include <QTest>
#include <QTranslator>

#include <map>

namespace {

/// Speaks German, a little, and turns a sentence around.
class German : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(
        const char* context, const char* source, const char* /*disambiguation*/,
        int /*n*/) const override
    {
        static const std::map<QByteArray, QString> words = {
            {"The file %1 has no %2.", QStringLiteral("%2 fehlt in der Datei %1.")},
            {"words", QStringLiteral("Wörter")},
            {"%1 could not be read: %2.", QStringLiteral("%1 ist nicht lesbar: %2.")},
            {"there is no such file or folder", QStringLiteral("so etwas gibt es nicht")},
            {"Steps", QStringLiteral("Schritte")},
            {"", QStringLiteral("Language: de")}};
        const auto found = words.find(source);
        return QByteArray(context) == "core" && found != words.end() ? found->second : QString();
    }
};

/// What somebody is told who catches it.
template<typename Thrown>
Failure told(const Thrown& error)
{
    try {
        throw error;
    } catch (...) {
        return currentFailure();
    }
}

} // namespace

class TranslatedTest : public QObject
{
    Q_OBJECT

private:
    German m_german;

private Q_SLOTS:
    void cleanup() { QCoreApplication::removeTranslator(&m_german); }

    void withoutATranslatorItIsEnglish()
    {
        const Sentence sentence("The file %1 has no %2.", std::string("a.png"), "words");
        QCOMPARE(translated(sentence), QStringLiteral("The file a.png has no words."));
        QCOMPARE(translated(sentence), QString::fromStdString(english(sentence)));
        QCOMPARE(translated(std::string("Steps")), QStringLiteral("Steps"));
        QCOMPARE(translated(Sentence()), QStringLiteral(""));
    }

    void patternsAreTranslatedAndMayTurnAround()
    {
        QVERIFY(QCoreApplication::installTranslator(&m_german));
        const Sentence sentence("The file %1 has no %2.", std::string("a.png"), "words");
        QCOMPARE(translated(sentence), QStringLiteral("Wörter fehlt in der Datei a.png."));
        QCOMPARE(translated(std::string("Steps")), QStringLiteral("Schritte"));
        QCOMPARE(translated(Sentence()), QStringLiteral(""));
    }

    void aNameIsNeitherTranslatedNorFilled()
    {
        QVERIFY(QCoreApplication::installTranslator(&m_german));
        const std::string name = "%2 %1.png";
        QCOMPARE(
            translated(Sentence("The file %1 has no %2.", name, std::string("words"))),
            QStringLiteral("words fehlt in der Datei %2 %1.png."));
        QCOMPARE(translated(Sentence(name)), QStringLiteral("%2 %1.png"));
    }

    void whatNobodyTranslatedStaysEnglish()
    {
        QVERIFY(QCoreApplication::installTranslator(&m_german));
        QCOMPARE(
            translated(Sentence("The model %1 is new: %2", 2, "words")),
            QStringLiteral("The model 2 is new: Wörter"));
    }

    void aFailureIsToldInTheLanguageOfTheWindow()
    {
        const WorkError error(
            "%1 could not be read: %2.", std::string("a.png"),
            Sentence("there is no such file or folder"));
        QCOMPARE(
            told(error).sentence,
            QStringLiteral("a.png could not be read: there is no such file or folder."));
        QVERIFY(QCoreApplication::installTranslator(&m_german));
        QCOMPARE(
            told(error).sentence,
            QStringLiteral("a.png ist nicht lesbar: so etwas gibt es nicht."));
        QCOMPARE(told(ValueError("Steps")).sentence, QStringLiteral("Schritte"));
        QCOMPARE(told(ValueError("Steps")).cause, Failure::Value);
        QCOMPARE(told(Error("Steps")).sentence, QStringLiteral("Schritte"));
        QCOMPARE(told(Error("Steps")).cause, Failure::Input);
        QCOMPARE(
            QString::fromUtf8(error.what()),
            QStringLiteral("a.png could not be read: there is no such file or folder."));
    }
};

QTEST_GUILESS_MAIN(TranslatedTest)
#include "tst_translated.moc"
