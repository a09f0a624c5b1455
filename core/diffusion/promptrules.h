// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values.h"

#include <string>
#include <vector>

/// Beyond 77 tokens: chunks of 75, encoded one by one and put in a row (A1111), or cut off.
enum class LongPrompts { Chunks, Truncate };
/// What brackets do (core/text/emphasis.h): they weigh words, and the mean of a chunk's numbers
/// stays what it was (A1111's "Original"); or it need not ("No norm"); or they are text.
enum class Emphasis { Weights, WeightsWithoutNorm, Literal };

/// How prompts are read.
struct PromptRules
{
    LongPrompts longPrompts = LongPrompts::Chunks;
    Emphasis emphasis = Emphasis::Literal;
    int clipSkip = 1; ///< the text encoder's layer that is taken, counted from its end

    bool operator==(const PromptRules&) const = default;
};

/// The parameters by which a method lets people choose them, but for long prompts.
std::vector<Parameter> promptParameters(const std::string& group, bool mayChange);
/// What resolved values say of them; what they do not have is as usual.
PromptRules promptRulesOf(const Values& values);
/// All that a prompt's context depends on besides the model, for a key: equal where the prompt
/// means the same.
std::string promptKey(const std::string& prompt, const PromptRules& rules);
