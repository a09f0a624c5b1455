// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandline.h"
#include "app/methodlist.h"
#include "tests/app/toolmethods.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

namespace {

Method method()
{
    Method m = countingMethod();
    m.parameters.push_back(
        {.id = "sac_steps", .label = "Steps", .help = "When it acts.", .initial = Range {}});
    m.parameters.push_back({.id = "sac", .label = "Layers", .initial = Layers {{3, 11}}});
    m.parameters.push_back({.id = "plain", .label = "Plain", .initial = false});
    m.parameters.push_back(
        {.id = "candidates",
         .label = "Candidates",
         .initial = 8,
         .minimum = 1,
         .maximum = 16,
         .step = 1,
         .role = Role::Candidates});
    m.presets.push_back({.id = "many", .label = "Many", .values = {{"candidates", 4}}});
    return m;
}

/// A method with all kinds of slots, with the tools of it.
std::vector<Method> methods()
{
    Method promptFree = promptFreeMethod();
    promptFree.slots.push_back({.id = "init", .label = "Start from", .needed = false});
    promptFree.slots.push_back(
        {.id = "start_mask", .label = "Mask", .help = "What changes", .needed = false});
    Method features {.id = "features", .name = "Features", .toolOf = "translate"};
    features.slots = {{.id = "pictures", .label = "Pictures", .several = true}};
    features.parameters = {{.id = "layer", .label = "Layer", .initial = 4, .maximum = 15}};
    Method pair {.id = "pair", .name = "Pair"};
    pair.slots = {
        {.id = "many", .label = "Many", .several = true}, {.id = "last", .label = "Last"}};
    Method translate {.id = "translate", .name = "Translate"};
    translate.slots = {{.id = "source", .label = "Source", .unless = "source_prompt"}};
    translate.parameters = {
        {.id = "source_prompt", .label = "Source prompt", .initial = std::string()}};
    return {method(), promptFree, annotateMethod(), features, pair, translate};
}

Command parsed(const std::vector<std::string>& arguments)
{
    return parseCommandLine(arguments, MethodList(methods()));
}

QStringList files(const MakeCommand& command, const char* slot)
{
    QStringList list;
    if (const auto found = command.pictures.find(slot); found != command.pictures.end())
        for (const PictureFile& picture : found->second)
            list.append(QString::fromStdString(picture.file));
    return list;
}

MakeCommand madeOf(const std::vector<std::string>& arguments)
{
    const Command command = parsed(arguments);
    if (const auto* text = std::get_if<TextCommand>(&command))
        qWarning("%s", text->text.c_str());
    return std::get<MakeCommand>(command);
}

MakeCommand made(std::vector<std::string> flags)
{
    std::vector<std::string> arguments {"analogy", "A.png", "A2.png", "B.png", "-o", "out.png"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return madeOf(arguments);
}

TextCommand said(const std::vector<std::string>& arguments)
{
    return std::get<TextCommand>(parsed(arguments));
}

} // namespace

class CommandLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theArgumentsAreTheMethodsPlacesInTheirOrder()
    {
        const MakeCommand command = made({});
        QCOMPARE(command.request.method, std::string("analogy"));
        QCOMPARE(files(command, "a"), QStringList {QStringLiteral("A.png")});
        QCOMPARE(files(command, "a_prime"), QStringList {QStringLiteral("A2.png")});
        QCOMPARE(files(command, "b"), QStringList {QStringLiteral("B.png")});
        QCOMPARE(command.data, std::string());
        QCOMPARE(command.out, std::string("out.png"));
        QCOMPARE(command.request.seed, uint64_t(42));
        QCOMPARE(command.request.device, std::string("cpu"));
        QVERIFY(command.embed == Embed::Full);
        QVERIFY(!command.json);
    }

    void aFlagIsMadeOfEveryParameter()
    {
        const Values values =
            made({"--prompt", "[a, \"red\" star] ", "--negative", "", "--steps", "12", "--strength",
                  "0.5", "--sac", "off", "--sac-steps", "0:25", "--plain"})
                .request.values;
        QCOMPARE(values.at("prompt"), Value(std::string("[a, \"red\" star] ")));
        QCOMPARE(values.at("negative"), Value(std::string()));
        QCOMPARE(values.at("steps"), Value(12));
        QCOMPARE(values.at("strength"), Value(0.5));
        QCOMPARE(values.at("sac"), Value(Layers {}));
        QCOMPARE(values.at("sac_steps"), Value(Range {0, 25}));
        QCOMPARE(values.at("plain"), Value(true));
        QCOMPARE(made({"--no-plain"}).request.values.at("plain"), Value(false));
        QVERIFY(!made({}).request.values.contains("plain"));
    }

    void lorasHaveAFileAndAWeight()
    {
        const auto loras = made({"--lora", "style.safetensors:0.8", "--lora",
                                 "other.safetensors:-0.5", "--lora", "third.safetensors"})
                               .request.loras;
        QVERIFY(
            loras
            == (std::vector<Lora> {
                {.file = "style.safetensors", .weight = .8},
                {.file = "other.safetensors", .weight = -.5},
                {.file = "third.safetensors"}}));
    }

    void touchesAreReadInTheirOrder()
    {
        const auto touches =
            made({"--touch", "cross:8:head=3:0", "--touch", "word=red star:2:0-0.5"})
                .request.touches;
        QCOMPARE(touches.size(), size_t(2));
        QCOMPARE(touches[0].head, 3);
        QCOMPARE(touches[1].word, std::string("red star"));
        QVERIFY(made({}).request.touches.empty());
    }

    void whatIsNotNeededHasAFlag()
    {
        const MakeCommand command = madeOf(
            {"prompt-free", "r.png:0.5", "--init", "i.png", "--control", "canny:c.png:0.8:0-0.6",
             "--also", "r2.png:0.25", "--control", "d.png", "-o", "out.png", "--start-mask",
             "m.png", "--also", "r3.png", "--data", "d.safetensors"});
        QCOMPARE(files(command, "reference"), QStringLiteral("r.png r2.png r3.png").split(u' '));
        QCOMPARE(command.pictures.at("reference").at(0).weight, 0.5);
        QCOMPARE(command.pictures.at("reference").at(1).weight, 0.25);
        QCOMPARE(files(command, "init"), QStringList {QStringLiteral("i.png")});
        QCOMPARE(files(command, "start_mask"), QStringList {QStringLiteral("m.png")});
        QCOMPARE(files(command, "control"), QStringLiteral("c.png d.png").split(u' '));
        QCOMPARE(command.pictures.at("control").at(0).kind, std::string("canny"));
        QCOMPARE(command.pictures.at("control").at(0).end, 0.6);
        QCOMPARE(command.data, std::string("d.safetensors"));
        QVERIFY(!madeOf({"prompt-free", "r.png", "-o", "x.png"}).pictures.contains("init"));
    }

    void aSlotForSeveralTakesSeveralArguments()
    {
        const MakeCommand command =
            madeOf({"features", "a.png", "--layer", "3", "b.png", "c.png", "--also", "d.png"});
        QCOMPARE(files(command, "pictures"), QStringLiteral("a.png b.png c.png d.png").split(u' '));
        const MakeCommand pair =
            madeOf({"pair", "1.png", "3.png", "--also", "2.png", "-o", "x.png"});
        QCOMPARE(files(pair, "many"), QStringLiteral("1.png 2.png").split(u' '));
        QCOMPARE(files(pair, "last"), QStringList {QStringLiteral("3.png")});
    }

    void aTextMayTakeThePlaceOfAPicture()
    {
        QVERIFY(madeOf({"translate", "--source-prompt", "a", "-o", "x.png"}).pictures.empty());
        const MakeCommand command = madeOf({"translate", "s.png", "-o", "x.png"});
        QCOMPARE(files(command, "source"), QStringList {QStringLiteral("s.png")});
    }

    void theOutputOfAToolHasANameOfItsOwn()
    {
        QCOMPARE(madeOf({"annotate", "dir/a.b.png"}).out, std::string("a.b-annotate.png"));
        QCOMPARE(madeOf({"annotate", "a.png", "-o", "x.png"}).out, std::string("x.png"));
    }

    void onePictureIsMadeUnlessMoreAreTyped()
    {
        QCOMPARE(made({}).request.values.at("candidates"), Value(1));
        QCOMPARE(made({"--preset", "many"}).request.values.at("candidates"), Value(1));
        QCOMPARE(made({"--candidates", "3"}).request.values.at("candidates"), Value(3));
    }

    void whatIsCommonToAllMethodsIsRead()
    {
        const MakeCommand command = made(
            {"--seed", "18446744073709551615", "--preset", "soft", "--model", "m.safetensors",
             "--device", "cuda:1", "--precision", "bf16", "--noise", "n.safetensors", "--json",
             "--embed", "settings"});
        QCOMPARE(command.request.seed, UINT64_MAX);
        QCOMPARE(command.request.preset, std::string("soft"));
        QCOMPARE(command.request.model, std::string("m.safetensors"));
        QCOMPARE(command.request.device, std::string("cuda:1"));
        QCOMPARE(command.request.precision, std::string("bf16"));
        QCOMPARE(command.noise, std::string("n.safetensors"));
        QVERIFY(command.json);
        QVERIFY(command.embed == Embed::Settings);
        QVERIFY(made({"--embed", "none"}).embed == Embed::None);
    }

    void whatIsWrongIsSaidWithStatusTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("text");
        const QStringList whole {QStringLiteral("analogy"), QStringLiteral("A.png"),
                                 QStringLiteral("A2.png"),  QStringLiteral("B.png"),
                                 QStringLiteral("-o"),      QStringLiteral("out.png")};
        const auto with = [&](const char* flag, const char* value) {
            return whole + QStringList {QLatin1String(flag), QLatin1String(value)};
        };
        QTest::newRow("no output") << whole.mid(0, 4) << "--out";
        QTest::newRow("a picture short") << whole.mid(0, 3) << "b";
        QTest::newRow("unknown flag") << with("--colour", "red") << "--colour";
        QTest::newRow("range") << with("--steps", "0") << "Steps cannot be \"0\"";
        QTest::newRow("type") << with("--strength", "much") << "Strength cannot be";
        QTest::newRow("layers") << with("--sac", "11:3") << "Layers";
        QTest::newRow("seed") << with("--seed", "-1") << "--seed";
        QTest::newRow("precision") << with("--precision", "fp8") << "fp8";
        QTest::newRow("embed") << with("--embed", "all") << "all";
        QTest::newRow("touch") << with("--touch", "cross:8:head=3:9") << "from 0 to 4";
        QTest::newRow("touch of a tool")
            << QStringLiteral("features A.png --touch cross:8:head=3:0").split(QLatin1Char(' '))
            << "--touch";
        const QStringList free {
            QStringLiteral("prompt-free"), QStringLiteral("r.png"), QStringLiteral("-o"),
            QStringLiteral("x.png")};
        QTest::newRow("a picture too many")
            << whole + QStringList {QStringLiteral("C.png")} << "C.png";
        QTest::newRow("twice") << free
                + QStringLiteral("--init a.png --init b.png").split(QLatin1Char(' '))
                               << "--init takes one picture: give it once.";
        QTest::newRow("no such place")
            << whole + QStringList {QStringLiteral("--also"), QStringLiteral("x.png")} << "--also";
        QTest::newRow("kind") << free
                + QStringList {QStringLiteral("--control"), QStringLiteral("cany:" TEST_DATA "/images/cmyk.jpg")}
                              << "A kind is canny, depth or none.";
        QTest::newRow("no picture") << QStringList {QStringLiteral("features")} << "pictures";
        QTest::newRow("command") << QStringList {QStringLiteral("analgy")}
                                 << "neither a command nor a file";
    }

    void whatIsWrongIsSaidWithStatusTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, text);
        std::vector<std::string> list;
        for (const QString& argument : arguments)
            list.push_back(argument.toStdString());
        const TextCommand command = said(list);
        QCOMPARE(command.status, 2);
        const QString got = QString::fromStdString(command.text);
        QVERIFY2(got.contains(text), qPrintable(got));
    }

    void helpAndVersionEndWell()
    {
        QCOMPARE(said({"--version"}).status, 0);
        QVERIFY(said({"--version"}).text.starts_with("Simile "));
        const std::string help = said({"--help"}).text;
        QVERIFY(help.find("analogy") != std::string::npos);
        QVERIFY(help.find("models") != std::string::npos);
        QVERIFY(help.find("convert-checkpoint") == std::string::npos);
        const std::string more = said({"analogy", "--help"}).text;
        for (const char* word : {"--sac-steps", "When it acts.", "--noise", "soft: Soft"})
            QVERIFY2(more.find(word) != std::string::npos, word);
        const std::string free = said({"prompt-free", "--help"}).text;
        for (const char* word :
             {"reference FILE[:WEIGHT]", "--also FILE[:WEIGHT]", "--init FILE",
              "--control KIND:FILE[:WEIGHT[:BEGIN-END]]",
              "Kinds: canny (Edges), depth, none (Ready map).", "May be given several times.",
              "What changes.", "--data SAFETENSORS"})
            QVERIFY2(free.find(word) != std::string::npos, (word + ("\n" + free)).c_str());
        QVERIFY(
            said({"annotate", "--help"}).text.find("PICTURE-annotate.png") != std::string::npos);
    }

    void withoutACommandTheWindowOpensFiles()
    {
        QVERIFY(std::get<WindowCommand>(parsed({})).files.isEmpty());
        QTemporaryFile file;
        QVERIFY(file.open());
        const auto window = std::get<WindowCommand>(parsed({file.fileName().toStdString()}));
        QCOMPARE(window.files, QStringList {file.fileName()});
        QVERIFY(!window.newInstance);
        QVERIFY(std::get<WindowCommand>(parsed({"--new-instance"})).newInstance);
    }

    void aFolderGivesThePictureToWorkOnAndATableMayGiveAll()
    {
        const QTemporaryDir folder;
        const std::string place = folder.path().toStdString(), table = place + "/t.csv";
        QFile file(QString::fromStdString(table));
        QVERIFY(file.open(QFile::WriteOnly));
        const MakeCommand of = madeOf(
            {"analogy", "A.png", "A2.png", "--each", place, "--name", "{seed}", "-o", "out"});
        QCOMPARE(of.each, place);
        QCOMPARE(of.name, std::string("{seed}"));
        QCOMPARE(int(of.pictures.size()), 2);
        QVERIFY(madeOf({"analogy", "--each=" + table, "-o", "out"}).pictures.empty());
        QCOMPARE(said({"analogy", "--each", place, "-o", "out"}).status, 2);
        QCOMPARE(
            said({"analogy", "A.png", "A2.png", "B.png", "--each", place, "-o", "out"}).status, 2);
        QCOMPARE(
            said({"analogy", "A.png", "A2.png", "B.png", "--name", "x", "-o", "out"}).status, 2);
    }

    void modelsAndConversionHaveTheirCommands()
    {
        const auto models = std::get<ModelsCommand>(parsed({"models", "--check", "one", "two"}));
        QVERIFY(models.check);
        QCOMPARE(models.paths, (std::vector<std::string> {"one", "two"}));
        const auto convert =
            std::get<ConvertCommand>(parsed({"convert-checkpoint", "--", "-in.ckpt", "out"}));
        QCOMPARE(convert.files, (std::vector<std::string> {"-in.ckpt", "out"}));
    }
};

QTEST_APPLESS_MAIN(CommandLineTest)
#include "tst_commandline.moc"
