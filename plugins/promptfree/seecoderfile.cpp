// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/errors.h"
#include "core/model/checkconfig.h"
#include "core/model/configfile.h"
#include "core/model/loadpart.h"
#include "core/model/modelfamily.h"
#include "plugins/promptfree/seecoder.h"

#include <algorithm>
#include <cmath>

namespace fs = std::filesystem;

namespace {

constexpr int largestWindow = 64; // 12 is usual; a table of all pairs of its places is made

/// Sizes in a network's shapes.
struct Sizes
{
    const Shapes& shapes;

    int of(const std::string& name, size_t dimension, int otherwise) const
    {
        const auto found = shapes.find(name);
        return found != shapes.end() && dimension < found->second.size()
            ? int(found->second[dimension])
            : otherwise;
    }
    /// How many of before0after, before1after ... there are.
    int count(const std::string& before, const std::string& after) const
    {
        int n = 0;
        while (shapes.contains(before + std::to_string(n) + after))
            ++n;
        return n;
    }
};

SwinConfig swinConfigOf(const Sizes& sizes)
{
    SwinConfig swin;
    swin.channels = sizes.of("imencoder.patch_embed.proj.weight", 0, swin.channels);
    for (int stage = 0; stage < int(swin.depths.size()); ++stage) {
        const std::string blocks = "imencoder.layers." + std::to_string(stage) + ".blocks.";
        const std::string table = ".attn.relative_position_bias_table";
        swin.depths[stage] = sizes.count(blocks, table);
        swin.heads[stage] = sizes.of(blocks + "0" + table, 1, swin.heads[stage]);
        const int rows = sizes.of(blocks + "0" + table, 0, 23 * 23);
        swin.window = (int(std::lround(std::sqrt(rows))) + 1) / 2;
    }
    return swin;
}

/// Collects shapes.
struct Plan
{
    Shapes shapes = {};

    void layer(const std::string& name, std::vector<int64_t> weight)
    {
        shapes[name + ".bias"] = {weight.front()};
        shapes[name + ".weight"] = std::move(weight);
    }
    void norm(const std::string& name, int64_t channels) { layer(name, {channels}); }
    void attention(const std::string& name, int64_t width)
    {
        shapes[name + ".in_proj_weight"] = {3 * width, width};
        shapes[name + ".in_proj_bias"] = {3 * width};
        layer(name + ".out_proj", {width, width});
    }
    void feedForward(const std::string& name, int64_t width, int64_t hidden)
    {
        layer(name + ".linear1", {hidden, width});
        layer(name + ".linear2", {width, hidden});
    }
};

void planStage(Plan& plan, const SwinConfig& config, int stage)
{
    const int64_t channels = config.channelsOf(stage), side = 2 * config.window - 1;
    const std::string layer = "imencoder.layers." + std::to_string(stage);
    for (int i = 0; i < config.depths[stage]; ++i) {
        const std::string block = layer + ".blocks." + std::to_string(i);
        plan.norm(block + ".norm1", channels);
        plan.norm(block + ".norm2", channels);
        plan.shapes[block + ".attn.relative_position_bias_table"] = {
            side * side, config.heads[stage]};
        plan.layer(block + ".attn.qkv", {3 * channels, channels});
        plan.layer(block + ".attn.proj", {channels, channels});
        plan.layer(block + ".mlp.fc1", {4 * channels, channels});
        plan.layer(block + ".mlp.fc2", {channels, 4 * channels});
    }
    if (stage + 1 < int(config.depths.size())) {
        plan.norm(layer + ".downsample.norm", 4 * channels);
        plan.shapes[layer + ".downsample.reduction.weight"] = {2 * channels, 4 * channels};
    }
    plan.norm("imencoder.norm" + std::to_string(stage), channels);
}

void planDecoder(Plan& plan, const SeeCoderConfig& config)
{
    const int64_t width = config.width;
    plan.shapes["imdecoder.level_embed"] = {3, width};
    for (int level = 1; level <= 3; ++level) {
        const std::string name = "res" + std::to_string(level + 2);
        const int64_t channels = config.swin.channelsOf(level);
        plan.layer("imdecoder.inproj_layers." + name + ".0", {width, channels, 1, 1});
        plan.norm("imdecoder.inproj_layers." + name + ".1", width);
        plan.shapes["imdecoder.lateral_layers." + name + ".weight"] = {width, channels, 1, 1};
        plan.norm("imdecoder.lateral_layers." + name + ".norm", width);
    }
    for (int i = 0; i < config.decoderLayers; ++i) {
        const std::string layer = "imdecoder.transformer.layers." + std::to_string(i);
        plan.attention(layer + ".self_attn", width);
        plan.feedForward(layer, width, config.decoderHidden);
        plan.norm(layer + ".norm1", width);
        plan.norm(layer + ".norm2", width);
    }
}

void planQueries(Plan& plan, const SeeCoderConfig& config)
{
    const int64_t width = config.width, queries = config.globalQueries + config.localQueries;
    const std::string part = "qtransformer.";
    plan.shapes[part + "init_query.weight"] = {queries, width};
    plan.shapes[part + "query_pos_embedding.weight"] = {queries, width};
    plan.shapes[part + "level_embed.weight"] = {3, width};
    for (int i = 0; i < config.queryLayers; ++i) {
        const auto layer = [&](const char* kind) {
            return part + "transformer_" + kind + "_layers." + std::to_string(i);
        };
        plan.attention(layer("crossatt") + ".multihead_attn", width);
        plan.attention(layer("selfatt") + ".self_attn", width);
        plan.feedForward(layer("feedforward"), width, config.queryHidden);
        for (const char* kind : {"crossatt", "selfatt", "feedforward"})
            plan.norm(layer(kind) + ".norm", width);
    }
    if (config.positions) {
        plan.layer(part + "pe_layer.mlp.0", {width, 80});
        plan.layer(part + "pe_layer.mlp.2", {width, width});
        plan.layer(part + "pe_layer.mlp.4", {width, width});
    }
}

/// The file to read: @p path, or the only one of safetensors in that folder.
fs::path fileOf(const fs::path& path)
{
    if (!fs::exists(path))
        throw Error("There is no file or folder %1 to load a SeeCoder from.", path.string());
    if (!fs::is_directory(path))
        return path;
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(path))
        if (entry.path().extension() == ".safetensors")
            found.push_back(entry.path());
    if (found.size() != 1)
        throw Error(
            "The folder %1 holds %2 .safetensors files, where the one of a SeeCoder is expected. "
            "Please choose a file.",
            path.string(), found.size());
    return found.front();
}

/// The tensors under their names without the prefix of the published files. The tables that the
/// windows' size gives are left out.
PartFiles openSeeCoder(const fs::path& path)
{
    const auto file = std::make_shared<const SafetensorsFile>(path);
    PartFiles part = {.paths = {path}, .shown = path.string()};
    Shapes found;
    for (const auto& [name, entry] : file->entries()) {
        found[name] = entry.shape;
        if (name.ends_with(".relative_position_index"))
            continue;
        constexpr std::string_view prefix = "ctx.image.";
        const std::string bare = name.starts_with(prefix) ? name.substr(prefix.size()) : name;
        part.tensors[bare] = {file, name};
    }
    const ModelFamily family = modelFamily(found);
    if (family.kind != "SeeCoder")
        throw Error(
            "The file %1 %2, where a SeeCoder is expected. Please choose a SeeCoder file.",
            path.string(), family.problem.empty() ? Sentence("is a model") : family.problem);
    const fs::path config = path.parent_path() / "config.json";
    if (fs::exists(config))
        part.config = readConfig(config);
    return part;
}

/// Throws Error where shapes tell numbers that make no network.
void checkConfig(const SeeCoderConfig& config, const std::string& file)
{
    for (int i = 0; i < int(config.swin.heads.size()); ++i)
        checkDivides(
            config.swin.channelsOf(i), config.swin.heads[i],
            "imencoder.layers." + std::to_string(i), file);
    constexpr int groups = 32; // of the decoder's norms
    for (const int parts : {groups, config.queryHeads})
        checkDivides(config.width, parts, "qtransformer", file);
    if (config.swin.window > largestWindow)
        throw Error(
            "The SeeCoder in the file %1 looks at windows of %2 x %2 places, where %3 x %3 are the "
            "most that is read: the file is damaged or of a model that is not known.",
            file, config.swin.window, largestWindow);
}

SeeCoderConfig configOf(const PartFiles& part, const fs::path& path)
{
    const Shapes shapes = shapesOf(part);
    SeeCoderConfig config = seeCoderConfigOf(shapes);
    if (!part.config.empty()) {
        const bool positions = config.positions;
        const std::string file = (path.parent_path() / "config.json").string();
        config = seeCoderConfigFromJson(part.config, file);
        config.positions = positions;
    }
    checkConfig(config, part.shown);
    return config;
}

} // namespace

SeeCoderConfig seeCoderConfigFromJson(const std::string& json, const std::string& file)
{
    const ConfigFile whole(json, file);
    const ConfigFile swin = whole.section("swin");
    const ConfigFile decoder = whole.section("decoder");
    const ConfigFile query = whole.section("qtransformer");
    SeeCoderConfig config;
    config.swin = {
        .channels = swin.count("embed_dim", 192),
        .depths = swin.counts("depths", {2, 2, 18, 2}),
        .heads = swin.counts("num_heads", {6, 12, 24, 48}),
        .window = swin.count("window_size", 12, largestWindow)};
    if (config.swin.depths.size() != 4)
        swin.refuse("depths");
    if (config.swin.heads.size() != 4)
        swin.refuse("num_heads");
    for (int i = 0; i < 4; ++i)
        if (config.swin.channelsOf(i) % config.swin.heads[i])
            swin.refuse("num_heads");
    config.width = query.count("hidden_dim", 768);
    query.expect("in_channels", config.width);
    decoder.expect("trans_dim", config.width);
    config.decoderLayers = decoder.count("trans_num_layers", 6, 64);
    config.decoderHidden = decoder.count("trans_feedforward_dim", 1024);
    config.queryLayers = query.count("num_layers", 9, 64);
    config.queryHeads = query.count("nheads", 8);
    config.queryHidden = query.count("feedforward_dim", 2048);
    const std::vector<int> queries = query.counts("num_queries", {4, 144});
    if (queries.size() != 2)
        query.refuse("num_queries");
    config.globalQueries = queries[0];
    config.localQueries = queries[1];
    if (config.width % config.queryHeads)
        query.refuse("nheads");
    if (config.width % 32) // groups of the decoder's norms
        query.refuse("hidden_dim");
    return config;
}

SeeCoderConfig seeCoderConfigOf(const Shapes& shapes)
{
    const Sizes sizes {shapes};
    const std::string part = "qtransformer.transformer_";
    SeeCoderConfig config;
    config.swin = swinConfigOf(sizes);
    config.width = sizes.of("qtransformer.level_embed.weight", 1, config.width);
    config.decoderLayers = sizes.count("imdecoder.transformer.layers.", ".linear1.weight");
    config.decoderHidden =
        sizes.of("imdecoder.transformer.layers.0.linear1.weight", 0, config.decoderHidden);
    config.queryLayers = sizes.count(part + "feedforward_layers.", ".linear1.weight");
    config.queryHidden =
        sizes.of(part + "feedforward_layers.0.linear1.weight", 0, config.queryHidden);
    const int queries = sizes.of("qtransformer.init_query.weight", 0, 148);
    config.localQueries = std::max(1, queries - config.globalQueries);
    config.positions = shapes.contains("qtransformer.pe_layer.mlp.0.weight");
    return config;
}

Shapes seeCoderShapes(const SeeCoderConfig& config)
{
    Plan plan;
    plan.layer("imencoder.patch_embed.proj", {config.swin.channels, 3, 4, 4});
    plan.norm("imencoder.patch_embed.norm", config.swin.channels);
    for (int stage = 0; stage < int(config.swin.depths.size()); ++stage)
        planStage(plan, config.swin, stage);
    planDecoder(plan, config);
    planQueries(plan, config);
    return plan.shapes;
}

SeeCoder loadSeeCoder(const fs::path& path, const std::string& device, const StageReport& progress)
{
    const fs::path file = fileOf(path);
    const PartFiles part = openSeeCoder(file);
    SeeCoder result = {.config = configOf(part, file)};
    Loading loading = {.device = at::Device(device), .progress = progress};
    loading.needsLess =
        Sentence("another SeeCoder"); // it is in fp32 beside a model of any precision
    result.weights = loadPart(part, seeCoderShapes(result.config), "SeeCoder", loading);
    result.notes = std::move(loading.notes);
    return result;
}
