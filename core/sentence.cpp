// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sentence.h"

#include <string_view>

Sentence inWords(const std::string& label)
{
    return Sentence(label.c_str());
}

namespace {

/// What comes from a file or was typed may be of any length: as much of it as any path needs.
std::string_view shown(std::string_view argument)
{
    constexpr std::size_t longest = 8192; // the longest path has half of it
    if (argument.size() <= longest)
        return argument;
    const auto isInside = [&](std::size_t at) { // of a character in UTF-8
        return (static_cast<unsigned char>(argument[at]) & 0xc0) == 0x80;
    };
    std::size_t end = longest;
    while (end > 0 && isInside(end))
        --end;
    return argument.substr(0, end);
}

} // namespace

std::string filled(const std::string& pattern, const std::vector<std::string>& arguments)
{
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::size_t number =
            pattern[i] == '%' && i + 1 < pattern.size() ? std::size_t(pattern[i + 1] - '1') : 9;
        if (number < 9 && number < arguments.size()) {
            const std::string_view argument = shown(arguments[number]);
            text += argument;
            if (argument.size() < arguments[number].size())
                text += "...";
            ++i;
        } else {
            text += pattern[i];
        }
    }
    return text;
}

std::string english(const Sentence& sentence)
{
    return sentence.data ? sentence.pattern : filled(sentence.pattern, english(sentence.arguments));
}

std::vector<std::string> english(const std::vector<Sentence>& sentences)
{
    std::vector<std::string> texts;
    for (const Sentence& sentence : sentences)
        texts.push_back(english(sentence));
    return texts;
}
