// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/stablediffusion.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/resources.h"
#include "core/graphics.h"
#include "core/memory.h"
#include "core/model/checkconfig.h"
#include "core/model/loadpart.h"
#include "core/model/lora.h"
#include "core/model/prediction.h"
#include "core/model/room.h"
#include "core/nn/pool.h"

#include <algorithm>

namespace {

/// What is given, what the part's folder says, or what its shapes tell.
template<typename Config>
Config uncheckedConfigOf(
    const PartFiles& part, const std::string& given,
    Config (*read)(const std::string&, const std::string&), Config (*guess)(const Shapes&))
{
    if (!given.empty())
        return read(given, "the architecture given for " + part.shown);
    if (!part.config.empty())
        return read(part.config, (part.paths.front().parent_path() / "config.json").string());
    return guess(shapesOf(part));
}

/// The configuration of a part. Throws Error where it makes no network for a model.
template<typename Config>
Config configOf(
    const PartFiles& part, const std::string& given,
    Config (*read)(const std::string&, const std::string&), Config (*guess)(const Shapes&))
{
    const Config config = uncheckedConfigOf(part, given, read, guess);
    checkConfig(config, part.shown);
    return config;
}

ScheduleConfig scheduleOf(
    const std::filesystem::path& path, const ModelFiles& files, const ModelCard& card,
    const std::string& given)
{
    const std::string file = (path / "scheduler" / "scheduler_config.json").string();
    if (!given.empty() || !files.scheduler.empty())
        return scheduleConfigFromJson(given.empty() ? files.scheduler : given, file);
    ScheduleConfig config;
    config.prediction = card.velocity ? Prediction::Velocity : Prediction::Epsilon;
    if (endsWithoutSignal(files, path)) {
        config.rescaleZeroSnr = true;
        config.spacing = "trailing";
    }
    return config;
}

/// The folder's own tokenizer, else CLIP's where the vocabulary is as large.
std::shared_ptr<const Tokenizer> tokenizerFor(
    const std::filesystem::path& path, const TextEncoderConfig& config)
{
    constexpr int clipVocabulary = 49408;
    if (std::filesystem::is_directory(path / "tokenizer")) {
        const auto own = std::make_shared<Tokenizer>(path / "tokenizer");
        if (own->count() > config.vocabulary)
            throw Error(
                "The tokenizer in %1 has %2 tokens and the text encoder knows %3: they do not "
                "belong together.",
                path.string(), own->count(), config.vocabulary);
        return own;
    }
    if (config.vocabulary != clipVocabulary)
        return nullptr;
    const int64_t pad = config.width == 1024 ? 0 : clipVocabulary - 1;
    return std::make_shared<Tokenizer>(
        resourceFolder() / "clip" / "bpe_simple_vocab_16e6.txt.gz", pad);
}

bool isEmpty(const Architecture& a)
{
    return a.unet.empty() && a.vae.empty() && a.textEncoder.empty() && a.scheduler.empty();
}

at::Device deviceOf(const std::string& name)
{
    const bool isNumbered = name.starts_with("cuda:") && name.size() >= 6 && name.size() <= 7
        && name.find_first_not_of("0123456789", 5) == name.npos;
    if (name == "cpu")
        return at::kCPU;
    if (name != "cuda" && !isNumbered)
        throw ValueError(
            "There is no device \"%1\". There are: cpu, cuda, cuda:1 and so on.", name);
    if (!at::globalContext().hasCUDA()) {
        const Sentence why = graphicsHere().problem();
        throw Error(
            "%1 Please choose the device cpu.",
            why.empty() ? Sentence("The GPU of this computer cannot be used.") : why);
    }
    // Convolutions in fp32 would be rounded to TF32; who asks for fp32 wants what a CPU gives.
    at::globalContext().setAllowTF32CuDNN(false);
    return at::Device(name);
}

/// What the networks take once they are loaded, and what their work takes.
PartSizes sizesOf(const ModelFiles& files, const StableDiffusion& model)
{
    const auto sizeOf = [&](const PartFiles& part) { return bytesOf(shapesOf(part), model.type); };
    // At the end the decoder has all pixels with the channels of its second level, and a few such
    // tensors at once. The least is what is wanted besides.
    constexpr uint64_t atOnce = 4;
    const auto& channels = model.vaeConfig.blockChannels;
    const uint64_t side = uint64_t(model.card.size);
    const uint64_t decoding = atOnce * side * side * uint64_t(channels[channels.size() > 1])
        * c10::elementSize(model.type);
    PartSizes sizes {.work = files.vae.empty() ? memoryBesides : std::max(memoryBesides, decoding)};
    sizes.bytes[size_t(ModelPart::TextEncoder)] = sizeOf(files.textEncoder);
    sizes.bytes[size_t(ModelPart::UNet)] = sizeOf(files.unet);
    sizes.bytes[size_t(ModelPart::Autoencoder)] = sizeOf(files.vae);
    return sizes;
}

/// How much memory the device has left; all there can be where it does not say.
uint64_t freeOn(const at::Device& device)
{
    return freeMemoryOn(device.str()).value_or(UINT64_MAX);
}

/// What LoRAs add to a model, in their order.
LoraChanges changesOf(const std::vector<Lora>& loras, const ModelFiles& files)
{
    LoraChanges changes;
    if (loras.empty())
        return changes;
    const Shapes unet = shapesOf(files.unet);
    const Shapes text = files.textEncoder.empty() ? Shapes() : shapesOf(files.textEncoder);
    for (const Lora& lora : loras)
        addLora(changes, lora, unet, text);
    return changes;
}

std::set<std::string> tensorsOf(const LoraTerms& terms)
{
    std::set<std::string> names;
    for (const auto& [name, each] : terms)
        names.insert(name);
    return names;
}

/// What a network is loaded from.
struct Opened
{
    ModelFiles files = {};
    LoraChanges changes = {};
    UNetConfig unet = {};
    AutoencoderConfig vae = {};
    TextEncoderConfig text = {};

    Weights load(ModelPart part, Loading& loading) const
    {
        switch (part) {
        case ModelPart::UNet:
            return loadPart(files.unet, unetShapes(unet), "UNet", loading, changes.unet);
        case ModelPart::Autoencoder:
            return loadPart(files.vae, autoencoderShapes(vae), "autoencoder", loading);
        case ModelPart::TextEncoder:
            break;
        }
        return loadPart(
            files.textEncoder, textEncoderShapes(text), "text encoder", loading,
            changes.textEncoder);
    }
};

/// Loads the three networks one after the other, as far as nobody stops it.
void loadNetworks(const Opened& opened, Loading& loading, StableDiffusion& model)
{
    const Weights unet = opened.load(ModelPart::UNet, loading);
    if (!loading.stopped && !opened.files.vae.empty())
        model.vae = opened.load(ModelPart::Autoencoder, loading);
    if (!loading.stopped && !opened.files.textEncoder.empty())
        model.textEncoder = opened.load(ModelPart::TextEncoder, loading);
    if (!loading.stopped)
        model.unet = unet;
}

/// Lets the three networks be loaded when they are asked.
std::shared_ptr<Staging> stagingOf(
    Opened opened, const PartSizes& sizes, const StableDiffusion& model)
{
    const auto load = [opened = std::move(opened), device = model.device, type = model.type](
                          ModelPart part, const StageReport& progress,
                          std::vector<Sentence>& notes) {
        Loading loading = {device, type, progress};
        const Weights weights = opened.load(part, loading);
        notes.insert(notes.end(), loading.notes.begin(), loading.notes.end());
        return loading.stopped ? Weights() : weights;
    };
    return std::make_shared<Staging>(sizes, load);
}

/// The weights of a part: those in memory, or those that are loaded for it.
Weights weightsOf(const StableDiffusion& model, const Weights& inMemory, ModelPart part)
{
    return inMemory.empty() && model.staging && model.staging->has(part)
        ? model.staging->part(part, model.loadingReport)
        : inMemory;
}

} // namespace

StableDiffusion loadStableDiffusion(
    const std::filesystem::path& path, const std::string& device, const std::string& precision,
    const StageReport& progress, const Architecture& architecture,
    const std::filesystem::path& autoencoder, const std::vector<Lora>& loras)
{
    useMemoryPool();
    StableDiffusion model;
    model.device = deviceOf(device);
    model.type = floatingType(precision, model.device);
    model.card = describeModel(path);
    if (!model.card.problem.empty() && isEmpty(architecture))
        throw Error(model.card.problem);
    ModelFiles files = openModel(path);
    if (!autoencoder.empty())
        files.vae = openAutoencoder(autoencoder);
    model.unetConfig = configOf(files.unet, architecture.unet, unetConfigFromJson, unetConfigOf);
    if (!files.vae.empty()) {
        model.vaeConfig =
            configOf(files.vae, architecture.vae, autoencoderConfigFromJson, autoencoderConfigOf);
        if (model.vaeConfig.latentChannels != model.unetConfig.outChannels)
            throw Error(
                "The autoencoder %1 has latents of %2 channels and the UNet of %3 makes %4: they "
                "do not belong together. Please choose another autoencoder.",
                files.vae.shown, model.vaeConfig.latentChannels, path.string(),
                model.unetConfig.outChannels);
    }
    if (!files.textEncoder.empty()) {
        model.textConfig = configOf(
            files.textEncoder, architecture.textEncoder, textEncoderConfigFromJson,
            textEncoderConfigOf);
        if (model.textConfig.width != model.unetConfig.contextWidth)
            throw Error(
                "The text encoder of %1 gives %2 features and its UNet takes %3: they do not "
                "belong together.",
                path.string(), model.textConfig.width, model.unetConfig.contextWidth);
        model.tokenizer = tokenizerFor(path, model.textConfig);
    }
    model.schedule = scheduleOf(path, files, model.card, architecture.scheduler);
    if (!isKnownScheduler(model.schedule.className))
        model.loadingNotes.emplace_back(
            "The model names a scheduler that is not known (%1): its noise levels are computed as "
            "those of the others, so pictures may come out wrong.",
            inQuotes(model.schedule.className));
    // It was fitted to the model's own decoder.
    if (const auto map = path / "preview.json"; autoencoder.empty() && std::filesystem::exists(map))
        model.preview =
            previewMapFromJson(readText(map), model.unetConfig.outChannels, map.string());

    const PartSizes sizes = sizesOf(files, model);
    const bool staged = isShort(sizes, freeOn(model.device));
    if (model.device.is_cpu())
        checkMemory(
            staged ? sizes.largest() : sizes.all(), {"the model %1", model.card.name},
            "another model, or the precision bf16");
    Opened opened {
        .files = files,
        .changes = changesOf(loras, files),
        .unet = model.unetConfig,
        .vae = model.vaeConfig,
        .text = model.textConfig};
    model.changedUNet = tensorsOf(opened.changes.unet);
    model.changedTextEncoder = tensorsOf(opened.changes.textEncoder);
    if (staged) {
        model.staging = stagingOf(std::move(opened), sizes, model);
        return model;
    }
    Loading loading = {model.device, model.type, progress};
    loading.needsLess = {};
    loadNetworks(opened, loading, model);
    model.loadingNotes.insert(model.loadingNotes.end(), loading.notes.begin(), loading.notes.end());
    return model;
}

bool couldBeWhole(const StableDiffusion& model)
{
    return !model.staging
        || !isShort(model.staging->sizes(), freeOn(model.device) + model.staging->loaded());
}

Weights unetOf(const StableDiffusion& model)
{
    return weightsOf(model, model.unet, ModelPart::UNet);
}

Weights autoencoderOf(const StableDiffusion& model)
{
    return weightsOf(model, model.vae, ModelPart::Autoencoder);
}

Weights textEncoderOf(const StableDiffusion& model)
{
    return weightsOf(model, model.textEncoder, ModelPart::TextEncoder);
}

KeptPasses keptPasses(const StableDiffusion& model)
{
    KeptPasses kept;
    if (model.staging)
        kept.graph.refuse();
    return kept;
}

bool readsPrompts(const StableDiffusion& model)
{
    return !model.textEncoder.empty()
        || (model.staging && model.staging->has(ModelPart::TextEncoder));
}

TextPart loadTextPart(
    const std::filesystem::path& path, const StableDiffusion& model, const std::vector<Lora>& loras,
    const StageReport& progress)
{
    ModelFiles files {
        .unet = openModel(model.card.path).unet, .textEncoder = openTextEncoder(path)};
    TextPart part;
    part.config = configOf(files.textEncoder, {}, textEncoderConfigFromJson, textEncoderConfigOf);
    if (part.config.width != model.unetConfig.contextWidth)
        throw Error(
            "The text encoder %1 gives %2 features and the UNet of %3 takes %4: they do not belong "
            "together.",
            path.string(), part.config.width, model.card.name, model.unetConfig.contextWidth);
    // Its own tokenizer, else the model's, else CLIP's.
    for (const std::filesystem::path& folder : {path, path.parent_path(), model.card.path})
        if (!part.tokenizer && std::filesystem::is_directory(folder / "tokenizer"))
            part.tokenizer = tokenizerFor(folder, part.config);
    if (!part.tokenizer)
        part.tokenizer = tokenizerFor({}, part.config);
    const LoraChanges changes = changesOf(loras, files);
    Loading loading = {model.device, model.type, progress};
    const Weights weights = loadPart(
        files.textEncoder, textEncoderShapes(part.config), "text encoder", loading,
        changes.textEncoder);
    if (!loading.stopped)
        part.weights = weights;
    part.notes = loading.notes;
    return part;
}

void checkLoras(const StableDiffusion& model, const std::vector<Lora>& loras)
{
    (void)changesOf(loras, openModel(model.card.path));
}

bool exchangeLoras(
    StableDiffusion& model, const std::vector<Lora>& loras, const StageReport& progress)
{
    const ModelFiles files = openModel(model.card.path);
    const LoraChanges changes = changesOf(loras, files);
    Loading loading = {model.device, model.type, progress};
    const auto exchange = [&](Weights& weights, std::set<std::string>& changed,
                              const PartFiles& part, const Sentence& name, const LoraTerms& terms) {
        std::set<std::string> names = tensorsOf(terms);
        names.swap(changed);
        names.insert(changed.begin(), changed.end());
        if (!names.empty())
            weights = reloadTensors(std::move(weights), part, names, name, loading, terms);
    };
    exchange(model.unet, model.changedUNet, files.unet, "UNet", changes.unet);
    if (!loading.stopped)
        exchange(
            model.textEncoder, model.changedTextEncoder, files.textEncoder, "text encoder",
            changes.textEncoder);
    return !loading.stopped;
}
