// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/analogist.h"
#include "plugins/plugandplay/plugandplay.h"
#include "plugins/promptfree/promptfree.h"
#include "tests/failure.h"
#include "tests/plugins/slope.h"

#include <QSize>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

namespace {

QSize sizeOf(const Result& result)
{
    const Image& image = *result.candidates.at(0).image;
    return {image.width, image.height};
}

} // namespace

/// Pictures of sides that nobody thinks of, through a step of each method on the default model.
class OddSizesTest : public QObject
{
    Q_OBJECT

private:
    const c10::InferenceMode m_noGradients;
    QTemporaryDir m_cache;
    Models m_models {m_cache.path().toStdString()};

    Result made(
        const Method& method, const std::vector<std::string>& places, const Image& picture,
        Values values)
    {
        Request request {.method = method.id, .model = MINI_MODEL, .precision = "fp32"};
        for (const std::string& slot : places)
            request.images[slot] = {{.image = picture}};
        values["steps"] = 2;
        request.values = std::move(values);
        return run(method, request, m_models, [](const Event&) { return Answer {}; });
    }

private Q_SLOTS:
    void everyMethodTakesThem_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        for (const auto& [width, height] :
             {std::pair {1, 1}, {1, 4096}, {4096, 1}, {7, 3}, {63, 65}})
            QTest::addRow("%d x %d", width, height) << width << height;
    }

    void everyMethodTakesThem()
    {
        QFETCH(const int, width);
        QFETCH(const int, height);
        const Image picture = slope(width, height);
        // In the shape of B: its longer side is the grid's, and none is less than a pixel.
        const int longer = std::max(width, height);
        const auto of256 = [&](int side) {
            return std::max(1, int(std::lround(256. * side / longer)));
        };
        for (const char* fit : {"stretch", "pad", "crop"})
            QCOMPARE(
                sizeOf(made(
                    analogist(), {"a", "a_prime", "b"}, picture,
                    {{"size", 256}, {"fit", std::string(fit)}})),
                QSize(of256(width), of256(height)));
        // The shorter side as is wanted, both whole eights; of a strip the middle square alone.
        Values values {{"size", 64}, {"inversion_steps", 20}};
        const int shorter = std::min(width, height);
        const auto of64 = [&](int side) { return int(std::lround(64. * side / shorter / 8)) * 8; };
        if (longer > 4 * shorter) {
            const std::string said =
                failure([&] { made(translate(), {"source"}, picture, values); });
            QCOMPARE(
                said,
                std::string("The source is more than 4 times as long as it is wide. Please crop "
                            "it, or set Fit to the middle square."));
        } else {
            QCOMPARE(
                sizeOf(made(translate(), {"source"}, picture, values)),
                QSize(of64(width), of64(height)));
        }
        values["fit"] = std::string("square");
        QCOMPARE(sizeOf(made(translate(), {"source"}, picture, values)), QSize(64, 64));
        // As wide and high as is wanted, whatever the pictures are.
        for (const std::vector<std::string>& places :
             {std::vector<std::string> {"reference"},
              {"reference", "init", "mask"},
              {"reference", "control"}})
            QCOMPARE(
                sizeOf(made(promptFree(), places, picture, {{"width", 192}, {"height", 128}})),
                QSize(192, 128));
    }
};

QTEST_GUILESS_MAIN(OddSizesTest)
#include "tst_oddsizes.moc"
