// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/safetensors.h"
#include "core/weights/safetensorsheader.h"
#include "tests/core/file/failingcalls.h"
#include "tests/failure.h"
#include "tests/peakmemory.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <ctime>
#include <fstream>

namespace fs = std::filesystem;

namespace {

const std::string good = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";

/// What is said against a header with 4 bytes behind it; empty: it is read.
std::string problem(const std::string& header)
{
    return failure([&] { parseSafetensorsHeader(header, 8 + header.size() + 4, "x.safetensors"); });
}

bool says(const std::string& said, const std::string& what)
{
    return said.find(what) != said.npos;
}

/// So many times @p part, with numbers in the place of its %.
std::string numbered(int times, const std::string& part)
{
    const size_t gap = part.find('%');
    std::string text;
    for (int i = 0; i < times; ++i)
        text += part.substr(0, gap) + std::to_string(i) + part.substr(gap + 1);
    text.pop_back(); // the comma
    return text;
}

std::string repeated(int times, const std::string& part)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += part;
    return text;
}

} // namespace

/// Headers that are large, cut or named to mislead; those that break the format are in
/// tst_safetensors.
class SafetensorsHeaderTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// A file that is as long as it says, without taking the room on the disk.
    fs::path sparse(uint64_t headerSize, const std::string& begin, uint64_t size)
    {
        const fs::path path = m_folder.filePath(QStringLiteral("x.safetensors")).toStdString();
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(&headerSize), 8)
            .write(begin.data(), std::streamsize(begin.size()));
        fs::resize_file(path, size);
        return path;
    }

private Q_SLOTS:
    void endlessHeadersAreRefusedSoonAndInLittleMemory_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("reason");
        for (const auto& [kind, reason] :
             std::initializer_list<std::pair<const char*, const char*>> {
                 {"tensors", "names more than 200000 tensors"},
                 {"metadata", "describes \"__metadata__\" in a way"},
                 {"fields", "describes \"a\" in a way"},
                 {"dimensions", "dimensions, more than 8"}})
            QTest::newRow(kind) << QString::fromLatin1(kind) << QString::fromLatin1(reason);
    }

    void endlessHeadersAreRefusedSoonAndInLittleMemory()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, reason);
        std::string header = "{" + numbered(200'001, "\"%\":{},") + "}";
        if (kind == QLatin1String("metadata"))
            header = "{\"__metadata__\":{" + numbered(1'500'000, "\"%\":\"\",") + "}}";
        else if (kind == QLatin1String("fields"))
            header = "{\"a\":{" + numbered(1'500'000, "\"%\":0,") + "}}";
        else if (kind == QLatin1String("dimensions"))
            header = R"({"a":{"dtype":"F32","data_offsets":[0,4],"shape":[)"
                + repeated(15'000'000, "1,") + "1]}}";
        QVERIFY(header.size() < size_t(32) << 20); // as much as is read at all
        std::string said;
        const std::clock_t begun = std::clock(); // of the processor, whoever else uses it
        const long more = peakMemoryOf([&] { said = problem(header); });
        QVERIFY2(says(said, reason.toStdString()), said.c_str());
        QVERIFY2(more < 64, std::to_string(more).c_str());
#if defined(__SANITIZE_THREAD__) // it takes ten times as long
        constexpr double most = 50;
#else
        constexpr double most = 5;
#endif
        const auto seconds = double(std::clock() - begun) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < most, std::to_string(seconds).c_str());
    }

    /// Of a header that is read only the four bytes behind it are too many.
    void asManyAsMayBeAreReadAndOneMoreIsNot()
    {
        const std::string one = R"("%":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},)";
        const auto tensors = [&](int count, const std::string& more) {
            return problem("{" + numbered(count, one) + more + "}");
        };
        QVERIFY(says(tensors(200'000, R"(,"__metadata__":{})"), "has 4 bytes too many"));
        QVERIFY(says(tensors(200'001, ""), "names more than 200000 tensors"));
        const auto keys = [&](int count) {
            return problem("{\"__metadata__\":{" + numbered(count, "\"%\":\"\",") + "}}");
        };
        QVERIFY(says(keys(100'000), "has 4 bytes too many"));
        QVERIFY(says(keys(100'001), "describes \"__metadata__\" in a way"));
        const auto fields = [&](int count) {
            const std::string three = R"("dtype":"U8","shape":[0],"data_offsets":[0,0],)";
            return problem("{\"a\":{" + three + numbered(count - 3, "\"%\":0,") + "}}");
        };
        QVERIFY(says(fields(1000), "has 4 bytes too many"));
        QVERIFY(says(fields(1001), "describes \"a\" in a way"));
    }

    void aHeaderOfTenMillionTensorsIsNotEvenRead()
    {
        constexpr uint64_t size = 10'000'000 * uint64_t(60);
        const fs::path path = sparse(size, "{\"0\":{", 8 + size);
        std::string said;
        const long more =
            peakMemoryOf([&] { said = failure([&] { SafetensorsFile file(path); }); });
        QVERIFY2(says(said, "a header of 600000000 bytes, where 1 to 33554432"), said.c_str());
        QVERIFY2(more < 1, std::to_string(more).c_str());
    }

    void aGigabyteBehindTheDataIsCountedAndNotRead()
    {
        const fs::path path = sparse(good.size(), good, 8 + good.size() + 4 + 1'000'000'000);
        std::string said;
        const long more =
            peakMemoryOf([&] { said = failure([&] { SafetensorsFile file(path); }); });
        QVERIFY2(says(said, "has 1000000000 bytes too many at its end"), said.c_str());
        QVERIFY2(more < 1, std::to_string(more).c_str());
    }

    void aReadThatFailsAnywhereIsSaidAndTheNextAttemptReads()
    {
        const fs::path path = m_folder.filePath(QStringLiteral("read")).toStdString();
        saveSafetensors(path, {{"a", at::arange(3)}, {"b", at::arange(5)}, {"c", at::ones({2})}});
        int at = 0;
        for (std::string said = "?"; !said.empty(); ++at) {
            faults = {.readError = EIO, .readAt = at};
            said = failure([&] { loadSafetensors(path); });
            const bool failed = faults.reads > at;
            faults = {};
            QCOMPARE(
                said,
                failed ? path.string() + " could not be read: the disk reports an error."
                       : std::string());
            QCOMPARE(loadSafetensors(path).size(), size_t(3));
        }
        QVERIFY2(at > 3 + 3, std::to_string(at).c_str()); // each tensor, and the header's parts
    }

    /// As many bytes as the file says: what is cut is the text itself.
    void aHeaderCutAnywhereSaysAtWhichByte()
    {
        const std::string named = R"({"\u00e9":{"dtype":"F32","shape":[1],"data_offsets":[0,12]}})";
        std::string header = named;
        header.replace(2, 6, "\xc3\xa9");
        for (size_t size = 1; size < header.size(); ++size) {
            const std::string said = problem(header.substr(0, size));
            // The file begins with eight bytes for the size; some of what is left is read to its
            // end.
            const std::string at = "not valid JSON at byte " + std::to_string(8 + size);
            QVERIFY2(says(said, at), (std::to_string(size) + ": " + said).c_str());
        }
        // Something else stands where a number (behind "[0,1") or a letter (behind its first byte)
        // should go on.
        const std::string number = header.substr(0, header.size() - 4);
        QVERIFY2(says(problem(number + "}}"), "at byte " + std::to_string(8 + number.size())), "");
        QVERIFY(says(problem("{\"\xc3\":{}}"), "not valid JSON at byte 11"));
    }

    /// Of JSON's values each place takes one kind, and what is a field of nobody's takes all.
    void aValueOfAnotherKindIsRefusedWhereverItStands_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QStringList>("taken"); // of the values below
        const auto row = [](const char* place, const QStringList& taken) {
            QTest::newRow(place) << QString::fromLatin1(place) << taken;
        };
        const QString none = QStringLiteral("null");
        row(R"({"a":%})", {});
        row(R"({"__metadata__":%})", {none, QStringLiteral("{}")});
        row(R"({"__metadata__":{"k":%}})", {QStringLiteral("\"\"")});
        row(R"({"a":{"dtype":%,"shape":[1],"data_offsets":[0,4]}})", {});
        row(R"({"a":{"dtype":"F32","shape":%,"data_offsets":[0,4]}})", {QStringLiteral("[]")});
        row(R"({"a":{"dtype":"F32","shape":[%],"data_offsets":[0,4]}})", {QStringLiteral("1")});
        row(R"({"a":{"dtype":"F32","shape":[1,%],"data_offsets":[0,4]}})", {QStringLiteral("1")});
        row(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":%}})", {});
        row(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[%,4]}})", {});
        row(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,%]}})", {});
        for (const char* place :
             {R"({"a":{"x":%,"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
              R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":[%]}})",
              R"({"a":{"dtype":"F32","x":{"y":[[0],%]},"shape":[1],"data_offsets":[0,4]}})",
              R"({"a":{"dtype":"F32","x":{"shape":%},"shape":[1],"data_offsets":[0,4]}})",
              R"({"a":{"dtype":"F32","x":[{"dtype":%}],"shape":[1],"data_offsets":[0,4]}})"})
            row(place, {QStringLiteral("all")});
    }

    void aValueOfAnotherKindIsRefusedWhereverItStands()
    {
        QFETCH(const QString, place);
        QFETCH(const QStringList, taken);
        for (const char* value :
             {"null", "true", "false", "-1", "1.5", "1", "\"\"", "[]", "{}", "[[1]]", "[{}]",
              "{\"k\":1}"}) {
            const QString text = QString::fromLatin1(value);
            const std::string said = problem(QString(place).replace(u'%', text).toStdString());
            const bool isTaken = taken.contains(text) || taken.contains(QStringLiteral("all"));
            const bool isMetadata = place.contains(QLatin1String("metadata"));
            const std::string where = isMetadata ? "\"__metadata__\"" : "\"a\"";
            // Nothing but the values is wrong; without a tensor the four bytes are too many.
            const bool isRead = said.empty() || (isMetadata && says(said, "4 bytes too many"));
            QVERIFY2(isRead == isTaken, (std::string(value) + ": " + said).c_str());
            // These are of the right kind somewhere: there it is said what else is wrong.
            const bool isPlain =
                text == u"1" || text == u"\"\"" || text == u"[]" || text.startsWith(u'{');
            QVERIFY2(
                isTaken || isPlain
                    || says(said, "describes " + where + " in a way the format does not allow"),
                (std::string(value) + ": " + said).c_str());
        }
    }

    void whatStandsInATensorWithoutANameIsSaidByItsField()
    {
        const std::string said = problem(R"({"":{"shape":null}})");
        QVERIFY2(says(said, "describes \"shape\" in a way"), said.c_str());
    }

    void numbersAtTheirEndsAreCountedRight_data()
    {
        QTest::addColumn<QByteArray>("dtype");
        QTest::addColumn<QByteArray>("shape");
        QTest::addColumn<QByteArray>("offsets");
        QTest::addColumn<QByteArray>("reason"); // empty: it is read
        const auto row = [](const char* name, const char* dtype, const char* shape,
                            const char* offsets, const char* why) {
            QTest::newRow(name) << QByteArray(dtype) << QByteArray(shape) << QByteArray(offsets)
                                << QByteArray(why);
        };
        const char* impossible = "has the tensor \"a\" of an impossible shape";
        row("more elements than a number has", "U8", "9223372036854775807,2", "0,4", impossible);
        row("more bits than a number has", "F64", "4611686018427387904", "0,4", impossible);
        row("too large a side", "U8", "9223372036854775808", "0,4", impossible);
        row("as large as one is", "F4", "2305843009213693952", "0,4",
            "gives 4 bytes to the tensor \"a\", whose shape and type need 1152921504606846976");
        row("half a byte", "F4", "7", "0,4", impossible);
        row("three quarters of a byte", "F6_E2M3", "1", "0,4", impossible);
        row("whole bytes of parts", "F4", "2,4", "0,4", "");
        row("an end too far", "U8", "281474976710657", "0,281474976710657",
            "has impossible data_offsets for the tensor \"a\"");
        row("an end at the farthest", "U8", "281474976710656", "0,281474976710656",
            "is truncated: its header announces");
        row("eight sides", "F32", "1,1,1,1,1,1,1,1", "0,4", "");
        row("nine sides", "F32", "1,1,1,1,1,1,1,1,1", "0,4", "of 9 dimensions, more than 8");
        row("nine places", "F32", "1", "0,4,0,0,0,0,0,0,0,0", "does not give two data_offsets");
    }

    void numbersAtTheirEndsAreCountedRight()
    {
        QFETCH(const QByteArray, dtype);
        QFETCH(const QByteArray, shape);
        QFETCH(const QByteArray, offsets);
        QFETCH(const QByteArray, reason);
        const QByteArray header = "{\"a\":{\"dtype\":\"" + dtype + "\",\"shape\":[" + shape
            + "],\"data_offsets\":[" + offsets + "]}}";
        const std::string said = problem(header.toStdString());
        QCOMPARE(said.empty(), reason.isEmpty());
        QVERIFY2(says(said, reason.toStdString()), said.c_str());
    }

    void charactersThatMisleadAreKnownToTheirEnds()
    {
        const auto said = [](char32_t character) {
            std::string header = good;
            char name[10]; // escaped: some characters may not stand for themselves
            std::snprintf(name, sizeof name, "\\u%04x", unsigned(character));
            return problem(header.replace(2, 1, name));
        };
        for (const char32_t bad :
             {0x1, 0x1f, 0x7f, 0x80, 0x9f, 0x61c, 0x200e, 0x200f, 0x2028, 0x202a, 0x202e, 0x2066,
              0x2069})
            QVERIFY2(says(said(bad), "has a tensor with an unusable name"), said(bad).c_str());
        for (const char32_t good :
             {0x20, 0x7e, 0xa0, 0x10e, 0x61b, 0x61d, 0xe9c, 0x200d, 0x2010, 0x2027, 0x202f, 0x2065,
              0x206a, 0x208e, 0x20a6})
            QVERIFY2(said(good).empty(), said(good).c_str());
    }

    void namesThatMisleadAreRefusedOrEscaped_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("colours of a terminal")
            << QByteArray("\\u001b[31mred") << QByteArray("\\x1b[31mred");
        QTest::newRow("the same in one") << QByteArray("\xc2\x9b"
                                                       "31m")
                                         << QByteArray("\\xc2\\x9b31m");
        QTest::newRow("a line") << QByteArray("a\\nb") << QByteArray("a\\x0ab");
        QTest::newRow("right to left")
            << QByteArray("\xe2\x80\xaetxet") << QByteArray("\\xe2\\x80\\xaetxet");
        QTest::newRow("the same, escaped")
            << QByteArray("\\u202etxet") << QByteArray("\\xe2\\x80\\xaetxet");
        QTest::newRow("isolate") << QByteArray("\xe2\x81\xa7x") << QByteArray("\\xe2\\x81\\xa7x");
    }

    void namesThatMisleadAreRefusedOrEscaped()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, shown);
        std::string header = good;
        header.replace(2, 1, name.toStdString());
        const std::string said = problem(header);
        QVERIFY2(
            says(said, "has a tensor with an unusable name, \"" + shown.toStdString() + "\""),
            said.c_str());
        // Where other texts of the file are shown, they are escaped in the same way.
        header = good;
        header.replace(header.find("F32"), 3, name.toStdString());
        QVERIFY2(
            says(problem(header), "of an unknown type, \"" + shown.toStdString() + "\""),
            problem(header).c_str());
        header = good;
        header.replace(2, 1, "\xc3\xa9 \xe2\x80\x93 \xed\x95\x9c"); // other letters are names
        QCOMPARE(problem(header), std::string());
    }
};

QTEST_GUILESS_MAIN(SafetensorsHeaderTest)
#include "tst_safetensorsheader.moc"
