// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandlineeach.h"

#include "app/commandwords.h"
#include "core/errors.h"

#include <CLI/CLI.hpp>

#include <filesystem>

bool takesFolder(const Method& method)
{
    return !method.isTool() && mainSlot(method);
}

bool isTable(const std::string& each)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(each, ignored);
}

std::string eachOf(const std::vector<std::string>& arguments)
{
    constexpr std::string_view flag = "--each", equal = "--each=";
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i].starts_with(equal))
            return arguments[i].substr(equal.size());
        if (arguments[i] == flag && i + 1 < arguments.size())
            return arguments[i + 1];
    }
    return {};
}

void addEach(CLI::App& sub, const Method& method, MakeCommand& command)
{
    sub.add_option(
           "--each", command.each,
           words(Sentence(
               "A folder: each of its pictures is taken for %1 in turn. Or a table (CSV), whose "
               "columns are pictures, parameters, seed and name. -o is the folder to write into. "
               "What is there already is not made again.",
               inWords(mainSlot(method)->label))))
        ->type_name("FOLDER|TABLE");
    sub.add_option(
           "--name", command.name,
           "With --each: what the results are called, such as {prompt}-{seed}. [{picture}]")
        ->type_name("TEMPLATE");
    sub.add_flag("--dry-run", command.dry, "With --each: lists what would be made, no more.");
}

void checkEach(const MakeCommand& command, const Method& method, bool table)
{
    const Slot& main = *mainSlot(method);
    if (!command.each.empty() && !table && command.pictures.contains(main.id))
        throw Error("%1 is taken from the folder: give either a picture or --each.", main.label);
    if (command.each.empty() && command.dry)
        throw Error("--dry-run lists the pictures of a folder: give that with --each.");
    if (command.each.empty() && !command.name.empty())
        throw Error("--name names the results of a folder: give that with --each.");
}
