// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/pickle.h"

#include "tests/failure.h"

#include <QTest>

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
