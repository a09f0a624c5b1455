// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/canvas.h"

#include "plugins/promptfree/annotators/annotate.h"
#include "plugins/promptfree/annotators/annotatetool.h"
#include "tests/plugins/promptfree/promptfreefixture.h"

#include <QTest>

#include <algorithm>

/// What is made of pictures as people have them: transparent, painted thinly, of another shape.
class CanvasTest : public QObject
{
    Q_OBJECT

    const c10::InferenceMode m_noGradients;
    PromptFreeFixture m_fixture;

    Request masked(const Image& mask) const
    {
        Request request = m_fixture.request();
        request.images["init"] = {{.image = PromptFreeFixture::picture(5, 128, 128)}};
        request.images["mask"] = {{.image = mask}};
        return request;
    }
    Tensor cells(const Image& mask)
    {
        const Request request = masked(mask);
        return canvasOf(m_fixture.model, request, promptFreeSettings(request.values)).mask;
    }
    std::string notes(const Request& request)
    {
        std::string all;
        for (const Sentence& note : promptFree().notes(request, m_fixture.models))
            all += english(note) + "\n";
        return all;
    }
    static Request toolRequest(const Image& picture)
    {
        Request request {.method = "annotate"};
        for (const Parameter& p : annotateMethod().parameters)
            request.values[p.id] = p.initial;
        request.images["picture"] = {{.image = picture}};
        return request;
    }
    Image mapOf(const Request& request)
    {
        const auto goOn = [](const Event&) { return Answer {}; };
        return annotateMethod().run(request, m_fixture.models, goOn).candidates.at(0).image;
    }
    /// Black strokes on a transparent ground whose hidden colours are noise.
    static Image drawing()
    {
        Image image = filled(128, 128, {});
        image.alpha.assign(128 * 128, 0);
        uint32_t state = 7;
        for (uint8_t& value : image.rgb)
            value = uint8_t((state = state * 1664525 + 1013904223) >> 24);
        fill(image, 30, 20, 40, 60, {0, 0, 0});
        for (int y = 20; y < 80; ++y)
            std::fill_n(&image.alpha[size_t(y) * 128 + 30], 40, uint8_t(255));
        return image;
    }

private Q_SLOTS:
    void aThinLineOfAMaskIsPainted()
    {
        Image mask = filled(128, 128, {0, 0, 0});
        fill(mask, 43, 0, 3, 128, {255, 255, 255}); // between the corners of the cells
        const Tensor seen = cells(mask)[0][0];
        QVERIFY(seen.select(1, 5).min().item<float>() == 1);
        QCOMPARE(seen.sum().item<float>(), 16.f);
        // A mask of more pixels is looked at as it is.
        Image large = filled(1280, 1280, {0, 0, 0});
        fill(large, 0, 649, 1280, 2, {255, 255, 255});
        QVERIFY(cells(large)[0][0][8].min().item<float>() == 1);
        QCOMPARE(cells(filled(1, 1, {255, 255, 255})).sum().item<float>(), 256.f);
    }

    void aMaskIsReadByLuminanceOrByItsAlpha()
    {
        Image green = filled(128, 128, {0, 0, 0});
        fill(green, 0, 0, 64, 128, {0, 255, 0});
        QCOMPARE(cells(green).sum().item<float>(), 128.f);
        Image onNothing = filled(128, 128, {255, 255, 255});
        onNothing.alpha.assign(128 * 128, 0);
        std::fill_n(onNothing.alpha.begin(), 128 * 64, uint8_t(255));
        QCOMPARE(cells(onNothing).sum().item<float>(), 128.f);
    }

    void whatIsTransparentIsWhiteUnlessAsInTheDemo()
    {
        Request request = m_fixture.request();
        request.images["reference"] = {{.image = flattened(drawing(), {})}};
        const Image onWhite = m_fixture.result(request);
        request.images["reference"] = {{.image = drawing()}};
        QVERIFY(m_fixture.result(request) == onWhite);
        request.values["transparency"] = std::string("drop");
        QVERIFY(m_fixture.result(request) != onWhite);
        request.images["reference"] = {{.image = opaque(drawing())}};
        const Image hidden = m_fixture.result(request);
        request.images["reference"] = {{.image = drawing()}};
        QVERIFY(m_fixture.result(request) == hidden);
    }

    void aMapIsMadeOverWhiteToo()
    {
        const auto map = [&](const Image& picture, bool drop) {
            return annotate(
                {.kind = "canny",
                 .picture = picture,
                 .width = 128,
                 .height = 128,
                 .dropAlpha = drop},
                m_fixture.models);
        };
        QVERIFY(map(drawing(), false) == map(flattened(drawing(), {}), false));
        QVERIFY(map(drawing(), true) == map(opaque(drawing()), false));
        QVERIFY(map(drawing(), false) != map(drawing(), true));
    }

    void whatIsSpecialAboutThePicturesIsSaid()
    {
        Request request = masked(filled(64, 64, {0, 0, 0}));
        request.images["reference"] = {{.image = drawing()}};
        request.images["init"] = {{.image = PromptFreeFixture::picture(5, 384, 192)}};
        const std::string said = notes(request);
        for (const char* sentence :
             {"The picture for Reference is transparent in parts: they are taken as white.\n",
              "The picture for Start from (384 x 192) is stretched to the result's 128 x 128.\n",
              "The mask is black everywhere: nothing is painted anew.\n"})
            QVERIFY2(said.find(sentence) != said.npos, said.c_str());
        request.images["init"] = {{.image = PromptFreeFixture::picture(5, 70, 64)}};
        request.images["mask"] = {{.image = drawing()}};
        request.values["transparency"] = std::string("drop");
        QCOMPARE(notes(request), std::string());
    }

    void aMaskOfAnotherShapeIsSaid()
    {
        QCOMPARE(notes(masked(drawing())),
                 std::string()); // of another size alone
        Image wide = filled(128, 64, {0, 0, 0});
        fill(wide, 0, 0, 64, 64, {255, 255, 255});
        QCOMPARE(
            notes(masked(wide)),
            std::string(
                "The picture for Mask (128 x 64) is stretched to the result's 128 x 128.\n"));
    }

    void whatActsOnAControlAloneIsSaidWhereThereIsNone()
    {
        Request request = m_fixture.request();
        request.values["control_model"] = m_fixture.controlNet();
        request.values["guess_mode"] = true;
        const std::string none = "The ControlNet has no effect without a picture for Control.\n"
                                 "Guess mode has no effect without a picture for Control.\n";
        QCOMPARE(notes(request), none);
        request.images["control"] = {{.image = filled(128, 128, {9, 9, 9}), .weight = 0}};
        QCOMPARE(notes(request), none);
        request.images["control"].front().weight = 1;
        QCOMPARE(notes(request), std::string());
    }

    void anUntypedSideOfAMapFollowsTheTypedOne()
    {
        const auto sides = [&](int width, int height) {
            Request request = toolRequest(PromptFreeFixture::picture(5, 384, 192));
            request.values["width"] = width;
            request.values["height"] = height;
            const Image map = mapOf(request);
            return std::pair(map.width, map.height);
        };
        QCOMPARE(sides(0, 0), std::pair(384, 192));
        QCOMPARE(sides(256, 0), std::pair(256, 128));
        QCOMPARE(sides(0, 128), std::pair(256, 128));
        QCOMPARE(sides(256, 256), std::pair(256, 256));
        QCOMPARE(sides(0, 1536), std::pair(1536, 1536)); // as far as it goes
        QCOMPARE(sides(64, 0), std::pair(64, 64));
    }

    void aMapToolTakesTransparencyAsTheMethodDoes()
    {
        Request request = toolRequest(drawing());
        const Method tool = annotateMethod();
        QCOMPARE(tool.notes(request, m_fixture.models).size(), 1u);
        const Image white = mapOf(request);
        request.values["transparency"] = std::string("drop");
        QVERIFY(tool.notes(request, m_fixture.models).empty());
        QVERIFY(mapOf(request) != white);
        QVERIFY(mapOf(request) == mapOf(toolRequest(opaque(drawing()))));
        const auto slots = promptFreeSlots();
        const Slot& control = *std::ranges::find(slots, "control", &Slot::id);
        QCOMPARE(control.maps->values.at("transparency"), std::string("transparency"));
    }

    void aMapInWhichNothingWasFoundIsSaid()
    {
        const Image black = filled(64, 64, {0, 0, 0});
        QCOMPARE(
            english(emptyNote("openpose-hands", black)),
            std::string("Nobody was found in the control picture, so its map is black."));
        QVERIFY(emptyNote("none", black).empty());
        QVERIFY(emptyNote("canny", filled(64, 64, {0, 1, 0})).empty());
        const std::string nothing =
            "Nothing was found in the control picture (Canny edges), so its map is black.";
        Request request = m_fixture.request();
        request.images["control"] = {{.image = filled(128, 128, {9, 9, 9}), .kind = "canny"}};
        request.values["control_model"] = m_fixture.controlNet();
        QCOMPARE(english(m_fixture.run(request).notes), (std::vector {nothing}));
        const Result made = annotateMethod().run(
            toolRequest(filled(128, 128, {9, 9, 9})), m_fixture.models,
            [](const Event&) { return Answer {}; });
        QCOMPARE(english(made.notes), (std::vector {nothing}));
    }
};

QTEST_GUILESS_MAIN(CanvasTest)
#include "tst_canvas.moc"
