// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandline.h"

#include "app/commandfaults.h"
#include "app/commandlineeach.h"
#include "app/commandlineothers.h"
#include "app/commandwords.h"
#include "app/loras.h"
#include "app/methodlist.h"
#include "app/ownpresets.h"
#include "app/settings.h"
#include "core/errors.h"
#include "core/touchtext.h"

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
    std::map<std::string, std::string> single = {};                ///< needed slot -> picture
    std::map<std::string, std::vector<std::string>> pictures = {}; ///< other slot -> pictures
    std::vector<std::string> also = {}, touches = {}, loras = {};
    std::map<std::string, std::string> values = {}; ///< parameter -> text
    std::map<std::string, bool> flags = {};
    std::string embed = "full";
    int depth = 8;
    bool folder = false; ///< the main slot's pictures are those of a folder
    bool table = false;  ///< any slot's pictures may be in a table
};

CLI::IsMember oneOf(const QStringList& words)
{
    std::vector<std::string> list;
    for (const QString& word : words)
        list.push_back(word.toStdString());
    return CLI::IsMember(list);
}

/// CLI11 would take -1 for the largest number.
std::string whyNoSeed(const std::string& text)
{
    uint64_t seed = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, seed);
    return error == std::errc() && stopped == end ? ""
                                                  : words("A seed is a whole number below 2^64.");
}

/// The needed slot that takes more pictures by --also; null: there is none.
const Slot* growingSlot(const Method& method)
{
    const auto found = std::ranges::find_if(
        method.slots, [](const Slot& slot) { return slot.needed && slot.several; });
    return found == method.slots.end() ? nullptr : &*found;
}

/// Whether it runs a model's networks, to whose weights LoRAs can be added.
bool takesLoras(const Method& method)
{
    return !method.isTool() || parameter(method, Role::Steps);
}

bool isRequired(const Slot& slot, const Typed& typed)
{
    return slot.unless.empty() && !typed.table && !(slot.main && typed.folder);
}

void addSlots(CLI::App& sub, const Method& method, Typed& typed)
{
    constexpr int any = 1 << 20;
    const Slot* const growing = growingSlot(method);
    const Slot* last = nullptr;
    for (const Slot& slot : method.slots)
        last = slot.needed ? &slot : last;
    for (const Slot& slot : method.slots) {
        CLI::Option* option = nullptr;
        if (!slot.needed) // one picture each time, or it would take the arguments behind it
            option = sub.add_option(flagOf(slot.id), typed.pictures[slot.id], helpOf(slot))
                         ->allow_extra_args(false);
        else if (&slot == growing && &slot == last)
            option = sub.add_option(slot.id, typed.pictures[slot.id], helpOf(slot))
                         ->required(isRequired(slot, typed))
                         ->expected(1, any);
        else
            option = sub.add_option(slot.id, typed.single[slot.id], helpOf(slot))
                         ->required(isRequired(slot, typed));
        option->type_name(formOf(slot));
    }
    if (growing)
        sub.add_option(
               "--also", typed.also,
               words(Sentence(
                   "Another picture for %1. May be given several times.", inWords(growing->label))))
            ->allow_extra_args(false)
            ->type_name(formOf(*growing));
}

void addCommonFlags(CLI::App& sub, const Method& method, Typed& typed)
{
    Request& request = typed.command.request;
    sub.add_option(
           "-o,--out", typed.command.out,
           method.isTool()
               ? words(Sentence(
                   "The PNG file to write, if there are pictures. [PICTURE-%1.png, in the current "
                   "folder]",
                   method.id))
               : "The file to write: .png (which carries how it was made), .jpg, .webp or "
                 ".tif.")
        ->required(!method.isTool())
        ->type_name("FILE");
    sub.add_option(
           "--data", typed.command.data,
           "Where to write the numbers that are made besides pictures, if any.")
        ->type_name("SAFETENSORS");
    sub.add_option(
           "--preset", request.preset,
           "Values for a purpose: one of those below, or one of your own "
           "by its name or its file.")
        ->type_name("NAME");
    sub.add_option("--model", request.model, "A model's folder or file. [the one that is shipped]")
        ->type_name("PATH");
    sub.add_option("--device", request.device, "cpu, cuda, cuda:1 ... [cpu]")->type_name("NAME");
    sub.add_option("--precision", request.precision, "Of the networks. [auto]")
        ->check(oneOf(precisions()));
    sub.add_option(
           "--prediction", request.prediction,
           "What the model's UNet predicts, where a guess by its weights is wrong. [auto]")
        ->check(oneOf(predictions()));
    if (takesLoras(method))
        sub.add_option(
               "--lora", typed.loras,
               "A LoRA to add to the model, and how much of it. May be given several times.")
            ->allow_extra_args(false)
            ->type_name("FILE[:WEIGHT]");
    sub.add_option("--seed", request.seed, "The same seed gives the same picture. [42]")
        ->type_name("NUMBER")
        ->check(whyNoSeed);
    sub.add_option("--noise", typed.command.noise, "Stored noise by name, in place of the seed's.")
        ->type_name("SAFETENSORS");
    sub.add_option("--embed", typed.embed, "How much the PNG tells of how it was made. [full]")
        ->check(CLI::IsMember({"full", "settings", "none"}));
    if (method.decodeDeep)
        sub.add_option("--depth", typed.depth, "Bits a channel of a PNG or TIFF: 8 or 16. [8]")
            ->type_name("BITS")
            ->check(CLI::IsMember({8, 16}));
    if (!method.isTool())
        sub.add_option(
               "--touch", typed.touches,
               "A change inside the network, such as cross:8:head=3:0, word=circle:2:0-0.5 or "
               "self:8-11:rows=0,0,0.5,1:0.2. May be given several times.")
            ->allow_extra_args(false)
            ->type_name("TOUCH");
    sub.add_option(
           "--session", typed.command.session,
           "A session to add the run to, also while a window has it open. [none]")
        ->type_name("FILE");
    if (takesFolder(method))
        addEach(sub, method, typed.command);
    sub.add_flag("--json", typed.command.json, "Progress and result as JSON, an object a line.");
}

void addMethod(CLI::App& app, const Method& method, Typed& typed)
{
    CLI::App& sub = *app.add_subcommand(method.id, method.description);
    addSlots(sub, method, typed);
    addCommonFlags(sub, method, typed);
    for (const Parameter& p : method.parameters) {
        const std::string group = words(inWords(p.group.empty() ? method.name : p.group));
        if (std::holds_alternative<bool>(p.initial))
            sub.add_flag(
                   flagOf(p.id) + ",!--no-" + flagOf(p.id).substr(2), typed.flags[p.id], helpOf(p))
                ->group(group);
        else
            sub.add_option(flagOf(p.id), typed.values[p.id], helpOf(p))
                ->type_name("VALUE")
                ->group(group);
    }
    std::string presets;
    for (const Preset& preset : method.presets)
        presets += "\n  " + preset.id + ": " + words(inWords(preset.label));
    sub.footer(
        words(
            hasPapersValues(method)
                ? "In brackets: the paper's values, where the model recommends no others."
                : "In brackets: the method's own values, where the model recommends no others.")
        + (presets.empty() ? "" : "\n" + words("Presets:") + presets));
}

/// The pictures that were typed; what is wrong with one is thrown as an Error.
std::map<std::string, std::vector<PictureFile>> picturesOf(
    const CLI::App& sub, const Method& method, const Typed& typed)
{
    std::map<std::string, std::vector<PictureFile>> pictures;
    for (const Slot& slot : method.slots) {
        const std::string option = slot.needed ? slot.label : flagOf(slot.id);
        const auto one = typed.single.find(slot.id);
        if (one != typed.single.end() && sub.count(slot.id) > 0)
            pictures[slot.id].push_back(parsePictureFile(slot, option, one->second));
        if (const auto all = typed.pictures.find(slot.id); all != typed.pictures.end())
            for (const std::string& text : all->second)
                pictures[slot.id].push_back(parsePictureFile(slot, option, text));
        if (!slot.several && pictures[slot.id].size() > 1)
            throw Error("%1 takes one picture: give it once.", option);
    }
    if (const Slot* growing = growingSlot(method))
        for (const std::string& text : typed.also)
            pictures[growing->id].push_back(parsePictureFile(*growing, "--also", text));
    std::erase_if(pictures, [](const auto& slot) { return slot.second.empty(); });
    return pictures;
}

/// The name of a tool's picture where none is given.
std::string usualOutput(const Method& method, const MakeCommand& command)
{
    for (const Slot& slot : method.slots)
        if (const auto found = command.pictures.find(slot.id); found != command.pictures.end())
            return std::filesystem::path(found->second.front().file).stem().string() + "-"
                + method.id + ".png";
    return method.id + ".png";
}

/// What was typed; what is wrong with a value is thrown as an Error.
MakeCommand toCommand(
    const CLI::App& sub, const Method& method, const Typed& typed, const MethodList& methods)
{
    MakeCommand command = typed.command;
    command.request.method = method.id;
    command.pictures = picturesOf(sub, method, typed);
    if (takesFolder(method))
        checkEach(command, method, typed.table);
    if (command.out.empty())
        command.out = usualOutput(method, command);
    command.embed = typed.embed == "full" ? Embed::Full
        : typed.embed == "settings"       ? Embed::Settings
                                          : Embed::None;
    command.deep = typed.depth == 16;
    for (const Parameter& p : method.parameters) {
        if (sub.count(flagOf(p.id)) == 0)
            continue;
        command.request.values[p.id] = std::holds_alternative<bool>(p.initial)
            ? Value(typed.flags.at(p.id))
            : parseValue(p, typed.values.at(p.id));
    }
    for (const std::string& text : typed.loras)
        command.request.loras.push_back(parseLora(text));
    for (const std::string& text : typed.touches)
        command.request.touches.push_back(parseTouch(text));
    // On the command line one picture is made unless more are asked for, whatever a preset says.
    if (const Parameter* count = parameter(method, Role::Candidates))
        command.request.values.try_emplace(count->id, 1);
    takeOwnPreset(command.request, method, methods);
    return command;
}

TextCommand told(const CLI::App& app, const CLI::ParseError& error)
{
    if (error.get_exit_code() != 0)
        return {words(faultOf(app, error)) + '\n', 2};
    std::ostringstream help;
    app.exit(error, help, help);
    return {help.str(), 0};
}

Command windowFor(const std::vector<std::string>& files, bool newInstance)
{
    WindowCommand window {.newInstance = newInstance};
    for (const std::string& file : files) {
        std::error_code ignored;
        if (!std::filesystem::exists(file, ignored))
            return TextCommand {
                words(Sentence(
                    "There is neither a command nor a file called \"%1\". Run with --help for the "
                    "commands.",
                    file))
                    + '\n',
                2};
        window.files.append(QString::fromStdString(file));
    }
    return window;
}

} // namespace

std::string flagOf(const std::string& id)
{
    std::string flag = "--" + id;
    std::ranges::replace(flag, '_', '-');
    return flag;
}

Command parseCommandLine(const std::vector<std::string>& arguments, const MethodList& methods)
{
    CLI::App app("Simile edits pictures by example. Without a command it opens its window.");
    app.name("simile");
    app.set_version_flag("--version", "Simile " PROGRAM_VERSION);
    app.require_subcommand(0, 1);
    std::vector<std::string> files;
    app.add_option("files", files, "Pictures to open in the window, or a session, or a preset.");
    bool newInstance = false;
    app.add_flag(
        "--new-instance", newInstance,
        "Open another window. Without it, one that is open already takes the files.");
    bool safe = false; // main() looks for it before, since it says which commands there are
    app.add_flag(
        "--safe-mode", safe, "Load none of the plug-ins in your own folder; with any command.");
    std::map<std::string, Typed> typed;
    const std::string each = eachOf(arguments);
    for (const Method& method : methods.methods()) {
        typed[method.id].folder = !each.empty() && takesFolder(method);
        typed[method.id].table = typed[method.id].folder && isTable(each);
        addMethod(app, method, typed[method.id]);
    }

    Others others;
    others.add(app);
    translateHelp(app);

    try {
        app.parse(std::vector(arguments.rbegin(), arguments.rend())); // the last comes first
        checkNames(app);
        for (const Method& method : methods.methods())
            if (const CLI::App& sub = *app.get_subcommand(method.id); sub.parsed())
                return toCommand(sub, method, typed[method.id], methods);
    } catch (const CLI::ParseError& error) {
        return told(app, error);
    } catch (const Error& error) {
        return TextCommand {words(error.sentence()) + '\n', 2};
    }
    if (auto command = others.parsed())
        return *command;
    return windowFor(files, newInstance);
}
