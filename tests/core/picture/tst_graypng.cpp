// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/graypng.h"
#include "core/picture/pngtext.h"

#include <QTest>

#include <opencv2/imgcodecs.hpp>

class GrayPngTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersAreSixteenBitsOfTheirRange()
    {
        const std::vector<float> values {-1, 0, 1, 3, 2, 9};
        const auto file = encodeGrayPng(values, 3, 2, 0, 4);
        const cv::Mat bytes(1, int(file.size()), CV_8U, const_cast<std::byte*>(file.data()));
        const cv::Mat read = cv::imdecode(bytes, cv::IMREAD_UNCHANGED);
        QCOMPARE(read.type(), CV_16UC1);
        QCOMPARE(read.cols, 3);
        const std::vector<uint16_t> expected {0, 0, 16384, 49151, 32768, 65535};
        for (int i = 0; i < 6; ++i)
            QCOMPARE(read.at<uint16_t>(i / 3, i % 3), expected[size_t(i)]);
        const auto text = readPngText(file);
        QCOMPARE(text.at(0).keyword, "Range");
        QCOMPARE(text[0].text, "0 to 4");
    }

    void aMapThatIsTheSameEverywhereIsBlack()
    {
        const std::vector<float> values {2, 2};
        const auto file = encodeGrayPng(values, 2, 1, 2, 2);
        const cv::Mat bytes(1, int(file.size()), CV_8U, const_cast<std::byte*>(file.data()));
        QCOMPARE(cv::imdecode(bytes, cv::IMREAD_UNCHANGED).at<uint16_t>(0, 1), 0);
    }
};

QTEST_APPLESS_MAIN(GrayPngTest)
#include "tst_graypng.moc"
