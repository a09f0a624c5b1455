// SPDX-License-Identifier: GPL-3.0-or-later

// Writes a sheet of what Prompt-free makes of held-out references on the default model (references,
// results; then two references together, in a row and averaged; with the model's ControlNet, a
// picture's edges and what they make of another reference), and says whether each result is nearer
// to its own reference than to the others.

#include "core/errors.h"
#include "core/file/resources.h"
#include "core/models.h"
#include "plugins/promptfree/annotators/annotate.h"
#include "plugins/promptfree/promptfree.h"
#include "plugins/promptfree/references.h"
#include "plugins/promptfree/seecoder.h"
#include "tests/manual/sheet.h"

#include <algorithm>
#include <cstdio>
#include <functional>

namespace {

constexpr int count = 8, side = 128;

Image result(
    const std::vector<Input>& references, const std::vector<Input>& controls, const Values& values,
    Models& models)
{
    Request request {.method = "prompt-free", .values = values};
    request.images["reference"] = references;
    if (!controls.empty())
        request.images["control"] = controls;
    return run(promptFree(), request, models, [](const Event&) { return Answer {}; })
        .candidates.front()
        .image;
}

/// How much of each of 4 x 4 x 4 colours there is, adding up to 1.
std::vector<double> histogram(const Image& image)
{
    std::vector<double> bins(64);
    const double share = 1.0 / (image.width * image.height);
    for (size_t i = 0; i < image.rgb.size(); i += 3)
        bins[image.rgb[i] / 64 * 16 + image.rgb[i + 1] / 64 * 4 + image.rgb[i + 2] / 64] += share;
    return bins;
}

double colourDistance(const Image& a, const Image& b)
{
    const auto x = histogram(a), y = histogram(b);
    double sum = 0;
    for (size_t i = 0; i < x.size(); ++i)
        sum += std::abs(x[i] - y[i]) / 2;
    return sum;
}

double meanColourDistance(const Image& a, const Image& b)
{
    const auto mean = [](const Image& image) { return referenceTensor(image).mean({0, 2, 3}); };
    return (mean(a) - mean(b)).norm().item<double>();
}

/// Between the tokens of the model's own SeeCoder.
double tokenDistance(const SeeCoder& encoder, const Image& a, const Image& b)
{
    const auto tokens = [&](const Image& image) {
        return seeCoder(encoder.config, encoder.weights, referenceTensor(image));
    };
    return (tokens(a) - tokens(b)).norm().item<double>();
}

/// Prints how many results are nearest to their own reference, and the mean place of it.
void tell(
    const char* measure, const std::vector<Image>& references, const std::vector<Image>& results,
    const std::function<double(const Image&, const Image&)>& distance)
{
    int nearest = 0;
    double places = 0, own = 0, others = 0;
    for (int i = 0; i < count; ++i) {
        std::vector<double> to;
        for (const Image& one : references)
            to.push_back(distance(results[i], one));
        const auto place = std::ranges::count_if(to, [&](double d) { return d < to[i]; });
        nearest += place == 0;
        places += double(place + 1) / count;
        own += to[i] / count;
        for (int j = 0; j < count; ++j)
            others += j == i ? 0 : to[j] / (count * (count - 1));
    }
    std::printf(
        "%-22s own reference nearest: %d of %d; mean place %.2f (4.5 by chance); mean distance "
        "%.3f to it, %.3f to the others\n",
        measure, nearest, count, places, own, others);
}

Values withMixing(Values values, const char* mixing)
{
    values["mixing"] = std::string(mixing);
    return values;
}

/// The third row.
void placeMixtures(Image& sheet, const Values& values, Models& models)
{
    std::vector<Input> two = {heldOutFigure(1), heldOutFigure(3)};
    for (int i = 0; i < 2; ++i)
        place(sheet, two[i].image, side, i, 2);
    place(sheet, result(two, {}, withMixing(values, "concatenate"), models), side, 2, 2);
    place(sheet, result(two, {}, withMixing(values, "average"), models), side, 3, 2);
    Input edges = heldOutFigure(9);
    const Image map = annotate({"canny", edges.image, side, side}, models);
    edges.kind = "canny";
    place(sheet, heldOutFigure(4).image, side, 5, 2);
    place(sheet, map, side, 6, 2);
    place(sheet, result({heldOutFigure(4)}, {edges}, values, models), side, 7, 2);
}

void makeSheet(const std::string& path, const Values& values)
{
    Models models;
    Image sheet = filled(count * side, 3 * side, {255, 255, 255});
    std::vector<Image> references, results;
    for (int i = 0; i < count; ++i) {
        references.push_back(heldOutFigure(i + 1).image);
        results.push_back(result({heldOutFigure(i + 1)}, {}, values, models));
        place(sheet, references[i], side, i, 0);
        place(sheet, results[i], side, i, 1);
    }
    placeMixtures(sheet, values, models);
    writeJpeg(sheet, path);

    const SeeCoder encoder = loadSeeCoder(defaultModel() / "seecoder", "cpu");
    tell("Colour histograms:", references, results, colourDistance);
    tell("Mean colours:", references, results, meanColourDistance);
    tell("SeeCoder's tokens:", references, results, [&](const Image& a, const Image& b) {
        return tokenDistance(encoder, a, b);
    });
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: promptfreesheet OUT.jpg [SETTING=VALUE ...]\n");
        return 2;
    }
    try {
        const c10::InferenceMode noGradients;
        makeSheet(argv[1], valuesOf(promptFree(), argc - 2, argv + 2));
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
