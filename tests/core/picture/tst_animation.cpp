// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/picture/animation.h"

#include <QTest>

#include <webp/demux.h>

namespace {

/// A picture with a dot that moves.
Image picture(int dot)
{
    Image image = filled(9, 5, {10, 200, 30});
    image.pixel(dot, 2)[0] = 255;
    return image;
}

} // namespace

class AnimationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPictureComesBackAsItWasAtItsTime()
    {
        const std::vector<std::byte> file =
            encodeAnimation({picture(0), picture(4), picture(8)}, 150);
        const WebPData data {reinterpret_cast<const uint8_t*>(file.data()), file.size()};
        WebPAnimDecoderOptions options;
        QVERIFY(WebPAnimDecoderOptionsInit(&options));
        options.color_mode = MODE_RGBA;
        const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> decoder(
            WebPAnimDecoderNew(&data, &options), WebPAnimDecoderDelete);
        QVERIFY(decoder != nullptr);
        WebPAnimInfo info;
        QVERIFY(WebPAnimDecoderGetInfo(decoder.get(), &info));
        QCOMPARE(int(info.frame_count), 3);
        QCOMPARE(int(info.loop_count), 0); // over and over
        for (const int dot : {0, 4, 8}) {
            uint8_t* pixels = nullptr;
            int end = 0;
            QVERIFY(WebPAnimDecoderGetNext(decoder.get(), &pixels, &end));
            QCOMPARE(end, (dot / 4 + 1) * 150);
            const Image expected = picture(dot);
            for (size_t i = 0; i < size_t(9 * 5); ++i)
                QVERIFY(std::equal(pixels + i * 4, pixels + i * 4 + 3, &expected.rgb[i * 3]));
        }
    }

    void picturesOfTwoSizesAreRefused()
    {
        QVERIFY_EXCEPTION_THROWN(encodeAnimation({picture(0), filled(4, 5, {})}, 100), Error);
        QVERIFY_EXCEPTION_THROWN(encodeAnimation({}, 100), Error);
    }
};

QTEST_APPLESS_MAIN(AnimationTest)
#include "tst_animation.moc"
