// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandlineothers.h"

#include "app/inspectline.h"

#include <CLI/CLI.hpp>
#include <climits>

namespace {

CLI::App& addCompare(CLI::App& app, CompareCommand& compare)
{
    CLI::App& sub = *app.add_subcommand(
        "compare",
        "Say how two pictures of the same size differ: in numbers and, of pictures of ours, in how "
        "they were made.");
    sub.add_option("first", compare.first, "A picture.")->required()->type_name("FILE");
    sub.add_option("second", compare.second, "Another one.")->required()->type_name("FILE");
    sub.add_option("-o,--out", compare.out, "The PNG file for a picture of the difference. [none]")
        ->type_name("FILE");
    sub.add_option("--gain", compare.gain, "What differences are multiplied by in it. [4]")
        ->check(CLI::Range(.1, 255.));
    sub.add_flag(
        "--absolute", compare.absolute,
        "How large differences are, on black. [signed, on grey: brighter is more]");
    sub.add_option(
           "--clip", compare.clip,
           "An image encoder of CLIP, to say how alike the pictures are to it: model.safetensors "
           "of openai/clip-vit-base-patch16. [none]")
        ->type_name("FILE");
    sub.add_flag("--json", compare.json, "The numbers as JSON.");
    return sub;
}

CLI::App& addVerify(CLI::App& app, VerifyCommand& verify)
{
    CLI::App& sub = *app.add_subcommand(
        "verify", "Make a picture of ours again and say whether it comes out the same.");
    sub.add_option("file", verify.file, "The PNG file.")->required()->type_name("FILE");
    sub.add_option("--model", verify.model, "Its model. [a known one with the same hash]")
        ->type_name("PATH");
    sub.add_option("--noise", verify.noise, "The stored noise that it was made with.")
        ->type_name("SAFETENSORS");
    sub.add_option("--input", verify.inputs, "A picture that went in and is not in the file.")
        ->allow_extra_args(false)
        ->type_name("FILE");
    sub.add_option("--file", verify.files, "A file that was a value of a setting.")
        ->allow_extra_args(false)
        ->type_name("SETTING=FILE");
    sub.add_option("--lora", verify.loras, "A LoRA's file. [a known one with the same hash]")
        ->allow_extra_args(false)
        ->type_name("FILE");
    sub.add_option("--device", verify.device, "cpu, cuda, cuda:1 ... [as then]")->type_name("NAME");
    sub.add_flag("--json", verify.json, "Progress and result as JSON, an object a line.");
    sub.footer("Ends with 0 where all latents are equal and with 6 where they are not.");
    return sub;
}

CLI::App& addModels(CLI::App& app, ModelsCommand& models)
{
    CLI::App& sub = *app.add_subcommand("models", "Say what models are.");
    sub.add_option("paths", models.paths, "Folders or files. [those that are known]");
    CLI::Option* check = sub.add_flag("--check", models.check, "Load each of them.");
    sub.add_flag(
           "--found", models.found,
           "List the networks that are on this computer already, in the folders of other programs "
           "and in those that are named.")
        ->excludes(check);
    sub.add_flag("--json", models.json, "An object a line.");
    return sub;
}

CLI::App& addRuns(CLI::App& app, RunsCommand& runs)
{
    CLI::App& sub = *app.add_subcommand("runs", "List the runs of a session.");
    sub.add_option("session", runs.session, "Its file. [the window's last one]")->type_name("FILE");
    sub.add_option(
           "--save", runs.save,
           "Write a copy of the session to pass on, without the places of models and files.")
        ->type_name("FILE");
    sub.add_flag("--json", runs.json, "An object a line.");
    return sub;
}

CLI::App& addGoOn(CLI::App& app, GoOnCommand& goOn)
{
    CLI::App& sub = *app.add_subcommand("go-on", "Go on with a run of a session that was stopped.");
    sub.add_option("session", goOn.session, "Its file.")->required()->type_name("FILE");
    sub.add_option("run", goOn.run, "Its number in the list. [the last unfinished one]")
        ->check(CLI::Range(1, INT_MAX));
    sub.add_option("-o,--out", goOn.out, "The PNG file to write. [none]")->type_name("FILE");
    sub.add_flag("--json", goOn.json, "Progress and result as JSON, an object a line.");
    return sub;
}

CLI::App& addPlugins(CLI::App& app, PluginsCommand& plugins)
{
    CLI::App& sub = *app.add_subcommand(
        "plugins", "List the plug-ins in your own folder, and say which of them may be loaded.");
    sub.add_option(
           "--allow", plugins.allow,
           "Load the plug-in of that name from now on, as long as its file stays the same. It has "
           "all rights that you have.")
        ->allow_extra_args(false)
        ->type_name("NAME");
    sub.add_option("--forget", plugins.forget, "Load it no longer.")
        ->allow_extra_args(false)
        ->type_name("NAME");
    sub.add_flag("--json", plugins.json, "An object a line.");
    return sub;
}

CLI::App& addGet(CLI::App& app, GetCommand& get)
{
    CLI::App& sub = *app.add_subcommand(
        "get",
        "Fetch networks from huggingface.co and its content host. Without one: list those that are "
        "known, without asking anybody.");
    sub.add_option(
           "wanted", get.wanted,
           "What the list calls them; or owner/name, owner/name/file, a link of that site.")
        ->type_name("ID");
    sub.add_option("--to", get.folder, "The folder for them. [where the window puts models]")
        ->type_name("FOLDER");
    sub.add_option(
           "--accept-licence", get.licences,
           "A licence that you have read and accept. It is remembered. May be given several times.")
        ->allow_extra_args(false)
        ->type_name("NAME");
    sub.footer(
        "Ctrl+C stops and keeps what is there; the same command goes on with it. Ends with 2 where "
        "a licence is not accepted.");
    return sub;
}

CLI::App& addConvert(CLI::App& app, ConvertCommand& convert)
{
    CLI::App& sub = *app.add_subcommand("convert-checkpoint", "")->group("");
    sub.add_option("files", convert.files, "")->required();
    return sub;
}

} // namespace

void Others::add(CLI::App& app)
{
    m_all = {
        {&addInspect(app, m_inspect), [this] { return m_inspect; }},
        {&addModels(app, m_models), [this] { return m_models; }},
        {&addRuns(app, m_runs), [this] { return m_runs; }},
        {&addGoOn(app, m_goOn), [this] { return m_goOn; }},
        {&addVerify(app, m_verify), [this] { return m_verify; }},
        {&addCompare(app, m_compare), [this] { return m_compare; }},
        {&addPlugins(app, m_plugins), [this] { return m_plugins; }},
        {&addGet(app, m_get), [this] { return m_get; }},
        {&addConvert(app, m_convert), [this] { return m_convert; }}};
}

std::optional<Command> Others::parsed() const
{
    for (const auto& [app, command] : m_all)
        if (app->parsed())
            return command();
    return {};
}
