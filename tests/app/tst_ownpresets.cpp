// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ownpresets.h"

#include "app/commandline.h"
#include "app/commands.h"
#include "core/file/files.h"
#include "core/file/resources.h"
#include "tests/app/emptyhome.h"
#include "tests/app/sessionfixture.h"
#include "tests/app/toolmethods.h"

#include <QTemporaryDir>

#include <cstring>

namespace {

Method method()
{
    Method m = countingMethod();
    m.parameters.push_back(
        {.id = "layers", .label = "Layers", .initial = Layers {}, .maximum = 15});
    m.parameters.push_back({.id = "plain", .label = "Plain", .initial = false});
    return m;
}

std::vector<Method> methods()
{
    return {method(), promptFreeMethod(), annotateMethod()};
}

/// Some folder to share files through, and an empty one for the user's own presets.
struct Fixture : SessionFixture
{
    QTemporaryDir folder;
    const Method& of;

    Fixture()
        : SessionFixture(::methods())
        , of(*SessionFixture::methods.find("analogy"))
    {
        std::filesystem::remove_all(userFolder());
        session.setMethod("analogy");
    }

    const MethodList& methods() const { return SessionFixture::methods; }
    std::filesystem::path write(const std::string& text, const char* name = "shared.json") const
    {
        const std::filesystem::path path = folder.filePath(QString::fromLatin1(name)).toStdString();
        writeFileAtomically(path, std::as_bytes(std::span(text)));
        return path;
    }
    /// Why it cannot be read; empty: it can.
    QString refused(const std::string& text) const
    {
        try {
            readPreset(write(text), methods());
            return {};
        } catch (...) {
            return currentFailure().sentence;
        }
    }
    QStringList names() const
    {
        QStringList names;
        for (const PresetFile& file : ownPresets(of, methods()).presets)
            names << file.preset.name;
        return names;
    }
};

const OwnPreset mine {
    .name = QStringLiteral("Mine: a/b"),
    .values = {
        {"steps", 7},
        {"strength", 0.25},
        {"prompt", std::string("a star\n\u2605")},
        {"layers", Layers {{3, 11}}},
        {"plain", true}}};

} // namespace

class OwnPresetsTest : public QObject
{
    Q_OBJECT

    EmptyHome m_home;

private Q_SLOTS:
    void init() { QSettings().clear(); }

    void whatIsKeptIsThereAsItWas()
    {
        const Fixture f;
        const PresetFile kept = keepPreset(f.of, mine, f.methods());
        QCOMPARE(kept.path, userFolder() / "presets" / "analogy" / "Mine-a-b.json");
        const auto there = ownPresets(f.of, f.methods());
        QVERIFY(there.damaged.isEmpty());
        QCOMPARE(there.presets.size(), size_t(1));
        QVERIFY(there.presets[0].preset == mine);
        // The same from wherever its file is taken.
        const std::string text = readText(kept.path);
        QVERIFY(readPreset(f.write(text), f.methods()).preset == mine);
        QVERIFY2(text.find("\"steps\": 7") != std::string::npos, text.c_str());
    }

    void aNameIsReplacedAndTwoThatMakeOneFileNameAreTwoFiles()
    {
        const Fixture f;
        keepPreset(f.of, {QStringLiteral("a:b"), {{"steps", 2}}}, f.methods());
        keepPreset(f.of, {QStringLiteral("a?b"), {{"steps", 3}}}, f.methods());
        keepPreset(f.of, {QStringLiteral("A:B"), {{"steps", 4}}}, f.methods());
        QCOMPARE(f.names(), (QStringList {QStringLiteral("A:B"), QStringLiteral("a?b")}));
        QCOMPARE(ownPresets(f.of, f.methods()).presets[0].preset.values.at("steps"), Value(4));
    }

    void aFreeNameIsNoneOfThoseThatThereAre()
    {
        const Fixture f;
        const auto free = [&](const char* name) {
            return freePresetName(
                f.of, ownPresets(f.of, f.methods()).presets, QString::fromLatin1(name));
        };
        QCOMPARE(free("Mine"), QStringLiteral("Mine"));
        QCOMPARE(free("Soft"), QStringLiteral("Soft 2")); // one that comes with the method
        keepPreset(f.of, {QStringLiteral("mine"), {{"steps", 2}}}, f.methods());
        keepPreset(f.of, {QStringLiteral("Mine 2"), {{"steps", 2}}}, f.methods());
        QCOMPARE(free("Mine"), QStringLiteral("Mine 3"));
        const QString longest(longestPresetName, QLatin1Char('x'));
        keepPreset(f.of, {longest, {{"steps", 2}}}, f.methods());
        QCOMPARE(free(qPrintable(longest)).size(), longestPresetName);
        QCOMPARE(presetName(QStringLiteral("  a\n b ")), QStringLiteral("a b"));
    }

    void oneIsRenamedAndMovedToTheTrash()
    {
        const Fixture f;
        keepPreset(f.of, {QStringLiteral("Other"), {{"steps", 2}}}, f.methods());
        PresetFile file = keepPreset(f.of, mine, f.methods());
        file = renamePreset(f.of, file, QStringLiteral("Yours"), f.methods());
        QCOMPARE(f.names(), (QStringList {QStringLiteral("Other"), QStringLiteral("Yours")}));
        QVERIFY(file.preset.values == mine.values);
        for (const char* taken : {"other", "Soft"})
            QVERIFY_EXCEPTION_THROWN(
                renamePreset(f.of, file, QString::fromLatin1(taken), f.methods()), Error);
        binPreset(file);
        QCOMPARE(f.names(), QStringList {QStringLiteral("Other")});
        QVERIFY(std::filesystem::exists(userFolder().parent_path() / "Trash"));
    }

    void whatIsNoPresetIsRefusedInASentence_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const char* text, const char* said) {
            QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(said);
        };
        row("no JSON", "steps = 7", "is not valid JSON");
        row("deep", QByteArray(100, '[').constData(), "nested too deeply");
        row("another file", R"({"steps": 7})", "it is no preset.");
        row("newer", R"({"preset": 2, "method": "analogy"})", "newer version");
        row("another mode",
            R"({"preset": 1, "method": "weave", "name": "x", "values": {"steps": 7}})",
            "for a mode called \"weave\"");
        row("no name", R"({"preset": 1, "method": "analogy", "name": " ", "values": {"steps": 7}})",
            "\"name\"");
        row("no value", R"({"preset": 1, "method": "analogy", "name": "x", "values": {}})",
            "no value in it");
        row("unknown", R"({"preset": 1, "method": "analogy", "name": "x", "values": {"stps": 7}})",
            "it sets \"stps\", which is no value of Counting");
        row("too many",
            R"({"preset": 1, "method": "analogy", "name": "x", "values": {"steps": 1e9}})",
            "Steps");
        row("an object",
            R"({"preset": 1, "method": "analogy", "name": "x", "values": {"prompt": {}}})",
            "\"prompt\"");
        row("a file",
            R"({"preset": 1, "method": "prompt-free", "name": "x", "values": {"annotators": "/etc"}})",
            "names a file");
    }
    void whatIsNoPresetIsRefusedInASentence()
    {
        QFETCH(QString, text);
        QFETCH(QString, said);
        const QString sentence = Fixture().refused(text.toStdString());
        QVERIFY2(sentence.contains(said), qPrintable(sentence));
        QVERIFY2(sentence.contains(QStringLiteral("shared.json")), qPrintable(sentence));
    }

    void aFileThatIsTooLargeIsNotRead()
    {
        const Fixture f;
        const QString sentence = f.refused(
            R"({"preset": 1, "method": "analogy", "name": "x", "values": {"steps": 7}})"
            + std::string(2 << 20, ' '));
        QVERIFY2(!sentence.isEmpty(), qPrintable(sentence));
    }

    void aDamagedOneIsNamedAndTheOthersAreThere()
    {
        const Fixture f;
        const PresetFile kept = keepPreset(f.of, mine, f.methods());
        for (const char* text : {"{", R"({"preset": 1, "method": "prompt-free", "name": "x",
                                          "values": {"steps": 3}})"}) {
            writeFileAtomically(
                kept.path.parent_path() / "zz.json",
                std::as_bytes(std::span(text, std::strlen(text))));
            const auto found = ownPresets(f.of, f.methods());
            QCOMPARE(found.presets.size(), size_t(1));
            QCOMPARE(found.damaged.size(), 1);
            QVERIFY2(
                found.damaged[0].contains(QStringLiteral("zz.json")), qPrintable(found.damaged[0]));
        }
    }

    void toChooseOneIsToSetItsValues()
    {
        Fixture f;
        Editor& editor = f.session.editor();
        const std::vector<PresetFile> all {
            {.preset = mine}, {.preset = {QStringLiteral("Small"), {{"steps", 7}}}}};
        editor.setPreset("soft");
        choosePreset(editor, chosenPreset(editor, all), mine);
        QCOMPARE(chosenPreset(editor, all), &all[0]); // of both that fit the one that says more
        QCOMPARE(f.session.history().undoText(), QStringLiteral("Preset Mine: a/b"));
        const Request request = f.session.request();
        QCOMPARE(request.preset, std::string());
        QCOMPARE(request.values, mine.values);

        editor.setValue("strength", 0.5); // it is that preset no more
        QCOMPARE(chosenPreset(editor, all), &all[1]);
        f.session.history().undo();
        editor.setValue("negative", std::string("dull")); // beside it
        QCOMPARE(chosenPreset(editor, all), &all[0]);

        choosePreset(editor, chosenPreset(editor, all), "soft");
        QCOMPARE(f.session.history().undoText(), QStringLiteral("Preset Soft"));
        QVERIFY(!editor.setByHand("steps"));
        QVERIFY(editor.setByHand("negative"));
        QVERIFY(!chosenPreset(editor, all));
        f.session.history().undo();
        f.session.history().undo();
        f.session.history().undo();
        QCOMPARE(editor.document().chosen().preset, std::string("soft"));
        QVERIFY(editor.document().chosen().byHand.empty());
    }

    void aPresetIsMadeOfWhatIsNotTheMethodsOwn()
    {
        Fixture f;
        Editor& editor = f.session.editor();
        ModelCard card = editor.card();
        card.recommended["analogy"] = {{"steps", "3"}, {"strength", "0.125"}};
        editor.setCard(card);
        editor.setValue("steps", parameter(f.of, "steps").initial); // not what the model wants
        editor.setPreset("soft");
        const Values values = presetValues(editor);
        QCOMPARE(values.size(), size_t(2));
        QCOMPARE(values.at("strength"), Value(0.25));
        QCOMPARE(values.at("steps"), parameter(f.of, "steps").initial);
    }

    void theCommandLineTakesItByNameAndByFile()
    {
        const Fixture f;
        const PresetFile kept = keepPreset(f.of, mine, f.methods());
        const std::string copy = f.write(readText(kept.path)).string();
        for (const std::string& preset : {std::string("mine: A/B"), copy}) {
            const Command command = parseCommandLine(
                {"analogy", "a.png", "b.png", "c.png", "-o", "x.png", "--preset", preset, "--steps",
                 "9"},
                f.methods());
            const auto& made = std::get<MakeCommand>(command);
            QCOMPARE(made.request.preset, std::string());
            QCOMPARE(made.request.values.at("steps"), Value(9)); // typed
            QCOMPARE(made.request.values.at("strength"), Value(0.25));
        }
        const Command other = parseCommandLine(
            {"prompt-free", "a.png", "-o", "x.png", "--preset", copy}, f.methods());
        QVERIFY(std::holds_alternative<TextCommand>(other));
        const Command none = parseCommandLine(
            {"analogy", "a.png", "b.png", "c.png", "-o", "x.png", "--preset", "nope"}, f.methods());
        QCOMPARE(std::get<MakeCommand>(none).request.preset, std::string("nope"));
    }
};

QTEST_GUILESS_MAIN(OwnPresetsTest)
#include "tst_ownpresets.moc"
