// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/language.h"

#include "app/methodlist.h"
#include "app/pseudolanguage.h"
#include "app/translated.h"
#include "core/file/resources.h"
#include "core/inspect/colours.h"
#include "core/inspect/view.h"
#include "core/picture/pictureformat.h"
#include "tests/app/programenvironment.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include <algorithm>

namespace {

QString shown(const char* text)
{
    return QCoreApplication::translate("Actions", text);
}

/// What of the texts has no translation.
class Untranslated
{
public:
    Untranslated()
    {
        const auto folder = resourceFolder() / "translations";
        m_loaded =
            m_korean.load(QStringLiteral("simile_ko"), QString::fromStdString(folder.string()));
    }
    void look(const std::string& text)
    {
        // "16:9" and "DINO" are the same everywhere.
        const bool words = std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
        if (words && m_korean.translate("core", text.c_str()).isEmpty())
            m_found << QString::fromStdString(text);
    }
    void look(const std::vector<Choice>& choices)
    {
        for (const Choice& choice : choices)
            look(choice.label);
    }
    bool loaded() const { return m_loaded; }
    QString found() const { return m_found.join(QLatin1Char('\n')); }

private:
    QTranslator m_korean;
    bool m_loaded = false;
    QStringList m_found;
};

/// What is read of a method, but the names of its values that are names everywhere ("DDIM").
void lookAt(Untranslated& texts, const Method& method)
{
    for (const std::string& text : {method.name, method.description, method.resultLabel})
        texts.look(text);
    for (const Slot& slot : method.slots) {
        for (const std::string& text : {slot.label, slot.help, slot.section})
            texts.look(text);
        texts.look(slot.kinds);
    }
    for (const Parameter& p : method.parameters) {
        for (const std::string& text : {p.label, p.help, p.unit, p.group})
            texts.look(text);
        if (p.role != Role::Sampler)
            texts.look(p.choices);
    }
    for (const Preset& preset : method.presets) {
        texts.look(preset.label);
        texts.look(preset.note);
    }
    for (const KeptFiles& kept : method.keeps) {
        texts.look(kept.label);
        texts.look(kept.help);
    }
}

} // namespace

class LanguageTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// What the program says with so many arguments on a system that speaks Korean.
    QProcessEnvironment korean() const
    {
        auto environment = programEnvironment(m_folder.path());
        environment.remove(QStringLiteral("SIMILE_LANGUAGE"));
        environment.remove(QStringLiteral("LANGUAGE"));
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("ko_KR.UTF-8"));
        return environment;
    }

private Q_SLOTS:
    void cleanup() { qunsetenv("SIMILE_LANGUAGE"); }

    void itIsSpokenAsLongAsItLives()
    {
        qunsetenv("SIMILE_LANGUAGE");
        QCOMPARE(shown("&Quit"), QStringLiteral("&Quit"));
        {
            const Language language(QStringLiteral("ko"));
            QCOMPARE(shown("&Quit"), QStringLiteral("끝내기(&Q)"));
            QCOMPARE(translated(std::string("Guidance")), QStringLiteral("가이던스"));
            QCOMPARE(QLocale().language(), QLocale::Korean);
        }
        QCOMPARE(QLocale().language(), QLocale::system().language());
        QCOMPARE(shown("&Quit"), QStringLiteral("&Quit"));
    }

    void theEnvironmentCountsBeforeTheSetting()
    {
        qputenv("SIMILE_LANGUAGE", "en");
        const Language language(QStringLiteral("ko"));
        QCOMPARE(shown("&Quit"), QStringLiteral("&Quit"));
    }

    void whatIsNoLanguageOfOursIsEnglish()
    {
        qunsetenv("SIMILE_LANGUAGE");
        const Language language(QStringLiteral("eo"));
        QCOMPARE(shown("&Quit"), QStringLiteral("&Quit"));
    }

    void englishHasItsPlurals()
    {
        qputenv("SIMILE_LANGUAGE", "en");
        const Language language({});
        const auto waiting = [](int count) {
            return QCoreApplication::translate("QueueList", "%n waiting", nullptr, count);
        };
        QCOMPARE(waiting(1), QStringLiteral("One waiting"));
        QCOMPARE(waiting(3), QStringLiteral("3 waiting"));
    }

    void allThatMethodsSayIsTranslated()
    {
        Untranslated texts;
        QVERIFY(texts.loaded());
        const MethodList list;
        QVERIFY(list.methods().size() > 3);
        for (const Method& method : list.methods())
            lookAt(texts, method);
        for (const ViewKindName& kind : viewKinds())
            texts.look(kind.label.pattern);
        for (const ColourMapName& map : colourMaps())
            texts.look(map.label.pattern);
        QCOMPARE(texts.found(), QString());
    }

    void whatHelpSaysIsTranslated()
    {
        QProcess program;
        program.setProcessEnvironment(korean());
        program.start(QStringLiteral(SIMILE), {QStringLiteral("verify"), QStringLiteral("--help")});
        QVERIFY(program.waitForFinished(60'000));
        const QString said = QString::fromUtf8(program.readAllStandardOutput());
        QVERIFY2(
            said.contains(
                QStringLiteral("이 프로그램의 이미지를 다시 만들어 똑같이 나오는지 알려 줍니다.")),
            qPrintable(said));
        QVERIFY2(!said.contains(QLatin1String("The stored noise")), qPrintable(said));
    }

    void peopleAreToldInTheirLanguageAndProgramsInEnglish()
    {
        QProcess program;
        program.setProcessEnvironment(korean());
        QStringList arguments {
            QStringLiteral("compare"), QStringLiteral("/nowhere/a.png"),
            QStringLiteral("/nowhere/b.png")};
        program.start(QStringLiteral(SIMILE), arguments);
        QVERIFY(program.waitForFinished(60'000));
        QCOMPARE(program.exitCode(), 7);
        QCOMPARE(
            QString::fromUtf8(program.readAllStandardError()).trimmed(),
            QStringLiteral("/nowhere/a.png을(를) 읽지 못했습니다: 그런 파일이나 폴더가 없습니다."));
        arguments << QStringLiteral("--json");
        program.start(QStringLiteral(SIMILE), arguments);
        QVERIFY(program.waitForFinished(60'000));
        QCOMPARE(program.exitCode(), 7);
        QCOMPARE(
            QJsonDocument::fromJson(program.readAllStandardError())
                .object()[QLatin1String("error")]
                .toString(),
            QStringLiteral("/nowhere/a.png could not be read: there is no such file or folder."));
    }

    void pseudoKeepsWhatIsRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("as");
        const auto row = [](const char* name, const char* text, const char* as) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(as);
        };
        row("words", "Open", "[Öpéñ ··]");
        row("a key", "&Open", "[&Öpéñ ··]");
        row("gaps", "Run %1 of %n", "[Ŕûñ %1 öf %n ··]");
        row("tags", "<b>Bold</b>&nbsp;one", "[<b>Böļð</b>&nbsp;öñé ···]");
        row("patterns", "PNG (*.png)", "[PÑĞ (*.png) ··]");
        row("fields", "{mode}-x", "[{mode}-x ·]");
        row("a key beside it", "Star\tS", "[Šŧàŕ ··]\tS");
        row("nothing to read", "%1: %2", "%1: %2");
        row("long", "abcdefghijklmnopq", "[àbçðéfğhîjkļmñöpq ····· ··]");
    }
    void pseudoKeepsWhatIsRead()
    {
        QFETCH(QString, text);
        QFETCH(QString, as);
        QCOMPARE(pseudo(text), as);
    }

    void pseudoIsForAllTexts()
    {
        qputenv("SIMILE_LANGUAGE", "pseudo");
        const Language language({});
        QCOMPARE(shown("&Quit"), pseudo(QStringLiteral("&Quit")));
        QCOMPARE(translated(std::string("Guidance")), pseudo(QStringLiteral("Guidance")));
        QCOMPARE(
            translated(Sentence("There is no file %1.", std::string("a.png"))),
            pseudo(QStringLiteral("There is no file %1.")).arg(QLatin1String("a.png")));
    }
};

QTEST_GUILESS_MAIN(LanguageTest)
#include "tst_language.moc"
