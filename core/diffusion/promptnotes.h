// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/stablediffusion.h"
#include "core/sentence.h"

#include <string>
#include <vector>

/// What of prompts is taken as text or taken off, a sentence each.
std::vector<Sentence> readingNotes(
    const std::vector<std::string>& prompts, const PromptRules& rules);
/// What is to be known of a negative prompt that cannot act; empty: it can, or there is none.
Sentence negativeNote(const std::string& negative, double guidance);
/// What is to be said of prompts of which the end does not count: one sentence each.
std::vector<Sentence> cutNotes(
    const StableDiffusion& model, const std::vector<std::string>& prompts,
    const PromptRules& rules);
