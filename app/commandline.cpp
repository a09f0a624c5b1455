// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandline.h"

#include "app/methodlist.h"
#include "core/errors.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <sstream>

namespace {

/// The arguments of a method as they are typed.
struct Typed
{
    MakeCommand command = {};
    std::map<std::string, std::string> values = {}; ///< parameter -> text
    std::map<std::string, bool> flags = {};
    std::string embed = "full";
};

std::string flagOf(const Parameter& p)
{
    std::string flag = "--" + p.id;
    std::ranges::replace(flag, '_', '-');
    return flag;
}

std::string helpOf(const Parameter& p)
{
    std::string help = p.help.substr(0, p.help.find('\n'));
    if (!p.choices.empty()) {
        help += " One of";
        for (const Choice& choice : p.choices)
            help += (&choice == &p.choices.front() ? " " : ", ") + choice.value;
        help += ".";
    }
    const std::string initial = toText(p.initial);
    if (initial.empty())
        return help;
    return help + " [" + (initial.size() > 40 ? initial.substr(0, 37) + "..." : initial) + "]";
}

/// CLI11 would take -1 for the largest number.
std::string whyNoSeed(const std::string& text)
{
    uint64_t seed = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, seed);
    return error == std::errc() && stopped == end ? "" : "A seed is a whole number below 2^64.";
}

void addCommonFlags(CLI::App& sub, Typed& typed)
{
    Request& request = typed.command.request;
    sub.add_option("-o,--out", typed.command.out, "The PNG file to write.")
        ->required()
        ->type_name("FILE");
    sub.add_option("--preset", request.preset, "Values for a purpose.")->type_name("NAME");
    sub.add_option("--model", request.model, "A model's folder or file. [the one that is shipped]")
        ->type_name("PATH");
    sub.add_option("--device", request.device, "cpu, cuda, cuda:1 ... [cpu]")->type_name("NAME");
    sub.add_option("--precision", request.precision, "Of the networks. [auto]")
        ->check(CLI::IsMember({"auto", "fp32", "bf16", "fp16"}));
    sub.add_option("--seed", request.seed, "The same seed gives the same picture. [42]")
        ->type_name("NUMBER")
        ->check(whyNoSeed);
    sub.add_option("--noise", typed.command.noise, "Stored noise by name, in place of the seed's.")
        ->type_name("SAFETENSORS");
    sub.add_option("--embed", typed.embed, "How much the PNG tells of how it was made. [full]")
        ->check(CLI::IsMember({"full", "settings", "none"}));
    sub.add_flag("--json", typed.command.json, "Progress and result as JSON, an object a line.");
}

void addMethod(CLI::App& app, const Method& method, Typed& typed)
{
    CLI::App& sub = *app.add_subcommand(method.id, method.description);
    for (const Slot& slot : method.slots)
        sub.add_option(slot.id, typed.command.pictures[slot.id], slot.help)
            ->required(slot.needed)
            ->type_name("PICTURE");
    addCommonFlags(sub, typed);
    for (const Parameter& p : method.parameters) {
        const std::string group = p.group.empty() ? method.name : p.group;
        if (std::holds_alternative<bool>(p.initial))
            sub.add_flag(flagOf(p) + ",!--no-" + flagOf(p).substr(2), typed.flags[p.id], helpOf(p))
                ->group(group);
        else
            sub.add_option(flagOf(p), typed.values[p.id], helpOf(p))
                ->type_name("VALUE")
                ->group(group);
    }
    std::string presets;
    for (const Preset& preset : method.presets)
        presets += "\n  " + preset.id + ": " + preset.label;
    sub.footer(
        "In brackets: the paper's values, where the model recommends no others."
        + (presets.empty() ? "" : "\nPresets:" + presets));
}

/// The values that were typed; what is wrong with one is thrown as an Error.
MakeCommand toCommand(const CLI::App& sub, const Method& method, const Typed& typed)
{
    MakeCommand command = typed.command;
    command.request.method = method.id;
    command.embed = typed.embed == "full" ? Embed::Full
        : typed.embed == "settings"       ? Embed::Settings
                                          : Embed::None;
    for (const Parameter& p : method.parameters) {
        if (sub.count(flagOf(p)) == 0)
            continue;
        command.request.values[p.id] = std::holds_alternative<bool>(p.initial)
            ? Value(typed.flags.at(p.id))
            : parseValue(p, typed.values.at(p.id));
    }
    // On the command line one picture is made unless more are asked for, whatever a preset says.
    const auto& parameters = method.parameters;
    if (std::ranges::find(parameters, "candidates", &Parameter::id) != parameters.end())
        command.request.values.try_emplace("candidates", 1);
    std::erase_if(command.pictures, [](const auto& picture) { return picture.second.empty(); });
    return command;
}

TextCommand told(const CLI::App& app, const CLI::ParseError& error)
{
    std::ostringstream out, err;
    const int status = app.exit(error, out, err);
    return {out.str() + err.str(), status == 0 ? 0 : 2};
}

Command windowFor(const std::vector<std::string>& files)
{
    WindowCommand window;
    for (const std::string& file : files) {
        std::error_code ignored;
        if (!std::filesystem::exists(file, ignored))
            return TextCommand {
                "There is neither a command nor a file called \"" + file
                    + "\". Run with --help for the commands.\n",
                2};
        window.files.append(QString::fromStdString(file));
    }
    return window;
}

} // namespace

Command parseCommandLine(const std::vector<std::string>& arguments, const MethodList& methods)
{
    CLI::App app("Simile edits pictures by example. Without a command it opens its window.");
    app.name("simile");
    app.set_version_flag("--version", "Simile " PROGRAM_VERSION);
    app.require_subcommand(0, 1);
    std::vector<std::string> files;
    app.add_option("files", files, "Pictures to open in the window.");
    std::map<std::string, Typed> typed;
    for (const Method& method : methods.methods())
        addMethod(app, method, typed[method.id]);

    ModelsCommand models;
    CLI::App& modelsApp = *app.add_subcommand("models", "Say what models are.");
    modelsApp.add_option("paths", models.paths, "Folders or files. [those that are known]");
    modelsApp.add_flag("--check", models.check, "Load each of them.");
    modelsApp.add_flag("--json", models.json, "An object a line.");
    ConvertCommand convert;
    CLI::App& convertApp = *app.add_subcommand("convert-checkpoint", "")->group("");
    convertApp.add_option("in", convert.in, "")->required();
    convertApp.add_option("out", convert.out, "")->required();

    try {
        app.parse(std::vector(arguments.rbegin(), arguments.rend())); // the last comes first
        for (const Method& method : methods.methods())
            if (const CLI::App& sub = *app.get_subcommand(method.id); sub.parsed())
                return toCommand(sub, method, typed[method.id]);
    } catch (const CLI::ParseError& error) {
        return told(app, error);
    } catch (const Error& error) {
        return TextCommand {std::string(error.what()) + "\n", 2};
    }
    if (modelsApp.parsed())
        return models;
    if (convertApp.parsed())
        return convert;
    return windowFor(files);
}
