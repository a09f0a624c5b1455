// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/references.h"

#include "core/errors.h"
#include "core/file/resources.h"
#include "core/nn/pixels.h"
#include "core/weights/safetensors.h"
#include "plugins/promptfree/lastmade.h"
#include "plugins/promptfree/origins.h"

#include <numeric>

namespace fs = std::filesystem;

namespace {

/// The published file of an encoder.
std::string publishedName(const std::string& encoder)
{
    return encoder + "-v1-0.safetensors";
}

void checkWidth(const StableDiffusion& model, const Tensor& tokens, const fs::path& encoder)
{
    if (tokens.size(2) != model.unetConfig.contextWidth)
        throw Error(
            "The SeeCoder %1 gives tokens of %2 features and the model %3 takes %4: they do not "
            "belong together. Please choose another model or encoder.",
            encoder.string(), tokens.size(2), model.card.name, model.unetConfig.contextWidth);
}

/// A picture as SeeCoder read it.
struct ReadReference
{
    Tensor tokens = {};   ///< fp32 on the model's device; undefined: the caller stopped
    int globalTokens = 0; ///< that come first
    ReferenceTrace trace = {};
    std::vector<Sentence> notes = {}; ///< of the network
};

constexpr size_t mostRead = 32; // three megabytes each at 512 pixels

ReferenceTrace traceOf(const Origins& origins)
{
    const Tensor rows = origins.rows().to(at::kCPU).contiguous();
    std::vector<float> values(rows.data_ptr<float>(), rows.data_ptr<float>() + rows.numel());
    return {
        .height = origins.height(),
        .width = origins.width(),
        .origins = Numbers(rows.sizes().vec(), std::move(values))};
}

/// Reads one picture. The last ones are kept, by encoder and picture.
ReadReference encoded(
    const Image& picture, const fs::path& encoder, const std::string& device, Models& models,
    const StageReport& progress)
{
    const std::string key = device + "\n" + fileStamp(encoder);
    const std::string whose = key + "\n" + identityOf(picture);
    const auto read = models.kept<LastMade<ReadReference, mostRead>>("prompt-free tokens");
    if (const ReadReference* known = read->find(whose))
        return *known;
    const auto network = models.kept<const SeeCoder>("prompt-free encoder", key, [&] {
        const fs::path file = models.readable(encoder, progress);
        if (file.empty())
            return std::shared_ptr<const SeeCoder>();
        auto loaded = std::make_shared<const SeeCoder>(loadSeeCoder(file, device, progress));
        return loaded->weights.empty() ? nullptr : loaded;
    });
    if (!network || !progress("Reading the reference"))
        return {};
    const Tensor image = referenceTensor(picture).to(at::Device(device));
    Origins origins(network->config);
    ReadReference made {
        .tokens = seeCoder(
            network->config, network->weights, image, {},
            [&](const QueryAttention& attention) { origins.look(attention); }),
        .globalTokens = network->config.globalQueries};
    if (!made.tokens.defined())
        return {};
    made.trace = traceOf(origins);
    made.notes = network->notes;
    read->keep(whose, made);
    return made;
}

void addNames(std::vector<ContextToken>& tokens, const ReadReference& read)
{
    const auto names = [&](const char* kind, int64_t count) {
        for (int64_t i = 1; i <= count; ++i)
            tokens.push_back({kind + std::to_string(i)});
    };
    names("global ", read.globalTokens);
    names("local ", read.tokens.size(1) - read.globalTokens);
}

/// Says which tokens of the mixed context are whose.
void describe(
    ReferenceContext& made, const std::vector<ReadReference>& read,
    const std::vector<double>& weights, bool average)
{
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.);
    for (size_t i = 0; i < read.size(); ++i) {
        ReferenceTrace trace = read[i].trace;
        if (weights[i] == 0)
            trace.origins = {};
        trace.weight = average ? weights[i] / sum : 1;
        trace.firstToken = average ? 0 : int(made.tokens.size());
        made.references.push_back(std::move(trace));
        if (average ? i == 0 : weights[i] != 0)
            addNames(made.tokens, read[i]);
    }
}

} // namespace

Tensor referenceTensor(const Image& picture)
{
    return (toTensor(picture) + 1) / 2;
}

fs::path promptFreeFolder()
{
    return userFolder() / "seecoder";
}

fs::path seeCoderFile(const PromptFreeSettings& settings, const fs::path& model)
{
    if (!settings.encoderFile.empty())
        return settings.encoderFile;
    if (settings.encoder == "seecoder" && fs::is_directory(model / "seecoder"))
        return model / "seecoder";
    const std::string name = publishedName(settings.encoder);
    const fs::path file = promptFreeFolder() / name;
    if (!fs::exists(file))
        throw Error(
            "The file %1, which reads the reference, is not in %2. Please put the published file "
            "there, or name another as SeeCoder file.",
            name, promptFreeFolder().string());
    return file;
}

Tensor mixed(const std::vector<Tensor>& tokens, const std::vector<double>& weights, bool average)
{
    std::vector<Tensor> parts;
    double sum = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
        if (weights[i] == 0)
            continue;
        parts.push_back(weights[i] == 1 ? tokens[i] : tokens[i] * weights[i]);
        sum += weights[i];
    }
    if (parts.empty())
        throw ValueError("All references have the weight 0. Please give one of them more.");
    if (!average)
        return at::cat(parts, 1);
    if (sum <= 0)
        throw ValueError(
            "The references' weights add up to nothing. Please give one of them more.");
    Tensor all = parts.front();
    for (size_t i = 1; i < parts.size(); ++i)
        all = all + parts[i];
    return all / sum;
}

fs::path animeFile(const PromptFreeSettings& settings)
{
    fs::path folder = promptFreeFolder();
    if (const fs::path encoder = settings.encoderFile; !encoder.empty())
        folder = fs::is_directory(encoder) ? encoder : encoder.parent_path();
    fs::path file = folder / "anime_ug.pth";
    if (!fs::exists(file))
        throw Error(
            "The file %1 is missing: SeeCoder-Anime needs it for what guidance leads away from. "
            "Please put anime_ug.pth of the published program there, or set guidance to 1.",
            file.string());
    return file;
}

Tensor animeUnconditional(const fs::path& file)
{
    constexpr int64_t tokens = 148; // of one reference, however many there are
    const auto tensors = loadSafetensors(file);
    if (tensors.size() != 1 || tensors.begin()->second.dim() < 2
        || tensors.begin()->second.numel() == 0)
        throw Error("The file %1 is not the anime_ug.pth that is expected.", file.string());
    Tensor rows = finite(tensors.begin()->second, tensors.begin()->first, file.string());
    if (rows.dim() == 3)
        rows = rows[0];
    if (rows.dim() != 2 || rows.size(0) > tokens)
        throw Error("The file %1 is not the anime_ug.pth that is expected.", file.string());
    return at::cat({rows, at::zeros({tokens - rows.size(0), rows.size(1)})}).unsqueeze(0);
}

ReferenceContext referenceContext(
    const StableDiffusion& model, const Request& request, const PromptFreeSettings& settings,
    Models& models, const StageReport& progress)
{
    const fs::path encoder = seeCoderFile(settings, model.card.path);
    std::vector<ReadReference> read;
    std::vector<Tensor> tokens;
    std::vector<double> weights;
    if (!settings.prompt.empty() && !readsPrompts(model))
        throw Error(
            "The model %1 has no text encoder, so it understands no added text. Please clear the "
            "added text, or choose another model.",
            model.card.name);
    for (const Input& input : request.images.at("reference")) {
        read.push_back(
            encoded(settings.onGround(input.image), encoder, model.device.str(), models, progress));
        tokens.push_back(read.back().tokens);
        weights.push_back(input.weight);
        if (!tokens.back().defined())
            return {};
        checkWidth(model, tokens.back(), encoder);
    }
    ReferenceContext made {.context = mixed(tokens, weights, settings.average).to(model.type)};
    describe(made, read, weights, settings.average);
    made.notes = read.front().notes; // one network reads them all
    if (!settings.prompt.empty()) {
        const Tensor text = encodePrompts(model, {settings.prompt}, settings.prompts);
        made.context = at::cat({made.context, text}, 1);
        const auto words = contextTokens(model, settings.prompt, text.size(1), settings.prompts);
        made.tokens.insert(made.tokens.end(), words.begin(), words.end());
    }
    return made;
}

Tensor unconditionalContext(
    const StableDiffusion& model, const PromptFreeSettings& settings, Models& models,
    const StageReport& progress)
{
    if (!settings.isAnime() || settings.guidance == 1)
        return {};
    const fs::path file = animeFile(settings);
    const fs::path readable = models.readable(file, progress);
    if (readable.empty())
        return {};
    const Tensor rows = animeUnconditional(readable);
    if (rows.size(2) != model.unetConfig.contextWidth)
        throw Error("The file %1 is for models with a context of 768 features.", file.string());
    return rows.to(at::TensorOptions(model.device).dtype(model.type));
}
