// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/core/picture/gifs.h"
#include "tests/failure.h"

#include <QTest>

namespace {

const std::string damaged = "x.gif is damaged or incomplete: its pixels could not be read.";
const std::string end = "The end of the file is missing; all its pixels are there.";

std::string refusal(const Bytes& file)
{
    return failure([&] { decodeImage(file, "x.gif"); });
}

/// The notes of the file that ends at @p length.
std::string notesOfCut(const Bytes& file, std::size_t length)
{
    std::string text;
    for (const std::string& note : english(
             decodeImage(Bytes(file.begin(), file.begin() + std::ptrdiff_t(length)), "x").notes))
        text += note;
    return text;
}

} // namespace

/// The pixels of GIF pictures, against those that were put into them.
class GifDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePixelsComeBack_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<bool>("interlaced");
        for (const bool interlaced : {false, true})
            for (const auto& [width, height] :
                 {std::pair {1, 1}, {1, 9}, {7, 3}, {63, 65}, {300, 200}})
                QTest::addRow("%d x %d%s", width, height, interlaced ? " interlaced" : "")
                    << width << height << interlaced;
    }

    void thePixelsComeBack()
    {
        QFETCH(const int, width);
        QFETCH(const int, height);
        QFETCH(const bool, interlaced);
        GifFrame frame {
            .width = width,
            .height = height,
            .pixels = gifNoise(width, height),
            .interlaced = interlaced};
        for (const std::size_t block : {std::size_t(255), std::size_t(1)}) {
            frame.block = block;
            const LoadedImage loaded = decodeImage(gif(width, height, gifColours(), {frame}), "x");
            QVERIFY(loaded.image == gifWanted(width, height, frame.pixels));
            QVERIFY(loaded.notes.empty());
        }
    }

    void aFrameHasItsOwnColoursOrThoseOfTheFile()
    {
        GifFrame frame {
            .width = 9, .height = 7, .pixels = gifNoise(9, 7), .colours = gifColours(3)};
        QVERIFY(
            decodeImage(gif(9, 7, gifColours(), {frame}), "x").image
            == gifWanted(9, 7, frame.pixels, 3));
        QVERIFY(decodeImage(gif(9, 7, {}, {frame}), "x").image == gifWanted(9, 7, frame.pixels, 3));
        frame.colours = {};
        QCOMPARE(
            refusal(gif(9, 7, {}, {frame})),
            std::string("x.gif is a damaged GIF picture: it has no colours."));
    }

    void aNumberWithoutAColourIsBlack()
    {
        const GifFrame frame {.width = 3, .height = 1, .pixels = {1, 2, 255}};
        QCOMPARE(
            decodeImage(gif(3, 1, "abcxyz", {frame}), "x").image.rgb,
            (std::vector<uint8_t> {'x', 'y', 'z', 0, 0, 0, 0, 0, 0}));
    }

    void aColourMayBeTransparent()
    {
        for (const bool interlaced : {false, true}) {
            GifFrame frame {
                .width = 40,
                .height = 30,
                .pixels = gifNoise(40, 30),
                .transparent = 7,
                .interlaced = interlaced};
            frame.pixels[3] = frame.pixels[45] = 7;
            QVERIFY(
                decodeImage(gif(40, 30, gifColours(), {frame}), "x").image
                == gifWanted(40, 30, frame.pixels, 0, 7));
            std::ranges::replace(frame.pixels, 7, 8); // none is left
            QVERIFY(decodeImage(gif(40, 30, gifColours(), {frame}), "x").image.alpha.empty());
        }
    }

    void aFrameSmallerThanItsPictureIsPutInItsPlace()
    {
        const GifFrame frame {.x = 6, .y = 2, .width = 4, .height = 3, .pixels = gifNoise(4, 3)};
        const Image image = decodeImage(gif(11, 7, gifColours(), {frame}), "x").image;
        const Image inside = gifWanted(4, 3, frame.pixels);
        QCOMPARE(image.width, 11);
        QCOMPARE(image.height, 7);
        for (int y = 0; y < 7; ++y)
            for (int x = 0; x < 11; ++x) {
                const bool covered = x >= 6 && x < 10 && y >= 2 && y < 5;
                QCOMPARE(
                    int(image.alpha.at(std::size_t(y) * 11 + std::size_t(x))), covered ? 255 : 0);
                if (covered)
                    QVERIFY(std::equal(
                        image.pixel(x, y), image.pixel(x, y) + 3, inside.pixel(x - 6, y - 2)));
            }
    }

    void whatPillowWroteIsRead_data()
    {
        QTest::addColumn<std::string>("file");
        QTest::addColumn<std::vector<std::string>>("notes");
        QTest::newRow("three frames")
            << std::string("animated.gif")
            << std::vector<std::string> {"It is animated (3 frames); its first frame was read."};
        QTest::newRow("interlaced") << std::string("interlaced.gif") << std::vector<std::string> {};
    }

    /// 20 x 18; of the first frame a pixel is i = (x + 2 y) % 16, with the colours (16 i, 255 - 16
    /// i, 7 i), and 0 is transparent.
    void whatPillowWroteIsRead()
    {
        QFETCH(const std::string, file);
        QFETCH(const std::vector<std::string>, notes);
        const LoadedImage loaded = loadImage(TEST_DATA "/images/" + file);
        QCOMPARE(english(loaded.notes), notes);
        QCOMPARE(loaded.image.width, 20);
        QCOMPARE(loaded.image.height, 18);
        for (int y = 0; y < 18; ++y)
            for (int x = 0; x < 20; ++x) {
                const int i = (x + 2 * y) % 16;
                const uint8_t* pixel = loaded.image.pixel(x, y);
                QCOMPARE(
                    int(loaded.image.alpha.at(std::size_t(y) * 20 + std::size_t(x))),
                    i == 0 ? 0 : 255);
                QCOMPARE(int(pixel[0]), 16 * i);
                QCOMPARE(int(pixel[1]), 255 - 16 * i);
                QCOMPARE(int(pixel[2]), 7 * i);
            }
    }

    void whatIsThereOfACutFileIsRead()
    {
        const GifFrame frame {.width = 64, .height = 640, .pixels = gifNoise(64, 640)};
        const Bytes file = gif(64, 640, gifColours(), {frame});
        const Image whole = gifWanted(64, 640, frame.pixels);
        const LoadedImage half =
            decodeImage(Bytes(file.begin(), file.begin() + std::ptrdiff_t(file.size() / 2)), "x");
        int rows = 0;
        while (rows < 640
               && std::equal(
                   whole.pixel(0, rows), whole.pixel(63, rows) + 3, half.image.pixel(0, rows)))
            ++rows;
        QVERIFY2(rows > 310 && rows < 330, qPrintable(QString::number(rows)));
        QCOMPARE(
            english(half.notes),
            (std::vector<std::string> {
                "It is incomplete: the last " + std::to_string(640 - rows)
                + " of its 640 rows are missing, and grey or empty."}));
        QCOMPARE(int(half.image.pixel(5, 639)[0]), 128);
        // Without the mark of the end, and without that of the frame's data.
        for (const std::size_t left : {1, 2}) {
            const LoadedImage cut =
                decodeImage(Bytes(file.begin(), file.end() - std::ptrdiff_t(left)), "x");
            QVERIFY(cut.image == whole);
            QCOMPARE(english(cut.notes), std::vector<std::string> {end});
        }
    }

    /// A frame may lie in one block: that it is cut off is no reason to read nothing of it.
    void ofABlockThatIsCutOffWhatIsThereIsRead()
    {
        const GifFrame frame {.width = 8, .height = 20, .pixels = gifNoise(8, 20)};
        const Bytes file = gif(8, 20, gifColours(), {frame});
        const std::string said = notesOfCut(file, file.size() - 60);
        QVERIFY2(said.starts_with("It is incomplete: the last "), said.c_str());
    }

    void aCutInterlacedPictureIsCoarser()
    {
        const GifFrame frame {
            .width = 64, .height = 64, .pixels = gifNoise(64, 64), .interlaced = true};
        const Bytes file = gif(64, 64, gifColours(), {frame});
        const Image whole = gifWanted(64, 64, frame.pixels);
        const LoadedImage half = decodeImage(
            Bytes(file.begin(), file.begin() + std::ptrdiff_t(file.size() * 2 / 5)), "x");
        QCOMPARE(
            english(half.notes),
            (std::vector<std::string> {
                "It is incomplete: its end is missing, so it is coarser than it was."}));
        const auto same = [&](int found, int wanted) {
            return std::equal(
                whole.pixel(0, wanted), whole.pixel(63, wanted) + 3, half.image.pixel(0, found));
        };
        for (int y = 0; y < 64; y += 8)
            QVERIFY(same(y, y) && same(y + 1, y) && same(y + 4, y + 4));
        // Where even the first pass has an end, what is below that is missing.
        const std::string said = notesOfCut(file, 13 + 768 + 400);
        QCOMPARE(
            said,
            std::string("It is incomplete: the last 24 of its 64 rows are missing, and grey or "
                        "empty."));
    }

    void damagedPixelsEndInASentenceOrANote()
    {
        const GifFrame frame {.width = 30, .height = 20, .pixels = gifNoise(30, 20)};
        const std::string screen = gifScreen(30, 20, gifColours());
        QCOMPARE(
            refusal(gifBytes(screen + gifFrame(frame, std::string(40, '\xFF')) + ";")), damaged);
        // The data ends after some rows: with its mark, and with an empty block.
        const std::vector<uint8_t> some(frame.pixels.begin(), frame.pixels.begin() + 300);
        std::string packed = gifPacked(some);
        for (const std::size_t less : {0, 2}) {
            packed.resize(packed.size() - less);
            const LoadedImage loaded =
                decodeImage(gifBytes(screen + gifFrame(frame, packed) + ";"), "x");
            const std::string said = english(loaded.notes.at(0));
            QVERIFY2(said.find("of its 20 rows are missing") != SIZE_MAX, said.c_str());
        }
        QCOMPARE(refusal(gifBytes(screen + gifFrame(frame, std::string(1, '\0')) + ";")), damaged);
        // Any byte may be another: a picture, a note or a sentence.
        const Bytes whole =
            gif(30, 20, {}, {GifFrame {frame.x, 0, 30, 20, frame.pixels, gifColours()}});
        for (std::size_t i = 6; i < whole.size(); i += i < 40 ? 1 : 7)
            for (const int value : {0, 1, 0x7F, 0xFF}) {
                Bytes changed = whole;
                changed[i] = std::byte(value);
                const std::string text = refusal(changed);
                QVERIFY2(text.empty() || text.starts_with("x.gif "), text.c_str());
            }
    }

    /// What is damaged is told where it is decoded: nothing is told, so it was not.
    void aDecodeIsStopped()
    {
        std::stop_source stop;
        stop.request_stop();
        const GifFrame frame {.width = 8, .height = 8, .pixels = gifNoise(8, 8)};
        const std::string screen = gifScreen(8, 8, gifColours());
        for (const std::string& packed : {std::string(), std::string(100'000, '\xFF')}) {
            const Bytes file = gifBytes(screen + gifFrame(frame, packed) + ";");
            QVERIFY(decodeImage(file, "x", {}, stop.get_token()).image.empty());
        }
    }
};

QTEST_APPLESS_MAIN(GifDecoderTest)
#include "tst_gifdecoder.moc"
