// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/pickle.h"

#include "tests/failure.h"
#include "tests/peakmemory.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <ctime>

namespace {

std::string number(uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i, value >>= 8)
        text += char(value);
    return text;
}

std::string shortText(const std::string& text)
{
    return "U" + number(text.size(), 1) + text;
}

std::string longNumber(const std::string& bytes)
{
    return "\x8a" + number(bytes.size(), 1) + bytes;
}

std::string global(const std::string& module, const std::string& name)
{
    return "c" + module + "\n" + name + "\n";
}

const std::string keep = std::string("q\0", 2), recall = std::string("h\0", 2);

/// Interprets instructions as a whole pickle.
Pickle pickled(const std::string& instructions)
{
    return readPickle("\x80\2" + instructions + ".", "x.ckpt");
}

PickleValue value(const std::string& instructions)
{
    const Pickle pickle = pickled(instructions);
    return pickle.values.at(pickle.root);
}

} // namespace

/// Instructions of pickles, written by hand.
class PickleTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// A file that would be there if anything was run.
    std::string marker() const { return m_folder.filePath(QStringLiteral("marker")).toStdString(); }

private Q_SLOTS:
    void numbersOfAnyLengthAreRead()
    {
        const auto read = [](const std::string& bytes) { return value(longNumber(bytes)).number; };
        QCOMPARE(read(""), int64_t(0));
        QCOMPARE(read("\xff"), int64_t(-1));
        QCOMPARE(read(std::string("\xff\0", 2)), int64_t(255));
        QCOMPARE(read(number(uint64_t(-300), 3)), int64_t(-300));
        QCOMPARE(read(number(uint64_t(INT64_MIN), 8)), INT64_MIN);
        QCOMPARE(value(longNumber(std::string(9, 'x'))).kind, PickleValue::Opaque);
    }

    void shortTextsAndLongPlacesAreRead()
    {
        QCOMPARE(value(shortText("text")).text, std::string("text"));
        const std::string place = number(70'000, 4);
        QCOMPARE(
            value(shortText("first") + "r" + place + "N\x86j" + place).text, std::string("first"));
    }

    void whatStandsForItsContentIsThat()
    {
        const std::string three = "(K\1K\2K\3t";
        const PickleValue size = value(global("torch", "Size") + three + "\x85R");
        QCOMPARE(size.kind, PickleValue::Tuple);
        QCOMPARE(size.items.size(), std::size_t(3));
        const PickleValue parameter =
            value(global("torch._utils", "_rebuild_parameter") + "(" + shortText("it") + "\x88NtR");
        QCOMPARE(parameter.text, std::string("it"));
        // What is put into something of no use here is of no use either.
        const std::string device = global("torch", "device") + shortText("cpu") + "\x85R";
        QCOMPARE(value(device + "Na").kind, PickleValue::Opaque);
    }

    void aDictionaryOfParametersHasThoseOfItsAttributes()
    {
        const std::string made = global("torch.nn.modules.container", "ParameterDict") + ")\x81";
        const std::string inner = "}" + shortText("a") + "K\1s";
        const std::string state =
            "}" + shortText("training") + "\x88s" + shortText("_parameters") + inner + "s";
        const PickleValue read = value(made + state + "b");
        QCOMPARE(read.kind, PickleValue::Dict);
        QCOMPARE(read.items.size(), std::size_t(2));
        const std::string other = failure([] { value(global("torch", "Size") + ")\x81"); });
        QVERIFY2(other.find("makes an object of a kind") != other.npos, other.c_str());
    }

    /// Whose attributes it is itself: it grows while they are gone through.
    void aDictionaryThatIsItsOwnAttributesIsRead()
    {
        const std::string made =
            global("torch.nn.modules.container", "ParameterDict") + ")\x81" + keep;
        const std::string own = shortText("a") + "K\1s" + shortText("b") + "K\2s";
        const std::string state = "}" + shortText("_parameters") + recall + "s";
        QCOMPARE(value(made + own + state + "b").items.size(), std::size_t(8));
        const std::string said = failure(
            [&] { value(made + shortText("_parameters") + recall + "s" + recall + "b" + "}b"); });
        QVERIFY(said.empty() || said.find("too deeply") != said.npos);
    }

    /// Three bytes ask for all attributes once more.
    void attributesThatAreGivenAgainAndAgainAreRefused()
    {
        const std::string state = "N" + keep + "}q\1(";
        std::string items, builds;
        for (int i = 0; i < 200'000; ++i)
            items += recall;
        for (int i = 0; i < 20'000; ++i)
            builds += "h\1b";
        const std::string made = global("torch.nn.modules.container", "ParameterDict") + ")\x81";
        const std::string said = failure([&] { value(state + items + "u" + made + builds); });
        QVERIFY2(said.find("has too many values") != said.npos, said.c_str());
    }

    /// Data stays data, whatever it would be elsewhere; what names a function to run is refused.
    void nothingOfAPickleIsRun_data()
    {
        QTest::addColumn<std::string>("instructions");
        QTest::addColumn<std::string>("reason"); // empty: it is read
        const std::string command = "touch " + marker();
        const std::string call = global("os", "system") + shortText(command) + "\x85R";
        const std::string pickle = "\x80\2" + call + ".";
        const auto row = [](const char* name, const std::string& what, const char* why) {
            QTest::newRow(name) << what << std::string(why);
        };
        row("a call", call, "os.system");
        row("a pickle as text", shortText(pickle), "");
        row("a pickle as bytes",
            global("_codecs", "encode") + shortText(pickle) + shortText("latin1") + "\x86R", "");
        row("a pickle to be read again", global("pickle", "loads") + shortText(pickle) + "\x85R",
            "pickle.loads");
        row("a pickle behind the end", "N." + call, "");
        // As numpy.array([Evil()], dtype=object) is pickled.
        const std::string array = global("numpy.core.multiarray", "_reconstruct")
            + global("numpy", "ndarray") + "K\1\x85" + shortText("b") + "\x87R";
        const std::string objects = global("numpy", "dtype") + shortText("O8") + "\x89\x88\x87R";
        row("an array of objects", array + "(K\1K\1\x85" + objects + "\x89](" + call + "etb",
            "os.system");
        row("an array of texts",
            array + "(K\1K\1\x85" + objects + "\x89](" + shortText(command) + "etb", "");
        row("a name put together", shortText("os") + shortText("system") + "\x93", "0x93");
        row("a name of protocol 4", "\x8c\2os\x8c\6system\x93", "0x8c");
        row("protocol 4 within", "\x80\4\x8c\2os\x8c\6system\x93", "protocol 4");
        row("a name that is remembered",
            shortText("os") + keep + "0" + recall + shortText("system") + "\x93", "0x30");
        row("a path of names", global("torch", "os.system"), "torch.os.system");
        row("no module", global("", "os.system"), ".os.system");
        row("another name of the module", global("posix", "system"), "posix.system");
        row("what finds it", global("__builtin__", "getattr"), "__builtin__.getattr");
        row("what calls it", global("functools", "partial"), "functools.partial");
        row("what imports it", global("importlib", "import_module"), "importlib.import_module");
        row("attributes of an argument list",
            global("argparse", "Namespace") + ")\x81}" + shortText("__class__") + shortText(command)
                + "sb",
            "");
    }

    void nothingOfAPickleIsRun()
    {
        QFETCH(std::string, instructions);
        QFETCH(std::string, reason);
        const std::string said = failure([&] { pickled(instructions); });
        if (reason.empty())
            QCOMPARE(said, std::string());
        QVERIFY2(said.find(reason) != said.npos, said.c_str());
        QVERIFY(!QFile::exists(QString::fromStdString(marker())));
    }

    void fewBytesNeverStandForMuchWork_data()
    {
        QTest::addColumn<std::string>("instructions");
        QTest::addColumn<std::string>("reason");
        const auto row = [](const char* name, const std::string& what, const char* why) {
            QTest::newRow(name) << what << std::string(why);
        };
        const auto times = [](int n, const std::string& part) {
            std::string text;
            for (int i = 0; i < n; ++i)
                text += part;
            return text;
        };
        row("place", "Nr" + number(INT32_MAX, 4), "too large a number");
        row("text", "X" + number(uint64_t(1) << 31, 4), "text longer");
        row("tuples", ")" + std::string(10'000'000, '\x85'), "too deeply");
        row("lists", "]" + times(5'000'000, "]a"), "too many values");
        row("marks", std::string(60'000'000, '('), "piles up");
        row("values", std::string(60'000'000, 'N'), "too many values");
        row("numbers", std::string(60'000'000, '\x88'), "too many values");
        row("no end", "N" + times(10'000'000, keep), "more than 10000000 instructions");
        std::string places = "N";
        for (uint32_t i = 0; i < 2'000'002; ++i)
            places += "r" + number(i, 4);
        row("places", places, "too large a number");
        // A dictionary takes its own items over and over, twice as many each time.
        const std::string made = global("torch.nn.modules.container", "ParameterDict") + ")\x81";
        row("doubled",
            made + keep + shortText("a") + "K\1s}" + shortText("_parameters") + recall + "s"
                + std::string("q\1", 2) + "b" + times(40, std::string("h\1b", 3)),
            "too many values");
    }

    void fewBytesNeverStandForMuchWork()
    {
        QFETCH(std::string, instructions);
        QFETCH(std::string, reason);
        std::string said;
        const std::clock_t begun = std::clock(); // of the processor, whoever else uses it
        const long more = peakMemoryOf([&] { said = failure([&] { pickled(instructions); }); });
        QVERIFY2(said.find(reason) != said.npos, said.c_str());
        const auto seconds = double(std::clock() - begun) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 5, std::to_string(seconds).c_str());
        QVERIFY2(more < 256, std::to_string(more).c_str());
    }

    void onlyAWholeDescriptionIsAStorage_data()
    {
        QTest::addColumn<std::string>("id");
        QTest::addColumn<bool>("isStorage");
        const auto row = [](const char* name, const std::string& id, bool isStorage) {
            QTest::newRow(name) << id << isStorage;
        };
        const std::string word = shortText("storage"), kind = global("torch", "FloatStorage"),
                          key = shortText("7"), place = shortText("cpu"), three = "K\3";
        const std::string four = word + kind + key + place;
        row("five parts", "(" + four + three + "t", true);
        row("a sixth that is nothing", "(" + four + three + "Nt", true);
        row("a place of another kind", "(" + word + kind + key + "N" + three + "t", true);
        row("the longest key",
            "(" + word + kind + shortText(std::string(64, 'k')) + place + three + "t", true);
        row("no elements", "(" + four + "K" + number(0, 1) + "t", true);
        row("none", ")", false);
        row("four parts", "(" + four + "t", false);
        row("a sixth that is more", "(" + four + three + ")t", false);
        row("seven parts", "(" + four + three + "NNt", false);
        row("a list", "](" + four + three + "e", false);
        row("a text", word, false);
        row("another word", "(" + shortText("module") + kind + key + place + three + "t", false);
        row("a number for the word", "(K\1" + kind + key + place + three + "t", false);
        row("a kind that is text",
            "(" + word + shortText("torch.FloatStorage") + key + place + three + "t", false);
        row("a key that is a number", "(" + word + kind + "K\7" + place + three + "t", false);
        row("too long a key",
            "(" + word + kind + shortText(std::string(65, 'k')) + place + three + "t", false);
        row("elements that are text", "(" + four + shortText("3") + "t", false);
        row("elements that are true", "(" + four + "\x88t", false);
        row("fewer than none", "(" + four + longNumber("\xff") + "t", false);
    }

    void onlyAWholeDescriptionIsAStorage()
    {
        QFETCH(const std::string, id);
        QFETCH(const bool, isStorage);
        std::string said;
        try {
            const PickleValue read = value(id + "Q");
            QCOMPARE(read.kind, PickleValue::Storage);
            QCOMPARE(read.dtype, std::string("F32"));
            QCOMPARE(read.number, int64_t(id.find("K\3") != id.npos ? 3 : 0));
        } catch (const Error& error) {
            said = error.what();
        }
        QCOMPARE(said.empty(), isStorage);
        QVERIFY2(
            isStorage || said.find("refers to something that is no storage") != said.npos,
            said.c_str());
    }

    /// With any other number of arguments it would be something that is not known.
    void whatIsCalledTakesTheArgumentsItHasInPyTorch_data()
    {
        QTest::addColumn<std::string>("function");
        QTest::addColumn<std::vector<int>>("counts"); // of arguments, up to nine
        QTest::addColumn<PickleValue::Kind>("made");
        const auto row = [](const char* module, const char* name, const std::vector<int>& counts,
                            PickleValue::Kind made) {
            QTest::newRow(name) << global(module, name) << counts << made;
        };
        row("torch._utils", "_rebuild_tensor", {4}, PickleValue::Tensor);
        row("torch._utils", "_rebuild_tensor_v2", {6, 7}, PickleValue::Tensor);
        row("torch._utils", "_rebuild_tensor_v3", {7, 8, 9}, PickleValue::Tensor);
        row("torch._utils", "_rebuild_parameter", {3}, PickleValue::None);
        row("torch", "Size", {1}, PickleValue::None);
        row("collections", "OrderedDict", {0}, PickleValue::Dict);
        row("collections", "defaultdict", {0, 1}, PickleValue::Dict);
        row("torch", "device", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, PickleValue::Opaque);
        row("torch", "float16", {}, PickleValue::None);
        row("torch", "HalfStorage", {}, PickleValue::None);
    }

    void whatIsCalledTakesTheArgumentsItHasInPyTorch()
    {
        QFETCH(const std::string, function);
        QFETCH(const std::vector<int>, counts);
        QFETCH(const PickleValue::Kind, made);
        for (int count = 0; count < 10; ++count) {
            const std::string call = function + "(" + std::string(size_t(count), 'N') + "tR";
            std::string said;
            try {
                QCOMPARE(value(call).kind, made);
            } catch (const Error& error) {
                said = error.what();
            }
            const bool isKnown = std::ranges::find(counts, count) != counts.end();
            QVERIFY2(said.empty() == isKnown, std::to_string(count).c_str());
            QVERIFY2(isKnown || said.find("in a way that is not known") != said.npos, said.c_str());
        }
    }

    void onlyFunctionsAreCalledAndOnlyKindsMade_data()
    {
        QTest::addColumn<std::string>("instructions");
        QTest::addColumn<std::string>("reason"); // empty: it is read
        const auto row = [](const char* name, const std::string& what, const char* why) {
            QTest::newRow(name) << what << std::string(why);
        };
        const std::string dict = "torch.nn.modules.container.ParameterDict";
        row("a text", shortText("torch.device") + ")R", "calls something that is no function");
        row("a list of arguments", global("torch", "device") + "]R",
            "calls something that is no function");
        row("a kind that is text", shortText(dict) + ")\x81", "makes an object of a kind");
        row("attributes of a number", "K\1}b", "gives attributes to a value that has none");
        row("attributes of a tuple", ")}b", "gives attributes to a value that has none");
        row("attributes of any dictionary", "}}b", "");
        row("parameters that are none",
            global("torch.nn.modules.container", "ParameterDict") + ")\x81}"
                + shortText("_parameters") + "Nsb",
            "adds items to something that takes none");
        row("three items of a dictionary", "}(NNNu", "adds items to something that takes none");
        row("items of a tuple", ")Na", "adds items to something that takes none");
        // Of the module that also has eval only what holds values is known, by both its names.
        row("a set", global("builtins", "set") + "]\x85R", "");
        row("an old set", global("__builtin__", "set") + "]\x85R", "");
        row("what runs", global("builtins", "eval"), "would run \"builtins.eval\"");
        row("what nearly is the module", global("builtin", "set"), "holds an object of the kind");
        row("what only begins so", global("builtins", "sets"), "would run \"builtins.sets\"");
        row("a name without an end", "ctorch\nSize", "ends too early");
        row("a name of megabytes", global("torch", std::string(3 << 20, 'x')), "ends too early");
    }

    void onlyFunctionsAreCalledAndOnlyKindsMade()
    {
        QFETCH(const std::string, instructions);
        QFETCH(const std::string, reason);
        const std::string said = failure([&] { pickled(instructions); });
        QCOMPARE(said.empty(), reason.empty());
        QVERIFY2(said.find(reason) != said.npos, said.c_str());
        QVERIFY2(said.size() < 400, said.c_str());
    }

    void aStorageOfAnUnknownTypeIsRefused()
    {
        const std::string id = "(" + shortText("storage") + global("collections", "OrderedDict")
            + shortText("0") + shortText("cpu") + "K\1tQ";
        const std::string said = failure([&] { value(id); });
        QVERIFY2(said.find("a storage of the unknown type") != said.npos, said.c_str());
    }
};

QTEST_GUILESS_MAIN(PickleTest)
#include "tst_pickle.moc"
