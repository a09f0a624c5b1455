// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/file/files.h"
#include "core/picture/imagefile.h"
#include "plugins/analogist/analogist.h"

#include <QTest>

#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <iostream>
#include <map>

namespace {

const std::string model = MINI_MODEL;
const std::string pictures = TEST_DATA "/pictures/";

/// A held-out analogy with a true B'.
struct Analogy
{
    std::string task, caption;
    Image a, aPrime, b, bPrime;
};

/// As the model's card says: brought to the cell's content by area averaging.
Image read(const std::string& path)
{
    Image image = opaque(loadImage(path).image);
    const cv::Mat whole(image.height, image.width, CV_8UC3, image.rgb.data());
    const int s = Geometry {128}.content();
    Image small = filled(s, s, {});
    cv::resize(whole, cv::Mat(s, s, CV_8UC3, small.rgb.data()), {s, s}, 0, 0, cv::INTER_AREA);
    return small;
}

std::vector<Analogy> heldOut()
{
    std::vector<Analogy> all;
    for (const auto& entry : nlohmann::json::parse(readText(pictures + "index.json"))) {
        const auto name = entry.at("name").get<std::string>();
        if (name.starts_with("single"))
            continue;
        const std::string folder = pictures + "analogies/" + name + "/";
        all.push_back(
            {.task = entry.at("task").get<std::string>(),
             .caption = entry.at("caption").get<std::string>(),
             .a = read(folder + "a.png"),
             .aPrime = read(folder + "a-prime.png"),
             .b = read(folder + "b.png"),
             .bPrime = read(folder + "b-prime.png")});
    }
    return all;
}

double psnr(const Image& x, const Image& y)
{
    double squares = 0;
    for (std::size_t i = 0; i < x.rgb.size(); ++i)
        squares += std::pow(double(x.rgb[i]) - y.rgb[i], 2);
    return 10 * std::log10(255. * 255 / std::max(1e-9, squares / double(x.rgb.size())));
}

/// The cosine between what was done to B and what should have been, on slightly blurred pictures:
/// 1 is right, 0 is nothing of it (resources/training/evaluate.py).
double direction(const Image& made, const Image& b, const Image& truth)
{
    const auto blurred = [](const Image& image) {
        cv::Mat x(image.height, image.width, CV_8UC3, const_cast<uint8_t*>(image.rgb.data())), y;
        x.convertTo(y, CV_32FC3);
        cv::GaussianBlur(y, y, {0, 0}, 2);
        return y;
    };
    const cv::Mat from = blurred(b);
    const cv::Mat done = blurred(made) - from, wanted = blurred(truth) - from;
    return done.dot(wanted) / std::max(1e-9, cv::norm(done) * cv::norm(wanted));
}

/// The mean in the last line of the card's table.
double meanOfTheCard()
{
    const std::string card = readText(model + "/README.md");
    const auto row = card.find("| **all** |");
    return row == std::string::npos ? NAN : std::stod(card.substr(row + 11));
}

Answer goOn(const Event&)
{
    return {};
}

struct Score
{
    double made = 0, copied = 0, direction = 0;
    int count = 0;
};

/// The model in fp32, in which its card's numbers were made.
const StableDiffusion& mini()
{
    static const StableDiffusion loaded = loadStableDiffusion(model, "cpu", "fp32");
    return loaded;
}

/// With the model's recommended values and the posterior's mean.
Request requestFor(const Analogy& analogy, const std::string& prompt, uint64_t seed)
{
    Request request {.seed = seed};
    request.values["prompt"] = prompt;
    request.values["posterior"] = std::string("mean");
    request.images["a"] = {{.image = analogy.a}};
    request.images["a_prime"] = {{.image = analogy.aPrime}};
    request.images["b"] = {{.image = analogy.b}};
    request.values = resolve(analogist(), request, mini().card);
    return request;
}

/// The content of B' that the model makes.
Image answerTo(
    const Analogy& analogy, const std::string& prompt, uint64_t seed,
    const StableDiffusion& model = mini())
{
    const Geometry geometry {128};
    const Request request = requestFor(analogy, prompt, seed);
    const Image canvas = runAnalogist(model, request, goOn).candidates.front().canvas;
    return crop(canvas, geometry.far(), geometry.far(), geometry.content(), geometry.content());
}

/// Prints the table and gives the mean PSNR of B'.
double score(const std::vector<Analogy>& analogies, bool captions)
{
    std::map<std::string, Score> tasks;
    Score all;
    for (std::size_t i = 0; i < analogies.size(); ++i) {
        const Analogy& analogy = analogies[i];
        const Image made = answerTo(analogy, captions ? analogy.caption : "", i);
        for (Score* s : {&tasks[analogy.task], &all}) {
            s->made += psnr(made, analogy.bPrime);
            s->copied += psnr(analogy.b, analogy.bPrime);
            s->direction += direction(made, analogy.b, analogy.bPrime);
            ++s->count;
        }
    }
    const auto rounded = [](double x) { return std::round(100 * x) / 100; };
    std::cout << "| task | PSNR of B', dB | copying B, dB | direction |\n|---|---|---|---|\n";
    tasks["all"] = all;
    for (const auto& [task, s] : tasks)
        std::cout << "| " << task << " | " << rounded(s.made / s.count) << " | "
                  << rounded(s.copied / s.count) << " | " << rounded(s.direction / s.count)
                  << " |\n";
    std::cout << std::flush;
    return all.made / all.count;
}

} // namespace

/// The shipped model through the whole program, on pictures that it has not seen.
class DefaultModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itScoresAsItsCardSays()
    {
        const auto analogies = heldOut();
        QCOMPARE(int(analogies.size()), 48);
        const double mean = score(analogies, true);
        QVERIFY2(
            std::abs(mean - meanOfTheCard()) < 0.3,
            ("mean " + std::to_string(mean) + " dB, the card says "
             + std::to_string(meanOfTheCard()))
                .c_str());
    }

    void withoutWordsThePicturesAloneBeatACopyOfB()
    {
        const auto analogies = heldOut();
        double copied = 0;
        for (const Analogy& analogy : analogies)
            copied += psnr(analogy.b, analogy.bPrime) / double(analogies.size());
        QVERIFY(score(analogies, false) > copied);
    }

    void inBFloat16ItMakesNearlyTheSame()
    {
        // Measured of these and two more, with instruction sets from SSE 4.1 to AVX512-BF16: 52.1
        // to 54.2 dB beside fp32, .08 dB at most in the distance from the true B'.
        const StableDiffusion rounded = loadStableDiffusion(model, "cpu", "bf16");
        const auto analogies = heldOut();
        for (const std::size_t i : {0, 24}) {
            const Analogy& analogy = analogies.at(i);
            const Image exact = answerTo(analogy, analogy.caption, i);
            const Image made = answerTo(analogy, analogy.caption, i, rounded);
            const double beside = psnr(made, exact);
            QVERIFY2(beside > 49 && beside < 90, qPrintable(QString::number(beside)));
            const double truth = psnr(made, analogy.bPrime) - psnr(exact, analogy.bPrime);
            QVERIFY2(std::abs(truth) < 0.2, qPrintable(QString::number(truth)));
        }
    }

    void eachPartOfThePaperChangesItsResult_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* id, const char* text) {
            QTest::newRow(name) << QString::fromLatin1(id) << QString::fromLatin1(text);
        };
        row("cloning", "sac", "3:11");
        row("masking", "cam", "3:11");
        row("strength", "strength", "0.98");
    }

    void eachPartOfThePaperChangesItsResult()
    {
        QFETCH(QString, id);
        QFETCH(QString, text);
        static const Analogy analogy = heldOut().front();
        Request request = requestFor(analogy, analogy.caption, 1);
        request.values["steps"] = 4;
        const auto latent = [&] { return runAnalogist(mini(), request, goOn).latents.back(); };
        static const std::vector<float> before = latent()->values;
        request.values[id.toStdString()] =
            parseValue(parameter(analogist(), id.toStdString()), text.toStdString());
        const std::vector<float> after = latent()->values;
        QCOMPARE(after.size(), before.size());
        double largest = 0;
        for (std::size_t i = 0; i < before.size(); ++i)
            largest = std::max(largest, std::abs(double(after[i]) - before[i]));
        QVERIFY2(largest > 1e-3, qPrintable(QString::number(largest)));
    }
};

QTEST_GUILESS_MAIN(DefaultModelTest)
#include "tst_defaultmodel.moc"
