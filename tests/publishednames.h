// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/shapes.h"
#include "core/weights/naming.h"
#include "tests/portablefill.h"

#include <string>
#include <unordered_map>
#include <vector>

using PublishedNames = std::unordered_map<std::string, std::string>; ///< ours -> the file's

/// Every combination of the parts, with ".weight" and ".bias" behind.
inline std::vector<std::string> combined(
    const std::vector<std::string>& first, const std::vector<std::string>& second)
{
    std::vector<std::string> names;
    for (const std::string& a : first)
        for (const std::string& b : second)
            for (const char* end : {"weight", "bias"})
                names.push_back(a + (b.empty() ? "" : b + ".") + end);
    return names;
}

inline std::vector<std::string> numbered(const std::string& before, int count)
{
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i)
        for (const char* inner : {".0.", ".1."})
            names.push_back(before + std::to_string(i) + inner);
    return names;
}

/// What may stand in a residual block, a transformer or a sampling, in CompVis' names.
inline std::vector<std::string> ldmInner()
{
    std::vector<std::string> names = {
        "",
        "0",
        "2",
        "in_layers.0",
        "conv",
        "in_layers.2",
        "emb_layers.1",
        "out_layers.0",
        "op",
        "out_layers.3",
        "skip_connection"};
    for (const char* name : {"norm", "proj_in", "proj_out"})
        names.push_back(name);
    const std::string block = "transformer_blocks.0.";
    for (const std::string attention : {"attn1", "attn2"})
        for (const char* layer : {".to_q", ".to_k", ".to_v", ".to_out.0"})
            names.push_back(block + attention + layer);
    for (const char* name : {"norm1", "norm2", "norm3", "ff.net.0.proj", "ff.net.2"})
        names.push_back(block + name);
    return names;
}

/// Names that Prompt-Free Diffusion's UNets may have, without "diffuser.image.".
inline std::vector<std::string> diffuserNames()
{
    std::vector<std::string> names = combined({"time_embed.0.", "time_embed.2."}, {""});
    for (const auto& list :
         {combined(numbered("data_blocks.", 30), ldmInner()),
          combined(numbered("context_blocks.", 16), ldmInner())})
        names.insert(names.end(), list.begin(), list.end());
    return names;
}

/// Names that a bare ControlNet of CompVis' may have.
inline std::vector<std::string> controlNetNames()
{
    std::vector<std::string> names = combined(
        {"time_embed.0.", "time_embed.2.", "middle_block_out.0.", "input_hint_block.0.",
         "input_hint_block.2.", "input_hint_block.4.", "input_hint_block.6.", "input_hint_block.8.",
         "input_hint_block.10.", "input_hint_block.12.", "input_hint_block.14."},
        {""});
    for (const auto& list :
         {combined(numbered("input_blocks.", 12), ldmInner()),
          combined({"middle_block.0.", "middle_block.1.", "middle_block.2."}, ldmInner()),
          combined(numbered("zero_convs.", 12), {""})})
        names.insert(names.end(), list.begin(), list.end());
    return names;
}

/// Names that a bare autoencoder of CompVis' may have.
inline std::vector<std::string> autoencoderNames()
{
    std::vector<std::string> blocks;
    for (int i = 0; i < 4; ++i) {
        for (int j = 0; j < 3; ++j)
            for (const char* side : {"encoder.down.", "decoder.up."})
                blocks.push_back(side + std::to_string(i) + ".block." + std::to_string(j) + ".");
    }
    for (const char* side : {"encoder.", "decoder."})
        for (const char* block : {"mid.block_1.", "mid.block_2."})
            blocks.push_back(side + std::string(block));
    std::vector<std::string> names =
        combined(blocks, {"norm1", "conv1", "norm2", "conv2", "nin_shortcut"});
    std::vector<std::string> others = {"quant_conv.", "post_quant_conv."};
    for (const std::string side : {"encoder.", "decoder."})
        for (const char* name :
             {"conv_in.", "norm_out.", "conv_out.", "mid.attn_1.norm.", "mid.attn_1.q.",
              "mid.attn_1.k.", "mid.attn_1.v.", "mid.attn_1.proj_out."})
            others.push_back(side + name);
    for (int i = 0; i < 4; ++i) {
        others.push_back("encoder.down." + std::to_string(i) + ".downsample.conv.");
        others.push_back("decoder.up." + std::to_string(i) + ".upsample.conv.");
    }
    for (const std::string& name : combined(others, {""}))
        names.push_back(name);
    return names;
}

/// The names of a network's tensors in its file, of those that @p mapped found.
inline PublishedNames publishedNames(const Shapes& shapes, const PublishedNames& mapped)
{
    PublishedNames names;
    for (const auto& [name, old] : mapped)
        if (shapes.contains(name))
            names[name] = old;
    return names;
}

/// A network filled by the names in its file; a name that nobody found is a failure later on.
inline Weights::Dict filledByFile(const Shapes& shapes, const PublishedNames& names)
{
    Weights::Dict dict;
    for (const auto& [name, shape] : shapes)
        if (const auto found = names.find(name); found != names.end())
            dict[name] = portableWeight(found->second, shape);
    return dict;
}
