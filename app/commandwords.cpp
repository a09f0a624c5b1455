// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandwords.h"

#include "app/translated.h"

#include <CLI/CLI.hpp>

#include <cstdio>

std::string words(const Sentence& sentence)
{
    return translated(sentence).toStdString();
}

void print(const Sentence& sentence)
{
    std::printf("%s\n", words(sentence).c_str());
}

void translateHelp(CLI::App& app)
{
    for (const char* label : {"Usage", "Positionals"}) // CLI11's own
        app.get_formatter()->label(label, words(label));
    app.get_help_ptr()->description("This help.");
    const auto again = [](const std::string& help) {
        return help.empty() ? help : words(inWords(help));
    };
    app.description(again(app.get_description()));
    app.footer(again(app.get_footer()));
    for (CLI::Option* option : app.get_options()) {
        option->description(again(option->get_description()));
        if (option->get_group() == "Options")
            option->group(words("Options"));
    }
    for (CLI::App* sub : app.get_subcommands([](CLI::App*) { return true; }))
        translateHelp(*sub);
}
