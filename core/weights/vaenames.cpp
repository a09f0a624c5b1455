// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/names.h"

namespace {

/// to_q and its neighbours, from CompVis' spelling and the older one of diffusers.
Renamed vaeAttention(const std::string& block, std::string_view rest)
{
    static constexpr std::array<NamePair, 14> names = {{
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
    return exchangeBelow(block, names, rest);
}

Renamed vaeResidual(const std::string& block, std::string_view rest)
{
    static constexpr std::array<NamePair, 6> names = {{
        {"norm1", "norm1"},
        {"conv1", "conv1"},
        {"norm2", "norm2"},
        {"conv2", "conv2"},
        {"nin_shortcut", "conv_shortcut"},
        {"conv_shortcut", "conv_shortcut"},
    }};
    return exchangeBelow(block, names, rest);
}

/// Of down.I.block.J and up.I.block.J, with their sampling. The levels of the way up are counted
/// from the fine end by CompVis and in their order by diffusers.
Renamed vaeLevel(const std::string& side, bool isDown, std::string_view rest)
{
    const int i = takeNumber(rest);
    if (i < 0 || (!isDown && i > 3))
        return {};
    const std::string level = joinedName(
        {side, isDown ? "down_blocks" : "up_blocks", std::to_string(isDown ? i : 3 - i)});
    if (auto block = after(rest, "block.")) {
        const int j = takeNumber(*block);
        return j < 0 ? std::nullopt
                     : vaeResidual(joinedName({level, "resnets", std::to_string(j)}), *block);
    }
    if (const auto conv = after(rest, isDown ? "downsample.conv." : "upsample.conv."))
        return joinedName({level, isDown ? "downsamplers.0.conv" : "upsamplers.0.conv", *conv});
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
        return joinedName({side, "conv_norm_out", *end});
    for (const char* own :
         {"conv_in.", "conv_out.", "conv_norm_out.", "down_blocks.", "up_blocks.",
          "mid_block.resnets."})
        if (rest.starts_with(own))
            return joinedName({side, rest});
    return {};
}

} // namespace

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
