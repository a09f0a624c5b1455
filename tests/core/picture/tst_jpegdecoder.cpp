// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imagefile.h"

#include <QTest>
#include <cstdio> // jpeglib.h wants it before

#include <jpeglib.h>

namespace {

using Bytes = std::vector<std::byte>;

constexpr int side = 16; ///< of a square of one colour: as much as the coarsest block has

/// A JPEG of squares in a row, each of the values of one of the colours, by libjpeg itself.
Bytes jpeg(
    const std::vector<std::vector<int>>& colours, J_COLOR_SPACE given, J_COLOR_SPACE stored,
    bool adobe = true)
{
    jpeg_compress_struct jpeg {};
    jpeg_error_mgr errors {};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* to = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &to, &size);
    jpeg.image_width = JDIMENSION(side * colours.size());
    jpeg.image_height = side;
    jpeg.input_components = int(colours[0].size());
    jpeg.in_color_space = given;
    jpeg_set_defaults(&jpeg);
    jpeg_set_colorspace(&jpeg, stored);
    jpeg.write_Adobe_marker = adobe ? TRUE : FALSE;
    jpeg_set_quality(&jpeg, 100, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    std::vector<JSAMPLE> row;
    for (const auto& colour : colours)
        for (int x = 0; x < side; ++x)
            row.insert(row.end(), colour.begin(), colour.end());
    JSAMPROW rows = row.data();
    for (int y = 0; y < side; ++y)
        jpeg_write_scanlines(&jpeg, &rows, 1);
    jpeg_finish_compress(&jpeg);
    const auto bytes = std::as_bytes(std::span(to, size));
    const Bytes file(bytes.begin(), bytes.end());
    jpeg_destroy_compress(&jpeg);
    std::free(to); // NOLINT: libjpeg's
    return file;
}

/// The middle of a square.
std::vector<int> colourOf(const Image& image, int square)
{
    const uint8_t* pixel = image.pixel(square * side + side / 2, side / 2);
    return {pixel[0], pixel[1], pixel[2]};
}

/// Whether no value is further from what is wanted than 2 of 255.
bool isNear(const std::vector<int>& found, const std::vector<int>& wanted)
{
    for (std::size_t i = 0; i < 3; ++i)
        if (std::abs(found[i] - wanted[i]) > 2)
            return false;
    return true;
}

} // namespace

/// The colours of JPEG pictures of every kind, against those that were put into them.
class JpegDecoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inksBecomeColours_data()
    {
        QTest::addColumn<int>("stored");
        QTest::newRow("CMYK") << int(JCS_CMYK);
        QTest::newRow("YCCK") << int(JCS_YCCK);
    }

    /// As Adobe's programs write them: 255 is no ink.
    void inksBecomeColours()
    {
        QFETCH(const int, stored);
        std::vector<std::vector<int>> inks;
        for (const int black : {255, 200, 90, 0})
            for (const int c : {0, 128, 255})
                for (const int m : {20, 255})
                    for (const int y : {0, 170, 255})
                        inks.push_back({c, m, y, black});
        const Bytes file = jpeg(inks, JCS_CMYK, J_COLOR_SPACE(stored));
        const LoadedImage loaded = decodeImage(file, "x.jpg");
        QCOMPARE(
            english(loaded.notes),
            (std::vector<std::string> {"Its CMYK colours were converted to RGB without a colour "
                                       "profile and may look different."}));
        for (std::size_t i = 0; i < inks.size(); ++i) {
            std::vector<int> wanted;
            for (std::size_t c = 0; c < 3; ++c)
                wanted.push_back(int(std::lround(inks[i][c] * inks[i][3] / 255.)));
            QVERIFY2(
                isNear(colourOf(loaded.image, int(i)), wanted), qPrintable(QString::number(i)));
        }
    }

    void coloursAndGreysComeBack_data()
    {
        QTest::addColumn<int>("stored");
        QTest::addColumn<bool>("adobe");
        QTest::newRow("YCbCr") << int(JCS_YCbCr) << false;
        QTest::newRow("YCbCr of Adobe") << int(JCS_YCbCr) << true;
        QTest::newRow("RGB of Adobe") << int(JCS_RGB) << true;
        QTest::newRow("grey") << int(JCS_GRAYSCALE) << false;
    }

    void coloursAndGreysComeBack()
    {
        QFETCH(const int, stored);
        QFETCH(const bool, adobe);
        const bool grey = stored == JCS_GRAYSCALE;
        std::vector<std::vector<int>> colours;
        for (const int r : {0, 60, 255})
            for (const int g : {10, 128, 255})
                for (const int b : {0, 200, 255})
                    colours.push_back(
                        grey ? std::vector {r * 9 / 10 + g / 10} : std::vector {r, g, b});
        const LoadedImage loaded = decodeImage(
            jpeg(colours, grey ? JCS_GRAYSCALE : JCS_RGB, J_COLOR_SPACE(stored), adobe), "x.jpg");
        QVERIFY(loaded.notes.empty());
        for (std::size_t i = 0; i < colours.size(); ++i) {
            const auto wanted = grey ? std::vector<int>(3, colours[i][0]) : colours[i];
            QVERIFY2(
                isNear(colourOf(loaded.image, int(i)), wanted), qPrintable(QString::number(i)));
        }
    }
};

QTEST_APPLESS_MAIN(JpegDecoderTest)
#include "tst_jpegdecoder.moc"
