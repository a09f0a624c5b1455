// SPDX-License-Identifier: GPL-3.0-or-later

// Writes a sheet of what Translate makes of three held-out figures by three prompts each on the
// default model: source, principal components of the injected features (at the middle step, the
// same colours for all), results. Tells the seconds of each source's inversion, of the first edit
// and of the further ones, of which the inversion is no part.

#include "core/errors.h"
#include "core/models.h"
#include "core/nn/tensor.h"
#include "plugins/plugandplay/plugandplay.h"
#include "tests/manual/sheet.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

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

/// A folder that is there as long as this.
struct Scratch
{
    std::filesystem::path folder = {};

    Scratch()
    {
        std::string name =
            (std::filesystem::temp_directory_path() / "translatesheet-XXXXXX").string();
        if (!mkdtemp(name.data()))
            throw Error("No folder could be made in " + name + ".");
        folder = name;
    }
    ~Scratch()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

/// Runs a method and prints how long it took.
Result timed(const char* what, const Method& method, const Request& request, Models& models)
{
    const auto begin = std::chrono::steady_clock::now();
    const Result result = run(method, request, models, goOn);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf(" %s %.2f s", what, took.count());
    std::fflush(stdout);
    return result;
}

/// The request for the tool that inverts what a translation needs.
Request inversionFor(const Request& translation)
{
    const Method tool = invertTool();
    const Values all = resolve(translate(), translation, describeModel(modelPath(translation)));
    Request request {.method = tool.id, .images = translation.images};
    for (const Parameter& p : tool.parameters)
        request.values[p.id] = all.at(p.id);
    return request;
}

void makeSheet(const std::string& path, const Values& values)
{
    const Scratch cache;
    Models models(cache.folder);
    Image sheet = filled(5 * side, 3 * side, {255, 255, 255});
    for (int row = 0; row < 3; ++row) {
        place(sheet, heldOutFigure(figures[row]).image, side, 0, row);
        Request request {.method = "translate", .values = values};
        request.images["source"] = {heldOutFigure(figures[row])};
        std::printf("figure %d:", figures[row]);
        timed("inversion", invertTool(), inversionFor(request), models);
        for (int column = 0; column < 3; ++column) {
            request.values["prompt"] = std::string(prompts[column]);
            const char* const names[] = {"first edit", "second", "third"};
            const Result result = timed(names[column], translate(), request, models);
            place(sheet, result.candidates.front().image, side, column + 2, row);
        }
        std::printf("\n");
    }
    placeFeatures(sheet, models); // last: its inversions may be the same
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
