// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/modelfamily.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace {

bool contains(std::string_view name, std::string_view part)
{
    return name.find(part) != name.npos;
}

/// Whether any name begins with @p begin, or has it after a dot.
bool any(const Shapes& tensors, std::string_view begin)
{
    const std::string inside = "." + std::string(begin);
    return std::ranges::any_of(tensors, [&](const auto& tensor) {
        return tensor.first.starts_with(begin) || contains(tensor.first, inside);
    });
}

bool isLora(const Shapes& tensors)
{
    static constexpr std::array<std::string_view, 8> marks = {
        ".lora_down.", ".lora_up.", ".lora_A", ".lora_B", "hada_", "lokr_", "_lora.", ".lora."};
    const auto belongs = [](const auto& tensor) {
        const std::string& name = tensor.first;
        return name.ends_with(".alpha") || name.ends_with(".dora_scale") || name.ends_with(".diff")
            || name.ends_with(".diff_b")
            || std::ranges::any_of(marks, [&](auto mark) { return contains(name, mark); });
    };
    return !tensors.empty() && std::ranges::all_of(tensors, belongs);
}

bool isEmbedding(const Shapes& tensors)
{
    return !tensors.empty() && tensors.size() <= 3
        && (any(tensors, "emb_params") || any(tensors, "string_to_param")
            || any(tensors, "clip_l"));
}

/// Networks that are no UNet, by a name that only they have.
ModelFamily otherNetwork(const Shapes& tensors)
{
    struct Rule
    {
        std::string_view mark, kind;
        const char* problem;
    };
    static constexpr std::array<Rule, 17> rules = {{
        {"ip_adapter.", "IP-Adapter",
         "is an IP-Adapter, which asks a model with pictures and is not supported"},
        {"image_proj.", "IP-Adapter",
         "is an IP-Adapter, which asks a model with pictures and is not supported"},
        {"motion_modules.", "motion module",
         "is a motion module, which makes films with a model and is not supported"},
        {"imencoder.", "SeeCoder", "is a SeeCoder, which turns a reference picture into a context"},
        {"lora_controlnet", "ControlLoRA",
         "is a ControlLoRA, which makes a ControlNet of a model's own UNet"},
        {"lllite_", "ControlNet-LLLite", "is a ControlNet-LLLite, an addition to an SDXL model"},
        {"control_model.", "ControlNet", "is a ControlNet, which guides a model"},
        {"input_hint_block.", "ControlNet", "is a ControlNet, which guides a model"},
        {"controlnet_cond_embedding.", "ControlNet", "is a ControlNet, which guides a model"},
        {"body.0.", "T2I-Adapter", "is a T2I-Adapter, which guides a model"},
        {"adapter.conv_in.", "T2I-Adapter", "is a T2I-Adapter, which guides a model"},
        {"conditioner.embedders.1.", "SDXL", "is an SDXL model"},
        {"noise_augmentor.", "unCLIP", "is an unCLIP model, which is asked with pictures"},
        {"double_blocks.", "Flux", "is a Flux model"},
        {"single_transformer_blocks.", "Flux", "is a Flux model"},
        {"joint_blocks.", "Stable Diffusion 3", "is a Stable Diffusion 3 model"},
        {"attn.add_q_proj.", "Stable Diffusion 3", "is a Stable Diffusion 3 model"},
    }};
    for (const auto& [mark, kind, problem] : rules)
        if (any(tensors, mark))
            return {std::string(kind), problem};
    return {};
}

/// Parts of a model, alone.
ModelFamily onlyPart(const Shapes& tensors)
{
    if (any(tensors, "encoder.conv_in.") && any(tensors, "decoder.conv_in."))
        return {"autoencoder", "is an autoencoder (VAE) alone, one part of a model"};
    if (any(tensors, "decoder.layers.") || tensors.contains("1.conv.0.weight")
        || tensors.contains("3.conv.0.weight"))
        return {"TAESD", "is a TAESD, a small autoencoder for previews"};
    if (any(tensors, "embeddings.token_embedding.") || any(tensors, "transformer.resblocks."))
        return {"text encoder", "is a text encoder alone, one part of a model"};
    if (isEmbedding(tensors))
        return {"textual inversion", "is a textual-inversion embedding, a word for a model"};
    return {"unknown", tensors.empty() ? "has no tensors in it" : "holds no model that is known"};
}

} // namespace

int64_t contextWidthOf(const Shapes& tensors)
{
    for (const auto& [name, shape] : tensors)
        if (name.ends_with("attn2.to_k.weight") && shape.size() == 2)
            return shape[1];
    return 0;
}

ModelFamily modelFamily(const Shapes& tensors)
{
    if (isLora(tensors))
        return {"LoRA", "is a LoRA, which changes a model and is none by itself"};
    if (const ModelFamily other = otherNetwork(tensors); !other.kind.empty())
        return other;
    if (contextWidthOf(tensors) == 2048)
        return {"SDXL", "is an SDXL model"};
    if (any(tensors, "label_emb.") && contextWidthOf(tensors) == 1280)
        return {"SDXL refiner", "is an SDXL refiner, which finishes pictures of an SDXL model"};
    if (any(tensors, "label_emb.") || any(tensors, "class_embedding."))
        return {"unCLIP", "is an unCLIP or upscaling model, whose UNet is asked with classes"};
    const bool isUNet = any(tensors, "input_blocks.0.0.weight") || any(tensors, "data_blocks.0.")
        || (any(tensors, "down_blocks.0.") && any(tensors, "time_embedding."));
    return isUNet ? ModelFamily {"Stable Diffusion"} : onlyPart(tensors);
}

ModelFamily unetFamily(const UNetConfig& config)
{
    const std::string version = config.contextWidth == 768 ? "Stable Diffusion 1.x"
        : config.contextWidth == 1024                      ? "Stable Diffusion 2.x"
                                                           : "Stable Diffusion (own size)";
    switch (config.inChannels) {
    case 4:
        return {version, {}};
    case 9:
        return {version + " inpainting", {}};
    case 8:
        return {
            "InstructPix2Pix",
            "is an InstructPix2Pix model (8 input channels), which follows written orders"};
    case 5:
        return {version + " depth", "is a depth-guided model (5 input channels)"};
    case 7:
        return {version + " upscaler", "is an upscaling model (7 input channels)"};
    default:
        return {
            version,
            {"has a UNet with %1 input channels, where 4 or 9 are expected", config.inChannels}};
    }
}
