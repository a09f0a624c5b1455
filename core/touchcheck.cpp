// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/touchcheck.h"

#include "core/errors.h"
#include "core/method.h"
#include "core/touchtext.h"

#include <algorithm>
#include <cctype>
#include <climits>

namespace {

bool isLetter(char c)
{
    return std::isalnum(uint8_t(c)) || uint8_t(c) >= 0x80;
}

std::string lowerCase(std::string text)
{
    for (char& c : text)
        c = char(std::tolower(uint8_t(c)));
    return text;
}

/// Whether a word stands in a text, not as a part of another.
bool hasWord(const std::string& text, const std::string& word)
{
    const std::string in = lowerCase(text), wanted = lowerCase(word);
    for (size_t at = in.find(wanted); at != in.npos; at = in.find(wanted, at + 1)) {
        const size_t end = at + wanted.size();
        const bool begins = at == 0 || !isLetter(in[at - 1]) || !isLetter(in[at]);
        const bool ends = end == in.size() || !isLetter(in[end]) || !isLetter(in[end - 1]);
        if (begins && ends)
            return true;
    }
    return false;
}

void checkTouch(const Touch& touch, const Method& method, const std::vector<std::string>& prompts)
{
    parseTouch(toText(touch)); // its numbers
    const std::string text = toText(touch);
    const bool residual = touch.kind == SiteKind::ResidualBlock;
    const int last = residual ? 21 : 15; // of every Stable Diffusion UNet
    for (const Range& each : touch.layers)
        if (each.begin > last || (each.end != INT_MAX && each.end > last + 1))
            throw ValueError(
                residual
                    ? "The touch \"%1\" is of a layer that is not there: residual blocks count "
                      "from 0 to 21, and the end of 8-11 is not included."
                    : "The touch \"%1\" is of a layer that is not there: attention layers "
                      "count from 0 to 15, and the end of 8-11 is not included.",
                text);
    const auto here = [&](const std::string& prompt) { return hasWord(prompt, touch.word); };
    if (touch.what == Touch::Word && std::ranges::none_of(prompts, here))
        throw ValueError(
            "The touch \"%1\" is of a word that is not in the prompt. Please write it there, or "
            "take the touch out.",
            text);
    if (touch.what == Touch::Share && !method.onGrid)
        throw ValueError(
            "The touch \"%1\" is about the cells of a grid, and %2 has no grid. Please take the "
            "touch out.",
            text, inWords(method.name));
    if (touch.what == Touch::Injection && !method.without.contains("injection"))
        throw ValueError(
            "The touch \"%1\" leaves an injected layer out, and %2 injects nothing. Please take "
            "the touch out.",
            text, inWords(method.name));
}

/// The texts in which a word may stand that is touched.
std::vector<std::string> promptsOf(const Method& method, const Values& values)
{
    std::vector<std::string> prompts;
    for (const Parameter& p : method.parameters)
        if (const auto* text = std::get_if<std::string>(&values.at(p.id));
            text && p.choices.empty() && !p.file && p.role != Role::NegativePrompt)
            prompts.push_back(*text);
    return prompts;
}

} // namespace

void checkTouches(const Method& method, const std::vector<Touch>& touches, const Values& values)
{
    if (!touches.empty() && method.isTool())
        throw ValueError(
            "%1 makes no picture that a touch would change. Please take the touch out.",
            inWords(method.name));
    for (const Touch& touch : touches)
        checkTouch(touch, method, promptsOf(method, values));
}
