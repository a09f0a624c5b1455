// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/naming.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// The text after @p prefix, if it begins so.
std::optional<std::string_view> after(std::string_view text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return {};
    return text.substr(prefix.size());
}

/// Takes the part up to the next dot off the front.
std::string_view takePart(std::string_view& text)
{
    const size_t dot = std::min(text.find('.'), text.size());
    const std::string_view part = text.substr(0, dot);
    text.remove_prefix(std::min(dot + 1, text.size()));
    return part;
}

/// Takes a number and its dot off the front; -1 where there is none.
int takeNumber(std::string_view& text)
{
    const std::string_view part = takePart(text);
    if (part.empty() || part.size() > 3 || part.find_first_not_of("0123456789") != part.npos)
        return -1;
    return std::stoi(std::string(part));
}

/// Exchanges the beginning of @p text by the first pair that fits, at the end of a part.
template<size_t n>
std::optional<std::string> exchange(const std::array<Pair, n>& pairs, std::string_view text)
{
    for (const auto& [from, to] : pairs)
        if (const auto rest = after(text, from); rest && (rest->empty() || rest->front() == '.'))
            return std::string(to) + std::string(*rest);
    return {};
}

std::string path(std::initializer_list<std::string> parts)
{
    std::string result;
    for (const std::string& part : parts)
        result += (result.empty() ? "" : ".") + part;
    return result;
}

using Renamed = std::optional<std::string>;

// UNet

Renamed residualBlock(const std::string& block, std::string_view rest)
{
    static constexpr std::array<Pair, 6> names = {{
        {"in_layers.0", "norm1"},
        {"in_layers.2", "conv1"},
        {"emb_layers.1", "time_emb_proj"},
        {"out_layers.0", "norm2"},
        {"out_layers.3", "conv2"},
        {"skip_connection", "conv_shortcut"},
    }};
    const Renamed name = exchange(names, rest);
    return name ? Renamed(path({block, *name})) : std::nullopt;
}

/// A transformer has the same names on both sides.
Renamed transformer(const std::string& block, std::string_view rest)
{
    for (const char* first : {"norm.", "proj_in.", "proj_out.", "transformer_blocks."})
        if (rest.starts_with(first))
            return path({block, std::string(rest)});
    return {};
}

/// Of input_blocks.N.M.rest. Each level is two pairs of residual block and transformer and a
/// downsampling.
Renamed inputBlock(std::string_view rest)
{
    const int n = takeNumber(rest), m = takeNumber(rest);
    if (n < 0 || m < 0)
        return {};
    if (n == 0)
        return m == 0 ? Renamed(path({"conv_in", std::string(rest)})) : std::nullopt;
    const std::string level = path({"down_blocks", std::to_string((n - 1) / 3)});
    const std::string j = std::to_string((n - 1) % 3);
    if (const auto conv = after(rest, "op."); conv && (n - 1) % 3 == 2 && m == 0)
        return path({level, "downsamplers.0.conv", std::string(*conv)});
    if ((n - 1) % 3 == 2 || m > 1)
        return {};
    return m == 0 ? residualBlock(path({level, "resnets", j}), rest)
                  : transformer(path({level, "attentions", j}), rest);
}

Renamed middleBlock(std::string_view rest)
{
    const int n = takeNumber(rest);
    if (n == 1)
        return transformer("mid_block.attentions.0", rest);
    if (n == 0 || n == 2)
        return residualBlock(path({"mid_block.resnets", std::to_string(n / 2)}), rest);
    return {};
}

/// Of output_blocks.N.M.rest. The upsampling stands where the transformer is on the level that has
/// none, and behind it elsewhere.
Renamed outputBlock(std::string_view rest)
{
    const int n = takeNumber(rest), m = takeNumber(rest);
    if (n < 0 || m < 0)
        return {};
    const std::string level = path({"up_blocks", std::to_string(n / 3)});
    const std::string j = std::to_string(n % 3);
    if (const auto conv = after(rest, "conv."); conv && n % 3 == 2 && (m == 1 || m == 2))
        return path({level, "upsamplers.0.conv", std::string(*conv)});
    if (m > 1)
        return {};
    return m == 0 ? residualBlock(path({level, "resnets", j}), rest)
                  : transformer(path({level, "attentions", j}), rest);
}

Renamed unetName(std::string_view name)
{
    static constexpr std::array<Pair, 4> ends = {{
        {"time_embed.0", "time_embedding.linear_1"},
        {"time_embed.2", "time_embedding.linear_2"},
        {"out.0", "conv_norm_out"},
        {"out.2", "conv_out"},
    }};
    if (const auto rest = after(name, "input_blocks."))
        return inputBlock(*rest);
    if (const auto rest = after(name, "middle_block."))
        return middleBlock(*rest);
    if (const auto rest = after(name, "output_blocks."))
        return outputBlock(*rest);
    if (const Renamed end = exchange(ends, name))
        return end;
    for (const char* own :
         {"conv_in.", "time_embedding.", "down_blocks.", "mid_block.", "up_blocks.",
          "conv_norm_out.", "conv_out."})
        if (name.starts_with(own))
            return std::string(name);
    return {};
}

// Autoencoder

/// to_q and its neighbours, from CompVis' spelling and the older one of diffusers.
Renamed vaeAttention(const std::string& block, std::string_view rest)
{
    static constexpr std::array<Pair, 14> names = {{
        {"norm", "group_norm"},
        {"q", "to_q"},
        {"k", "to_k"},
        {"v", "to_v"},
        {"proj_out", "to_out.0"},
        {"query", "to_q"},
        {"key", "to_k"},
        {"value", "to_v"},
        {"proj_attn", "to_out.0"},
        {"group_norm", "group_norm"},
        {"to_q", "to_q"},
        {"to_k", "to_k"},
        {"to_v", "to_v"},
        {"to_out.0", "to_out.0"},
    }};
    const Renamed name = exchange(names, rest);
    return name ? Renamed(path({block, *name})) : std::nullopt;
}

Renamed vaeResidual(const std::string& block, std::string_view rest)
{
    static constexpr std::array<Pair, 6> names = {{
        {"norm1", "norm1"},
        {"conv1", "conv1"},
        {"norm2", "norm2"},
        {"conv2", "conv2"},
        {"nin_shortcut", "conv_shortcut"},
        {"conv_shortcut", "conv_shortcut"},
    }};
    const Renamed name = exchange(names, rest);
    return name ? Renamed(path({block, *name})) : std::nullopt;
}

/// Of down.I.block.J and up.I.block.J, with their sampling. The levels of the way up are counted
/// from the fine end by CompVis and in their order by diffusers.
Renamed vaeLevel(const std::string& side, bool isDown, std::string_view rest)
{
    const int i = takeNumber(rest);
    if (i < 0 || (!isDown && i > 3))
        return {};
    const std::string level =
        path({side, isDown ? "down_blocks" : "up_blocks", std::to_string(isDown ? i : 3 - i)});
    if (auto block = after(rest, "block.")) {
        const int j = takeNumber(*block);
        return j < 0 ? std::nullopt
                     : vaeResidual(path({level, "resnets", std::to_string(j)}), *block);
    }
    if (const auto conv = after(rest, isDown ? "downsample.conv." : "upsample.conv."))
        return path(
            {level, isDown ? "downsamplers.0.conv" : "upsamplers.0.conv", std::string(*conv)});
    return {};
}

/// Of encoder.rest or decoder.rest.
Renamed vaeSide(const std::string& side, std::string_view rest)
{
    const std::string middle = side + ".mid_block";
    if (const auto level = after(rest, "down."))
        return vaeLevel(side, true, *level);
    if (const auto level = after(rest, "up."))
        return vaeLevel(side, false, *level);
    if (const auto block = after(rest, "mid.block_1."))
        return vaeResidual(middle + ".resnets.0", *block);
    if (const auto block = after(rest, "mid.block_2."))
        return vaeResidual(middle + ".resnets.1", *block);
    for (const char* attention : {"mid.attn_1.", "mid_block.attentions.0."})
        if (const auto block = after(rest, attention))
            return vaeAttention(middle + ".attentions.0", *block);
    if (const auto end = after(rest, "norm_out."))
        return path({side, "conv_norm_out", std::string(*end)});
    for (const char* own :
         {"conv_in.", "conv_out.", "conv_norm_out.", "down_blocks.", "up_blocks.",
          "mid_block.resnets."})
        if (rest.starts_with(own))
            return path({side, std::string(rest)});
    return {};
}

Renamed vaeName(std::string_view name)
{
    if (const auto rest = after(name, "encoder."))
        return vaeSide("encoder", *rest);
    if (const auto rest = after(name, "decoder."))
        return vaeSide("decoder", *rest);
    if (name.starts_with("quant_conv.") || name.starts_with("post_quant_conv."))
        return std::string(name);
    return {};
}

// Text encoder

/// OpenCLIP's names; the fused projection keeps its own until adaptShapes() splits it.
Renamed openClipName(std::string_view name)
{
    static constexpr std::array<Pair, 3> ends = {{
        {"token_embedding.weight", "text_model.embeddings.token_embedding.weight"},
        {"positional_embedding", "text_model.embeddings.position_embedding.weight"},
        {"ln_final", "text_model.final_layer_norm"},
    }};
    static constexpr std::array<Pair, 7> layer = {{
        {"ln_1", "layer_norm1"},
        {"ln_2", "layer_norm2"},
        {"attn.in_proj_weight", "self_attn.in_proj_weight"},
        {"attn.in_proj_bias", "self_attn.in_proj_bias"},
        {"attn.out_proj", "self_attn.out_proj"},
        {"mlp.c_fc", "mlp.fc1"},
        {"mlp.c_proj", "mlp.fc2"},
    }};
    auto rest = after(name, "transformer.resblocks.");
    if (!rest)
        return exchange(ends, name);
    const int n = takeNumber(*rest);
    const Renamed inside = exchange(layer, *rest);
    if (n < 0 || !inside)
        return {};
    return path({"text_model.encoder.layers", std::to_string(n), *inside});
}

/// With and without "text_model.".
Renamed textName(std::string_view name)
{
    const std::string_view bare = after(name, "text_model.").value_or(name);
    for (const char* own : {"embeddings.", "encoder.layers.", "final_layer_norm."})
        if (bare.starts_with(own))
            return path({"text_model", std::string(bare)});
    return openClipName(name);
}

bool isLeftover(std::string_view name)
{
    for (const char* begin :
         {"model_ema.", "betas", "alphas_cumprod", "sqrt_", "log_one_minus_", "posterior_",
          "first_stage_model.loss.", "optimizer_states", "lr_schedulers", "callbacks", "loss.",
          "lvlb_weights"})
        if (name.starts_with(begin))
            return true;
    for (const char* end :
         {"position_ids", "logit_scale", "text_projection", "text_projection.weight", "attn_mask",
          "global_step"})
        if (name.ends_with(end))
            return true;
    return name == "logvar";
}

enum class Part { UNet, Vae, TextEncoder, None };

struct Place
{
    Part part;
    Renamed name;
};

Place placeOf(std::string_view name)
{
    struct Prefix
    {
        std::string_view text;
        Part part;
    };
    static constexpr std::array<Prefix, 10> prefixes = {{
        {"model.diffusion_model.", Part::UNet},
        {"diffusion_model.", Part::UNet},
        {"unet.", Part::UNet},
        {"first_stage_model.", Part::Vae},
        {"vae.", Part::Vae},
        {"cond_stage_model.transformer.", Part::TextEncoder},
        {"cond_stage_model.model.", Part::TextEncoder},
        {"conditioner.embedders.0.model.", Part::TextEncoder},
        {"conditioner.embedders.0.transformer.", Part::TextEncoder},
        {"text_encoder.", Part::TextEncoder},
    }};
    const auto in = [](Part part, std::string_view rest) -> Renamed {
        if (part == Part::UNet)
            return unetName(rest);
        return part == Part::Vae ? vaeName(rest) : textName(rest);
    };
    for (const auto& [text, part] : prefixes)
        if (const auto rest = after(name, text))
            return {part, in(part, *rest)};
    for (const Part part : {Part::UNet, Part::Vae, Part::TextEncoder})
        if (const Renamed renamed = in(part, name))
            return {part, renamed};
    return {Part::None, {}};
}

/// Splits OpenCLIP's fused projection of a layer (rows of q, k and v in that order).
void splitProjection(Weights::Dict& dict, const std::string& attention, const std::string& kind)
{
    const auto fused = dict.extract(attention + "in_proj_" + kind);
    const std::vector<Tensor> parts = fused.mapped().chunk(3);
    for (const auto& [i, name] : {std::pair(0, "q_proj."), {1, "k_proj."}, {2, "v_proj."}})
        dict[attention + name + kind] = parts[i].contiguous();
}

} // namespace

SingleFileNames mapNames(const std::vector<std::string>& names)
{
    SingleFileNames result;
    for (const std::string& name : names) {
        if (isLeftover(name)) {
            result.ignored.push_back(name);
            continue;
        }
        const Place place = placeOf(name);
        auto& part = place.part == Part::UNet ? result.unet
            : place.part == Part::Vae         ? result.vae
                                              : result.textEncoder;
        // Two spellings of one tensor: the first counts.
        if (!place.name || !part.try_emplace(*place.name, name).second)
            result.unexpected.push_back(name);
    }
    return result;
}

void adaptShapes(Weights::Dict& dict)
{
    const std::string layers = "text_model.encoder.layers.";
    std::vector<std::string> names;
    for (const auto& [name, tensor] : dict)
        names.push_back(name);
    // SD 2 conditions on the last but one of the 24 layers of OpenCLIP's ViT-H.
    const bool has24 = dict.contains(layers + "23.self_attn.in_proj_weight");
    for (const std::string& name : names) {
        const bool isVaeAttention = name.find("mid_block.attentions.0.to_") != name.npos;
        Tensor& tensor = dict[name];
        if (has24 && name.starts_with(layers + "23."))
            dict.erase(name);
        else if (name.starts_with(layers) && name.ends_with("self_attn.in_proj_weight"))
            splitProjection(dict, name.substr(0, name.size() - 14), "weight");
        else if (name.starts_with(layers) && name.ends_with("self_attn.in_proj_bias"))
            splitProjection(dict, name.substr(0, name.size() - 12), "bias");
        else if (
            isVaeAttention && !name.starts_with("mid_block.") && tensor.dim() == 4
            && tensor.size(2) == 1 && tensor.size(3) == 1)
            tensor = tensor.flatten(1);
    }
}
