// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/found/recognise.h"

#include "core/convert.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/json.h"
#include "core/file/systemerror.h"
#include "core/found/archive.h"
#include "core/model/loranames.h"
#include "core/model/modelfamily.h"
#include "core/model/modelfiles.h"
#include "core/models.h"
#include "core/weights/zipdirectory.h"

#include <algorithm>
#include <array>

namespace fs = std::filesystem;

namespace {

constexpr int widthOf1 = 768, widthOf2 = 1024, widthOfXl = 2048;

/// What a network beside a model is made for, by the width of the context.
std::string familyOf(int width)
{
    return width == widthOf1 ? "Stable Diffusion 1.x"
        : width == widthOf2  ? "Stable Diffusion 2.x"
        : width == widthOfXl ? "SDXL"
                             : "";
}

/// "ControlNet", "ControlNet for Stable Diffusion 1.x".
void nameWithFamily(ModelCard& card, const std::string& kind)
{
    const std::string family = familyOf(card.contextWidth);
    card.kind = family.empty() ? kind : kind + " for " + family;
    if (card.contextWidth == widthOfXl)
        card.problem = {"It is made for SDXL, which is not supported."};
}

void takeLora(const Shapes& shapes, ModelCard& card)
{
    for (const auto& [name, shape] : shapes) {
        const bool key = name.find("attn2") != name.npos && name.find("to_k") != name.npos
            && loraName(name).role == LoraName::Down;
        if (key && shape.size() >= 2)
            card.contextWidth = int(shape[1]);
    }
    nameWithFamily(card, "LoRA");
    for (const auto& [name, shape] : shapes) {
        if (const std::string kind = otherAdapter(name); !kind.empty()) {
            card.problem = {
                "It is no plain LoRA but holds %1, which is not supported.", inWords(kind)};
            return;
        }
        if (const std::string family = otherFamily(name); !family.empty()) {
            card.problem = {"It is made for %1, which is not supported.", inWords(family)};
            return;
        }
    }
}

int64_t sizeAt(const Shapes& shapes, std::string_view end, size_t dimension)
{
    for (const auto& [name, shape] : shapes)
        if (name.ends_with(end) && dimension < shape.size())
            return shape[dimension];
    return 0;
}

void takeAutoencoder(const Shapes& shapes, ModelCard& card)
{
    card.kind = "autoencoder";
    constexpr int64_t latentChannels = 4;
    const int64_t channels = sizeAt(shapes, "decoder.conv_in.weight", 1);
    if (channels != 0 && channels != latentChannels)
        card.problem = {
            "It is an autoencoder of %1 channels for another family of models, which is not "
            "supported.",
            channels};
}

/// Of a textual inversion: the width of its vectors.
void takeEmbedding(const Shapes& shapes, ModelCard& card)
{
    if (shapes.contains("clip_g")) {
        card.problem = {"It is made for SDXL, which is not supported."};
        return;
    }
    for (const auto& [name, shape] : shapes)
        if (!shape.empty())
            card.contextWidth = int(shape.back());
    nameWithFamily(card, "textual inversion");
}

/// What a file or folder is by the names and shapes of its tensors.
void takeShapes(const Shapes& shapes, FoundNetwork& found)
{
    ModelCard& card = found.card;
    const ModelFamily family = modelFamily(shapes);
    card.kind = family.kind;
    card.contextWidth = int(contextWidthOf(shapes));
    if (family.kind == "LoRA") {
        found.use = NetworkUse::Lora;
        takeLora(shapes, card);
    } else if (family.kind == "ControlNet") {
        found.use = NetworkUse::ControlNet;
        nameWithFamily(card, family.kind);
        if (shapes.contains("difference"))
            card.problem = {"It holds only the difference between a ControlNet and a model."};
    } else if (family.kind == "SeeCoder") {
        found.use = NetworkUse::SeeCoder;
        card.contextWidth = int(sizeAt(shapes, "qtransformer.level_embed.weight", 1));
    } else if (family.kind == "autoencoder") {
        found.use = NetworkUse::Autoencoder;
        takeAutoencoder(shapes, card);
    } else if (family.kind == "TAESD") {
        found.use = NetworkUse::SmallDecoder;
    } else if (family.kind == "textual inversion") {
        found.use = NetworkUse::Embedding;
        takeEmbedding(shapes, card);
    } else if (!family.problem.empty()) {
        card.problem = {"It %1.", family.problem};
    } else {
        found.use = NetworkUse::Model;
    }
}

Shapes shapesIn(const std::vector<fs::path>& files)
{
    Shapes shapes;
    for (const fs::path& path : files) {
        const SafetensorsFile file(path);
        for (const auto& [name, entry] : file.entries())
            shapes[name] = entry.shape;
    }
    return shapes;
}

/// The card of a model as whoever chooses it sees it, under the name that it has in the list.
void describe(FoundNetwork& found)
{
    const ModelCard named = found.card;
    found.card = describeModel(named.path);
    found.card.path = named.path;
    found.card.name = named.name;
    found.card.bytes = named.bytes;
    found.card.recommended.clear();
}

void takeUNet(FoundNetwork& found, const UNetConfig& config)
{
    const ModelFamily family = unetFamily(config);
    found.use = NetworkUse::Model;
    found.card.kind = family.kind;
    found.card.channels = config.inChannels;
    found.card.contextWidth = config.contextWidth;
    if (config.contextWidth == widthOfXl) {
        found.card.kind = "SDXL";
        found.card.problem = {"It is an SDXL model, which is not supported."};
    } else if (!family.problem.empty()) {
        found.card.problem = {"It %1.", family.problem};
    }
}

void takeArchive(const InputFile& file, FoundNetwork& found)
{
    std::map<std::string, uint64_t> sizes;
    for (const auto& [name, entry] : readZipDirectory(file))
        sizes[name] = entry.size;
    const ArchiveSketch sketch = sketchOf(sizes);
    found.card.contextWidth = sketch.contextWidth;
    switch (sketch.kind) {
    case ArchiveSketch::UNet: {
        UNetConfig config;
        config.inChannels = sketch.channels;
        config.contextWidth = sketch.contextWidth;
        takeUNet(found, config);
        break;
    }
    case ArchiveSketch::ControlNet:
        found.use = NetworkUse::ControlNet;
        nameWithFamily(found.card, "ControlNet");
        break;
    case ArchiveSketch::Autoencoder:
        found.use = NetworkUse::Autoencoder;
        found.card.kind = "autoencoder";
        break;
    case ArchiveSketch::Embedding:
        found.use = NetworkUse::Embedding;
        nameWithFamily(found.card, "textual inversion");
        break;
    case ArchiveSketch::Unknown:
        found.card.kind = "checkpoint (pickle)";
        found.card.problem = {
            "It is a Python pickle, and the sizes in it are those of no network that is known."};
    }
}

/// A file of which nothing but its archive's directory is read.
void takePickle(FoundNetwork& found)
{
    found.pickled = true;
    const InputFile file(found.card.path);
    if (file.size() < 4 || !file.text(0, 4).starts_with("PK\3\4")) {
        found.card.kind = "checkpoint (pickle)";
        found.card.problem = {"It is a Python pickle of the old form: what it holds is seen only "
                              "when it is chosen by "
                              "its path."};
        return;
    }
    takeArchive(file, found);
    if (found.use != NetworkUse::Other)
        found.card.notes.push_back(
            "It is told by the sizes in it alone; it is converted when it is chosen.");
}

void takeFile(FoundNetwork& found)
{
    const fs::path& path = found.card.path;
    if (isPickled(path))
        return takePickle(found);
    takeShapes(shapesIn({path}), found);
    if (found.use == NetworkUse::Model)
        describe(found);
}

/// A pipeline whose weights are pickles: its configuration says what it is.
void takePickledPipeline(FoundNetwork& found)
{
    const fs::path config = snapshotOf(found.card.path) / "unet" / "config.json";
    found.pickled = true;
    takeUNet(found, unetConfigFromJson(readText(config), config.string()));
    found.card.notes.push_back("Its weights are Python pickles, converted when it is chosen.");
}

void takeFolder(FoundNetwork& found)
{
    const fs::path folder = snapshotOf(found.card.path);
    std::error_code none;
    if (!fs::exists(folder / "model_index.json", none)) {
        takeShapes(shapesIn(weightFiles(folder)), found);
        if (found.use == NetworkUse::Model) {
            found.use = NetworkUse::Other;
            found.card.problem = {"It is a UNet alone, one part of a model."};
        }
    } else if (!pickledWeights(folder / "unet").empty()) {
        takePickledPipeline(found);
    } else {
        describe(found);
        // Pipelines of all kinds have such folders; those without such a UNet are none of ours.
        if (found.card.channels > 0)
            found.use = NetworkUse::Model;
    }
}

/// Whether a name is that of a published file, or of the same weights as safetensors.
bool isMapNetwork(const fs::path& path, const std::set<std::string>& names)
{
    const std::string name = path.filename().string();
    return names.contains(name)
        || (path.extension() == ".safetensors"
            && std::ranges::any_of(names, [&](const std::string& known) {
                   return fs::path(known).stem() == path.stem();
               }));
}

} // namespace

FoundNetwork recognised(const Sighting& sighting, const std::set<std::string>& mapNetworks)
{
    FoundNetwork found {
        .card =
            {.path = sighting.path,
             .name = sighting.name.empty() ? sighting.path.filename().string() : sighting.name,
             .bytes = sighting.bytes},
        .program = sighting.program};
    ModelCard& card = found.card;
    if (sighting.strayed) {
        card.kind = "unknown";
        card.problem = {"A link in it leads out of its repository, so it was not read."};
        return found;
    }
    try {
        if (!sighting.folder && isMapNetwork(sighting.path, mapNetworks)) {
            found.use = NetworkUse::MapNetwork;
            found.pickled = isPickled(sighting.path);
            card.kind = "map network";
            if (!found.pickled)
                shapesIn({sighting.path}); // that it can be read
        } else if (sighting.folder) {
            takeFolder(found);
        } else {
            takeFile(found);
        }
    } catch (const Error& error) {
        card.problem = error.sentence();
    } catch (const fs::filesystem_error& error) {
        card.problem = sentenceOf(error);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        card.problem = std::string(error.what());
    }
    if (card.kind.empty())
        card.kind = "unknown";
    if (sighting.incomplete && !card.problem.empty())
        card.problem = {
            "Its download did not come to its end: go on with it where it was begun, or get it "
            "anew."};
    return found;
}
