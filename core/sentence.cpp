// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sentence.h"

Sentence inWords(const std::string& label)
{
    return Sentence(label.c_str());
}

std::string filled(const std::string& pattern, const std::vector<std::string>& arguments)
{
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::size_t number =
            pattern[i] == '%' && i + 1 < pattern.size() ? std::size_t(pattern[i + 1] - '1') : 9;
        if (number < 9 && number < arguments.size()) {
            text += arguments[number];
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
