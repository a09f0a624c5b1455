// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/embeddings.h"

#include "core/errors.h"

#include <algorithm>

std::vector<int64_t> Embeddings::replaced(const std::vector<int64_t>& ids) const
{
    std::vector<int64_t> result;
    for (auto at = ids.begin(); at != ids.end();) {
        const auto found = std::ranges::find_if(words, [&](const LearntWord& word) {
            return std::distance(at, ids.end()) >= std::ptrdiff_t(word.ids.size())
                && std::equal(word.ids.begin(), word.ids.end(), at);
        });
        if (found == words.end()) {
            result.push_back(*at++);
            continue;
        }
        for (int64_t i = 0; i < found->count; ++i)
            result.push_back(found->first + i);
        at += std::ptrdiff_t(found->ids.size());
    }
    return result;
}

const LearntWord* Embeddings::of(int64_t id) const
{
    const auto found = std::ranges::find_if(words, [&](const LearntWord& word) {
        return id >= word.first && id < word.first + word.count;
    });
    return found == words.end() ? nullptr : &*found;
}

Tensor learntVectors(const SafetensorsFile& file, int64_t width, const std::string& shown)
{
    std::vector<std::string> names;
    for (const auto& [name, entry] : file.entries()) {
        if (name == "clip_g" || name == "clip_l")
            throw Error("The embedding %1 is for SDXL, which is not supported.", shown);
        names.push_back(name);
    }
    if (names.size() != 1)
        throw Error(
            "The file %1 is no embedding (textual inversion): it has %2 tensors, where one is "
            "expected.",
            shown, names.size());
    Tensor vectors = file.tensor(names.front());
    if (!vectors.is_floating_point() || vectors.dim() < 1 || vectors.dim() > 2
        || vectors.numel() == 0)
        throw Error(
            "The file %1 is no embedding (textual inversion): its tensor is no list of vectors.",
            shown);
    vectors = finite(vectors, names.front(), shown).reshape({-1, vectors.size(-1)});
    if (vectors.size(1) != width)
        throw Error(
            "The embedding %1 has vectors of %2 features, and the model's text encoder takes %3: "
            "it is for another model (768: Stable Diffusion 1.x, 1024: 2.x).",
            shown, vectors.size(1), width);
    constexpr int64_t most = 75; // of a chunk
    if (vectors.size(0) > most)
        throw Error(
            "The embedding %1 has %2 vectors, where a prompt has room for %3.", shown,
            vectors.size(0), most);
    return vectors;
}

void addWord(
    Embeddings& all, const std::string& name, const Tensor& vectors, const Tokenizer& tokenizer,
    int64_t vocabulary)
{
    LearntWord word {
        .name = name,
        .ids = tokenizer.encode(name),
        .first = vocabulary + (all.vectors.defined() ? all.vectors.size(0) : 0),
        .count = vectors.size(0)};
    if (word.ids.empty())
        throw Error("The name of the embedding %1 is no word in a prompt: rename its file.", name);
    all.vectors = all.vectors.defined() ? at::cat({all.vectors, vectors}) : vectors;
    const auto shorter = std::ranges::find_if(
        all.words, [&](const LearntWord& other) { return other.ids.size() < word.ids.size(); });
    all.words.insert(shorter, std::move(word));
}
