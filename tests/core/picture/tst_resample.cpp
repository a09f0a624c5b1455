// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/picture/resample.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include <cmath>

namespace {

/// The formula of tests/reference/resample.py.
Image source(int width, int height, int channels)
{
    Image image {.width = width, .height = height};
    uint32_t state = 1;
    for (int i = 0; i < width * height * channels; ++i) {
        state = state * 1664525 + 1013904223;
        const uint8_t choices[] = {0, 255, uint8_t(state >> 24), uint8_t(state >> 28)};
        const bool alpha = channels == 4 && i % 4 == 3;
        (alpha ? image.alpha : image.rgb).push_back(choices[(i / 7 + (state >> 30)) % 4]);
    }
    return image;
}

std::vector<std::byte> interleaved(const Image& image)
{
    std::vector<std::byte> bytes;
    for (std::size_t i = 0; i < image.rgb.size(); ++i) {
        bytes.push_back(std::byte(image.rgb[i]));
        if (i % 3 == 2 && !image.alpha.empty())
            bytes.push_back(std::byte(image.alpha[i / 3]));
    }
    return bytes;
}

Filter filter(const std::string& name)
{
    return name == "bilinear" ? Filter::Bilinear
        : name == "bicubic"   ? Filter::Bicubic
                              : Filter::Lanczos;
}

Image load(const std::string& name)
{
    const cv::Mat bgr = cv::imread(TEST_DATA "/analogist-grid-256/" + name, cv::IMREAD_COLOR);
    Image image {.width = bgr.cols, .height = bgr.rows};
    for (auto pixel = bgr.begin<cv::Vec3b>(); pixel != bgr.end<cv::Vec3b>(); ++pixel)
        image.rgb.insert(image.rgb.end(), {(*pixel)[2], (*pixel)[1], (*pixel)[0]});
    return image;
}

} // namespace

class ResampleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPictureIsPillowsByteForByte_data()
    {
        QTest::addColumn<QString>("text");
        const auto cases = nlohmann::json::parse(readText(TEST_DATA "/resample/hashes.json"));
        QCOMPARE(cases.size(), std::size_t(54));
        for (const auto& entry : cases) {
            const std::string name = entry["filter"].get<std::string>() + " "
                + entry["channels"].dump() + " " + entry["from"].dump() + entry["to"].dump();
            QTest::newRow(name.c_str()) << QString::fromStdString(entry.dump());
        }
    }

    void everyPictureIsPillowsByteForByte()
    {
        QFETCH(QString, text);
        const auto entry = nlohmann::json::parse(text.toStdString());
        const Image image = source(entry["from"][0], entry["from"][1], entry["channels"]);
        const Image result = resize(image, entry["to"][0], entry["to"][1], filter(entry["filter"]));
        QCOMPARE(result.width, entry["to"][0].get<int>());
        QCOMPARE(result.height, entry["to"][1].get<int>());
        QCOMPARE(sha256(interleaved(result)), entry["sha256"].get<std::string>());
    }

    void cellsOfTheGridAreEnlargedAsTheOriginalDoes()
    {
        const Image grid = load("grid.png");
        const Image a = crop(grid, 2, 2, 253, 253), b = crop(grid, 2, 257, 253, 253);
        QVERIFY(resize(a, 256, 256, Filter::Bicubic) == load("decomposed_A.png"));
        QVERIFY(resize(b, 256, 256, Filter::Bicubic) == load("decomposed_B.png"));
        QVERIFY(!(resize(a, 256, 256, Filter::Bilinear) == load("decomposed_A.png")));
    }

    void oneColourStaysThatColour()
    {
        for (const Filter filter : {Filter::Bilinear, Filter::Bicubic, Filter::Lanczos})
            QVERIFY(
                resize(filled(9, 14, {3, 200, 255}), 31, 5, filter)
                == filled(31, 5, {3, 200, 255}));
    }

    void sixteenBitsAreResampledAsEightAre()
    {
        const Image image = source(23, 17, 3);
        for (const Filter filter : {Filter::Bilinear, Filter::Bicubic, Filter::Lanczos}) {
            const Image eight = resize(image, 40, 9, filter);
            const DeepImage deep = resize(deepened(image), 40, 9, filter);
            QCOMPARE(deep.rgb.size(), eight.rgb.size());
            for (std::size_t i = 0; i < deep.rgb.size(); ++i) // eight are rounded twice
                QVERIFY(std::abs(deep.rgb[i] / 257. - eight.rgb[i]) < 1.5);
        }
        QVERIFY(resize(deepened(image), 23, 17, Filter::Bicubic) == deepened(image));
        DeepImage two {.width = 2, .height = 1, .rgb = {0, 0, 0, 1000, 1000, 1000}};
        const DeepImage three = resize(two, 3, 1, Filter::Bilinear);
        QCOMPARE(int(three.rgb[3]), 500); // less than two steps of eight bits
    }

    void nothingIsNotBroughtToASize()
    {
        const Image image = filled(2, 2, {});
        QVERIFY_EXCEPTION_THROWN(resize(Image(), 2, 2, Filter::Bicubic), WorkError);
        QVERIFY_EXCEPTION_THROWN(resize(DeepImage(), 2, 2, Filter::Bicubic), WorkError);
        QVERIFY_EXCEPTION_THROWN(resize(image, 0, 2, Filter::Bicubic), WorkError);
        QVERIFY_EXCEPTION_THROWN(resize(deepened(image), 2, -1, Filter::Bicubic), WorkError);
    }

    void hiddenColoursDoNotBleed()
    {
        Image image = filled(4, 1, {0, 255, 0});
        image.rgb[0] = image.rgb[3] = 255; // the two transparent pixels are of another colour
        image.alpha = {0, 0, 255, 255};
        const Image result = resize(image, 2, 1, Filter::Bilinear);
        for (int x = 0; x < 2; ++x)
            if (result.alpha[x] != 0)
                QCOMPARE(int(result.pixel(x, 0)[0]), 0);
    }
};

QTEST_GUILESS_MAIN(ResampleTest)
#include "tst_resample.moc"
