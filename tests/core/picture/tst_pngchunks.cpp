// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/pngchunks.h"

#include <QTest>
#include <zlib.h>

namespace {

std::string chunk(const std::string& type, const std::string& content)
{
    const auto size = uint32_t(content.size());
    return {
        std::string {char(size >> 24), char(size >> 16), char(size >> 8), char(size)} + type
        + content + "CRC."};
}

std::string visited(const std::string& file, bool& whole)
{
    std::string seen;
    whole = visitPngChunks(std::as_bytes(std::span(file)), [&](const PngChunk& chunk) {
        seen += std::string(chunk.type) + "=" + std::string(characters(chunk.bytes)) + ";";
    });
    return seen;
}

const std::string signature = "\x89PNG\r\n\x1a\n";

} // namespace

class PngChunksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chunksAreVisitedInOrderUpToTheEnd()
    {
        const std::string file = signature + chunk("IHDR", "abc") + chunk("tEXt", "")
            + chunk("IEND", "") + chunk("more", "not seen");
        bool whole = false;
        QCOMPARE(visited(file, whole), std::string("IHDR=abc;tEXt=;IEND=;"));
        QVERIFY(whole);
    }

    void aCutFileIsNotWhole()
    {
        const std::string file = signature + chunk("IHDR", "abc") + chunk("IEND", "");
        bool whole = true;
        for (std::size_t length = 0; length < file.size(); ++length) {
            const std::string seen = visited(file.substr(0, length), whole);
            QVERIFY(!whole);
            QCOMPARE(seen, std::string(length < 8 + 15 ? "" : "IHDR=abc;"));
        }
        visited(signature + std::string("\xff\xff\xff\xffIHDR....", 12), whole);
        QVERIFY(!whole);
    }

    void whatIsNoPngHasNoChunks()
    {
        bool whole = true;
        QCOMPARE(visited("\xff\xd8\xff" + chunk("IEND", ""), whole), std::string());
        QVERIFY(!whole);
        QVERIFY(isPng(std::as_bytes(std::span(signature))));
    }

    void inflatingKeepsToItsBudget()
    {
        const std::string text(200'000, 'x');
        std::string small(1000, '\0');
        uLongf size = small.size();
        QCOMPARE(
            compress(
                reinterpret_cast<Bytef*>(small.data()), &size,
                reinterpret_cast<const Bytef*>(text.data()), text.size()),
            Z_OK);
        const auto bytes = std::as_bytes(std::span(small)).first(size);
        std::size_t budget = 200'001;
        QCOMPARE(inflated(bytes, budget), std::optional(text));
        QCOMPARE(budget, std::size_t(1));
        budget = 199'999;
        QVERIFY(!inflated(bytes, budget));
        QCOMPARE(budget, std::size_t(0));
        budget = 300'000;
        QVERIFY(!inflated(bytes.first(size - 5), budget));          // cut
        QVERIFY(!inflated(std::as_bytes(std::span(text)), budget)); // not packed at all
        QVERIFY(budget <= 100'000);
    }
};

QTEST_GUILESS_MAIN(PngChunksTest)
#include "tst_pngchunks.moc"
