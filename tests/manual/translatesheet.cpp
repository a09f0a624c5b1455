// SPDX-License-Identifier: GPL-3.0-or-later

// Writes a sheet of what Translate makes of three held-out figures by three prompts each on the
// default model: source, principal components of the injected features (at the middle step, the
// same colours for all), results. Tells the seconds of the edits of each source.

#include "core/errors.h"
#include "core/models.h"
#include "core/nn/tensor.h"
#include "plugins/plugandplay/plugandplay.h"
#include "tests/manual/sheet.h"

#include <chrono>
#include <cstdio>

namespace {

constexpr int side = 128;
constexpr int figures[] = {1, 4, 12};
const char* const prompts[] = {
    "large yellow star, blue ground", "large dotted green circle, white ground",
    "large black cross, orange ground"};

Answer goOn(const Event&)
{
    return {};
}

void placeFeatures(Image& sheet, Models& models)
{
    Request request {.method = "features"};
    for (const int figure : figures)
        request.images["pictures"].push_back(heldOutFigure(figure));
    const Result result = run(featuresTool(), request, models, goOn);
    for (int row = 0; row < 3; ++row)
        place(sheet, result.candidates[row].image, side, 1, row);
}

void makeSheet(const std::string& path, const Values& values)
{
    Models models;
    Image sheet = filled(5 * side, 3 * side, {255, 255, 255});
    placeFeatures(sheet, models);
    for (int row = 0; row < 3; ++row) {
        place(sheet, heldOutFigure(figures[row]).image, side, 0, row);
        std::printf("figure %d:", figures[row]);
        for (int column = 0; column < 3; ++column) {
            Request request {.method = "translate", .values = values};
            request.images["source"] = {heldOutFigure(figures[row])};
            request.values["prompt"] = std::string(prompts[column]);
            const auto begin = std::chrono::steady_clock::now();
            const Result result = run(translate(), request, models, goOn);
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
            std::printf(" %.2f s", took.count());
            place(sheet, result.candidates.front().image, side, column + 2, row);
        }
        std::printf(" (the first with the inversion)\n");
    }
    writeJpeg(sheet, path);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: translatesheet OUT.jpg [SETTING=VALUE ...]\n");
        return 2;
    }
    try {
        const c10::InferenceMode noGradients;
        makeSheet(argv[1], valuesOf(translate(), argc - 2, argv + 2));
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
