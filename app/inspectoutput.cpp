// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/inspectoutput.h"

#include "core/npy.h"
#include "core/picture/animation.h"
#include "core/picture/imagefile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <span>

namespace fs = std::filesystem;

namespace {

constexpr int cellSide = 32;      // of a table
constexpr int milliseconds = 200; // of a step of an animation

/// Large enough to be looked at.
Image pictureOf(
    const InspectCommand& command, const InspectPlan& plan, const Sights& sights,
    const SeenMap& map, const ValueRange& range)
{
    const Image cells = toImage(map, range, plan.colours);
    if (command.cells)
        return cells;
    if (map.table())
        return enlarged(cells, map.width * cellSide, map.height * cellSide);
    if (map.reference < 0)
        return enlarged(cells, sights.width, sights.height);
    const int times = std::max(1, 512 / std::max(map.width, map.height));
    return enlarged(cells, map.width * times, map.height * times);
}

/// "map.png", "map-2.png".
std::string numbered(const fs::path& out, size_t i, size_t count)
{
    const std::string number = count == 1 ? "" : "-" + std::to_string(i + 1);
    return (out.parent_path() / (out.stem().string() + number + out.extension().string())).string();
}

/// What may stand in the name of a file.
std::string fileName(const std::string& label)
{
    std::string name;
    for (const char c : label) {
        const auto code = static_cast<unsigned char>(c);
        const bool plain = std::isalnum(code) || c == '.' || c == '_' || code >= 128;
        if (plain)
            name += c;
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    while (name.ends_with('-'))
        name.pop_back();
    return name.substr(0, 80);
}

std::string padded(int number)
{
    std::string text = std::to_string(number);
    return std::string(text.size() < 3 ? 3 - text.size() : 0, '0') + text;
}

std::string inFolder(const InspectCommand& command, const SeenAt& at, const SeenMap& map)
{
    std::string name = command.kind;
    if (map.layer >= 0)
        name += "-layer-" + padded(map.layer).substr(1);
    if (at.step >= 0)
        name += "-step-" + padded(at.step);
    return (fs::path(command.out) / (name + "-" + fileName(english(map.label)) + ".png")).string();
}

nlohmann::json saidOf(
    const std::string& file, const SeenAt& at, const SeenMap& map, const ValueRange& range)
{
    nlohmann::json said {{"file", file},         {"label", english(map.label)},
                         {"height", map.height}, {"width", map.width},
                         {"from", range.from},   {"to", range.to},
                         {"values", map.values}};
    if (map.channels > 1)
        said["channels"] = map.channels;
    if (map.layer >= 0)
        said["layer"] = map.layer;
    if (at.step >= 0)
        said["step"] = at.step;
    if (map.injected)
        said["injected"] = true;
    if (map.table()) {
        said["rows"] = map.rows;
        said["columns"] = map.columns;
    }
    return said;
}

nlohmann::json writePictures(
    const InspectCommand& command, const InspectPlan& plan, const Sights& sights,
    const WriteFile& write)
{
    auto said = nlohmann::json::array();
    for (const SeenAt& at : sights.all)
        for (size_t i = 0; i < at.seen.maps.size(); ++i) {
            const SeenMap& map = at.seen.maps[i];
            const ValueRange range = rangeOf(map);
            const std::string file = plan.form == MapForm::Folder
                ? inFolder(command, at, map)
                : numbered(command.out, i, at.seen.maps.size());
            std::string written;
            if (plan.form == MapForm::Npy) {
                Array array {{map.height, map.width}, map.values};
                if (map.channels > 1)
                    array.shape.push_back(map.channels);
                written = write(file, encodeNpy(array));
            } else {
                written = write(file, encodePng(pictureOf(command, plan, sights, map, range)));
            }
            said.push_back(saidOf(written, at, map, range));
        }
    return said;
}

/// An animation for each map; its range is that of all steps.
nlohmann::json writeAnimations(
    const InspectCommand& command, const InspectPlan& plan, const Sights& sights,
    const WriteFile& write)
{
    auto said = nlohmann::json::array();
    const size_t maps = sights.all.front().seen.maps.size();
    for (size_t i = 0; i < maps; ++i) {
        std::vector<SeenMap> frames;
        for (const SeenAt& at : sights.all)
            frames.push_back(at.seen.maps.at(i));
        const ValueRange range = rangeOf(frames);
        std::vector<Image> pictures;
        for (const SeenMap& frame : frames)
            pictures.push_back(pictureOf(command, plan, sights, frame, range));
        const std::string file =
            write(numbered(command.out, i, maps), encodeAnimation(pictures, milliseconds));
        for (size_t step = 0; step < frames.size(); ++step)
            said.push_back(saidOf(file, sights.all[step], frames[step], range));
    }
    return said;
}

nlohmann::json writeCurves(
    const InspectCommand& command, const Sights& sights, const WriteFile& write)
{
    const std::string table = toCsv(sights.along, sights.curves);
    const std::string file = write(command.out, std::as_bytes(std::span(table)));
    auto said = nlohmann::json::array();
    for (const Curve& curve : sights.curves)
        said.push_back(
            {{"file", file},
             {"label", english(curve.label)},
             {sights.along, curve.x},
             {"values", curve.y}});
    return said;
}

} // namespace

nlohmann::json writeMaps(
    const InspectCommand& command, const InspectPlan& plan, const Sights& sights,
    const WriteFile& write)
{
    switch (plan.form) {
    case MapForm::Csv:
        return writeCurves(command, sights, write);
    case MapForm::Animation:
        return writeAnimations(command, plan, sights, write);
    default:
        return writePictures(command, plan, sights, write);
    }
}

std::map<std::string, Array> numbersOf(const Sights& sights)
{
    std::map<std::string, Array> numbers;
    for (const SeenAt& at : sights.all)
        for (const auto& [name, array] : at.seen.numbers)
            numbers[at.step < 0 ? name : "step " + std::to_string(at.step) + ", " + name] = array;
    for (const Curve& curve : sights.curves) {
        Array array {.shape = {int64_t(curve.y.size())}};
        array.values.assign(curve.y.begin(), curve.y.end());
        numbers[english(curve.label)] = std::move(array);
    }
    return numbers;
}
