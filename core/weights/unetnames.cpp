// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/names.h"

namespace {

Renamed residualBlock(const std::string& block, std::string_view rest)
{
    static constexpr std::array<NamePair, 6> names = {{
        {"in_layers.0", "norm1"},
        {"in_layers.2", "conv1"},
        {"emb_layers.1", "time_emb_proj"},
        {"out_layers.0", "norm2"},
        {"out_layers.3", "conv2"},
        {"skip_connection", "conv_shortcut"},
    }};
    return exchangeBelow(block, names, rest);
}

/// A transformer has the same names on both sides.
Renamed transformer(const std::string& block, std::string_view rest)
{
    for (const char* first : {"norm.", "proj_in.", "proj_out.", "transformer_blocks."})
        if (rest.starts_with(first))
            return joinedName({block, rest});
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
        return m == 0 ? Renamed(joinedName({"conv_in", rest})) : std::nullopt;
    const std::string level = joinedName({"down_blocks", std::to_string((n - 1) / 3)});
    const std::string j = std::to_string((n - 1) % 3);
    if (const auto conv = after(rest, "op."); conv && (n - 1) % 3 == 2 && m == 0)
        return joinedName({level, "downsamplers.0.conv", *conv});
    if ((n - 1) % 3 == 2 || m > 1)
        return {};
    return m == 0 ? residualBlock(joinedName({level, "resnets", j}), rest)
                  : transformer(joinedName({level, "attentions", j}), rest);
}

Renamed middleBlock(std::string_view rest)
{
    const int n = takeNumber(rest);
    if (n == 1)
        return transformer("mid_block.attentions.0", rest);
    if (n == 0 || n == 2)
        return residualBlock(joinedName({"mid_block.resnets", std::to_string(n / 2)}), rest);
    return {};
}

/// Of output_blocks.N.M.rest. The upsampling stands where the transformer is on the level that has
/// none, and behind it elsewhere.
Renamed outputBlock(std::string_view rest)
{
    const int n = takeNumber(rest), m = takeNumber(rest);
    if (n < 0 || m < 0)
        return {};
    const std::string level = joinedName({"up_blocks", std::to_string(n / 3)});
    const std::string j = std::to_string(n % 3);
    if (const auto conv = after(rest, "conv."); conv && n % 3 == 2 && (m == 1 || m == 2))
        return joinedName({level, "upsamplers.0.conv", *conv});
    if (m > 1)
        return {};
    return m == 0 ? residualBlock(joinedName({level, "resnets", j}), rest)
                  : transformer(joinedName({level, "attentions", j}), rest);
}

/// Of data_blocks.N.0.rest: Prompt-Free Diffusion's list of all that is no transformer. Each level
/// of the way down is two residual blocks and a downsampling, of the way up three and an
/// upsampling.
Renamed dataBlock(std::string_view rest)
{
    const int n = takeNumber(rest);
    if (n < 0 || n > 29 || takeNumber(rest) != 0)
        return {};
    if (n == 0)
        return joinedName({"conv_in", rest});
    if (n == 29)
        return exchange(
            std::array<NamePair, 2> {{{"0", "conv_norm_out"}, {"2", "conv_out"}}}, rest);
    if (n == 12 || n == 13)
        return residualBlock("mid_block.resnets." + std::to_string(n - 12), rest);
    const bool down = n < 12;
    const int each = down ? 3 : 4, i = down ? n - 1 : n - 14;
    const std::string level =
        joinedName({down ? "down_blocks" : "up_blocks", std::to_string(i / each)});
    if (i % each + 1 == each) {
        const auto conv = after(rest, down ? "op." : "conv.");
        const std::string sampler = down ? "downsamplers.0.conv" : "upsamplers.0.conv";
        return conv ? Renamed(joinedName({level, sampler, *conv})) : std::nullopt;
    }
    return residualBlock(joinedName({level, "resnets", std::to_string(i % each)}), rest);
}

/// Of context_blocks.N.0.rest: its list of transformers.
Renamed contextBlock(std::string_view rest)
{
    const int n = takeNumber(rest);
    if (n < 0 || n > 15 || takeNumber(rest) != 0)
        return {};
    if (n == 6)
        return transformer("mid_block.attentions.0", rest);
    const bool down = n < 6;
    const int level = down ? n / 2 : 1 + (n - 7) / 3, place = down ? n % 2 : (n - 7) % 3;
    return transformer(
        joinedName(
            {down ? "down_blocks" : "up_blocks", std::to_string(level), "attentions",
             std::to_string(place)}),
        rest);
}

} // namespace

Renamed unetName(std::string_view name)
{
    static constexpr std::array<NamePair, 4> ends = {{
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
    if (const auto rest = after(name, "data_blocks."))
        return dataBlock(*rest);
    if (const auto rest = after(name, "context_blocks."))
        return contextBlock(*rest);
    if (const Renamed end = exchange(ends, name))
        return end;
    for (const char* own :
         {"conv_in.", "time_embedding.", "down_blocks.", "mid_block.", "up_blocks.",
          "conv_norm_out.", "conv_out."})
        if (name.starts_with(own))
            return std::string(name);
    return {};
}

Renamed controlNetName(std::string_view name)
{
    if (const auto rest = after(name, "zero_convs.")) {
        std::string_view inner = *rest;
        const int n = takeNumber(inner);
        if (n < 0 || takeNumber(inner) != 0)
            return {};
        return joinedName({"controlnet_down_blocks", std::to_string(n), inner});
    }
    if (const auto rest = after(name, "middle_block_out.0."))
        return joinedName({"controlnet_mid_block", *rest});
    if (const auto rest = after(name, "input_hint_block.")) {
        std::string_view inner = *rest;
        const int n = takeNumber(inner);
        if (n < 0 || n > 14 || n % 2)
            return {};
        const std::string conv = n == 0 ? "conv_in"
            : n == 14                   ? "conv_out"
                                        : "blocks." + std::to_string(n / 2 - 1);
        return joinedName({"controlnet_cond_embedding", conv, inner});
    }
    for (const char* own :
         {"controlnet_down_blocks.", "controlnet_mid_block.", "controlnet_cond_embedding."})
        if (name.starts_with(own))
            return std::string(name);
    return unetName(name);
}
