// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sentence.h"

#include <string>
#include <string_view>
#include <vector>

// How people write prompts: brackets weigh words, as AUTOMATIC1111's program has it.

/// A piece of a prompt, and how much it counts.
struct WeighedText
{
    std::string text = {};
    double weight = 1;

    bool operator==(const WeighedText&) const = default;
};

/// A prompt that was read.
struct WeighedPrompt
{
    /// The pieces of each part, of which there is at least one: BREAK begins a part with tokens of
    /// its own. A part has at least one piece, neighbours have different weights.
    std::vector<std::vector<WeighedText>> parts = {};
    /// What was left as it stands though elsewhere it means something, or was taken off.
    std::vector<Sentence> notes = {};
};

/// Reads a prompt: (x) counts 1.1 times, (x:1.3) 1.3 times, [x] 1 / 1.1 times; nested ones
/// multiply; \( \) \[ \] \\ are the signs themselves; what is not closed closes at the end. A
/// number that is none or lies beyond 10 leaves its brackets as text, and so does what is nested
/// deeper than 64. [a:b:n], [a|b] and AND stay text, <lora:...> is taken off; each is noted, up to
/// 16. Takes time in proportion to the length.
WeighedPrompt readWeighedPrompt(std::string_view prompt);
/// The prompt as it stands, as one piece.
WeighedPrompt literalPrompt(std::string_view prompt);
