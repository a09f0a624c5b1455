// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/core/picture/encoded.h"

#include <QTest>
#include <opencv2/imgcodecs.hpp>

namespace {

std::string little(uint32_t n, int size)
{
    std::string text;
    for (int i = 0; i < size; ++i)
        text += char(n >> 8 * i);
    return text;
}

std::string webPChunk(const std::string& type, const std::string& content)
{
    return type + little(uint32_t(content.size()), 4) + content
        + std::string(content.size() % 2, '\0');
}

/// The chunks of a WebP file behind its own header, those of the canvas apart.
std::string pixelChunks(const Bytes& file)
{
    std::string text(reinterpret_cast<const char*>(file.data()), file.size());
    text.erase(0, 12);
    if (text.starts_with("VP8X"))
        text.erase(0, 18);
    return text;
}

/// An animation of a canvas with one picture at an even place, or that picture twice.
Bytes animation(
    int width, int height, int x, int y, int frameWidth, int frameHeight, const std::string& chunks,
    int frames = 1)
{
    const std::string frame = webPChunk(
        "ANMF",
        little(x / 2, 3) + little(y / 2, 3) + little(frameWidth - 1, 3) + little(frameHeight - 1, 3)
            + little(100, 3) + '\0' + chunks);
    std::string body = "WEBP"
        + webPChunk("VP8X", little(0x12, 4) + little(width - 1, 3) + little(height - 1, 3))
        + webPChunk("ANIM", std::string(6, '\0'));
    for (int i = 0; i < frames; ++i)
        body += frame;
    const std::string file = "RIFF" + little(uint32_t(body.size()), 4) + body;
    const auto bytes = std::as_bytes(std::span(file));
    return {bytes.begin(), bytes.end()};
}

std::string refusal(const Bytes& file)
{
    try {
        decodeImage(file, "x.png");
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

class WebPHeaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFrameWithoutADescriptionIsRefused()
    {
        const Bytes still = encoded(".webp", toMat(numbered(9, 7)));
        const std::string text(reinterpret_cast<const char*>(still.data()), still.size());
        for (std::size_t length = 0; length < 16; ++length) {
            const std::string body = text.substr(8) + webPChunk("ANMF", std::string(length, 'x'));
            const std::string file = "RIFF" + little(uint32_t(body.size()), 4) + body;
            const auto bytes = std::as_bytes(std::span(file));
            QVERIFY(refusal({bytes.begin(), bytes.end()}).find("first frame") != SIZE_MAX);
        }
    }

    /// It is decoded in pieces, so that it can be stopped: the same as in one go.
    void aPictureInPiecesIsThePictureAtOnce()
    {
        for (const bool alpha : {false, true}) {
            Image image = filled(300, 200, {});
            image.alpha.resize(alpha ? 300 * 200 : 0);
            uint32_t state = 1;
            for (auto* values : {&image.rgb, &image.alpha})
                for (uint8_t& value : *values)
                    value = uint8_t((state = state * 1664525 + 1013904223) >> 24);
            std::vector<uchar> file;
            cv::imencode(".webp", toMat(image), file, {cv::IMWRITE_WEBP_QUALITY, 80});
            const cv::Mat once = cv::imdecode(file, cv::IMREAD_UNCHANGED);
            const auto bytes = std::as_bytes(std::span(file));
            const Image pieces = decodeImage(bytes, "x.webp").image;
            const cv::Mat found = toMat(pieces);
            QCOMPARE(found.type(), once.type());
            QVERIFY(std::equal(found.datastart, found.dataend, once.datastart));
        }
    }

    void theFirstFrameOfAnAnimationIsRead()
    {
        const LoadedImage loaded = loadImage(TEST_DATA "/images/animated.webp");
        QCOMPARE(loaded.image.width, 20);
        QCOMPARE(loaded.image.height, 12);
        QCOMPARE(loaded.notes.size(), std::size_t(1));
        const Image image = numbered(9, 5, true);
        for (const bool alpha : {false, true}) {
            Image expected = image;
            if (!alpha)
                expected.alpha = {};
            const std::string chunks = pixelChunks(encoded(".webp", toMat(expected)));
            const Bytes file = animation(9, 5, 0, 0, 9, 5, chunks, 2);
            QVERIFY(decodeImage(file, "x").image == expected);
        }
    }

    void aFrameSmallerThanItsPictureIsPutInItsPlace()
    {
        const Image frame = numbered(4, 3);
        const std::string chunks = pixelChunks(encoded(".webp", toMat(frame)));
        const Image image = decodeImage(animation(10, 7, 6, 2, 4, 3, chunks), "x").image;
        QCOMPARE(image.width, 10);
        QCOMPARE(image.height, 7);
        for (int y = 0; y < 7; ++y)
            for (int x = 0; x < 10; ++x) {
                const bool inside = x >= 6 && y >= 2 && y < 5;
                QCOMPARE(int(image.alpha.at(y * 10 + x)), inside ? 255 : 0);
                if (inside)
                    QVERIFY(std::equal(
                        image.pixel(x, y), image.pixel(x, y) + 3, frame.pixel(x - 6, y - 2)));
            }
    }

    void alphaOfAFrameMayBeApart()
    {
        cv::Mat pixels = toMat(numbered(16, 16, true));
        std::vector<uchar> lossy;
        cv::imencode(".webp", pixels, lossy, {cv::IMWRITE_WEBP_QUALITY, 90});
        const auto bytes = std::as_bytes(std::span(lossy));
        const Bytes still(bytes.begin(), bytes.end());
        const std::string chunks = pixelChunks(still);
        QVERIFY(chunks.starts_with("ALPH"));
        const Image image = decodeImage(animation(16, 16, 0, 0, 16, 16, chunks), "x").image;
        QVERIFY(image == decodeImage(still, "x").image);
        QVERIFY(!image.alpha.empty());
    }

    void damageBehindTheFirstFrameDoesNotMatter()
    {
        const Image frame = numbered(4, 4);
        const std::string chunks = pixelChunks(encoded(".webp", toMat(frame)));
        const Bytes whole = animation(4, 4, 0, 0, 4, 4, chunks, 2);
        for (std::size_t back = 1; back < chunks.size() + 16; ++back) {
            Bytes changed = whole;
            changed[whole.size() - back] ^= std::byte(0x55);
            const std::string text = refusal(changed);
            // But a length that leads out of the file is seen.
            QVERIFY2(text.empty() || text.find("incomplete") != text.npos, text.c_str());
            if (text.empty())
                QVERIFY(decodeImage(changed, "x").image == frame);
        }
    }

    void aDamagedAnimationIsRefused()
    {
        const std::string chunks = pixelChunks(encoded(".webp", toMat(numbered(4, 4))));
        QCOMPARE(refusal(animation(4, 4, 0, 0, 4, 4, chunks)), std::string());
        const std::string unfit = "x.png is a damaged WebP picture: its first frame does not fit "
                                  "into it.";
        QCOMPARE(refusal(animation(4, 4, 2, 0, 4, 4, chunks)), unfit); // beyond the edge
        QCOMPARE(refusal(animation(8, 8, 0, 0, 8, 8, chunks)), unfit); // of another size
        QCOMPARE(refusal(animation(4, 4, 0, 0, 4, 4, "")), unfit);     // without pixels
        QCOMPARE(refusal(animation(4, 4, 0, 0, 4, 4, chunks.substr(0, 9))), unfit);
        std::string wrong = chunks;
        wrong[4] = '\x7F'; // a length far beyond the file
        wrong[7] = '\x7F';
        QCOMPARE(refusal(animation(4, 4, 0, 0, 4, 4, wrong)), unfit);
        std::string spoilt = chunks;
        std::fill(spoilt.begin() + 16, spoilt.end(), '\xFF');
        QVERIFY(!refusal(animation(4, 4, 0, 0, 4, 4, spoilt)).empty());
        const Bytes whole = readFile(TEST_DATA "/images/animated.webp", 10'000);
        for (std::size_t length = 12; length < whole.size(); length += 7)
            QVERIFY(refusal(Bytes(whole.begin(), whole.begin() + length)).starts_with("x.png "));
        // Any byte may be wrong: that ends in a picture or in a sentence.
        for (std::size_t i = 12; i < 100; ++i)
            for (const int value : {0, 1, 0x7F, 0xFF}) {
                Bytes changed = whole;
                changed[i] = std::byte(value);
                const std::string text = refusal(changed);
                QVERIFY(text.empty() || text.starts_with("x.png "));
            }
    }
};

QTEST_APPLESS_MAIN(WebPHeaderTest)
#include "tst_webpheader.moc"
