// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/safetensors.h"
#include "tests/failure.h"
#include "tests/peakmemory.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

/// The bytes of a file with that header and so many bytes of data.
QByteArray safetensors(const QByteArray& header, int dataBytes)
{
    const quint64 size = header.size();
    return QByteArray(reinterpret_cast<const char*>(&size), 8) + header
        + QByteArray(dataBytes, '\1');
}

QByteArray oneTensor(const char* dtype, const char* shape, const char* offsets)
{
    return QByteArray("{\"a\":{\"dtype\":\"") + dtype + "\",\"shape\":" + shape
        + ",\"data_offsets\":" + offsets + "}}";
}

} // namespace

class SafetensorsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path write(const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(QStringLiteral("x.safetensors")));
        file.open(QFile::WriteOnly);
        file.write(bytes);
        return file.fileName().toStdString();
    }

    /// What is said against the file; empty: it is read.
    QString problem(const std::filesystem::path& path)
    {
        return QString::fromStdString(failure([&] { loadSafetensors(path); }));
    }
    QString problem(const QByteArray& bytes) { return problem(write(bytes)); }

private Q_SLOTS:
    void headersThatAreRead_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("dataBytes");
        QTest::newRow("nothing") << QByteArray("{}") << 0;
        QTest::newRow("scalar") << oneTensor("F32", "[]", "[0,4]") << 4;
        QTest::newRow("white space") << " \t\r\n" + oneTensor("F32", "[1]", "[0,4]") + "  \n" << 4;
        QTest::newRow("zero size") << oneTensor("F32", "[0,3]", "[0,0]") << 0;
        QTest::newRow("no metadata") << QByteArray("{\"__metadata__\":null}") << 0;
        QTest::newRow("metadata") << QByteArray("{\"__metadata__\":{\"format\":\"pt\"}}") << 0;
        QTest::newRow("empty name")
            << oneTensor("U8", "[1]", "[0,1]").replace("\"a\"", "\"\"") << 1;
        QTest::newRow("a name like a path")
            << oneTensor("U8", "[1]", "[0,1]").replace("\"a\"", "\"../../x\"") << 1;
        QTest::newRow("unknown field")
            << oneTensor("U8", "[1]", "[0,1]").replace("\"dtype\"", "\"x\":[{\"y\":1}],\"dtype\"")
            << 1;
        QTest::newRow("order of the file does not matter")
            << QByteArray("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]},"
                          "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}")
            << 3;
        QTest::newRow("zero size at the end")
            << QByteArray("{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
                          "\"b\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[2,2]}}")
            << 2;
        QTest::newRow("dtype after shape")
            << QByteArray("{\"a\":{\"data_offsets\":[0,2],\"shape\":[2],\"dtype\":\"U8\"}}") << 2;
    }

    void aHeaderWhoseSizeIsThatOfAnotherFormIsRead()
    {
        // 640 bytes, which are written as a pickle begins.
        const QByteArray header = oneTensor("U8", "[1]", "[0,1]").leftJustified(0x280);
        const auto path = write(safetensors(header, 1));
        QCOMPARE(loadSafetensors(path).at("a").item<int>(), 1);
    }

    void headersThatAreRead()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, dataBytes);
        QCOMPARE(problem(safetensors(header, dataBytes)), QString());
    }

    void headersThatAreRefused_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("dataBytes");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& header, int bytes,
                            const char* why) {
            QTest::newRow(name) << header << bytes << QString::fromLatin1(why);
        };
        const QByteArray good = oneTensor("F32", "[1]", "[0,4]");
        const auto with = [&](const char* from, const char* to) {
            return QByteArray(good).replace(from, to);
        };
        row("zero bytes after it", good + QByteArray(1, '\0'), 4, "not a JSON object");
        row("byte order mark", "\xef\xbb\xbf" + good, 4, "not a JSON object");
        row("comment", "{/**/" + good.mid(1), 4, "not valid JSON at byte");
        row("trailing comma", with("}}", "},}"), 4, "not valid JSON at byte");
        row("array", "[" + good + "]", 4, "not a JSON object");
        row("float", with("[1]", "[1.0]"), 4, "\"a\"");
        row("exponent", with("[1]", "[1e0]"), 4, "\"a\"");
        row("negative", with("[1]", "[-1]"), 4, "\"a\"");
        row("minus zero", with("[0,", "[-0,"), 4, "\"a\"");
        row("leading zero", with("[1]", "[01]"), 4, "not valid JSON");
        row("plus", with("[1]", "[+1]"), 4, "not valid JSON");
        row("number as text", with("[1]", "[\"1\"]"), 4, "\"a\"");
        row("beyond 64 bits", with("[1]", "[18446744073709551616]"), 4, "\"a\"");
        row("one offset", with("[0,4]", "[0]"), 4, "two data_offsets");
        row("three offsets", with("[0,4]", "[0,4,4]"), 4, "two data_offsets");
        row("no dtype", with("\"dtype\":\"F32\",", ""), 4, "dtype");
        row("no shape", with("\"shape\":[1],", ""), 4, "shape");
        row("no offsets", with(",\"data_offsets\":[0,4]", ""), 4, "data_offsets");
        row("dtype twice", with("\"shape\"", "\"dtype\":\"F32\",\"shape\""), 4, "\"dtype\" twice");
        row("tensor twice", good.chopped(1) + "," + good.mid(1), 4, "\"a\" twice");
        row("metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}}", 0, "twice");
        row("metadata key twice", "{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0, "\"k\" twice");
        row("metadata not text", "{\"__metadata__\":{\"k\":1}}", 0, "__metadata__");
        row("entry as array", "{\"a\":[\"F32\",[1],[0,4]]}", 4, "\"a\"");
        row("dtype as object", with("\"F32\"", "{\"F32\":null}"), 4, "\"a\"");
        row("hole at the begin", with("[0,4]", "[4,8]"), 8, "hole");
        row("reversed", with("[0,4]", "[4,0]"), 4, "data_offsets");
        row("near 2^64", with("[0,4]", "[18446744073709551612,18446744073709551615]"), 4,
            "data_offsets");
        row("two over the same bytes", good.chopped(1) + ",\"b\":" + good.mid(5), 4, "overlap");
        row("overflow before zero", with("[1]", "[9223372036854775807,9223372036854775807,0]"), 4,
            "shape");
        row("too large a dimension", with("[1]", "[0,18446744073709551615,2]"), 4, "shape");
        row("zero before an overflow", with("[1]", "[0,4611686018427387904,4]"), 0, "shape");
        row("rank 100", with("[1]", "[1" + QByteArray(",1").repeated(99) + "]"), 4,
            "100 dimensions");
        row("scalar without bytes", oneTensor("F32", "[]", "[0,0]"), 0, "need 4");
        row("wrong size", with("[1]", "[2]"), 4, "need 8");
        row("odd count of four bits", oneTensor("F4", "[3]", "[0,1]"), 1, "shape");
        row("F8_E4M3FN", oneTensor("F8_E4M3FN", "[1]", "[0,1]"), 1, "\"F8_E4M3FN\"");
        row("lower case", oneTensor("f32", "[1]", "[0,4]"), 4, "\"f32\"");
        row("one byte more", good, 5, "1 bytes too many");
        row("one byte less", good, 3, "truncated");
        row("lone surrogate", with("\"a\"", "\"\\ud800\""), 4, "not valid JSON");
        row("control character", with("\"a\"", "\"\n\""), 4, "not valid JSON");
        row("escaped zero in a name", with("\"a\"", "\"\\u0000\""), 4, "unusable name, \"\\x00\"");
        row("broken UTF-8", with("\"a\"", "\"\xff\""), 4, "not valid JSON");
        row("name of 2000", with("\"a\"", "\"" + QByteArray(2000, 'n') + "\""), 4, "unusable name");
        row("nested deeply", "{\"a\":{\"x\":" + QByteArray(100000, '[') + "}}", 0, "nested");
        row("cut in a text", good.left(10) + "}", 4, "not valid JSON at byte 19");
    }

    void headersThatAreRefused()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, dataBytes);
        QFETCH(QString, reason);
        const QString said = problem(safetensors(header, dataBytes));
        QVERIFY2(said.contains(reason), qPrintable(said));
        QVERIFY2(said.contains(QLatin1String("x.safetensors")), qPrintable(said));
        QVERIFY(said.endsWith(QLatin1Char('.')));
    }

    void whatIsNoSafetensorsFileIsNamed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& bytes, const char* why) {
            QTest::newRow(name) << bytes << QString::fromLatin1(why);
        };
        const auto header = [](quint64 size) {
            return QByteArray(reinterpret_cast<const char*>(&size), 8) + QByteArray(20, ' ');
        };
        row("empty", "", "it is empty");
        row("one byte", "\xff", "too short");
        row("one character", "x", "a text that begins with \"x\"");
        row("eight bytes", QByteArray("\1\0\0\0\0\0\0\0", 8), "header of 1 bytes and has 8");
        row("seven bytes", "123456\xff", "too short");
        row("seven characters", "1234567", "a text that begins with \"1234567\"");
        row("the answer of a server", "Repository not found. Please log in.",
            "a text that begins with \"Repository not found.");
        row("no header", header(0), "header of 0 bytes");
        row("header longer than the file", header(21), "header of 21 bytes");
        row("huge header", header(100'000'001), "header of 100000001 bytes");
        row("2^63", header(quint64(1) << 63), "header of 9223372036854775808 bytes");
        row("just longer than the rest", header(22), "header of 22 bytes");
        row("2^64 - 1", header(~quint64(0)), "header of 18446744073709551615 bytes");
        row("LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS pointer");
        row("zip", QByteArray("PK\3\4\24\0\0\0\0\0\0\0", 12), "zip archive");
        row("pickle", QByteArray("\x80\2\x8a\nl\xfc\x9c\x46\xf9\x20", 10), "pickle");
        row("pickle of nothing but gaps",
            QByteArray("\x80\2\0\0\0\0\0\0", 8) + QByteArray(0x280, ' '), "pickle");
        row("pickle as long as it says",
            QByteArray("\x80\2\0\0\0\0\0\0", 8) + QByteArray(0x280, 'x'), "pickle");
        row("GGUF", QByteArray("GGUF\3\0\0\0\0\0\0\0", 12), "GGUF");
        row("web page", "<!DOCTYPE html><html></html>", "web page");
        row("server's error", "{\"error\":\"Repository not found\"}", "error message of a server");
        row("gzip", QByteArray("\x1f\x8b\10\0\0\0\0\0\0\3", 10), "gzip");
    }

    void whatIsNoSafetensorsFileIsNamed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        const auto path = write(bytes);
        QString said;
        const long more = peakMemoryOf([&] { said = problem(path); });
        QVERIFY2(said.contains(reason), qPrintable(said));
        QVERIFY2(more < 1, "of memory, in MiB"); // nothing is taken on a number's word
    }

    void foldersPipesAndMissingFilesAreRefused()
    {
        const std::filesystem::path folder = m_folder.path().toStdString();
        QVERIFY(problem(folder).contains(QLatin1String("is a folder")));
        QVERIFY(problem(folder / "none").contains(QLatin1String("there is no such file")));
        const std::filesystem::path pipe = folder / "pipe";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QVERIFY(problem(pipe).contains(QLatin1String("is a pipe, not a file")));
        const std::filesystem::path at = folder / "socket";
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = {}};
        std::snprintf(address.sun_path, sizeof address.sun_path, "%s", at.c_str());
        QCOMPARE(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        QVERIFY2(
            problem(at).contains(QLatin1String("is a socket, not a file")),
            qPrintable(problem(at)));
        ::close(socket);
        QVERIFY(problem(std::filesystem::path("/dev/zero"))
                    .contains(QLatin1String("is a device, not a file")));
    }

    void aFileCutAnywhereIsRefusedAndSaysWhatIsWrong()
    {
        const QByteArray whole = safetensors(oneTensor("F32", "[64]", "[0,256]"), 256);
        const qsizetype data = whole.size() - 256;
        for (int i = 0; i <= 16; ++i) {
            const qsizetype size = i == 16 ? whole.size() - 1 : whole.size() * i / 16;
            const QString said = problem(whole.left(size));
            const QString has = QString::number(size), all = QString::number(whole.size());
            const auto expected = size == 0 ? QStringLiteral("it is empty")
                : size < data
                ? QStringLiteral("is truncated or not a safetensors file: "
                                 "it announces a header of %1 bytes and has %2")
                      .arg(data - 8)
                      .arg(has)
                : QStringLiteral("its header announces %1 bytes and it has %2").arg(all, has);
            QVERIFY2(said.contains(expected), qPrintable(said));
        }
    }

    void aFileThatShrinksMeanwhileIsRefused()
    {
        const auto path = write(safetensors(oneTensor("F32", "[1024]", "[0,4096]"), 4096));
        const SafetensorsFile file(path);
        std::filesystem::resize_file(path, 200);
        const std::string said = failure([&] { file.tensor("a"); });
        QVERIFY2(said.find("x.safetensors") != said.npos, said.c_str()); // and no SIGBUS
    }

    void unalignedDataIsRead()
    {
        const QByteArray header =
            "{\"a\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[0,1]},"
            "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]}}";
        QByteArray bytes = safetensors(header, 1);
        const float value = 1.5;
        bytes.append(reinterpret_cast<const char*>(&value), 4);
        const auto tensors = loadSafetensors(write(bytes));
        QCOMPARE(tensors.at("b").item<float>(), 1.5f);
        QVERIFY(tensors.at("a").item<bool>());
    }

    void float8IsDecoded()
    {
        const auto decode = [this](const char* dtype, uint8_t byte) {
            QByteArray bytes = safetensors(oneTensor(dtype, "[]", "[0,1]"), 0);
            return loadSafetensors(write(bytes + char(byte))).at("a").item<float>();
        };
        QCOMPARE(decode("F8_E4M3", 0x38), 1.f);
        QCOMPARE(decode("F8_E4M3", 0xb9), -1.125f);
        QCOMPARE(decode("F8_E4M3", 0x7e), 448.f);
        QCOMPARE(decode("F8_E4M3", 0x01), std::ldexp(1.f, -9));
        QVERIFY(std::signbit(decode("F8_E4M3", 0x80)));
        QVERIFY(std::isnan(decode("F8_E4M3", 0xff)));
        QCOMPARE(decode("F8_E5M2", 0x3c), 1.f);
        QCOMPARE(decode("F8_E5M2", 0x7b), 57344.f);
        QCOMPARE(decode("F8_E5M2", 0x01), std::ldexp(1.f, -16));
        QCOMPARE(decode("F8_E5M2", 0xfc), -std::numeric_limits<float>::infinity());
        QVERIFY(std::isnan(decode("F8_E5M2", 0x7d)));
    }

    void typesWithoutAnEquivalentAreRefusedByName()
    {
        for (const char* dtype : {"U16", "U32", "U64", "C64", "F4", "F6_E2M3", "F8_E8M0"}) {
            const int bits = bitsOfDtype(dtype);
            const auto offsets = "[0," + QByteArray::number(bits) + "]";
            const QString said = problem(safetensors(oneTensor(dtype, "[8]", offsets), bits));
            QVERIFY2(said.contains(QString::fromLatin1(dtype)), qPrintable(said));
        }
    }
};

QTEST_GUILESS_MAIN(SafetensorsTest)
#include "tst_safetensors.moc"
