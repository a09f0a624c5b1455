// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/promptnotes.h"

#include "core/file/inputfile.h"
#include "core/text/emphasis.h"

#include <algorithm>

std::vector<Sentence> readingNotes(
    const std::vector<std::string>& prompts, const PromptRules& rules)
{
    std::vector<Sentence> notes;
    if (rules.emphasis == Emphasis::Literal)
        return notes;
    for (const std::string& prompt : prompts)
        for (Sentence& note : readWeighedPrompt(prompt).notes)
            if (std::ranges::find(notes, note) == notes.end())
                notes.push_back(std::move(note));
    return notes;
}

Sentence negativeNote(const std::string& negative, double guidance)
{
    if (negative.empty() || guidance != 1)
        return {};
    return "The negative prompt has no effect at guidance 1: choose more, or take it out.";
}

std::vector<Sentence> cutNotes(
    const StableDiffusion& model, const std::vector<std::string>& prompts, const PromptRules& rules)
{
    constexpr size_t most = 75; // between the marks of begin and end
    std::vector<Sentence> notes;
    if (rules.longPrompts != LongPrompts::Truncate || !model.tokenizer)
        return notes;
    for (const std::string& prompt : prompts) {
        size_t all = 0, first = 0; // of the prompt, and of the part that counts
        const bool literal = rules.emphasis == Emphasis::Literal;
        for (const auto& part :
             (literal ? literalPrompt(prompt) : readWeighedPrompt(prompt)).parts) {
            const bool counts = all == 0;
            for (const WeighedText& piece : part)
                all += tokensOf(model, piece.text).size();
            first = counts ? all : first;
        }
        if (const size_t counted = std::min(first, most); all > counted)
            notes.emplace_back(
                "The prompt %1 has %2 tokens, of which the first %3 count.", inQuotes(prompt), all,
                counted);
    }
    return notes;
}
