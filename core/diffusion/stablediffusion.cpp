// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/stablediffusion.h"

#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/resources.h"
#include "core/memory.h"
#include "core/model/loadpart.h"
#include "core/model/lora.h"
#include "core/nn/pool.h"
#include "core/text/emphasis.h"
#include "core/text/vocabulary.h"

#include <algorithm>

namespace {

/// The configuration of a part: what is given, what its folder says, or what its shapes tell.
template<typename Config>
Config configOf(
    const PartFiles& part, const std::string& given,
    Config (*read)(const std::string&, const std::string&), Config (*guess)(const Shapes&))
{
    if (!given.empty())
        return read(given, "the architecture given for " + part.shown);
    if (!part.config.empty())
        return read(part.config, (part.paths.front().parent_path() / "config.json").string());
    return guess(shapesOf(part));
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
    return config;
}

/// The folder's own tokenizer, else CLIP's where the vocabulary is as large.
std::shared_ptr<const Tokenizer> tokenizerFor(
    const std::filesystem::path& path, const TextEncoderConfig& config)
{
    constexpr int clipVocabulary = 49408;
    if (std::filesystem::is_directory(path / "tokenizer"))
        return std::make_shared<Tokenizer>(path / "tokenizer");
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
    if (!at::globalContext().hasCUDA())
        throw Error(
            "This computer has no graphics card that can be used (CUDA), or the program was built "
            "without support for it. Please choose the device cpu.");
    // Convolutions in fp32 would be rounded to TF32; who asks for fp32 wants what a CPU gives.
    at::globalContext().setAllowTF32CuDNN(false);
    return at::Device(name);
}

/// Ids in chunks of 75. A comma among the last 20 of a full chunk moves the break behind it, as
/// AUTOMATIC1111's web UI does.
std::vector<std::vector<int64_t>> chunksAtCommas(
    const std::vector<int64_t>& ids, std::optional<int64_t> comma)
{
    constexpr int length = 75, reach = 20;
    std::vector<std::vector<int64_t>> chunks(1);
    int lastComma = -1;
    for (const int64_t id : ids) {
        if (comma && id == *comma) {
            lastComma = int(chunks.back().size());
        } else if (
            chunks.back().size() == length && lastComma >= 0 && length - lastComma <= reach) {
            const auto begin = chunks.back().begin() + lastComma + 1;
            std::vector<int64_t> moved(begin, chunks.back().end());
            chunks.back().erase(begin, chunks.back().end());
            chunks.push_back(std::move(moved));
            lastComma = -1;
        }
        if (chunks.back().size() == length) {
            chunks.emplace_back();
            lastComma = -1;
        }
        chunks.back().push_back(id);
    }
    return chunks;
}

/// What the networks take once they are loaded.
uint64_t bytesOf(const ModelFiles& files, at::ScalarType type)
{
    uint64_t elements = 0;
    for (const PartFiles* part : {&files.unet, &files.vae, &files.textEncoder})
        for (const auto& [name, shape] : shapesOf(*part))
            elements += uint64_t(c10::multiply_integers(shape));
    return elements * c10::elementSize(type);
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

/// Loads the three networks one after the other, as far as nobody stops it.
void loadNetworks(
    const ModelFiles& files, const LoraChanges& changes, Loading& loading, StableDiffusion& model)
{
    const Weights unet =
        loadPart(files.unet, unetShapes(model.unetConfig), "UNet", loading, changes.unet);
    if (!loading.stopped && !files.vae.empty())
        model.vae = loadPart(files.vae, autoencoderShapes(model.vaeConfig), "autoencoder", loading);
    if (!loading.stopped && !files.textEncoder.empty())
        model.textEncoder = loadPart(
            files.textEncoder, textEncoderShapes(model.textConfig), "text encoder", loading,
            changes.textEncoder);
    if (!loading.stopped)
        model.unet = unet;
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
    // It was fitted to the model's own decoder.
    if (const auto map = path / "preview.json"; autoencoder.empty() && std::filesystem::exists(map))
        model.preview =
            previewMapFromJson(readText(map), model.unetConfig.outChannels, map.string());

    if (model.device.is_cpu())
        checkMemory(
            bytesOf(files, model.type), model.card.name, "another model, or the precision bf16");
    const LoraChanges changes = changesOf(loras, files);
    model.changedUNet = tensorsOf(changes.unet);
    model.changedTextEncoder = tensorsOf(changes.textEncoder);
    Loading loading = {model.device, model.type, progress};
    loadNetworks(files, changes, loading, model);
    return model;
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

namespace {

/// Tokens without their marks, and how much each counts.
struct Chunk
{
    std::vector<int64_t> ids = {};
    std::vector<float> weights = {};
};

/// The pieces of a part of a prompt, each by itself.
Chunk tokensOf(const Tokenizer& tokenizer, const std::vector<WeighedText>& pieces)
{
    Chunk all;
    for (const WeighedText& piece : pieces) {
        const std::vector<int64_t> ids = tokenizer.encode(piece.text);
        all.ids.insert(all.ids.end(), ids.begin(), ids.end());
        all.weights.resize(all.ids.size(), float(piece.weight));
    }
    return all;
}

/// A prompt in chunks, at least one.
std::vector<Chunk> chunksOf(
    const Tokenizer& tokenizer, const std::string& prompt, const PromptRules& rules)
{
    const bool literal = rules.emphasis == Emphasis::Literal;
    const auto parts = (literal ? literalPrompt(prompt) : readWeighedPrompt(prompt)).parts;
    if (rules.longPrompts == LongPrompts::Truncate)
        return {tokensOf(tokenizer, parts.front())};
    const std::vector<int64_t> comma = tokenizer.encode(",");
    std::vector<Chunk> chunks;
    for (const std::vector<WeighedText>& part : parts) {
        const Chunk all = tokensOf(tokenizer, part);
        auto weight = all.weights.begin();
        for (auto& ids : chunksAtCommas(
                 all.ids, comma.size() == 1 ? std::optional(comma.front()) : std::nullopt)) {
            const auto end = weight + ptrdiff_t(ids.size());
            chunks.push_back({std::move(ids), {weight, end}});
            weight = end;
        }
    }
    return chunks;
}

/// The vectors of a chunk's tokens times their weights.
Tensor weighed(const Tensor& context, const std::vector<float>& weights, Emphasis emphasis)
{
    const Tensor factors = at::ones({context.size(0), 1});
    for (int64_t i = 0; i < int64_t(weights.size()) && i + 2 < context.size(0); ++i)
        factors[i + 1] = weights[size_t(i)]; // behind the mark of the start
    const Tensor x = context.to(at::kFloat), y = x * factors.to(x.device());
    Tensor made = y;
    if (emphasis == Emphasis::Weights) {
        const Tensor ratio = x.mean() / y.mean();
        made = y * at::where(ratio.isfinite(), ratio, at::ones_like(ratio)); // a mean may be 0
    }
    return made.to(context.scalar_type());
}

} // namespace

Tensor encodePrompts(
    const StableDiffusion& model, const std::vector<std::string>& prompts, const PromptRules& rules)
{
    if (model.textEncoder.empty() || !model.tokenizer)
        throw Error(
            "The model %1 has no %2, so it understands no prompt. Please choose a complete model.",
            model.card.name, (model.textEncoder.empty() ? "text encoder" : "tokenizer"));
    const Tokenizer& tokenizer = *model.tokenizer;
    std::vector<std::vector<Chunk>> ofPrompts;
    size_t most = 1;
    for (const std::string& prompt : prompts) {
        ofPrompts.push_back(chunksOf(tokenizer, prompt, rules));
        most = std::max(most, ofPrompts.back().size());
    }
    std::vector<Tensor> rows;
    std::vector<Chunk> chunks;
    for (auto& ofPrompt : ofPrompts) {
        ofPrompt.resize(most);
        for (Chunk& chunk : ofPrompt) {
            rows.push_back(at::tensor(tokenizer.padded(chunk.ids)));
            chunks.push_back(std::move(chunk));
        }
    }
    const Tensor ids = at::stack(rows).to(model.device);
    Tensor context = encodeText(model.textConfig, model.textEncoder, ids, nullptr, rules.clipSkip);
    for (size_t i = 0; i < chunks.size(); ++i)
        if (std::ranges::any_of(chunks[i].weights, [](float w) { return w != 1; }))
            context[int64_t(i)] = weighed(context[int64_t(i)], chunks[i].weights, rules.emphasis);
    return context.reshape({int64_t(prompts.size()), -1, context.size(-1)}).to(model.type);
}

std::vector<ContextToken> contextTokens(
    const StableDiffusion& model, const std::string& prompt, int64_t count,
    const PromptRules& rules)
{
    if (!model.tokenizer)
        return {};
    const Tokenizer& tokenizer = *model.tokenizer;
    std::vector<ContextToken> tokens;
    auto chunks = chunksOf(tokenizer, prompt, rules);
    chunks.resize(size_t(count) / tokenizer.padded({}).size());
    int word = 0;
    for (const Chunk& chunk : chunks) {
        const std::vector<int64_t> padded = tokenizer.padded(chunk.ids);
        const size_t last = std::min(chunk.ids.size(), padded.size() - 2);
        for (size_t i = 0; i < padded.size(); ++i) {
            if (i == 0 || i > last) {
                tokens.push_back({i == 0 ? "start" : i == last + 1 ? "end" : "padding"});
                continue;
            }
            std::string text = tokenizer.token(padded[i]);
            const bool ends = text.ends_with(wordEnd);
            if (ends)
                text.resize(text.size() - wordEnd.size());
            tokens.push_back({text, word});
            word += ends;
        }
    }
    return tokens;
}
