// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/shapes.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

// The names that people's LoRA files have for what they change.

/// The network that a name is about.
enum class LoraPart { UNet, TextEncoder };

/// A name of a LoRA's file, taken apart.
struct LoraName
{
    enum Role { Down, Up, Mid, Alpha, Weight, Bias, Unknown };
    Role role = Unknown; ///< Weight and Bias are whole differences ("diff", "diff_b")
    LoraPart part = LoraPart::UNet;
    std::string module = {}; ///< the layer as the file calls it
};

/// Takes a name of kohya's ("lora_unet_x_y.lora_down.weight"), diffusers'
/// ("unet.x.y.lora_A.weight",
/// ".processor.to_q_lora.down.weight", ".lora.down.weight", ".lora_linear_layer.down.weight") or
/// PEFT's ("base_model.model.x.y.lora_A.weight") apart. A name without a prefix is the UNet's
/// unless it begins as the text encoder's do.
LoraName loraName(std::string_view name);
/// What a file with such a name holds instead of what is read here: "DoRA", "LoHa" ...; empty: it
/// does not say.
std::string otherAdapter(std::string_view name);
/// Why no model that is read here fits a file with such a name ("SDXL"); empty: it does not say.
std::string otherFamily(std::string_view name);

/// Finds a model's layers by whatever a LoRA's file may call them: dots may be underscores, so that
/// names are looked up and never parsed.
class LoraModules
{
public:
    LoraModules(const Shapes& unet, const Shapes& textEncoder);
    /// The layer's name in the network, without ".weight"; empty: it has none such.
    std::string find(LoraPart part, std::string_view module) const;
    bool has(LoraPart part) const { return !(part == LoraPart::UNet ? m_unet : m_text).empty(); }

private:
    std::map<std::string, std::string> m_unet, m_text; ///< by the name with underscores
};
