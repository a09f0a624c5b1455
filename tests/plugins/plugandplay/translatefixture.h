// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models.h"
#include "core/picture/imagefile.h"
#include "plugins/plugandplay/plugandplay.h"
#include "tests/goon.h"

#include <algorithm>
#include <cstdlib>
#include <map>

// What the tests share that run Translate and its tools on the default model.

inline Input figure(int number)
{
    const std::string path = TEST_DATA "/pictures/single/figure-" + std::to_string(number) + ".png";
    return {.image = loadImage(path).image};
}

/// A short run on the default model in fp32, of a small picture.
inline Request shortTranslation()
{
    Request request {.method = "translate", .model = MINI_MODEL, .precision = "fp32"};
    request.images["source"] = {figure(1)};
    request.values = {
        {"size", 64},
        {"steps", 4},
        {"inversion_steps", 20},
        {"guidance", 5.0},
        {"prompt", std::string("large yellow star, blue ground")}};
    return request;
}

/// The same whose features come from the way back.
inline Request shortWayBack()
{
    Request request = shortTranslation();
    request.values["features_from"] = std::string("way-back");
    request.values["reverse_steps"] = 20;
    return request;
}

/// The request as a tool takes it: without what it has no setting for.
inline Request forTool(const Method& tool, Request request)
{
    request.method = tool.id;
    std::erase_if(request.values, [&](const auto& value) {
        return std::ranges::find(tool.parameters, value.first, &Parameter::id)
            == tool.parameters.end();
    });
    return request;
}

/// With all values, as notes and looks take it.
inline Request resolved(const Method& method, Request request)
{
    request.values = resolve(method, request, describeModel(request.model));
    return request;
}

/// Stops at a step of a stage whose name begins so.
inline Report stopping(const std::string& stage, int at)
{
    return [stage, at](const Event& event) {
        const auto* told = std::get_if<StageEvent>(&event);
        const bool here = told && told->of > 0 && english(told->stage).starts_with(stage);
        return Answer {.goOn = !here || told->done < at};
    };
}

/// The first step that was told of each stage that counts, by the stage's first word.
using Begun = std::map<std::string, int>;
inline Report noting(Begun& begun)
{
    return [&begun](const Event& event) {
        const auto* told = std::get_if<StageEvent>(&event);
        if (!told || told->of == 0)
            return Answer {};
        const std::string name = english(told->stage);
        begun.try_emplace(name.substr(0, name.find(' ')), told->done);
        return Answer {};
    };
}

inline int farthest(const Image& a, const Image& b)
{
    int most = a.rgb.size() == b.rgb.size() ? 0 : 255;
    for (size_t i = 0; i < std::min(a.rgb.size(), b.rgb.size()); ++i)
        most = std::max(most, std::abs(int(a.rgb[i]) - int(b.rgb[i])));
    return most;
}

/// The mean over all bytes of two pictures of one size.
inline double meanDistance(const Image& a, const Image& b)
{
    double sum = a.rgb.size() == b.rgb.size() ? 0 : 255. * double(a.rgb.size());
    for (size_t i = 0; i < std::min(a.rgb.size(), b.rgb.size()); ++i)
        sum += std::abs(int(a.rgb[i]) - int(b.rgb[i]));
    return sum / double(a.rgb.size());
}
