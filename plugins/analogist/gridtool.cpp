// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/analogist/analogist.h"
#include "plugins/analogist/marks.h"
#include "plugins/analogist/parameters.h"

namespace {

Result makeGridPicture(const Request& request, Models&, const Report&)
{
    Values values;
    for (const Parameter& p : analogistParameters())
        values[p.id] = p.initial;
    for (const auto& [id, value] : request.values)
        values[id] = value;
    const AnalogistSettings settings = analogistSettings(values);
    Image made = gridOf(request, settings);
    if (std::get<bool>(request.values.at("marks")))
        made = marked(settings.geometry, made);
    const SharedImage grid = std::move(made);
    return {.candidates = {{.image = grid, .canvas = grid, .seed = request.seed}}};
}

} // namespace

Method gridTool()
{
    std::vector<Parameter> parameters = {
        {.id = "marks",
         .label = "Marks",
         .help = "Letters and arrows, as a vision-language model is shown the grid to find words "
                 "for B′.",
         .initial = true}};
    for (const Parameter& p : analogistParameters())
        for (const char* id : {"size", "fit", "layout", "ground"})
            if (p.id == id)
                parameters.push_back(p);
    return {
        .id = "grid",
        .name = "Grid",
        .description = "Put A, A′ and B into the grid that Analogy fills.",
        .toolOf = "analogy",
        .question =
            "In this grid of pictures A′ is what became of A, and B is to be changed in the same "
            "way: A is to A′ as B is to B′. What would the missing picture B′ show? Answer with "
            "the three most likely descriptions of B′, each of at most five words, apart by "
            "commas.",
        .slots = analogist().slots,
        .parameters = parameters,
        .run = makeGridPicture};
}
