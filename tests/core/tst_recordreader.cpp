// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/base64.h"
#include "core/picture/imagefile.h"
#include "core/record.h"
#include "tests/failure.h"
#include "tests/peakmemory.h"

#include <QTest>

class RecordReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Eight pictures of 34 million pixels are allowed each, and not all of them together.
    void theSumOfAllPicturesHasALimit()
    {
        const Image black = filled(17'000, 2000, {0, 0, 0});
        const auto file = encodePng(black);
        const std::string one = "{\"name\":\"x\",\"png\":\"" + toBase64(file) + "\",\"sha256\":\""
            + pixelHash(black) + "\"}";
        std::string all = one;
        for (int i = 1; i < 8; ++i)
            all += "," + one;
        const std::string text =
            "{\"format\":1,\"method\":\"analogy\",\"inputs\":{\"a\":[" + all + "]}}";
        const auto bytes = encodePng(filled(1, 1, {}), {{"simile", text, false}});
        std::string said;
        const int64_t peak = peakMemoryOf([&] { said = failure([&] { readRecord(bytes); }); });
        QVERIFY2(peak < 60, qPrintable(QString::number(peak)));
        QCOMPARE(
            said,
            std::string("The record of how this picture was made cannot be read: its pictures have "
                        "272 million pixels together, and 268 million are read."));
        // What is not wanted is not decoded and does not count.
        const auto first = [](const std::string&, const std::string& slot, int at) {
            return slot == "a" && at < 1;
        };
        QCOMPARE(readRecord(bytes, first)->request.images.at("a").size(), std::size_t(1));
        const auto none = [](const std::string&, const std::string&, int) { return false; };
        QVERIFY(readRecord(bytes, none)->request.images.empty());
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!readRecord(bytes, {}, stop.get_token()));
    }
};

QTEST_APPLESS_MAIN(RecordReaderTest)
#include "tst_recordreader.moc"
