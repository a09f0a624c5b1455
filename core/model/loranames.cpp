// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/loranames.h"

#include "core/weights/names.h"

#include <algorithm>
#include <array>
#include <set>

namespace {

struct Ending
{
    std::string_view text;
    LoraName::Role role;
};

constexpr std::array<Ending, 15> endings = {{
    {".lora_down.weight", LoraName::Down},
    {".lora_up.weight", LoraName::Up},
    {".lora_mid.weight", LoraName::Mid},
    {".alpha", LoraName::Alpha},
    {".lora_A.weight", LoraName::Down},
    {".lora_B.weight", LoraName::Up},
    {".lora_A.default.weight", LoraName::Down},
    {".lora_B.default.weight", LoraName::Up},
    {".lora_linear_layer.down.weight", LoraName::Down},
    {".lora_linear_layer.up.weight", LoraName::Up},
    {".lora.down.weight", LoraName::Down},
    {".lora.up.weight", LoraName::Up},
    {"_lora.down.weight", LoraName::Down},
    {"_lora.up.weight", LoraName::Up},
    {".diff", LoraName::Weight},
}};

std::string underscored(std::string_view name)
{
    std::string text(name);
    std::ranges::replace(text, '.', '_');
    return text;
}

/// Takes @p what out wherever it stands.
void takeOut(std::string& text, std::string_view what)
{
    for (size_t at = 0; (at = text.find(what, at)) != text.npos;)
        text.erase(at, what.size());
}

void replaceEnd(std::string& text, std::string_view from, std::string_view to)
{
    if (text.ends_with(from))
        text.replace(text.size() - from.size(), from.size(), to);
}

/// As the networks call it: diffusers' attention processors had names of their own.
std::string modern(std::string module, LoraPart part)
{
    takeOut(module, ".processor");
    if (part == LoraPart::UNet) {
        replaceEnd(module, ".to_out", ".to_out.0");
        return module;
    }
    for (const auto& [from, to] : std::array<NamePair, 5> {
             {{".to_q", ".q_proj"},
              {".to_k", ".k_proj"},
              {".to_v", ".v_proj"},
              {".to_out", ".out_proj"},
              {".to_out.0", ".out_proj"}}})
        replaceEnd(module, from, to);
    return module;
}

/// The layers' names as CompVis' files have them, which lead to @p own ones.
void addLdmNames(std::map<std::string, std::string>& names, const std::set<std::string>& own)
{
    std::set<std::string> tails = {"in_layers.0",  "in_layers.2",  "emb_layers.1",
                                   "out_layers.0", "out_layers.3", "skip_connection",
                                   "op",           "conv"};
    for (const std::string& module : own) // a transformer has the same names on both sides
        if (const size_t at = module.find(".attentions."); at != module.npos)
            if (const size_t tail = module.find('.', at + 12); tail != module.npos)
                tails.insert(module.substr(tail + 1));
    const auto add = [&](const std::string& ldm) {
        constexpr std::string_view weight = ".weight";
        const Renamed name = unetName(ldm + std::string(weight));
        if (!name)
            return;
        const std::string module = name->substr(0, name->size() - weight.size());
        if (own.contains(module))
            names.try_emplace(underscored(ldm), module);
    };
    for (const char* end : {"time_embed.0", "time_embed.2", "out.0", "out.2", "input_blocks.0.0"})
        add(end);
    constexpr int mostBlocks = 24, mostInBlock = 3;
    for (const std::string& tail : tails) {
        for (int i = 0; i < mostInBlock; ++i)
            add("middle_block." + std::to_string(i) + "." + tail);
        for (const char* blocks : {"input_blocks.", "output_blocks."})
            for (int i = 0; i < mostBlocks; ++i)
                for (int j = 0; j < mostInBlock; ++j)
                    add(blocks + std::to_string(i) + "." + std::to_string(j) + "." + tail);
    }
}

std::set<std::string> modulesOf(const Shapes& shapes)
{
    std::set<std::string> modules;
    for (const auto& [name, shape] : shapes)
        modules.insert(name.substr(0, name.rfind('.')));
    return modules;
}

} // namespace

LoraName loraName(std::string_view name)
{
    LoraName found;
    if (const std::string_view bias = ".diff_b"; name.ends_with(bias)) {
        found.role = LoraName::Bias;
        name.remove_suffix(bias.size());
    } else {
        const auto ending = std::ranges::find_if(
            endings, [&](const Ending& each) { return name.ends_with(each.text); });
        if (ending == endings.end())
            return found;
        found.role = ending->role;
        name.remove_suffix(ending->text.size());
    }
    struct Prefix
    {
        std::string_view text;
        LoraPart part;
    };
    static constexpr std::array<Prefix, 6> prefixes = {{
        {"lora_unet_", LoraPart::UNet},
        {"lora_te_", LoraPart::TextEncoder},
        {"unet.", LoraPart::UNet},
        {"text_encoder.", LoraPart::TextEncoder},
        {"model.diffusion_model.", LoraPart::UNet},
        {"diffusion_model.", LoraPart::UNet},
    }};
    std::string_view bare = name;
    bool said = false;
    for (const Prefix& prefix : prefixes)
        if (const auto rest = said ? std::nullopt : after(name, prefix.text)) {
            bare = *rest;
            found.part = prefix.part;
            said = true;
        }
    bare = after(bare, "base_model.model.").value_or(bare); // PEFT's, alone or behind diffusers'
    if (!said)
        for (const char* text : {"text_model.", "encoder.layers."})
            if (bare.starts_with(text))
                found.part = LoraPart::TextEncoder;
    found.module = modern(std::string(bare), found.part);
    return found;
}

std::string otherAdapter(std::string_view name)
{
    static constexpr std::array<NamePair, 13> marks = {{
        {"dora_scale", "DoRA"},
        {"lora_magnitude_vector", "DoRA"},
        {"hada_", "LoHa"},
        {"lokr_", "LoKr"},
        {".on_input", "IA3"},
        {"ia3_l", "IA3"},
        {"oft_blocks", "OFT"},
        {"oft_diag", "OFT"},
        {"oft_r", "OFT"},
        {"oft_R", "OFT"},
        {"lora_controlnet", "ControlNet as a LoRA"},
        {"to_k_ip", "IP-Adapter"},
        {"ip_adapter", "IP-Adapter"},
    }};
    for (const auto& [mark, kind] : marks)
        if (name.find(mark) != name.npos)
            return std::string(kind);
    return {};
}

std::string otherFamily(std::string_view name)
{
    static constexpr std::array<NamePair, 8> marks = {{
        {"lora_te1_", "SDXL"},
        {"lora_te2_", "SDXL"},
        {"text_encoder_2.", "SDXL"},
        {"lora_transformer_", "SD3, FLUX or the like"},
        {"transformer.", "SD3, FLUX or the like"},
        {"lora_unet_double_blocks_", "FLUX"},
        {"diffusion_model.double_blocks.", "FLUX"},
        {"lora_prior_", "Stable Cascade"},
    }};
    for (const auto& [mark, family] : marks)
        if (name.starts_with(mark))
            return std::string(family);
    return {};
}

LoraModules::LoraModules(const Shapes& unet, const Shapes& textEncoder)
{
    const std::set<std::string> modules = modulesOf(unet);
    for (const std::string& module : modules)
        m_unet[underscored(module)] = module;
    addLdmNames(m_unet, modules);
    for (const std::string& module : modulesOf(textEncoder)) {
        m_text[underscored(module)] = module;
        if (const auto bare = after(module, "text_model."))
            m_text.try_emplace(underscored(*bare), module);
    }
}

std::string LoraModules::find(LoraPart part, std::string_view module) const
{
    const auto& names = part == LoraPart::UNet ? m_unet : m_text;
    const auto found = names.find(underscored(module));
    return found == names.end() ? std::string() : found->second;
}
