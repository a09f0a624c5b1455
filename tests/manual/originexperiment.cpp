// SPDX-License-Identifier: GPL-3.0-or-later

// Asks whether a place of Prompt-free's result was made from where it looked in the reference: of
// held-out references the tenth with the highest J for a place is greyed, and as much of it at
// random, and once more the first tenth's own shape moved elsewhere; how much do the surroundings
// of that place change? On the default model, with the same seed, and so with the same noise.

#include "core/errors.h"
#include "core/inspect/view.h"
#include "core/models.h"
#include "plugins/promptfree/promptfree.h"
#include "tests/manual/sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <random>

namespace {

constexpr int references = 12, draws = 1;
constexpr double share = 0.1, around = 20. / 256; // of the reference; each way from the place
constexpr std::array<std::array<double, 2>, 2> places = {{{0.5, 0.5}, {0.2, 0.3}}};

using Cells = std::vector<int>;

/// What a run makes of a reference, and where the places looked, the mean over steps, layers and
/// heads.
struct Made
{
    Image image = {};
    std::vector<SeenMap> origins = {}; ///< of each place
};

Made made(const Image& reference, const Values& values, Models& models, bool recorded)
{
    Request request {.method = "prompt-free", .values = values};
    request.images["reference"] = {{.image = reference}};
    View view {.kind = ViewKind::Origin};
    for (const auto& place : places)
        view.spots.push_back({.shape = Spot::Point, .corners = {place}});
    std::vector<Seen> steps;
    const auto tell = [&](const Event& event) {
        if (const auto* step = std::get_if<StepEvent>(&event); step && step->trace)
            steps.push_back(see(view, {.trace = step->trace}));
        return Answer {};
    };
    Recording recording;
    if (recorded)
        recording = {.sites = {{SiteKind::CrossAttention}}, .logSums = false};
    const Result result = run(promptFree(), request, models, Report(tell, recording));
    return {
        .image = *result.candidates.front().image,
        .origins = recorded ? meanOf(steps).maps : std::vector<SeenMap>()};
}

/// The cells with the highest values.
Cells highest(const SeenMap& map, size_t count)
{
    Cells cells(map.values.size());
    std::iota(cells.begin(), cells.end(), 0);
    std::ranges::stable_sort(
        cells, std::ranges::greater(), [&](int i) { return map.values[size_t(i)]; });
    cells.resize(count);
    return cells;
}

Cells atRandom(const SeenMap& map, size_t count, std::mt19937& chance)
{
    Cells cells(map.values.size());
    std::iota(cells.begin(), cells.end(), 0);
    std::shuffle(cells.begin(), cells.end(), chance);
    cells.resize(count);
    return cells;
}

/// The same shape elsewhere, around the edges where it has to.
Cells moved(const SeenMap& map, const Cells& cells, std::mt19937& chance)
{
    const int down = 1 + int(chance() % unsigned(map.height - 1));
    const int over = 1 + int(chance() % unsigned(map.width - 1));
    Cells elsewhere;
    for (const int cell : cells)
        elsewhere.push_back(
            (cell / map.width + down) % map.height * map.width
            + (cell % map.width + over) % map.width);
    return elsewhere;
}

Image greyed(Image image, const SeenMap& map, const Cells& cells)
{
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            if (const int cell =
                    y * map.height / image.height * map.width + x * map.width / image.width;
                std::ranges::find(cells, cell) != cells.end())
                std::fill_n(image.pixel(x, y), 3, uint8_t(128));
    return image;
}

/// The mean difference of the bytes around a place, and of the whole picture.
struct Change
{
    double near = 0, whole = 0;
};
Change change(const Image& a, const Image& b, const std::array<double, 2>& place)
{
    Change sum;
    double nearCount = 0, count = 0;
    for (int y = 0; y < a.height; ++y)
        for (int x = 0; x < a.width; ++x) {
            double difference = 0;
            for (int c = 0; c < 3; ++c)
                difference += std::abs(int(a.pixel(x, y)[c]) - int(b.pixel(x, y)[c])) / 3.;
            sum.whole += difference;
            ++count;
            if (std::abs((x + .5) / a.width - place[0]) > around
                || std::abs((y + .5) / a.height - place[1]) > around)
                continue;
            sum.near += difference;
            ++nearCount;
        }
    return {sum.near / nearCount, sum.whole / count};
}

/// What greying did, by how its cells were chosen.
struct Tally
{
    double near = 0, whole = 0;
    int count = 0;
    Change mean() const { return {near / count, whole / count}; }
    void add(const Change& one) { near += one.near, whole += one.whole, ++count; }
};

void experiment(const Values& values)
{
    Models models;
    std::mt19937 chance(1);
    Tally top, random, elsewhere;
    int overRandom = 0, overElsewhere = 0, all = 0;
    std::printf(
        "reference  place     highest J  at random  moved      (mean change of bytes around the "
        "place)\n");
    for (int number = 1; number <= references; ++number) {
        const Image reference = heldOutFigure(number).image;
        const Made untouched = made(reference, values, models, true);
        for (size_t i = 0; i < places.size(); ++i) {
            const SeenMap& map = untouched.origins.at(i);
            const auto count = size_t(std::lround(share * double(map.values.size())));
            const auto measured = [&](const Cells& cells) {
                const Image grey = greyed(reference, map, cells);
                return change(untouched.image, made(grey, values, models, false).image, places[i]);
            };
            const Cells cells = highest(map, count);
            Tally here[3];
            here[0].add(measured(cells));
            for (int draw = 0; draw < draws; ++draw) {
                here[1].add(measured(atRandom(map, count, chance)));
                here[2].add(measured(moved(map, cells, chance)));
            }
            const double own = here[0].mean().near;
            top.add(here[0].mean()), random.add(here[1].mean()), elsewhere.add(here[2].mean());
            overRandom += own > here[1].mean().near;
            overElsewhere += own > here[2].mean().near;
            ++all;
            std::printf(
                "%9d  %.1f, %.1f  %9.2f  %9.2f  %9.2f\n", number, places[i][0], places[i][1], own,
                here[1].mean().near, here[2].mean().near);
            std::fflush(stdout);
        }
    }
    const auto tell = [](const char* how, const Tally& tally) {
        std::printf(
            "%-22s %6.2f around the place, %6.2f in the whole picture\n", how, tally.mean().near,
            tally.mean().whole);
    };
    tell("The highest J:", top);
    tell("At random:", random);
    tell("The same shape moved:", elsewhere);
    std::printf(
        "The highest J changes more than chance at %d of %d places, more than its own shape "
        "elsewhere at %d of %d.\n",
        overRandom, all, overElsewhere, all);
}

} // namespace

int main(int argc, char** argv)
{
    try {
        experiment(valuesOf(promptFree(), argc - 1, argv + 1));
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
