// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/checkpoint.h"

#include "tests/core/weights/checkpointbytes.h"

#include <QTest>

namespace {

const QByteArray start("\x80\2", 2);

/// A stream of pickles; each is what puts its value on the stack.
struct Stream
{
    QByteArray computer = "}" + text("little_endian") + "\x88s";
    QByteArray weights = "}" + text("a") + tensor(stored(), 2, 2, 1) + "s";
    QByteArray keys = "](" + text("0") + "e";

    /// Four floats; the sixth item is a part of another storage where there is one.
    static QByteArray stored(const QByteArray& part = "N")
    {
        return "(" + text("storage") + "ctorch\nFloatStorage\n" + text("0") + text("cpu")
            + integer(4) + part + "tQ";
    }

    QByteArray bytes() const
    {
        return start + QByteArray("\x8a\nl\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 13) + start
            + "M\xe9\3." + start + computer + "." + start + weights + "." + start + keys + ".";
    }
};

QByteArray floats(const std::vector<float>& numbers)
{
    const auto* bytes = reinterpret_cast<const char*>(numbers.data());
    return number<qint64>(numbers.size()) + QByteArray(bytes, qsizetype(numbers.size() * 4));
}

const QByteArray four = floats({1, 2, 3, 4});

} // namespace

/// The form from before PyTorch 1.6: pickles one behind the other, and the storages behind them.
class CheckpointStreamTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString problem(const QByteArray& bytes) { return problemOf(m_folder, bytes); }

    std::map<std::string, Tensor> read(const QByteArray& bytes)
    {
        return loadCheckpoint(checkpoint(m_folder, bytes));
    }

private Q_SLOTS:
    void theStoragesBehindThePicklesAreRead()
    {
        QVERIFY(read(Stream().bytes() + four).at("a").equal(at::tensor({3.f, 4.f})));
    }

    void storagesOfSeveralTypesStandInTheOrderOfTheirKeys()
    {
        Stream stream;
        const auto one = [](const char* kind, const char* key, qint32 size) {
            return text(key) + tensor(storage(integer(size), kind, key), 0, size, 1);
        };
        stream.weights = "}(" + one("torch\nFloatStorage", "f", 4)
            + one("torch\nByteStorage", "b", 3) + one("torch\nShortStorage", "s", 2) + "u";
        stream.keys = "](" + text("b") + text("s") + text("f") + "e";
        const QByteArray bytes = number<qint64>(3) + QByteArray("\1\2\3", 3) + number<qint64>(2)
            + number<qint16>(-7) + number<qint16>(8) + four;
        const auto found = read(stream.bytes() + bytes);
        QCOMPARE(found.size(), size_t(3));
        QVERIFY(found.at("b").equal(at::tensor({1, 2, 3}, at::kByte)));
        QVERIFY(found.at("s").equal(at::tensor({-7, 8}, at::kShort)));
        QVERIFY(found.at("f").equal(at::tensor({1.f, 2.f, 3.f, 4.f})));
        // The last of them is missed first.
        QVERIFY(problem(stream.bytes() + bytes.chopped(1)).contains(QLatin1String("within a")));
    }

    void whatIsSaidOfTheComputerIsItsByteOrderAlone()
    {
        Stream stream;
        const auto said = [&](const QByteArray& computer) {
            stream.computer = computer;
            return problem(stream.bytes() + four);
        };
        const QByteArray version = text("protocol_version") + "M\xe9\3",
                         key = text("little_endian");
        QCOMPARE(said("}(" + version + key + "\x88u"), QString());
        QCOMPARE(said("}(" + version + "u"), QString());
        QCOMPARE(said("}"), QString());
        QCOMPARE(said("N"), QString());
        QCOMPARE(said("}(" + key + "K\1u"), QString());
        QVERIFY(said("}(" + version + key + "\x89u").contains(QLatin1String("big-endian")));
    }

    void aStreamThatLiesIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const QByteArray& bytes, const char* why) {
            QTest::newRow(name) << bytes << QByteArray(why);
        };
        const QByteArray good = Stream().bytes();
        const char* within = "ends within a storage";
        row("a byte too few", good + four.chopped(1), within);
        row("fewer than none", good + number<qint64>(-1) + four, within);
        row("more than the file has", good + number<qint64>(5) + four.mid(8), within);
        row("more than can be counted", good + number<qint64>(qint64(1) << 62) + four.mid(8),
            within);
        row("fewer than the pickle says", good + number<qint64>(3) + four.mid(8),
            "has no storage of 4 elements for the tensor \"a\"");
        const char* before = "ends before its storages do, or names one that nothing describes";
        row("no storages", good, before);
        row("half a number of elements", good + four.left(7), before);
        Stream stream;
        const auto keyed = [&](const QByteArray& keys) {
            stream.keys = keys;
            return stream.bytes() + four;
        };
        row("a key of nothing", keyed("](" + text("1") + "e"), before);
        row("a key that is no text", keyed("](Ne"), before);
        row("a key twice", keyed("](" + text("0") + text("0") + "e"), before);
        row("no keys", keyed("]"), "has no storage of 4 elements for the tensor \"a\"");
        row("no list of keys", keyed("N"), "has no storage of 4 elements for the tensor \"a\"");
        stream = {};
        stream.weights = "}" + text("a") + tensor(Stream::stored(")"), 0, 4, 1) + "s";
        row("a storage within another", stream.bytes() + four,
            "refers to something that is no storage");
        stream.weights = "}" + text("a") + "Ns";
        stream.keys = "]";
        row("no tensors", stream.bytes(), "has no weights at its top");
        stream.weights = "cos\nsystem\n";
        row("a program", stream.bytes(), "would run \"os.system\"");
    }

    void aStreamThatLiesIsRefused()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, reason);
        const QString said = problem(bytes);
        QVERIFY2(said.contains(QString::fromLatin1(reason)), qPrintable(said));
        QVERIFY2(said.contains(QLatin1String("x.ckpt")), qPrintable(said));
    }

    void aStreamCutAnywhereIsRefused()
    {
        const QByteArray whole = Stream().bytes() + four;
        for (int size = 15; size < whole.size(); ++size) // the first pickle says what file it is
            QVERIFY2(!problem(whole.left(size)).isEmpty(), qPrintable(QString::number(size)));
        QCOMPARE(problem(whole), QString());
    }
};

QTEST_GUILESS_MAIN(CheckpointStreamTest)
#include "tst_checkpointstream.moc"
