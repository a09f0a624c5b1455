// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/picture/imagefile.h"
#include "core/picture/pngchunks.h"
#include "core/picture/pngtext.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <random>
#include <zlib.h>

namespace {

using Bytes = std::vector<std::byte>;

const Image picture = filled(3, 2, {1, 2, 3});

Bytes png(const std::vector<TextChunk>& text)
{
    return encodePng(picture, text);
}

std::string types(const Bytes& file)
{
    std::string all;
    visitPngChunks(file, [&](const PngChunk& chunk) { all += std::string(chunk.type) + " "; });
    return all;
}

/// A chunk of any content, with a wrong checksum.
std::string chunkOf(const std::string& type, const std::string& content)
{
    const auto size = uint32_t(content.size());
    return std::string {char(size >> 24), char(size >> 16), char(size >> 8), char(size)} + type
        + content + "????";
}

/// The picture with chunks before its pixels.
Bytes withChunks(const std::string& chunks)
{
    Bytes file = encodePng(picture);
    const auto bytes = std::as_bytes(std::span(chunks));
    file.insert(file.begin() + 8 + 25, bytes.begin(), bytes.end());
    return file;
}

Bytes withChunk(const std::string& type, const std::string& content)
{
    return withChunks(chunkOf(type, content));
}

std::string deflated(const std::string& text)
{
    std::string packed(compressBound(text.size()), '\0');
    uLongf size = packed.size();
    compress(
        reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(text.data()),
        text.size());
    return packed.substr(0, size);
}

std::string z(const char* text)
{
    return std::string(text) + '\0';
}

} // namespace

class PngTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextComesBack_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("compressed");
        QTest::addColumn<QString>("type");
        QTest::newRow("plain") << "a cat\nSteps: 20, Seed: 1" << false << "tEXt ";
        QTest::newRow("empty") << "" << false << "tEXt ";
        QTest::newRow("Latin-1") << QString::fromUtf8("Gr\u00fc\u00dfe \u00e0 vous \u00ff") << false
                                 << "tEXt ";
        QTest::newRow("beyond Latin-1")
            << QString::fromUtf8("\u0100 \u732b \U0001f431") << false << "iTXt ";
        QTest::newRow("compressed") << QString(5000, QLatin1Char('x')) << true << "iTXt ";
        QTest::newRow("compressed CJK") << QString::fromUtf8("\u732b") << true << "iTXt ";
        QTest::newRow("compressed, empty") << "" << true << "iTXt ";
        QTest::newRow("with a zero") << QString::fromLatin1("a\0b", 3) << false << "iTXt ";
    }

    void everyTextComesBack()
    {
        QFETCH(QString, text);
        QFETCH(bool, compressed);
        QFETCH(QString, type);
        const Bytes file = png({{"parameters", text.toStdString(), compressed}});
        QCOMPARE(QString::fromStdString(types(file)), "IHDR sRGB " + type + "IDAT IEND ");
        const std::vector<TextChunk> read = readPngText(file);
        QCOMPARE(read.size(), std::size_t(1));
        QCOMPARE(read[0].keyword, std::string("parameters"));
        QCOMPARE(QString::fromStdString(read[0].text), text);
        QCOMPARE(read[0].compressed, compressed);
        QVERIFY(!compressed || text.size() < 100 || file.size() < 300);
    }

    void longTextsAreNotCompressed()
    {
        const std::string most(1 << 20, 'x');
        QVERIFY(readPngText(png({{"key", most, true}})).at(0).compressed);
        const TextChunk read = readPngText(png({{"key", most + "x", true}})).at(0);
        QVERIFY(!read.compressed);
        QVERIFY(read.text == most + "x");
    }

    void severalTextsKeepTheirOrder()
    {
        const auto read = readPngText(png({{"b", "1"}, {"a", "2"}, {"b", "3"}}));
        QCOMPARE(read.size(), std::size_t(3));
        QCOMPARE(read[0].text + read[1].text + read[2].text, std::string("123"));
    }

    void whatOthersWriteIsRead_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("text"); // null: left out
        const auto row = [](const char* name, const char* type, const std::string& content,
                            const QString& text) {
            QTest::newRow(name) << QByteArray(type) << QByteArray::fromStdString(content) << text;
        };
        const std::string key = z("key"), none(1, '\0');
        const std::string itxt = key + none + none;
        row("bad checksum", "tEXt", key + "text", "text");
        row("zTXt", "zTXt", key + none + deflated("caf\xe9"), QString::fromUtf8("caf\u00e9"));
        row("iTXt with language", "iTXt", itxt + z("de") + z("Wort") + "text", "text");
        row("zTXt, unknown method", "zTXt", key + "\1" + deflated("text"), {});
        row("zTXt, nothing", "zTXt", key, {});
        row("zTXt, damaged", "zTXt", key + none + "garbage", {});
        row("iTXt, cut", "iTXt", key, {});
        row("iTXt, flag", "iTXt", key + "\2" + none + none + none + "text", {});
        row("iTXt, method", "iTXt", key + none + "\1" + none + none + "text", {});
        row("iTXt without keywords", "iTXt", itxt + "text", {});
        row("no keyword", "tEXt", none + "text", {});
        row("no zero", "tEXt", "text", {});
        row("long keyword", "tEXt", std::string(80, 'k') + none + "text", {});
        row("empty", "iTXt", {}, {});
        row("another chunk", "teXt", key + "text", {});
    }

    void whatOthersWriteIsRead()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, content);
        QFETCH(QString, text);
        const auto read = readPngText(withChunk(type.toStdString(), content.toStdString()));
        QCOMPARE(read.size(), std::size_t(text.isNull() ? 0 : 1));
        if (!text.isNull())
            QCOMPARE(QString::fromStdString(read[0].text), text);
    }

    void unpackedTextsAreLimited()
    {
        const std::string large(16 << 20, 'x');
        const Bytes bomb = withChunk("zTXt", z("key") + '\0' + deflated(large));
        QVERIFY(bomb.size() < 100'000);
        QVERIFY(readPngText(bomb, 1'000'000).empty());
        QCOMPARE(readPngText(bomb).at(0).text.size(), large.size());
        // Of few bytes no more than that, of many eight times as much.
        QVERIFY(readPngText(withChunk("zTXt", z("key") + '\0' + deflated(large + "x"))).empty());
        std::mt19937 random(1);
        std::string mixed(24 << 20, 'x');
        for (std::size_t i = 0; i < mixed.size() / 6; ++i)
            mixed[i] = char('0' + random() % 64);
        const std::string packed = deflated(mixed);
        QVERIFY(8 * packed.size() > mixed.size());
        QCOMPARE(
            readPngText(withChunk("zTXt", z("key") + '\0' + packed)).at(0).text.size(),
            mixed.size());
        const Bytes plain = png({{"a", "12345"}, {"b", "123"}, {"c", "12"}});
        QCOMPARE(readPngText(plain, 5).size(), std::size_t(1));
        QCOMPARE(readPngText(plain, 4).at(0).text, std::string("123"));
    }

    void chunksAreLimitedInNumber()
    {
        const std::vector<TextChunk> many(10'001, {"k", "t"});
        QCOMPARE(readPngText(png(many)).size(), std::size_t(10'000));
    }

    void nothingElseHasText()
    {
        QVERIFY(readPngText({}).empty());
        QVERIFY(readPngText(std::as_bytes(std::span("tEXtkey\0text"))).empty());
        QVERIFY(readPngText(png({})).empty());
        Bytes file = png({{"key", "text"}});
        file.resize(file.size() - 20); // cut within the pixels
        QCOMPARE(readPngText(file).size(), std::size_t(1));
    }

    void keywordsThatPngForbidsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("keyword");
        for (const char* keyword : {"", " a", "a ", "a  b", "a\nb", "\xe7\x8c\xab"})
            QTest::newRow(keyword) << QByteArray(keyword);
        QTest::newRow("long") << QByteArray(80, 'k');
    }

    void keywordsThatPngForbidsAreRefused()
    {
        QFETCH(QByteArray, keyword);
        QVERIFY_EXCEPTION_THROWN(packed({keyword.toStdString(), "text"}), Error);
    }

    void theLongestKeywordIsKept()
    {
        const std::string keyword(79, 'k');
        QCOMPARE(readPngText(png({{keyword, "text"}})).at(0).keyword, keyword);
    }

    /// A file of 300,000 texts took 42 s, since those that were not taken did not count.
    void textsCountWhetherTheyAreTakenOrNot()
    {
        const std::string damaged = chunkOf("zTXt", z("key") + '\0' + "no zlib");
        const std::string good = chunkOf("tEXt", z("last") + "text");
        const auto found = [&](int before) {
            std::string many;
            for (int i = 0; i < before; ++i)
                many += damaged;
            return readPngText(withChunks(many + good)).size();
        };
        QCOMPARE(found(9'999), std::size_t(1));
        QCOMPARE(found(10'000), std::size_t(0));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(found(300'000), std::size_t(0));
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
    }

    void whatIsNotWantedIsNotUnpacked()
    {
        const Bytes file = png({{"a", std::string(5000, 'x'), true}, {"b", "text", true}});
        const auto isB = [](std::string_view key) { return key == "b"; };
        const auto texts = readPngText(file, 4, isB); // as much as b takes
        QCOMPARE(texts.size(), std::size_t(1));
        QCOMPARE(texts[0].text, std::string("text"));
    }
};

QTEST_GUILESS_MAIN(PngTextTest)
#include "tst_pngtext.moc"
