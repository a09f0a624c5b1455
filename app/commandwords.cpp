// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commandwords.h"

#include "app/commandline.h"
#include "app/translated.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace {

/// The values with what they mean, where that is more than the same word: "canny (Canny edges),
/// hed (Soft edges)".
std::string listOf(const std::vector<Choice>& choices)
{
    std::string list;
    for (const Choice& choice : choices) {
        list += (list.empty() ? "" : ", ") + choice.value;
        const auto same = [](char a, char b) { return std::tolower(a) == std::tolower(b); };
        if (!choice.label.empty() && !std::ranges::equal(choice.label, choice.value, same))
            list += " (" + words(inWords(choice.label)) + ")";
    }
    return list;
}

} // namespace

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

std::string helpOf(const Parameter& p)
{
    std::string help = words(inWords(p.help));
    help.resize(std::min(help.find('\n'), help.size()));
    if (!p.choices.empty())
        help += words(Sentence(" One of %1.", listOf(p.choices)));
    const std::string initial = toText(p.initial);
    if (initial.empty())
        return help;
    return help + " [" + (initial.size() > 40 ? initial.substr(0, 37) + "..." : initial) + "]";
}

std::string helpOf(const Slot& slot)
{
    std::string help = words(inWords(slot.help.empty() ? slot.label : slot.help));
    if (!help.ends_with('.'))
        help += ".";
    if (slot.several && !slot.needed)
        help += words(" May be given several times.");
    if (!slot.unless.empty())
        help += words(Sentence(" Not with %1.", flagOf(slot.unless)));
    if (slot.kinds.empty())
        return help;
    return help + words(Sentence(" Kinds: %1.", listOf(slot.kinds))) + " ["
        + slot.kinds.front().value + "]";
}
