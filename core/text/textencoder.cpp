// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/textencoder.h"

#include "core/errors.h"
#include "core/file/json.h"
#include "core/nn/layers.h"
#include "core/stopping.h"

#include <cmath>

namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& file, const char* key, const Json& value)
{
    throw Error(
        "The text encoder's file %1 sets %2 to %3, which is not supported.", file, std::string(key),
        jsonInQuotes(value));
}

/// Leaves @p value alone where the key is absent.
void readCount(
    const Json& json, const char* key, int& value, const std::string& file, uint64_t most)
{
    if (!json.contains(key))
        return;
    const Json& number = json[key];
    if (!number.is_number_unsigned() || number.get<uint64_t>() - 1 >= most)
        refuse(file, key, number);
    value = number.get<int>();
}

Tensor attend(const TextEncoderConfig& config, const Weights& w, const Tensor& x)
{
    const Tensor q = splitHeads(linear(w["q_proj"], x), config.heads);
    const Tensor k = splitHeads(linear(w["k_proj"], x), config.heads);
    const Tensor v = splitHeads(linear(w["v_proj"], x), config.heads);
    const double scale = 1 / std::sqrt(double(q.size(-1)));
    constexpr bool causal = true;
    return linear(
        w["out_proj"],
        mergeHeads(at::scaled_dot_product_attention(q, k, v, {}, 0.0, causal, scale)));
}

Tensor feedForward(const TextEncoderConfig& config, const Weights& w, const Tensor& x)
{
    const Tensor h = linear(w["fc1"], x);
    return linear(w["fc2"], config.quickGelu ? h * at::sigmoid(1.702 * h) : at::gelu(h));
}

/// The vectors of tokens; those behind the vocabulary's are rows of @p learnt.
Tensor embedded(const Tensor& table, const Tensor& ids, const Tensor& learnt)
{
    if (!learnt.defined())
        return at::embedding(table, ids);
    const int64_t known = table.size(0);
    const Tensor usual = at::embedding(table, ids.clamp_max(known - 1));
    const Tensor others = at::embedding(learnt.to(table.options()), (ids - known).clamp_min(0));
    return at::where(ids.lt(known).unsqueeze(-1), usual, others);
}

} // namespace

TextEncoderConfig textEncoderConfigFromJson(const std::string& text, const std::string& file)
{
    const Json json = parseJson(text, {"The file %1", file});
    if (!json.is_object())
        throw Error("The file %1 is not a text encoder's configuration in JSON.", file);
    TextEncoderConfig config {.width = 512, .layers = 12, .heads = 8};
    // The largest text encoders have 48 layers of 4096; a list of tensors is made of each.
    constexpr uint64_t mostLayers = 128, widest = 1 << 16, mostTokens = 1 << 20;
    readCount(json, "hidden_size", config.width, file, widest);
    readCount(json, "num_hidden_layers", config.layers, file, mostLayers);
    readCount(json, "num_attention_heads", config.heads, file, widest);
    readCount(json, "vocab_size", config.vocabulary, file, mostTokens);
    readCount(json, "max_position_embeddings", config.positions, file, mostTokens);
    if (config.width % config.heads != 0)
        refuse(file, "num_attention_heads", config.heads);
    if (json.contains("layer_norm_eps")) {
        const Json& eps = json["layer_norm_eps"];
        if (!eps.is_number() || !(eps.get<double>() > 0 && eps.get<double>() < 1))
            refuse(file, "layer_norm_eps", eps);
        config.eps = eps;
    }
    const Json activation = json.value("hidden_act", Json("quick_gelu"));
    if (!isText(activation, "quick_gelu") && !isText(activation, "gelu"))
        refuse(file, "hidden_act", activation);
    config.quickGelu = isText(activation, "quick_gelu");
    return config;
}

Tensor encodeText(
    const TextEncoderConfig& config, const Weights& weights, const Tensor& ids,
    std::vector<Tensor>* hidden, int skip, const Tensor& learnt)
{
    if (skip < 1 || skip > config.layers)
        throw ValueError(
            "Clip skip cannot be %1: the model's text encoder has %2 layers.", skip, config.layers);
    const Stopping never; // it takes a tenth of a second
    const Weights w = weights.contains("text_model") ? weights["text_model"] : weights;
    // Positions count from 0 whatever a file's position_ids say: merged models have wrong ones.
    const Tensor positions =
        w["embeddings"]["position_embedding"]("weight").narrow(0, 0, ids.size(1));
    Tensor x =
        embedded(w["embeddings"]["token_embedding"]("weight"), ids.to(positions.device()), learnt)
        + positions;
    if (hidden)
        hidden->push_back(x);
    for (int i = 0; i <= config.layers - skip; ++i) {
        const Weights layer = w["encoder"]["layers"][i];
        x = x + attend(config, layer["self_attn"], layerNorm(layer["layer_norm1"], x, config.eps));
        x = x + feedForward(config, layer["mlp"], layerNorm(layer["layer_norm2"], x, config.eps));
        if (hidden)
            hidden->push_back(x);
    }
    return layerNorm(w["final_layer_norm"], x, config.eps);
}
