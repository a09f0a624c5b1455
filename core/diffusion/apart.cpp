// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/apart.h"

#include "core/convert.h"
#include "core/errors.h"
#include "core/method.h"
#include "core/model/modelfiles.h"

#include <algorithm>
#include <map>

namespace fs = std::filesystem;

namespace {

/// A text of the request's values; empty: it has none.
std::string textOf(const Request& request, const char* id)
{
    const auto found = request.values.find(id);
    const auto* text =
        found == request.values.end() ? nullptr : std::get_if<std::string>(&found->second);
    return text ? *text : std::string();
}

std::string lower(std::string text)
{
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return text;
}

/// What stands between the ; of a text.
std::vector<fs::path> pathsIn(const std::string& text)
{
    std::vector<fs::path> paths;
    for (size_t begin = 0; begin <= text.size();) {
        const size_t end = std::min(text.find(';', begin), text.size());
        std::string part = text.substr(begin, end - begin);
        part.erase(0, part.find_first_not_of(' '));
        part.erase(part.find_last_not_of(' ') + 1);
        if (!part.empty())
            paths.emplace_back(part);
        begin = end + 1;
    }
    return paths;
}

/// The embeddings' files by the words that they are, in the order of their names.
std::map<std::string, fs::path> learntFiles(const Request& request)
{
    std::map<std::string, fs::path> files;
    const auto add = [&](const fs::path& file) {
        if (file.extension() == ".safetensors" || hasPickleName(file))
            files.try_emplace(file.stem().string(), file);
    };
    for (const fs::path& path : pathsIn(textOf(request, "embeddings"))) {
        std::error_code failed;
        if (!fs::exists(path, failed))
            throw Error("There is no file or folder %1 to take embeddings from.", path.string());
        if (!fs::is_directory(path, failed)) {
            files.try_emplace(path.stem().string(), path);
            continue;
        }
        for (const auto& entry : fs::directory_iterator(path, failed))
            if (std::error_code unknown; entry.is_regular_file(unknown))
                add(entry.path());
    }
    return files;
}

/// Those of them that a text may mean.
std::map<std::string, fs::path> mentioned(const Request& request, const std::string& text)
{
    std::map<std::string, fs::path> files = learntFiles(request);
    const std::string prompt = lower(text);
    std::erase_if(
        files, [&](const auto& file) { return prompt.find(lower(file.first)) == prompt.npos; });
    return files;
}

/// All texts of a request that may be prompts.
std::string textsOf(const Request& request)
{
    std::string all;
    for (const auto& [id, value] : request.values)
        if (const auto* text = std::get_if<std::string>(&value);
            text && id != "embeddings" && id != "text_encoder" && id != "taesd")
            all += *text + "\n";
    return all;
}

std::shared_ptr<const Embeddings> loadEmbeddings(
    const std::map<std::string, fs::path>& files, const StableDiffusion& model, Models& models,
    const StageReport& progress)
{
    if (!model.tokenizer)
        return nullptr;
    Embeddings all;
    for (const auto& [name, path] : files) {
        const fs::path file = models.readable(path, progress);
        if (file.empty())
            return nullptr; // stopped
        addWord(
            all, name,
            learntVectors(SafetensorsFile(file), model.textConfig.width, path.filename().string()),
            *model.tokenizer, model.textConfig.vocabulary);
    }
    return std::make_shared<const Embeddings>(std::move(all));
}

std::string whereOf(const StableDiffusion& model)
{
    return model.device.str() + "\n" + c10::toString(model.type) + "\n";
}

/// Puts another text encoder into the model; false: stopped.
bool takeTextEncoder(
    StableDiffusion& model, const fs::path& path, const Request& request, Models& models,
    const StageReport& progress)
{
    const fs::path file = models.readable(path, progress);
    if (file.empty())
        return false;
    const std::string key = whereOf(model) + fileStamp(file) + "\n" + loraKey(request.loras);
    const auto part = models.kept<const TextPart>("text encoder apart", key, [&] {
        std::vector<Lora> loras = request.loras;
        for (Lora& lora : loras)
            lora.file = models.readable(lora.file, progress).string();
        const bool stopped = std::ranges::any_of(loras, &std::string::empty, &Lora::file);
        const TextPart loaded = stopped ? TextPart() : loadTextPart(file, model, loras, progress);
        return loaded.weights.empty() ? nullptr : std::make_shared<const TextPart>(loaded);
    });
    if (!part)
        return false;
    model.textConfig = part->config;
    model.textEncoder = part->weights;
    model.tokenizer = part->tokenizer;
    model.loadingNotes.insert(model.loadingNotes.end(), part->notes.begin(), part->notes.end());
    return true;
}

} // namespace

std::vector<Parameter> decodingParameters(const std::string& group)
{
    return {
        {.id = "taesd",
         .label = "TAESD",
         .help = "File of a TAESD, a small autoencoder: the steps are shown by it, larger and with "
                 "more of what they hold.\nA step takes a little longer. Empty: a map of colours "
                 "shows them.",
         .group = group,
         .initial = std::string(),
         .file = true,
         .mayChange = true},
        {.id = "decoder",
         .label = "Decoded by",
         .help = "What the result is decoded by: the model's autoencoder, or TAESD, which takes "
                 "less than a tenth of the work and shows less detail.",
         .group = group,
         .initial = std::string("autoencoder"),
         .choices = {{"autoencoder", "The autoencoder"}, {"taesd", "TAESD: quick"}},
         .mayChange = true}};
}

std::vector<NetworkSlot> networksBeside(const std::string& method, bool decodes)
{
    std::vector<NetworkSlot> all = {
        {.method = method, .parameter = "vae", .use = NetworkUse::Autoencoder},
        {.method = method,
         .parameter = "embeddings",
         .use = NetworkUse::Embedding,
         .several = true}};
    if (decodes)
        all.push_back({.method = method, .parameter = "taesd", .use = NetworkUse::SmallDecoder});
    return all;
}

std::shared_ptr<const StableDiffusion> withParts(
    const std::shared_ptr<const StableDiffusion>& model, const Request& request, Models& models,
    const StageReport& progress)
{
    const std::string encoder = textOf(request, "text_encoder"), tiny = textOf(request, "taesd");
    const auto words = mentioned(request, textsOf(request));
    const bool quick = textOf(request, "decoder") == "taesd";
    if (quick && tiny.empty())
        throw ValueError(
            "The result is to be decoded by TAESD, and there is no file of one: choose it, or the "
            "autoencoder.");
    if (encoder.empty() && tiny.empty() && words.empty())
        return model;
    StableDiffusion made = *model; // the tensors are shared
    if (!encoder.empty() && !takeTextEncoder(made, encoder, request, models, progress))
        return nullptr;
    if (!words.empty()) {
        std::string key = whereOf(made) + std::to_string(made.textConfig.width);
        for (const auto& [name, path] : words)
            key += "\n" + name + "\n" + fileStamp(path);
        made.embeddings = models.kept<const Embeddings>(
            "learnt words", key, [&] { return loadEmbeddings(words, made, models, progress); });
        if (!made.embeddings && made.tokenizer)
            return nullptr;
    }
    if (!tiny.empty()) {
        const fs::path file = models.readable(tiny, progress);
        if (file.empty())
            return nullptr;
        made.tiny = models.kept<const TinyDecoder>(
            "small decoder", made.device.str() + "\n" + fileStamp(file), [&] {
                return std::make_shared<const TinyDecoder>(
                    loadTinyDecoder(file, made.device, tiny));
            });
        made.quick = quick;
        made.loadingNotes.insert(
            made.loadingNotes.end(), made.tiny->notes.begin(), made.tiny->notes.end());
    }
    return std::make_shared<const StableDiffusion>(std::move(made));
}

std::string partsKey(const Request& request, const std::string& prompt)
{
    std::string key;
    if (const std::string encoder = textOf(request, "text_encoder"); !encoder.empty())
        key += "\ntext encoder " + fileStamp(encoder);
    for (const auto& [name, path] : mentioned(request, prompt))
        key += "\nword " + name + " " + fileStamp(path);
    return key;
}

void checkUnderstands(const Request& request)
{
    const fs::path path = modelPath(request);
    if (!textOf(request, "text_encoder").empty() || !openModel(path).textEncoder.empty())
        return;
    throw Error(
        "The model %1 has no text encoder, so it understands no prompt. Please choose a complete "
        "model, or the file of a text encoder (--text-encoder on the command line).",
        path.filename().string());
}
