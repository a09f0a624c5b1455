// SPDX-License-Identifier: GPL-3.0-or-later

// Of a Stable Diffusion model: how its text encoder is asked.

#include "core/diffusion/stablediffusion.h"
#include "core/errors.h"
#include "core/text/emphasis.h"
#include "core/text/vocabulary.h"

#include <algorithm>

namespace {

/// Ids in chunks of 75. A comma among the last 20 of a full chunk moves the break behind it, as
/// AUTOMATIC1111's web UI does. The vectors of a learnt word stay in one chunk.
std::vector<std::vector<int64_t>> chunksAtCommas(
    const std::vector<int64_t>& ids, std::optional<int64_t> comma, const Embeddings* embeddings)
{
    constexpr int length = 75, reach = 20;
    std::vector<std::vector<int64_t>> chunks(1);
    int lastComma = -1;
    for (const int64_t id : ids) {
        if (comma && id == *comma) {
            lastComma = int(chunks.back().size());
        } else if (
            chunks.back().size() == length && lastComma >= 0 && length - lastComma <= reach) {
            const auto begin = chunks.back().begin() + lastComma + 1;
            std::vector<int64_t> moved(begin, chunks.back().end());
            chunks.back().erase(begin, chunks.back().end());
            chunks.push_back(std::move(moved));
            lastComma = -1;
        }
        const LearntWord* learnt = embeddings ? embeddings->of(id) : nullptr;
        const size_t needed = learnt && learnt->first == id ? size_t(learnt->count) : 1;
        if (chunks.back().size() + needed > length) {
            chunks.emplace_back();
            lastComma = -1;
        }
        chunks.back().push_back(id);
    }
    return chunks;
}

/// Tokens without their marks, and how much each counts.
struct Chunk
{
    std::vector<int64_t> ids = {};
    std::vector<float> weights = {};
};

/// The pieces of a part of a prompt, each by itself.
Chunk chunkOf(const StableDiffusion& model, const std::vector<WeighedText>& pieces)
{
    Chunk all;
    for (const WeighedText& piece : pieces) {
        const std::vector<int64_t> ids = tokensOf(model, piece.text);
        all.ids.insert(all.ids.end(), ids.begin(), ids.end());
        all.weights.resize(all.ids.size(), float(piece.weight));
    }
    return all;
}

/// A prompt in chunks, at least one.
std::vector<Chunk> chunksOf(
    const StableDiffusion& model, const std::string& prompt, const PromptRules& rules)
{
    const bool literal = rules.emphasis == Emphasis::Literal;
    const auto parts = (literal ? literalPrompt(prompt) : readWeighedPrompt(prompt)).parts;
    if (rules.longPrompts == LongPrompts::Truncate)
        return {chunkOf(model, parts.front())};
    const std::vector<int64_t> comma = model.tokenizer->encode(",");
    std::vector<Chunk> chunks;
    constexpr size_t most = 256; // each takes memory in every layer that listens to words
    for (const std::vector<WeighedText>& part : parts) {
        const Chunk all = chunkOf(model, part);
        auto weight = all.weights.begin();
        for (auto& ids : chunksAtCommas(
                 all.ids, comma.size() == 1 ? std::optional(comma.front()) : std::nullopt,
                 model.embeddings.get())) {
            const auto end = weight + ptrdiff_t(ids.size());
            chunks.push_back({std::move(ids), {weight, end}});
            weight = end;
        }
        if (chunks.size() > most)
            throw ValueError(
                "The prompt makes more than the %1 parts of 75 tokens that are read: shorten it.",
                most);
    }
    return chunks;
}

/// The vectors of a chunk's tokens times their weights.
Tensor weighed(const Tensor& context, const std::vector<float>& weights, Emphasis emphasis)
{
    const Tensor factors = at::ones({context.size(0), 1});
    for (int64_t i = 0; i < int64_t(weights.size()) && i + 2 < context.size(0); ++i)
        factors[i + 1] = weights[size_t(i)]; // behind the mark of the start
    const Tensor x = context.to(at::kFloat), y = x * factors.to(x.device());
    Tensor made = y;
    if (emphasis == Emphasis::Weights) {
        const Tensor ratio = x.mean() / y.mean();
        made = y * at::where(ratio.isfinite(), ratio, at::ones_like(ratio)); // a mean may be 0
    }
    return made.to(context.scalar_type());
}

} // namespace

std::vector<int64_t> tokensOf(const StableDiffusion& model, const std::string& text)
{
    const std::vector<int64_t> ids = model.tokenizer->encode(text);
    return model.embeddings ? model.embeddings->replaced(ids) : ids;
}

Tensor encodePrompts(
    const StableDiffusion& model, const std::vector<std::string>& prompts, const PromptRules& rules)
{
    if (!readsPrompts(model) || !model.tokenizer)
        throw Error(
            "The model %1 has no %2, so it understands no prompt. Please choose a complete model.",
            model.card.name, (readsPrompts(model) ? "tokenizer" : "text encoder"));
    const Tokenizer& tokenizer = *model.tokenizer;
    std::vector<std::vector<Chunk>> ofPrompts;
    size_t most = 1;
    for (const std::string& prompt : prompts) {
        ofPrompts.push_back(chunksOf(model, prompt, rules));
        most = std::max(most, ofPrompts.back().size());
    }
    std::vector<Tensor> rows;
    std::vector<Chunk> chunks;
    for (auto& ofPrompt : ofPrompts) {
        ofPrompt.resize(most);
        for (Chunk& chunk : ofPrompt) {
            rows.push_back(at::tensor(tokenizer.padded(chunk.ids)));
            chunks.push_back(std::move(chunk));
        }
    }
    const Tensor ids = at::stack(rows).to(model.device);
    const Weights encoder = textEncoderOf(model);
    if (encoder.empty()) // stopped: as of layers that are ended
        return at::zeros(
            {int64_t(prompts.size()), int64_t(most) * ids.size(1), model.textConfig.width},
            at::TensorOptions(model.device).dtype(model.type));
    Tensor context = encodeText(
        model.textConfig, encoder, ids, nullptr, rules.clipSkip,
        model.embeddings ? model.embeddings->vectors : Tensor());
    for (size_t i = 0; i < chunks.size(); ++i)
        if (std::ranges::any_of(chunks[i].weights, [](float w) { return w != 1; }))
            context[int64_t(i)] = weighed(context[int64_t(i)], chunks[i].weights, rules.emphasis);
    return context.reshape({int64_t(prompts.size()), -1, context.size(-1)}).to(model.type);
}

std::vector<ContextToken> contextTokens(
    const StableDiffusion& model, const std::string& prompt, int64_t count,
    const PromptRules& rules)
{
    if (!model.tokenizer)
        return {};
    const Tokenizer& tokenizer = *model.tokenizer;
    std::vector<ContextToken> tokens;
    auto chunks = chunksOf(model, prompt, rules);
    chunks.resize(size_t(count) / tokenizer.padded({}).size());
    int word = 0;
    for (const Chunk& chunk : chunks) {
        const std::vector<int64_t> padded = tokenizer.padded(chunk.ids);
        const size_t last = std::min(chunk.ids.size(), padded.size() - 2);
        for (size_t i = 0; i < padded.size(); ++i) {
            if (i == 0 || i > last) {
                tokens.push_back({i == 0 ? "start" : i == last + 1 ? "end" : "padding"});
                continue;
            }
            if (const LearntWord* learnt =
                    model.embeddings ? model.embeddings->of(padded[i]) : nullptr) {
                tokens.push_back({learnt->name, word});
                word += padded[i] + 1 == learnt->first + learnt->count;
                continue;
            }
            std::string text = tokenizer.token(padded[i]);
            const bool ends = text.ends_with(wordEnd);
            if (ends)
                text.resize(text.size() - wordEnd.size());
            tokens.push_back({text, word});
            word += ends;
        }
    }
    return tokens;
}
