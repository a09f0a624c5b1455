// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/picture/imagefile.h"
#include "core/picture/imageheader.h"
#include "tests/core/picture/gifs.h"
#include "tests/failure.h"
#include "tests/peakmemory.h"

#include <QTest>

namespace {

using namespace std::string_literals;

const std::string profileHead = "\x21\xFF\x0B"s + "ICCRGBG1012";

GifFrame frameOf(int width, int height)
{
    return {.width = width, .height = height, .pixels = gifNoise(width, height)};
}

ImageHeader headerOf(const std::string& text)
{
    return readImageHeader(std::as_bytes(std::span(text)), "x");
}

std::string noteOf(const std::string& text)
{
    const auto notes = english(headerOf(text).notes);
    return notes.empty() ? std::string() : notes.front();
}

std::string refusal(const std::string& text)
{
    return failure([&] { decodeImage(std::as_bytes(std::span(text)), "x.gif"); });
}

} // namespace

/// What a GIF says of itself, found without decoding anything.
class GifHeaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itsSidesAreFound()
    {
        for (const std::string version : {"GIF87a", "GIF89a"}) {
            std::string text = gifScreen(37, 21, gifColours()) + gifFrame(frameOf(37, 21)) + ";";
            const ImageHeader header = headerOf(text.replace(0, 6, version));
            QVERIFY(header.format == ImageFormat::Gif);
            QCOMPARE(header.width, int64_t(37));
            QCOMPARE(header.height, int64_t(21));
            QVERIFY(header.problem.empty() && header.notes.empty());
        }
    }

    void framesAreCounted()
    {
        const std::string screen = gifScreen(9, 7, gifColours()), frame = gifFrame(frameOf(9, 7));
        QCOMPARE(noteOf(screen + frame + ";"), ""s);
        const std::string three = "It is animated (3 frames); its first frame was read.";
        QCOMPARE(noteOf(screen + frame + frame + frame + ";"), three);
        const std::string loop = "\x21\xFF\x0B"s + "NETSCAPE2.0" + "\3\1\0\0\0"s;
        const std::string remark = "\x21\xFE"s + gifBlocks("a remark; with, marks!");
        QCOMPARE(noteOf(screen + loop + frame + remark + frame + remark + frame + ";"), three);
        // What is behind the end, or behind what means nothing, does not count.
        QCOMPARE(noteOf(screen + frame + ";" + frame), ""s);
        QCOMPARE(noteOf(screen + frame + "?" + frame), ""s);
        QVERIFY(headerOf(screen + frame + ";").endIsMissing == false);
        QVERIFY(headerOf(screen + frame + frame).endIsMissing);
    }

    /// A screen of nothing, and frames that go beyond theirs, are met; browsers show them whole.
    void aFrameBeyondThePictureMakesItLarger()
    {
        GifFrame frame = frameOf(9, 7);
        frame.x = 4;
        frame.y = 5;
        for (const int side : {0, 1, 8}) {
            const auto loaded = decodeImage(gif(side, side, gifColours(), {frame}), "x");
            QCOMPARE(loaded.image.width, 13);
            QCOMPARE(loaded.image.height, 12);
        }
        // The limits are those of the whole: here 131,070 on a side.
        frame.x = frame.y = 65'535;
        frame.width = frame.height = 65'535;
        frame.pixels = {1, 2, 3};
        QVERIFY(refusal(gifScreen(1, 1, gifColours()) + gifFrame(frame) + ";")
                    .starts_with("x.gif is too large: 131070 x 131070 pixels (17179 million)."));
    }

    void whatIsNoWholeHeaderIsNamed()
    {
        const std::string screen = gifScreen(9, 7, gifColours());
        const std::string incomplete =
            "x.gif is incomplete: the end of the GIF picture is missing.";
        QCOMPARE(refusal(screen), incomplete);
        QCOMPARE(refusal(screen + "\x21\xF9\x04"), incomplete);
        QCOMPARE(refusal("GIF89a"), incomplete);
        QCOMPARE(refusal(screen.substr(0, 200)), incomplete);
        const std::string none = "x.gif is a damaged GIF picture: it has no frame.";
        QCOMPARE(refusal(screen + ";"), none);
        QCOMPARE(refusal(screen + "what is this"), none);
        for (const auto& [width, height] : {std::pair {0, 7}, {9, 0}})
            QCOMPARE(
                refusal(screen + gifFrame(frameOf(width, height), "a") + ";"),
                "x.gif is a damaged picture: it has no width or no height."s);
        QVERIFY(refusal("GIF88a" + screen.substr(6)).starts_with("x.gif is not a picture."));
    }

    void aFileCutAnywhereIsRefusedOrSaysSo()
    {
        const Bytes file =
            gif(20, 30, gifColours(), {frameOf(20, 30), frameOf(20, 30), frameOf(5, 5)});
        QCOMPARE(failure([&] { decodeImage(file, "x"); }), ""s);
        for (std::size_t length = 1; length < file.size(); ++length) {
            const auto cut = std::span(file).first(length);
            LoadedImage loaded;
            const std::string text = failure([&] { loaded = decodeImage(cut, "x.gif"); });
            if (text.empty()) {
                const std::string last = english(loaded.notes.back());
                QVERIFY2(last.find("missing") != SIZE_MAX, last.c_str());
            } else {
                QVERIFY2(text.starts_with("x.gif "), text.c_str());
            }
        }
    }

    void theColourProfileIsFound()
    {
        const std::string frame = gifFrame(frameOf(9, 7)), screen = gifScreen(9, 7, gifColours());
        const std::string profile(1000, 'p');
        QCOMPARE(
            headerOf(screen + profileHead + gifBlocks(profile) + frame + ";").profile, profile);
        const std::string large((1 << 20) + 1, 'p');
        const std::string text = screen + profileHead + gifBlocks(large) + frame + ";";
        QCOMPARE(headerOf(text).profile, ""s);
        QCOMPARE(noteOf(text), "Its colour profile is larger than 1 MiB and was ignored."s);
    }

    /// A million remarks, a million frames, blocks of a byte without end: counted in place.
    void manySmallPartsTakeNoMemoryAndNoTime()
    {
        const std::string screen = gifScreen(1, 1, gifColours());
        const std::string frame = gifFrame(frameOf(1, 1)), remark = "\x21\xFE\0"s;
        const auto many = [](const std::string& part, int count) {
            std::string text;
            text.reserve(part.size() * std::size_t(count));
            for (int i = 0; i < count; ++i)
                text += part;
            return text;
        };
        const std::string remarks = screen + many(remark, 1'000'000) + frame + ";";
        const std::string frames = screen + many(frame, 1'000'000) + ";";
        const std::string endless = screen + frame + many(remark, 5'000'000) + frame + ";";
        const std::string never = screen + many(remark, 5'000'000) + frame + ";";
        const std::string tiny =
            screen + gifFrame(frameOf(1, 1), "\1"s).substr(0, 11) + many("\1a", 5'000'000);
        const long peak = peakMemoryOf([&] {
            QVERIFY(refusal(remarks).empty());
            QCOMPARE(noteOf(frames), "It is animated (1000000 frames); its first frame was read."s);
            QCOMPARE(noteOf(endless), ""s); // the second frame is behind what is looked at
            QCOMPARE(refusal(never), "x.gif is a damaged GIF picture: it has no frame."s);
            refusal(tiny);
        });
        QVERIFY2(peak < 16, qPrintable(QString::number(peak)));
        const std::string more = screen + many(frame, 3'000'000) + ";";
        const std::string said = noteOf(more);
        QVERIFY2(said.starts_with("It is animated (more than 20"), said.c_str());
    }
};

QTEST_APPLESS_MAIN(GifHeaderTest)
#include "tst_gifheader.moc"
