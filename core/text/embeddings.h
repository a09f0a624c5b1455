// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/tokenizer.h"
#include "core/weights/safetensors.h"

#include <filesystem>
#include <string>
#include <vector>

/// A word that was learnt (Gal et al. 2022, textual inversion): vectors that stand in a prompt in
/// place of the tokens of its name.
struct LearntWord
{
    std::string name = {};         ///< as a prompt has it: its file's, without the ending
    std::vector<int64_t> ids = {}; ///< the tokens of the name
    int64_t first = 0;             ///< the id of its first vector, behind those of the vocabulary
    int64_t count = 0;             ///< its vectors, and as many ids
};

/// The words of a run. A name that begins like another one stands before it.
struct Embeddings
{
    std::vector<LearntWord> words = {};
    Tensor vectors = {}; ///< of all of them, [n, width], fp32

    /// The ids of a text in which the tokens of the names are replaced.
    std::vector<int64_t> replaced(const std::vector<int64_t>& ids) const;
    /// The word one of whose vectors has that id; null: none.
    const LearntWord* of(int64_t id) const;
};

/// The vectors in an embedding's file, [n, width], fp32: a tensor emb_params (AUTOMATIC1111), one
/// below string_to_param that was converted, or the one tensor of diffusers' files. Throws Error,
/// naming @p shown, where it is for SDXL, for a model of another width, or no embedding.
Tensor learntVectors(const SafetensorsFile& file, int64_t width, const std::string& shown);
/// Adds a word to the others; @p vocabulary is how many ids there are without it. Throws Error
/// where its name is none in a prompt.
void addWord(
    Embeddings& all, const std::string& name, const Tensor& vectors, const Tokenizer& tokenizer,
    int64_t vocabulary);
