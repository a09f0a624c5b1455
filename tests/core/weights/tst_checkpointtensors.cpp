// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/checkpoint.h"

#include "tests/core/weights/checkpointbytes.h"
#include "tests/peakmemory.h"

#include <QTest>

#include <cstring>
#include <ctime>

namespace {

const QByteArray start("\x80\2", 2);

QByteArray tuple(const QByteArray& items)
{
    return "(" + items + "t";
}

/// A dictionary of what puts its keys and values on the stack.
QByteArray pairs(const QByteArray& items)
{
    return "}(" + items + "u";
}

QByteArray times(int n, const QByteArray& part)
{
    return part.repeated(n);
}

/// As new versions of PyTorch write a tensor whose storage has no type, or one of 8 bits.
QByteArray tensorOfType(const QByteArray& type, const QByteArray& bytes, qint32 size)
{
    return "ctorch._utils\n_rebuild_tensor_v3\n("
        + storage(integer(qint32(bytes.size())), "torch.storage\nUntypedStorage") + integer(0)
        + integer(size) + "\x85" + integer(1) + "\x85\x89" + "ccollections\nOrderedDict\n)R"
        + "ctorch\n" + type + "\ntR";
}

QByteArray sixteenBytes()
{
    QByteArray bytes;
    for (int i = 0; i < 16; ++i)
        bytes += char(i * 15);
    return bytes;
}

} // namespace

/// What the pickle of a checkpoint says of its tensors, and where it has them; files that are no
/// checkpoints are in tst_checkpoint.
class CheckpointTensorsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// With a storage of 16 bytes beside the pickle.
    QByteArray archive(const QByteArray& value) const
    {
        return zip({{"x/data.pkl", start + value + "."}, {"x/data/0", sixteenBytes()}});
    }

    QString problem(const QByteArray& value) { return problemOf(m_folder, archive(value)); }

    std::map<std::string, Tensor> read(const QByteArray& value)
    {
        return loadCheckpoint(checkpoint(m_folder, archive(value)));
    }

    static QByteArray good() { return tensor(storage(4), 0, 4, 1); }

private Q_SLOTS:
    void aTensorThatCannotBeIsRefused_data()
    {
        QTest::addColumn<QByteArray>("made");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const QByteArray& made, const char* why) {
            QTest::newRow(name) << made << QByteArray(why);
        };
        const QByteArray one = integer(1), two = integer(2);
        const auto sized = [&](const QByteArray& sizes, const QByteArray& strides) {
            return tensor(storage(4), integer(0), sizes, strides);
        };
        const char* noNumbers = "has sizes of the tensor \"a\" that are no numbers";
        const char* impossible = "has the tensor \"a\" with impossible sizes";
        const char* unknown = "describes the tensor \"a\" in a way that is not known";
        const char* beyond = "has the tensor \"a\" reach beyond its storage";
        row("a size is nothing", sized(tuple("N"), tuple(one)), noNumbers);
        row("a size is text", sized(tuple(one + text("1")), tuple(one + one)), noNumbers);
        row("a stride is true", sized(tuple(one), tuple("\x88")), noNumbers);
        row("sizes are a list", sized("](" + one + "e", tuple(one)), impossible);
        row("sizes are a number", sized(one, tuple(one)), impossible);
        row("strides are text", sized(tuple(one), text("1")), impossible);
        row("nine dimensions", sized(tuple(times(9, one)), tuple(times(9, one))), impossible);
        row("fewer strides than sizes", sized(tuple(one + one), tuple(one)), unknown);
        row("more strides than sizes", sized(")", tuple(one)), unknown);
        row("no storage", tensor("N", integer(0), tuple(one), tuple(one)), unknown);
        row("a place that is text", tensor(storage(4), text("0"), tuple(one), tuple(one)), unknown);
        row("a place at the very end",
            tensor(storage(4), longInteger(INT64_MAX), tuple(one), tuple(one)), beyond);
        const QByteArray half = longInteger(qint64(1) << 62), most = longInteger(INT64_MAX);
        row("more than can be counted", sized(tuple(half + two), tuple(one + one)), beyond);
        row("the same beside a size of zero",
            sized(tuple(integer(0) + half + two), tuple(one + one + one)), beyond);
        row("a way that is too far",
            sized(tuple(longInteger(qint64(1) << 32)), tuple(longInteger(qint64(1) << 32))),
            beyond);
        row("two ways that are too far together", sized(tuple(two + two), tuple(most + one)),
            beyond);
        row("a way to the last number", sized(tuple(two), tuple(most)), beyond);
        row("four from one", sized(tuple(two + two), tuple(integer(0) + integer(0))), beyond);
        row("four from three", sized(tuple(two + two), tuple(one + one)), beyond);
        const auto of = [&](const QByteArray& stored) {
            return tensor(stored, integer(0), tuple(one), tuple(one));
        };
        row("a storage that is not there", of(storage(integer(4), "torch\nFloatStorage", "1")),
            "has no storage of 4 elements for the tensor \"a\"");
        row("a storage of too many elements",
            of(storage(longInteger(qint64(1) << 62), "torch\nFloatStorage")),
            "has no storage of 4611686018427387904 elements for the tensor \"a\"");
        row("of 8 bits as it cannot be shown", tensorOfType("float8_e5m2fnuz", sixteenBytes(), 16),
            "\"a\" in the file ");
        row("the same, its type", tensorOfType("float8_e4m3fnuz", sixteenBytes(), 16),
            "is of type F8_E4M3FNUZ, which is not supported");
    }

    void aTensorThatCannotBeIsRefused()
    {
        QFETCH(const QByteArray, made);
        QFETCH(const QByteArray, reason);
        const QString said = problem(pairs(text("a") + made));
        QVERIFY2(said.contains(QString::fromLatin1(reason)), qPrintable(said));
        QVERIFY2(said.contains(QLatin1String("x.ckpt")), qPrintable(said));
        QVERIFY(said.endsWith(QLatin1Char('.')));
    }

    void sizesAndStridesArePutInOrder()
    {
        const auto sized = [&](const QByteArray& sizes, const QByteArray& strides) {
            const QByteArray made = tensor(
                storage(integer(16), "torch\nByteStorage"), integer(0), tuple(sizes),
                tuple(strides));
            return read(pairs(text("a") + made)).at("a");
        };
        const QByteArray one = integer(1), two = integer(2);
        const Tensor turned = sized(two + integer(3), one + two);
        QVERIFY(turned.is_contiguous());
        // Element (i, j) is byte i + 2 j of the storage, each 15 above the one before.
        QVERIFY(turned.equal(at::tensor({0, 30, 60, 15, 45, 75}, at::kByte).reshape({2, 3})));
        const Tensor eight = sized(times(8, one), times(8, one));
        QCOMPARE(eight.dim(), int64_t(8));
        QCOMPARE(eight.item<int>(), 0);
        QCOMPARE(sized("", "").dim(), int64_t(0));
        QCOMPARE(
            sized(integer(0) + integer(5), one + one).sizes().vec(), (std::vector<int64_t> {0, 5}));
        // A step that is never taken may be of any width, also of none.
        QCOMPARE(sized(one + two, integer(0) + one).numel(), int64_t(2));
    }

    void eachTypeOfAStorageIsRead_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<int>("type");
        const auto row = [](const char* kind, at::ScalarType type) {
            QTest::newRow(kind) << QByteArray(kind) << int(type);
        };
        row("FloatStorage", at::kFloat);
        row("HalfStorage", at::kHalf);
        row("DoubleStorage", at::kDouble);
        row("BFloat16Storage", at::kBFloat16);
        row("IntStorage", at::kInt);
        row("LongStorage", at::kLong);
        row("ShortStorage", at::kShort);
        row("CharStorage", at::kChar);
        row("ByteStorage", at::kByte);
    }

    void eachTypeOfAStorageIsRead()
    {
        QFETCH(const QByteArray, kind);
        QFETCH(const int, type);
        const auto wanted = at::ScalarType(type);
        const qint32 count = qint32(16 / c10::elementSize(wanted));
        const QByteArray stored = storage(integer(count), "torch\n" + kind);
        const Tensor found = read(pairs(text("a") + tensor(stored, 1, count - 1, 1))).at("a");
        QCOMPARE(found.scalar_type(), wanted);
        QCOMPARE(found.numel(), int64_t(count - 1));
        const QByteArray bytes = sixteenBytes().mid(16 / count);
        QCOMPARE(std::memcmp(found.const_data_ptr(), bytes.constData(), found.nbytes()), 0);
    }

    void aTensorSaysWhatTheBytesOfAStorageAre()
    {
        const auto as = [this](const char* type, qint32 size) {
            return read(pairs(text("a") + tensorOfType(type, sixteenBytes(), size))).at("a");
        };
        const Tensor flags = as("bool", 16);
        QCOMPARE(flags.scalar_type(), at::kBool);
        QCOMPARE(flags.sum().item<int>(), 15); // whatever is not zero is true
        QCOMPARE(as("int64", 2).scalar_type(), at::kLong);
        QCOMPARE(as("half", 8).scalar_type(), at::kHalf);
        // 0x0f is 15/8 of 2^-6 in the one and 7/4 of 2^-12 in the other.
        QCOMPARE(as("float8_e4m3fn", 16)[1].item<float>(), 1.875f / 64);
        QCOMPARE(as("float8_e5m2", 16)[1].item<float>(), 1.75f / 4096);
        QVERIFY(problem(pairs(text("a") + tensorOfType("int64", sixteenBytes(), 3)))
                    .contains(QLatin1String("beyond its storage")));
    }

    void aNameStandsOnceAndIsText()
    {
        QVERIFY(problem(pairs(text("a") + good() + text("a") + good()))
                    .contains(QLatin1String("has the tensor \"a\" twice")));
        const auto some = read(pairs(integer(1) + good() + text("a") + good() + text("b") + "N"));
        QCOMPARE(some.size(), size_t(1));
        QVERIFY(some.contains("a"));
        // The state of an optimizer names tensors by numbers: these are no weights.
        QVERIFY(problem(pairs(integer(1) + good())).contains(QLatin1String("has no weights")));
    }

    void whetherANameIsTextIsSaidByUnicode_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("isText");
        int count = 0;
        for (const char* name :
             {"\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
              "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
            QTest::addRow("text %d", ++count) << QByteArray(name) << true;
        for (const char* name : {"\x80", "\xc1\xbf", "\xc3", "\xc3("})
            QTest::addRow("of up to two bytes %d", ++count) << QByteArray(name) << false;
        for (const char* name :
             {"\xe0\x9f\xbf", "\xe2\x82", "\xe2", "\xe2(\xa1", "\xe2\x82(", "\xed\xa0\x80"})
            QTest::addRow("of three bytes %d", ++count) << QByteArray(name) << false;
        for (const char* name :
             {"\xf0\x8f\xbf\xbf", "\xf0\x9f\x98", "\xf0\x9f", "\xf0", "\xf0(\x8c\xbc",
              "\xf0\x9f(\x80", "\xf0\x9f\x98(", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"})
            QTest::addRow("of four bytes %d", ++count) << QByteArray(name) << false;
    }

    void whetherANameIsTextIsSaidByUnicode()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const bool, isText);
        const QString said = problem(pairs(text(name) + good()));
        QVERIFY2(said.contains(QLatin1String("whose name is no text")) != isText, qPrintable(said));
        QCOMPARE(said.isEmpty(), isText);
    }

    void theWeightsAreFoundBelowTheUsualKeys()
    {
        const QByteArray weights = pairs(text("a") + good());
        const auto under = [](const QByteArray& key, const QByteArray& value) {
            return pairs(text(key) + value);
        };
        const QByteArray ordered = "ccollections\nOrderedDict\n)R";
        const QByteArray counted = "ccollections\ndefaultdict\n";
        for (const QByteArray& value :
             {under("state_dict", weights), under("model", under("params", weights)),
              under("module", under("model", under("net", weights))),
              under("ema", ordered + text("a") + good() + "s"),
              ordered + "(" + text("ema") + weights + "u",
              counted + ")R" + text("a") + good() + "s",
              counted + "N\x85R" + text("a") + good() + "s",
              // What is empty or no dictionary at all is passed over.
              pairs(text("state_dict") + "N" + text("model") + weights),
              pairs(text("state_dict") + "}" + text("params") + weights),
              pairs(text("state_dict") + pairs(integer(1) + good()) + text("params") + weights),
              pairs(integer(1) + "N" + text("other") + "}" + text("model") + weights)}) {
            const auto found = read(value);
            QCOMPARE(found.size(), size_t(1));
            QVERIFY(found.contains("a"));
        }
        // The averaged ones come first, wherever they stand.
        const QByteArray others = pairs(text("b") + good());
        QVERIFY(read(pairs(text("params") + others + text("params_ema") + weights)).contains("a"));
        for (const QByteArray& value :
             {QByteArray("N"), text("state_dict"), integer(3), QByteArray("]"), tuple(weights),
              under("state_dict", "}"), under("other", weights),
              under("module", under("model", under("net", under("ema", weights))))})
            QVERIFY2(
                problem(value).contains(QLatin1String("has no weights at its top")),
                qPrintable(problem(value)));
    }

    /// The same dictionary thousands of times, under a key that is looked at, within one of the
    /// same sort: without care that is millions to look through.
    void aDictionaryThatStandsThousandsOfTimesIsLookedAtOnce()
    {
        constexpr int many = 8000;
        const auto kept = [](char place) { return "q" + QByteArray(1, place); };
        const auto had = [](char place) { return "h" + QByteArray(1, place); };
        const QByteArray middle = pairs(times(many, had(0) + had(1))) + kept(2);
        const QByteArray outer = pairs(times(many, had(0) + had(2)));
        const QByteArray bytes = archive(text("model") + kept(0) + "}" + kept(1) + middle + outer);
        QString said;
        const std::clock_t begun = std::clock(); // of the processor, whoever else uses it
        const long more = peakMemoryOf([&] { said = problemOf(m_folder, bytes); });
        QVERIFY2(said.contains(QLatin1String("has no weights")), qPrintable(said));
        QVERIFY2(more < 64, std::to_string(more).c_str());
        const auto seconds = double(std::clock() - begun) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 2, std::to_string(seconds).c_str());
    }

    void theSameBytesAgainAndAgainAreTooMuch()
    {
        const QByteArray bytes(40'000, '\1');
        const auto said = [&](int tensors) {
            QByteArray items;
            for (int i = 0; i < tensors; ++i)
                items += text(QByteArray::number(i)) + tensor(storage(10'000), 0, 10'000, 1);
            return problemOf(
                m_folder, zip({{"x/data.pkl", start + pairs(items) + "."}, {"x/data/0", bytes}}));
        };
        QCOMPARE(said(4), QString());
        QVERIFY(said(5).contains(QLatin1String("has far larger tensors than its own size")));
    }

    void aPickleOfManyMegabytesIsNotRead()
    {
        // A file with a hole: the room on the disk is not taken.
        const std::filesystem::path path = checkpoint(m_folder, {});
        const quint32 size = (64 << 20) + 1;
        const QByteArray name = "x/data.pkl";
        const QByteArray common = number<quint16>(20) + QByteArray(12, '\0') + number<quint32>(size)
            + number<quint32>(size) + number<quint16>(name.size()) + number<quint16>(0);
        const QByteArray begin = "PK\3\4" + common + name;
        const QByteArray directory =
            "PK\1\2" + number<quint16>(20) + common + QByteArray(14, '\0') + name;
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QFile::ReadWrite));
        file.write(begin);
        QVERIFY(file.seek(begin.size() + size));
        file.write(
            directory + "PK\5\6" + number<quint32>(0) + number<quint16>(1) + number<quint16>(1)
            + number<quint32>(directory.size()) + number<quint32>(begin.size() + size)
            + number<quint16>(0));
        file.close();
        std::string said;
        const long more = peakMemoryOf([&] { said = failure([&] { loadCheckpoint(path); }); });
        QVERIFY2(
            said.find("has a data.pkl of more than 67108864 bytes") != said.npos, said.c_str());
        QVERIFY2(more < 4, std::to_string(more).c_str());
    }
};

QTEST_GUILESS_MAIN(CheckpointTensorsTest)
#include "tst_checkpointtensors.moc"
