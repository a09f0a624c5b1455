// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/inspectline.h"

#include "app/exitstatus.h"
#include "core/values.h"

#include <CLI/CLI.hpp>
#include <climits>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

namespace fs = std::filesystem;

namespace {

template<typename Names>
std::vector<std::string> namesOf(const Names& names)
{
    std::vector<std::string> list;
    for (const auto& each : names)
        list.push_back(each.name);
    return list;
}

/// Whole numbers with commas between. Throws CommandError where they are not @p count.
std::vector<int> numbersIn(const std::string& text, size_t count, const char* form)
{
    std::vector<int> numbers;
    const char *at = text.data(), *end = text.data() + text.size();
    while (at <= end) {
        int number = 0;
        const auto [stopped, error] = std::from_chars(at, end, number);
        if (error != std::errc() || (stopped != end && *stopped != ',') || number < 0)
            break;
        numbers.push_back(number);
        at = stopped + 1;
    }
    if (numbers.size() != count || at != end + 1)
        throw CommandError(
            ExitBadArguments, "\"%1\" is no place in pixels: it is given as %2.", text,
            std::string(form));
    return numbers;
}

Layers layersIn(const std::string& text)
{
    if (text == "all")
        return {};
    const Parameter layer {.id = "layer", .label = "--layer", .initial = Layers(), .maximum = 63};
    const Value value = parseValue(layer, text);
    if (std::get<Layers>(value).empty())
        throw CommandError(
            ExitBadArguments,
            "There is no layer in \"%1\": give a number, some such as 3:11 (the "
            "end is not included), or all.",
            text);
    return std::get<Layers>(value);
}

std::optional<int> stepIn(const std::string& text)
{
    if (text == "all")
        return {};
    int step = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
    if (error != std::errc() || end != text.data() + text.size() || step < 0)
        throw CommandError(
            ExitBadArguments, "\"%1\" is no step: give a number, 0 for the noisiest, or all.",
            text);
    return step;
}

MapForm formOf(const std::string& out)
{
    std::error_code ignored;
    if (out.ends_with('/') || fs::is_directory(out, ignored))
        return MapForm::Folder;
    const std::string ending = fs::path(out).extension().string();
    if (ending == ".png")
        return MapForm::Png;
    if (ending == ".webp")
        return MapForm::Animation;
    if (ending == ".npy")
        return MapForm::Npy;
    if (ending == ".csv")
        return MapForm::Csv;
    throw CommandError(
        ExitBadArguments,
        "%1 does not say what is to be written: end it with .png, .webp (an animation over the "
        "steps), .npy, .csv (curves), or with / for a folder.",
        out);
}

bool isMeanOverSteps(ViewKind kind)
{
    return kind == ViewKind::CrossAttention || kind == ViewKind::SelfAttention
        || kind == ViewKind::Shares || kind == ViewKind::Tokens || kind == ViewKind::Origin;
}

bool oneLayer(const Layers& layers)
{
    return layers.size() == 1 && layers.front().end == layers.front().begin + 1;
}

/// Throws CommandError where something was given that the kind has no use for, or is missing.
void checkKind(const InspectCommand& command, const InspectPlan& plan)
{
    const ViewKind kind = plan.view.kind;
    const bool places = kind == ViewKind::SelfAttention || kind == ViewKind::Origin;
    const auto wants = [&](bool wanted, bool given, const char* option, bool needed) {
        if (given && !wanted)
            throw CommandError(
                ExitBadArguments, "%1 says nothing for %2.", std::string(option), command.kind);
        if (wanted && !given && needed)
            throw CommandError(
                ExitBadArguments, "Which one? Give %1 with %2.", std::string(option), command.kind);
    };
    if (plan.form == MapForm::Csv) {
        if (kind != ViewKind::Shares && siteOf(kind) != SiteKind::CrossAttention
            && siteOf(kind) != SiteKind::SelfAttention)
            throw CommandError(
                ExitBadArguments, "Of %1 there are no curves: choose another ending than .csv.",
                command.kind);
        return;
    }
    wants(plan.words(), !command.tokens.empty(), "--token", true);
    wants(places, !command.pixels.empty() || !command.boxes.empty(), "--pixel or --box", true);
    wants(kind == ViewKind::SelfAttention, command.column, "--column", false);
    wants(
        kind == ViewKind::SelfAttention || kind == ViewKind::CrossAttention, command.diffuse > 0,
        "--diffuse", false);
    wants(hasComponents(kind), command.fitEachStep, "--fit-each-step", false);
}

/// Throws CommandError where several maps would have to be one.
void checkForm(const InspectCommand& command, const InspectPlan& plan)
{
    const bool single = plan.form == MapForm::Png || plan.form == MapForm::Npy;
    if (single && !plan.step && !isMeanOverSteps(plan.view.kind))
        throw CommandError(
            ExitBadArguments,
            "%1 at all steps is more than one map: choose a step, a folder or a .webp file.",
            command.kind);
    const bool apart = hasLayers(plan.view.kind) && !isMeanOverSteps(plan.view.kind);
    if (plan.form != MapForm::Folder && apart && !oneLayer(plan.view.layers))
        throw CommandError(
            ExitBadArguments,
            "%1 of several layers is more than one map: choose a layer, or a "
            "folder to write into.",
            command.kind);
}

} // namespace

bool InspectPlan::words() const
{
    return view.kind == ViewKind::CrossAttention || view.kind == ViewKind::Tokens;
}

bool InspectPlan::layersApart() const
{
    return form == MapForm::Folder && hasLayers(view.kind) && !oneLayer(view.layers);
}

InspectPlan planOf(const InspectCommand& command)
{
    InspectPlan plan {.step = stepIn(command.step), .form = formOf(command.out)};
    View& view = plan.view;
    view.kind = std::ranges::find_if(viewKinds(), [&](const ViewKindName& each) {
                    return each.name == command.kind;
                })->kind;
    view.subject = {
        .source = command.source,
        .candidate = command.source ? 0 : command.candidate.value_or(1) - 1,
        .negative = command.negative};
    view.layers = layersIn(command.layer);
    view.head = command.head;
    view.column = command.column;
    view.diffuse = command.diffuse;
    view.channel = command.channel;
    view.fitEachStep = command.fitEachStep;
    for (const std::string& text : command.pixels) {
        const std::vector<int> n = numbersIn(text, 2, "X,Y");
        plan.places.push_back({n[0], n[1]});
    }
    for (const std::string& text : command.boxes) {
        const std::vector<int> n = numbersIn(text, 4, "X,Y,WIDTH,HEIGHT");
        if (n[2] == 0 || n[3] == 0)
            throw CommandError(
                ExitBadArguments, "The box \"%1\" is empty: it is given as X,Y,WIDTH,HEIGHT.",
                text);
        plan.places.push_back({n[0], n[1], n[2], n[3]});
    }
    plan.colours = std::ranges::find_if(colourMaps(), [&](const ColourMapName& each) {
                       return each.name == command.colours;
                   })->map;
    checkKind(command, plan);
    checkForm(command, plan);
    return plan;
}

CLI::App& addInspect(CLI::App& app, InspectCommand& command)
{
    CLI::App& sub = *app.add_subcommand(
        "inspect",
        "Look into the network: run a saved picture's request again, and write maps of "
        "what it held.");
    sub.add_option("file", command.file, "A PNG that this program saved, with its input pictures.")
        ->required()
        ->type_name("PNG");
    sub.add_option("--kind", command.kind, "What is looked at.")
        ->required()
        ->check(CLI::IsMember(namesOf(viewKinds())))
        ->type_name("KIND");
    sub.add_option(
           "-o,--out", command.out,
           "A .png or .npy file (attention of several layers or steps is their mean), a .webp file "
           "(an animation over the steps), a .csv file (curves of entropy or shares), or a folder, "
           "with / at its end (a file for each layer and step).")
        ->required()
        ->type_name("OUT");
    sub.add_option(
           "--layer", command.layer,
           "A number, some such as 3:11, or all; they count from 0. [all]")
        ->type_name("N");
    sub.add_option("--step", command.step, "A number, 0 is the noisiest, or all. [all]")
        ->type_name("N");
    sub.add_option("--head", command.head, "One head. [the mean of all]")
        ->check(CLI::Range(0, INT_MAX))
        ->type_name("N");
    sub.add_option(
           "--token", command.tokens,
           "A word of the prompt, or the number of a token. May be given several times.")
        ->allow_extra_args(false)
        ->type_name("WORD");
    sub.add_option(
           "--pixel", command.pixels,
           "A place in the picture that the network makes, of an analogy in the grid. May be given "
           "several times.")
        ->allow_extra_args(false)
        ->type_name("X,Y");
    sub.add_option("--box", command.boxes, "The mean over a box. May be given several times.")
        ->allow_extra_args(false)
        ->type_name("X,Y,W,H");
    sub.add_flag(
        "--column", command.column, "Who attends to the place, in place of where it attends.");
    sub.add_option(
           "--diffuse", command.diffuse,
           "Multiply by the matrices of self-attention so often, 1 to 16. [0]")
        ->check(CLI::Range(0, 16))
        ->type_name("N");
    sub.add_option(
           "--channel", command.channel, "Of features, queries, keys, noise and latents. [0]")
        ->check(CLI::Range(0, INT_MAX))
        ->type_name("N");
    sub.add_option("--candidate", command.candidate, "From 1. [that of the picture]")
        ->check(CLI::Range(1, INT_MAX))
        ->type_name("N");
    sub.add_flag("--negative", command.negative, "The half that guidance leads away from.");
    sub.add_flag("--source", command.source, "The source of a translation.");
    sub.add_option(
           "--without", command.without,
           "Leave parts of the method out, such as cloning or masking, to see what they do.")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("PART");
    sub.add_flag(
        "--fit-each-step", command.fitEachStep,
        "Fit principal components to each step, as the paper does. [to all steps]");
    sub.add_option("--colours", command.colours, "Of the maps. [auto]")
        ->check(CLI::IsMember(namesOf(colourMaps())))
        ->type_name("NAME");
    sub.add_flag("--cells", command.cells, "A pixel for each cell. [as large as the picture]");
    sub.add_option("--data", command.data, "Where to write all numbers.")->type_name("SAFETENSORS");
    sub.add_option(
           "--model", command.model, "A model's folder or file. [the one of the picture, if known]")
        ->type_name("PATH");
    sub.add_option("--lora", command.loras, "A LoRA's file. [a known one with the same hash]")
        ->allow_extra_args(false)
        ->type_name("FILE");
    sub.add_option("--device", command.device, "cpu, cuda, cuda:1 ... [the picture's]")
        ->type_name("NAME");
    sub.add_option("--precision", command.precision, "Of the networks. [the picture's]")
        ->type_name("NAME");
    sub.add_flag("--json", command.json, "Progress and result as JSON, an object a line.");
    return sub;
}
