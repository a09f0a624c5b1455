// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/annotatetool.h"

#include "core/errors.h"
#include "core/picturenotes.h"
#include "plugins/promptfree/annotators/annotate.h"

#include <algorithm>
#include <utility>

namespace {

constexpr int cell = 64, largest = 1536;

/// The sides of the map, multiples of 64: those that are asked for. One that is not keeps the
/// picture's shape with the other; where none is, they are the picture's own, of a larger one the
/// largest that fit.
std::pair<int, int> sidesOf(int width, int height, const Image& picture)
{
    double scale = std::min(1., double(largest) / std::max(picture.width, picture.height));
    if (width > 0)
        scale = double(width) / picture.width;
    else if (height > 0)
        scale = double(height) / picture.height;
    const auto side = [&](int asked, int own) {
        const double pixels = asked > 0 ? asked : own * scale + 1e-6;
        return std::clamp(int(std::min<double>(pixels, largest)) / cell * cell, cell, largest);
    };
    return {side(width, picture.width), side(height, picture.height)};
}

Result makeMap(const Request& request, Models& models, const Report& report)
{
    const auto number = [&](const char* id) { return std::get<int>(request.values.at(id)); };
    const auto text = [&](const char* id) { return std::get<std::string>(request.values.at(id)); };
    const Image& picture = request.images.at("picture").front().image;
    const CannyThresholds thresholds = {number("low"), number("high")};
    if (thresholds.low > thresholds.high)
        throw ValueError(
            "The low threshold (%1) is above the high one (%2): exchange them.", thresholds.low,
            thresholds.high);
    const auto [width, height] = sidesOf(number("width"), number("height"), picture);
    const SharedImage map = annotate(
        {.kind = text("kind"),
         .picture = picture,
         .width = width,
         .height = height,
         .folder = text("folder"),
         .thresholds = thresholds,
         .dropAlpha = text("transparency") == "drop"},
        models, report);
    Result result {.stopped = map.empty()};
    if (!map.empty()) {
        result.candidates = {{.image = map, .canvas = map, .seed = request.seed}};
        if (const Sentence note = emptyNote(text("kind"), map); !note.empty())
            result.notes.push_back(note);
    }
    return result;
}

std::vector<Parameter> toolParameters()
{
    std::vector<Choice> kinds;
    for (const AnnotatorKind& kind : annotatorKinds())
        kinds.push_back({kind.id, kind.label});
    const auto side = [](const char* id, const char* label) {
        return Parameter {
            .id = id,
            .label = label,
            .help =
                "Of the map, in steps of 64; 0 follows the other side, or is the picture's own, "
                "rounded down.",
            .unit = "px",
            .initial = 0,
            .minimum = 0,
            .maximum = largest,
            .step = cell};
    };
    const auto threshold = [](const char* id, const char* label, int initial, const char* help) {
        return Parameter {
            .id = id,
            .label = label,
            .help = help,
            .group = "Canny",
            .initial = initial,
            .minimum = 0,
            .maximum = 1000,
            .step = 10};
    };
    return {
        {.id = "kind",
         .label = "Kind of map",
         .help = "What the map keeps of the picture.",
         .initial = std::string("canny"),
         .choices = kinds},
        side("width", "Width"),
        side("height", "Height"),
        {.id = "folder",
         .label = "Folder of the networks",
         .help = "Holds the published files of the kinds that need a network; empty is "
                 "simile/annotators in your data folder.",
         .initial = std::string()},
        transparencyParameter({}),
        threshold("low", "Low threshold", 100, "An edge goes on where the slope is above this."),
        threshold("high", "High threshold", 200, "An edge begins where the slope is above this."),
    };
}

std::vector<Slot> toolSlots()
{
    return {
        {.id = "picture", .label = "Picture", .help = "What the map is made from", .main = true}};
}

} // namespace

Parameter transparencyParameter(const std::string& group)
{
    return {
        .id = "transparency",
        .label = "Transparency",
        .help = "What transparent parts of the pictures are: white, or whatever colours are hidden "
                "there, as in the original program.",
        .group = group,
        .initial = std::string("white"),
        .choices = {{"white", "White"}, {"drop", "Ignored"}}};
}

Method annotateMethod()
{
    return {
        .id = "annotate",
        .name = "Control map",
        .description = "Make a control map (edges, lines, depth) from a picture.",
        .toolOf = "prompt-free",
        .slots = toolSlots(),
        .parameters = toolParameters(),
        .run = makeMap,
        .notes = [](const Request& request, Models&) -> std::vector<Sentence> {
            const auto& kind = std::get<std::string>(request.values.at("kind"));
            std::vector<Sentence> notes;
            if (const Sentence note = licenceNote(kind); !note.empty())
                notes.push_back(note);
            const auto& transparency = std::get<std::string>(request.values.at("transparency"));
            if (transparency != "drop")
                for (const Sentence& note : transparencyNotes(request, toolSlots()))
                    notes.push_back(note);
            return notes;
        }};
}
