// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/promptnotes.h"

#include "core/file/inputfile.h"

Sentence negativeNote(const std::string& negative, double guidance)
{
    if (negative.empty() || guidance != 1)
        return {};
    return "The negative prompt has no effect at guidance 1: choose more, or take it out.";
}

std::vector<Sentence> cutNotes(
    const StableDiffusion& model, const std::vector<std::string>& prompts, LongPrompts longPrompts)
{
    constexpr size_t most = 75; // between the marks of begin and end
    std::vector<Sentence> notes;
    if (longPrompts != LongPrompts::Truncate || !model.tokenizer)
        return notes;
    for (const std::string& prompt : prompts)
        if (const size_t tokens = model.tokenizer->encode(prompt).size(); tokens > most)
            notes.emplace_back(
                "The prompt %1 has %2 tokens, of which the first %3 count.", inQuotes(prompt),
                tokens, most);
    return notes;
}
