// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/promptrules.h"

#include "core/text/emphasis.h"

std::vector<Parameter> promptParameters(const std::string& group, bool mayChange)
{
    return {
        {.id = "emphasis",
         .label = "Emphasis",
         .help = "What brackets in a prompt do.\nWeights: (word) counts 1.1 times, (word:1.3) 1.3 "
                 "times, [word] less; BREAK begins a new chunk; \\( and \\) are plain brackets.\n"
                 "Without norm the whole prompt grows with them. Literal: brackets are text.",
         .group = group,
         .initial = std::string("weights"),
         .unrecorded = std::string("literal"),
         .choices =
             {{"weights", "Weights"},
              {"no-norm", "Weights without norm"},
              {"literal", "Literal: brackets are text"}},
         .mayChange = mayChange},
        {.id = "clip_skip",
         .label = "Clip skip",
         .help = "Which layer of the text encoder is taken, counted from its end.\n"
                 "1 is the last; some models are made for 2.",
         .group = group,
         .initial = 1,
         .minimum = 1,
         .maximum = 12,
         .step = 1,
         .mayChange = mayChange},
        {.id = "embeddings",
         .label = "Embeddings",
         .help = "Files of words that were learnt (textual inversion), or folders of them, with ; "
                 "between.\nEach is meant by the name of its file in a prompt.",
         .group = group,
         .initial = std::string(),
         .file = true,
         .mayChange = mayChange},
        {.id = "text_encoder",
         .label = "Text encoder",
         .help = "File or folder of a text encoder in place of the model's own. A model without "
                 "one needs it where there is a prompt.",
         .group = group,
         .initial = std::string(),
         .file = true,
         .mayChange = mayChange}};
}

PromptRules promptRulesOf(const Values& values)
{
    const auto is = [&](const char* id, const char* choice) {
        const auto found = values.find(id);
        return found != values.end() && std::get<std::string>(found->second) == choice;
    };
    PromptRules rules;
    if (is("long_prompts", "truncate"))
        rules.longPrompts = LongPrompts::Truncate;
    if (is("emphasis", "weights"))
        rules.emphasis = Emphasis::Weights;
    if (is("emphasis", "no-norm"))
        rules.emphasis = Emphasis::WeightsWithoutNorm;
    if (const auto found = values.find("clip_skip"); found != values.end())
        rules.clipSkip = std::get<int>(found->second);
    return rules;
}

std::string promptKey(const std::string& prompt, const PromptRules& rules)
{
    std::string key = prompt + "\nlong prompts " + std::to_string(int(rules.longPrompts));
    if (rules.emphasis != Emphasis::Literal
        && readWeighedPrompt(prompt).parts != literalPrompt(prompt).parts)
        key += "\nemphasis " + std::to_string(int(rules.emphasis));
    if (rules.clipSkip != 1)
        key += "\nclip skip " + std::to_string(rules.clipSkip);
    return key;
}
