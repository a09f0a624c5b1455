// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "tests/failure.h"

#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <tiffio.h>

namespace {

using Bytes = std::vector<std::byte>;

/// A file of libtiff's: 16 x 3 pixels whose rows are @p rows, one after the other.
Bytes tiffFile(
    uint16_t colours, uint16_t bits, uint16_t samples, uint16_t packing, std::string rows,
    const std::function<void(TIFF*)>& more = [](TIFF*) {})
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("x.tif")).toStdString();
    TIFF* tiff = TIFFOpen(path.c_str(), "w");
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 16);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 3);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, samples);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, colours);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, packing);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 3);
    more(tiff);
    TIFFWriteEncodedStrip(tiff, 0, rows.data(), tmsize_t(rows.size()));
    TIFFClose(tiff);
    return readFile(path, 1 << 20);
}

} // namespace

/// TIFF pictures of kinds that are met, against what was put into them.
class TiffDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneBitIsBlackOrWhite_data()
    {
        QTest::addColumn<int>("packing");
        QTest::newRow("plain") << int(COMPRESSION_NONE);
        QTest::newRow("of a fax machine") << int(COMPRESSION_CCITTFAX4);
    }

    void oneBitIsBlackOrWhite()
    {
        QFETCH(const int, packing);
        for (const bool whiteIsZero : {false, true}) {
            const std::string rows("\x80\x01\xAA\x55\x0F\xF0", 6);
            const uint16_t colours = whiteIsZero ? PHOTOMETRIC_MINISWHITE : PHOTOMETRIC_MINISBLACK;
            const LoadedImage loaded =
                decodeImage(tiffFile(colours, 1, 1, uint16_t(packing), rows), "x.tif");
            QVERIFY(loaded.notes.empty());
            for (int y = 0; y < 3; ++y)
                for (int x = 0; x < 16; ++x) {
                    const bool bit =
                        (uint8_t(rows[std::size_t(2 * y + x / 8)]) >> (7 - x % 8) & 1) != 0;
                    for (int c = 0; c < 3; ++c)
                        QCOMPARE(int(loaded.image.pixel(x, y)[c]), bit != whiteIsZero ? 255 : 0);
                }
        }
    }

    void aPaletteIsReadWithItsColours()
    {
        std::string rows;
        for (int i = 0; i < 48; ++i)
            rows += char(i * 5);
        const LoadedImage loaded = decodeImage(
            tiffFile(
                PHOTOMETRIC_PALETTE, 8, 1, COMPRESSION_LZW, rows,
                [](TIFF* tiff) {
                    std::vector<uint16_t> red, green, blue;
                    for (int i = 0; i < 256; ++i) {
                        red.push_back(uint16_t(i * 257));
                        green.push_back(uint16_t((255 - i) * 257));
                        blue.push_back(uint16_t(i / 2 * 257));
                    }
                    TIFFSetField(tiff, TIFFTAG_COLORMAP, red.data(), green.data(), blue.data());
                }),
            "x.tif");
        QVERIFY(loaded.notes.empty());
        for (int i = 0; i < 48; ++i) {
            const uint8_t* pixel = loaded.image.pixel(i % 16, i / 16);
            QVERIFY(std::abs(pixel[0] - i * 5) <= 2);
            QVERIFY(std::abs(pixel[1] - (255 - i * 5)) <= 2);
            QVERIFY(std::abs(pixel[2] - i * 5 / 2) <= 2);
        }
    }

    void inksBecomeColours()
    {
        std::string rows;
        const auto ink = [](int i, int c) { return i * (37 + 20 * c) % 256; };
        for (int i = 0; i < 48; ++i)
            for (int c = 0; c < 4; ++c)
                rows += char(ink(i, c));
        const Image image =
            decodeImage(tiffFile(PHOTOMETRIC_SEPARATED, 8, 4, COMPRESSION_LZW, rows), "x.tif")
                .image;
        for (int i = 0; i < 48; ++i)
            for (int c = 0; c < 3; ++c) {
                const double wanted = (255 - ink(i, c)) * (255 - ink(i, 3)) / 255.;
                QVERIFY(std::abs(image.pixel(i % 16, i / 16)[c] - wanted) <= 2);
            }
        const std::string deep = rows + rows;
        QCOMPARE(
            failure([&] {
                decodeImage(tiffFile(PHOTOMETRIC_SEPARATED, 16, 4, COMPRESSION_LZW, deep), "x.tif");
            }),
            std::string("x.tif is a TIFF picture that holds CMYK colours of 16 bits, which is not "
                        "supported; save it in RGB with 8 or 16 bits."));
    }

    void fractionsAreRefused()
    {
        const Bytes file = tiffFile(
            PHOTOMETRIC_RGB, 32, 3, COMPRESSION_LZW, std::string(48 * 12, '\0'),
            [](TIFF* t) { TIFFSetField(t, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_IEEEFP); });
        QCOMPARE(
            failure([&] { decodeImage(file, "x.tif"); }),
            std::string("x.tif is a TIFF picture that holds floating-point numbers, which is not "
                        "supported; save it in RGB with 8 or 16 bits."));
    }
};

QTEST_APPLESS_MAIN(TiffDecoderTest)
#include "tst_tiffdecoder.moc"
