// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/naming.h"

#include "core/weights/names.h"

namespace {

/// OpenCLIP's names; the fused projection keeps its own until adaptShapes() splits it.
Renamed openClipName(std::string_view name)
{
    static constexpr std::array<NamePair, 3> ends = {{
        {"token_embedding.weight", "text_model.embeddings.token_embedding.weight"},
        {"positional_embedding", "text_model.embeddings.position_embedding.weight"},
        {"ln_final", "text_model.final_layer_norm"},
    }};
    static constexpr std::array<NamePair, 7> layer = {{
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
    return joinedName({"text_model.encoder.layers", std::to_string(n), *inside});
}

/// With and without "text_model.".
Renamed textName(std::string_view name)
{
    const std::string_view bare = after(name, "text_model.").value_or(name);
    for (const char* own : {"embeddings.", "encoder.layers.", "final_layer_norm."})
        if (bare.starts_with(own))
            return joinedName({"text_model", bare});
    return openClipName(name);
}

bool isLeftover(std::string_view name)
{
    if (name.ends_with("scaled_fp8")) // the mark of a file with scales
        return true;
    for (const char* begin :
         {"model_ema.", "betas", "alphas_cumprod", "sqrt_", "log_one_minus_", "posterior_",
          "first_stage_model.loss.", "optimizer_states", "lr_schedulers", "callbacks", "loss.",
          "lvlb_weights"})
        if (name.starts_with(begin))
            return true;
    for (const char* end :
         {"position_ids", "logit_scale", "text_projection", "text_projection.weight", "attn_mask",
          "global_step", ".scale_input"})
        if (name.ends_with(end))
            return true;
    return name == "logvar" || name == "v_pred" || name == "ztsnr"; // the last two are marks
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
    static constexpr std::array<Prefix, 12> prefixes = {{
        {"model.diffusion_model.", Part::UNet},
        {"diffusion_model.", Part::UNet},
        {"unet.", Part::UNet},
        {"diffuser.image.", Part::UNet}, // Prompt-Free Diffusion
        {"diffuser.text.", Part::UNet},
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

/// Splits OpenCLIP's fused projection of a layer (rows of q, k and v in that order). One of another
/// shape stays: the three are missed, then.
void splitProjection(Weights::Dict& dict, const std::string& attention, const std::string& kind)
{
    const std::string name = attention + "in_proj_" + kind;
    const Tensor fused = dict.at(name);
    if (fused.dim() == 0 || fused.size(0) % 3 != 0)
        return;
    dict.erase(name);
    const std::vector<Tensor> parts = fused.chunk(3);
    for (const auto& [i, own] : {std::pair(0, "q_proj."), {1, "k_proj."}, {2, "v_proj."}})
        dict[attention + own + kind] = parts[i].contiguous();
}

constexpr std::string_view emaPrefix = "model_ema.";

/// The UNet's names by what a moving average of the weights calls them: those of CompVis' program
/// without the dots.
std::unordered_map<std::string, std::string> averageNames()
{
    std::vector<std::string> tails = {"in_layers.0",  "in_layers.2",  "emb_layers.1",
                                      "out_layers.0", "out_layers.3", "skip_connection",
                                      "op",           "conv",         "norm",
                                      "proj_in",      "proj_out"};
    const std::string block = "transformer_blocks.0.";
    for (const std::string attention : {"attn1.", "attn2."})
        for (const char* layer : {"to_q", "to_k", "to_v", "to_out.0"})
            tails.push_back(block + attention + layer);
    for (const char* layer : {"norm1", "norm2", "norm3", "ff.net.0.proj", "ff.net.2"})
        tails.push_back(block + layer);
    std::vector<std::string> layers = {
        "time_embed.0", "time_embed.2", "out.0", "out.2", "input_blocks.0.0"};
    for (const std::string& tail : tails)
        for (int n = 0; n < 12; ++n)
            for (int m = 0; m < 3; ++m) {
                const std::string end = std::to_string(m) + "." + tail;
                layers.push_back(joinedName({"input_blocks", std::to_string(n), end}));
                layers.push_back(joinedName({"output_blocks", std::to_string(n), end}));
                layers.push_back("middle_block." + end);
            }
    std::unordered_map<std::string, std::string> names;
    for (const std::string& layer : layers)
        for (const char* kind : {".weight", ".bias"})
            if (const Renamed own = unetName(layer + kind)) {
                std::string dotless = "diffusion_model" + layer + kind;
                std::erase(dotless, '.');
                names[dotless] = *own;
            }
    return names;
}

/// Takes the UNet's moving average for the UNet, in a file that has no other.
void takeAverage(SingleFileNames& names)
{
    const auto isAverage = [](const std::string& name) { return name.starts_with(emaPrefix); };
    if (!names.unet.empty() || std::ranges::none_of(names.ignored, isAverage))
        return;
    const auto known = averageNames();
    std::erase_if(names.ignored, [&](const std::string& name) {
        const auto bare = after(name, emaPrefix);
        const auto found = bare ? known.find(std::string(*bare)) : known.end();
        return found != known.end() && names.unet.try_emplace(found->second, name).second;
    });
}

/// Leaves out a text encoder's fused projections where one of the three that they would be split
/// into stands beside them: which of the two is meant nobody knows, and these need no splitting.
void dropFused(SingleFileNames& names)
{
    constexpr std::string_view fused = "in_proj_";
    std::erase_if(names.textEncoder, [&](const auto& entry) {
        const size_t at = entry.first.find(fused);
        const auto isThere = [&](const char* own) {
            return names.textEncoder.contains(
                entry.first.substr(0, at) + own + entry.first.substr(at + fused.size()));
        };
        const bool twice = at != std::string::npos
            && (isThere("q_proj.") || isThere("k_proj.") || isThere("v_proj."));
        if (twice)
            names.unexpected.push_back(entry.second);
        return twice;
    });
}

} // namespace

std::string unwrapped(std::string_view name)
{
    std::string bare(name);
    for (const std::string_view wrapper : {"module.", "_orig_mod."})
        for (size_t at = 0; (at = bare.find(wrapper, at)) != bare.npos;)
            if (at == 0 || bare[at - 1] == '.')
                bare.erase(at, wrapper.size());
            else
                at += wrapper.size();
    for (const std::string_view prefix :
         {"model.diffusion_model.", "first_stage_model.", "cond_stage_model."})
        while (after(bare, prefix).value_or("").starts_with(prefix))
            bare.erase(0, prefix.size());
    return bare;
}

SingleFileNames mapNames(const std::vector<std::string>& names)
{
    SingleFileNames result;
    for (const std::string& name : names) {
        const std::string bare = unwrapped(name);
        if (isLeftover(bare)) {
            result.ignored.push_back(name);
            continue;
        }
        const Place place = placeOf(bare);
        auto& part = place.part == Part::UNet ? result.unet
            : place.part == Part::Vae         ? result.vae
                                              : result.textEncoder;
        // Two spellings of one tensor: the first counts.
        if (!place.name || !part.try_emplace(*place.name, name).second)
            result.unexpected.push_back(name);
    }
    takeAverage(result);
    dropFused(result);
    return result;
}

std::unordered_map<std::string, std::string> mapControlNetNames(
    const std::vector<std::string>& names)
{
    // With the prefix there may be a whole model beside it.
    constexpr std::string_view prefix = "control_model.";
    const bool prefixed = std::ranges::any_of(
        names, [&](const auto& name) { return unwrapped(name).starts_with(prefix); });
    std::unordered_map<std::string, std::string> result;
    for (const std::string& name : names) {
        const std::string whole = unwrapped(name);
        const auto bare = prefixed ? after(whole, prefix) : std::string_view(whole);
        if (const Renamed renamed = bare ? controlNetName(*bare) : std::nullopt)
            result.try_emplace(*renamed, name);
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
