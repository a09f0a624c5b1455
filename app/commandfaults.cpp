// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandfaults.h"

#include "core/errors.h"

#include <CLI/CLI.hpp>

#include <QString>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// The command that was typed, or the program itself.
const CLI::App& typedOf(const CLI::App& app)
{
    const auto typed = app.get_subcommands();
    return typed.empty() ? app : *typed.front();
}

/// A list with blanks behind its commas.
std::string spaced(const std::string& list)
{
    return QString::fromStdString(list)
        .replace(QLatin1Char(','), QStringLiteral(", "))
        .toStdString();
}

/// The option that CLI11 wrote of: it has no other way to tell. Null: none.
const CLI::Option* optionOf(const CLI::App& command, const std::string& text)
{
    const CLI::Option* found = nullptr; // that of the longest name: --seed is in --seeds, too
    for (const CLI::Option* option : command.get_options())
        if (const std::string name = option->get_name(); text.find(name) != std::string::npos)
            found = found && found->get_name().size() > name.size() ? found : option;
    return found;
}

bool is(const CLI::ParseError& error, CLI::ExitCodes kind)
{
    return error.get_exit_code() == static_cast<int>(kind);
}

Sentence faultOfOption(
    const CLI::Option& option, const CLI::ParseError& error, const std::string& help)
{
    const std::string text = error.what();
    const std::string name = option.get_name();
    const std::string value = option.results().empty() ? "" : option.results().back();
    if (is(error, CLI::ExitCodes::ArgumentMismatch) && text.ends_with(" missing"))
        return Sentence("%1 takes a value: give one behind it. %2 says which.", name, help);
    if (is(error, CLI::ExitCodes::ArgumentMismatch) && text.ends_with(" flag override"))
        return Sentence("%1 takes no value: give it alone.", name);
    if (is(error, CLI::ExitCodes::ValidationError)) {
        const std::size_t list = text.find('{');
        if (list != std::string::npos && text.ends_with('}'))
            return Sentence(
                "%1 cannot be \"%2\": it is one of %3.", name, value,
                spaced(text.substr(list + 1, text.size() - list - 2)));
        if (!text.ends_with(": " + value))
            return Sentence("%1", text); // one of ours, behind the option's name
    }
    return Sentence("%1 cannot be \"%2\". %3 says what it takes.", name, value, help);
}

} // namespace

Sentence faultOf(const CLI::App& app, const CLI::ParseError& error)
{
    const CLI::App& command = typedOf(app);
    const std::string help =
        &command == &app ? "simile --help" : "simile " + command.get_name() + " --help";
    if (is(error, CLI::ExitCodes::RequiredError))
        for (const CLI::Option* option : command.get_options())
            if (option->get_required() && option->count() == 0)
                return Sentence(
                    "%1 is missing. %2 says what has to be given.", option->get_name(), help);
    if (is(error, CLI::ExitCodes::ExtrasError)) {
        const std::vector<std::string> left = app.remaining(true);
        const std::string first = left.empty() ? "" : left.front();
        return first.starts_with('-')
            ? Sentence("There is no option %1 here. %2 says which there are.", first, help)
            : Sentence("\"%1\" is one argument too many. %2 says what is taken.", first, help);
    }
    const std::string text = error.what();
    if (is(error, CLI::ExitCodes::ExcludesError)) {
        const std::string between = "excludes";
        const std::size_t at = text.find(between);
        return Sentence(
            "%1 and %2 cannot be given together: give one of them.", text.substr(0, at - 1),
            text.substr(at + between.size() + 1));
    }
    if (const CLI::Option* option = optionOf(command, text))
        return faultOfOption(*option, error, help);
    return Sentence("%1. %2 says what is taken.", text, help);
}

void checkNames(const CLI::App& app)
{
    constexpr std::array<std::string_view, 6> kinds {"FILE", "FOLDER",      "PATH",
                                                     "PNG",  "SAFETENSORS", "OUT"};
    for (const CLI::Option* option : typedOf(app).get_options()) {
        const std::string type = option->get_type_name();
        const auto isNamed = [&type](std::string_view kind) {
            return type.starts_with(kind)
                && (type.size() == kind.size() || type[kind.size()] == '['
                    || type[kind.size()] == '|');
        };
        if (std::ranges::any_of(kinds, isNamed)
            && std::ranges::any_of(option->results(), &std::string::empty))
            throw Error(
                "The name of a file or folder is empty: give one for %1.", option->get_name());
    }
}
