// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/models.h"

#include "core/convert.h"
#include "core/diffusion/stablediffusion.h"
#include "core/errors.h"
#include "core/file/files.h"
#include "core/file/hash.h"
#include "core/file/json.h"
#include "core/file/resources.h"
#include "core/file/systemerror.h"
#include "core/model/modelfamily.h"
#include "core/model/modelfiles.h"
#include "core/model/modelnotes.h"
#include "core/model/prediction.h"
#include "core/nn/devicememory.h"

#include <algorithm>
#include <new>
#include <optional>

namespace fs = std::filesystem;

namespace {

const char* const whatServes = "Please choose a Stable Diffusion 1.x or 2.x model: a .safetensors "
                               "checkpoint or a diffusers folder.";

Sentence named(const fs::path& path)
{
    return {fs::is_directory(path) ? "The folder %1" : "The file %1", path.string()};
}

/// The tensors by which a folder or file is recognised: of a pipeline those of its UNet.
Shapes tensorsOf(const fs::path& model)
{
    std::vector<fs::path> files = {model};
    if (fs::is_directory(model))
        files = weightFiles(fs::is_directory(model / "unet") ? model / "unet" : model);
    Shapes tensors;
    for (const fs::path& path : files) {
        const SafetensorsFile file(path);
        for (const auto& [name, entry] : file.entries())
            tensors[name] = entry.shape;
    }
    return tensors;
}

/// What a folder says it is, for messages: the class of its pipeline or network.
std::string className(const fs::path& folder)
{
    for (const char* file : {"model_index.json", "config.json"}) {
        if (!fs::exists(folder / file))
            continue;
        const auto json = readJson(folder / file);
        if (json.is_object() && json.contains("_class_name") && json["_class_name"].is_string())
            return json["_class_name"].get<std::string>();
    }
    return {};
}

/// The side of the pictures that the model was trained on.
int nativeSize(const ModelFiles& files, const ModelCard& card, const UNetConfig& config)
{
    const int usual = card.contextWidth == 1024 && card.velocity ? 768 : 512;
    if (files.unet.config.empty())
        return usual;
    const auto json = parseJson(
        files.unet.config, {"The file %1", (card.path / "unet" / "config.json").string()});
    const auto side = json.is_object() ? json.value("sample_size", nlohmann::json()) : json;
    if (!side.is_number_integer())
        return usual;
    const auto cells = side.get<int64_t>();
    // Some inpainting models of full width say 32 and were trained at 64.
    const bool isFullWidth = config.blockChannels.front() >= 320;
    return cells < 8 || cells > 256 || (isFullWidth && cells < 64) ? usual : int(cells) * 8;
}

uint64_t bytesOf(const ModelFiles& files)
{
    std::vector<fs::path> paths;
    for (const PartFiles* part : {&files.unet, &files.vae, &files.textEncoder})
        paths.insert(paths.end(), part->paths.begin(), part->paths.end());
    std::ranges::sort(paths);
    const auto repeated = std::ranges::unique(paths);
    paths.erase(repeated.begin(), repeated.end());
    uint64_t sum = 0;
    for (const fs::path& path : paths)
        sum += fs::file_size(path);
    return sum;
}

/// The first names of a list.
std::string firstOf(const std::vector<std::string>& names)
{
    constexpr size_t most = 3;
    std::string text;
    for (size_t i = 0; i < std::min(most, names.size()); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return text + (names.size() > most ? " ..." : "");
}

/// Fills in what is known of a file that is a Stable Diffusion UNet, perhaps with more.
void describeParts(const ModelFiles& files, ModelCard& card)
{
    if (files.unet.empty())
        throw Error(
            "%1 has a UNet whose tensors are named in a way that is not known. %2",
            named(card.path), whatServes);
    const UNetConfig config = unetConfigOf(shapesOf(files.unet));
    const ModelFamily family = unetFamily(config);
    card.kind = family.kind;
    card.channels = config.inChannels;
    card.contextWidth = config.contextWidth;
    describePrediction(files, card);
    card.size = nativeSize(files, card, config);
    card.bytes = bytesOf(files);
    if (!family.problem.empty())
        card.problem = {
            "%1 %2, which Simile cannot use. %3", named(card.path), family.problem, whatServes};
    const bool encodes = files.vae.tensors.contains("encoder.conv_in.weight");
    const bool decodes = files.vae.tensors.contains("decoder.conv_in.weight");
    card.needsAutoencoder = card.problem.empty() && !(encodes && decodes);
    if (card.needsAutoencoder)
        card.notes.push_back(
            encodes || decodes
                ? "It has only a half of its autoencoder, so it makes pictures only where a whole "
                  "one is chosen beside it."
                : "It has no autoencoder, so it makes pictures only where one is chosen beside "
                  "it.");
    if (files.textEncoder.empty())
        card.notes.push_back("It has no text encoder, so it understands no prompt.");
    if (!files.unexpected.empty())
        card.notes.emplace_back(
            "It has %1 tensors that are not known and not used (%2).", files.unexpected.size(),
            firstOf(files.unexpected));
    if (card.guessesPrediction && card.velocity)
        card.notes.push_back("It is taken for a v-prediction model by its weights.");
}

void describe(ModelCard& card)
{
    if (!fs::exists(card.path))
        throw Error("There is no file or folder %1.", card.path.string());
    const bool isFolder = fs::is_directory(card.path);
    if (!isFolder && isPickled(card.path)) {
        card.kind = "checkpoint (pickle)";
        card.bytes = fs::file_size(card.path);
        throw Error(
            "%1 is a Python pickle, which must be converted to safetensors before it is loaded.",
            named(card.path));
    }
    const std::string says = isFolder ? className(card.path) : std::string();
    const Shapes tensors = tensorsOf(card.path);
    if (isFolder && tensors.empty() && fs::is_directory(card.path / "unet"))
        throw Error(
            "%1 has no weights in its folder unet that can be read (.safetensors or .bin; those of "
            "Flax, .msgpack, cannot). %2",
            named(card.path), whatServes);
    if (isFolder && tensors.empty()) {
        card.kind = says.empty() ? "unknown" : says;
        if (says.empty())
            throw Error("%1 holds no model. %2", named(card.path), whatServes);
        throw Error("%1 holds a model of the kind %2. %3", named(card.path), says, whatServes);
    }
    const ModelFamily family = modelFamily(tensors);
    card.kind = family.kind;
    if (!family.problem.empty())
        throw Error("%1 %2. %3", named(card.path), family.problem, whatServes);
    if (isFolder && !fs::is_directory(card.path / "unet"))
        throw Error("%1 holds a UNet alone, one part of a model. %2", named(card.path), whatServes);
    describeParts(openModel(card.path), card);
}

} // namespace

ModelCard describeModel(const fs::path& path)
{
    ModelCard card = {.path = snapshotOf(path), .name = path.filename().string()};
    if (card.name.empty()) // "folder/"
        card.name = path.parent_path().filename().string();
    try {
        describe(card);
    } catch (const Error& error) {
        card.problem = error.sentence();
    } catch (const fs::filesystem_error& error) {
        card.problem = sentenceOf(error);
    } catch (const std::bad_alloc&) { // says nothing of the file
        throw;
    } catch (const std::exception& error) {
        card.problem = std::string(error.what());
    }
    if (std::error_code failed; fs::is_directory(card.path, failed))
        readNotes(card.path, card);
    return card;
}

namespace {

/// Throws Error where a LoRA's file is another than when it was chosen.
void checkUnchanged(const std::vector<Lora>& loras, const fs::path& cacheFolder)
{
    for (const Lora& lora : loras) {
        // A record has no more than a file's name, which is not looked for.
        if (!fs::path(lora.file).is_absolute() || !fs::exists(lora.file))
            throw Error("There is no file %1, which is to be a LoRA: choose it again.", lora.file);
        const std::string hash =
            cacheFolder.empty() ? sha256(fs::path(lora.file)) : fileHash(lora.file, cacheFolder);
        if (hash.empty()) // stopped, which the loading finds, too
            return;
        if (hash != lora.sha256)
            throw Error(
                "The file of the LoRA %1 is another than when it was chosen: please choose it "
                "again.",
                fs::path(lora.file).filename().string());
    }
}

} // namespace

struct Models::Loaded
{
    struct Thing
    {
        std::string key = {};
        std::shared_ptr<const void> thing = {};
    };

    fs::path cacheFolder = {};
    Converter converter = {};
    std::string key = {};
    std::string loras = {}; ///< what was added to the weights
    std::shared_ptr<const StableDiffusion> model = {};
    Prediction prediction = Prediction::Epsilon; ///< as the model's files say
    std::map<Place, Thing> things = {};
};

Models::Models(fs::path cacheFolder, Converter converter)
    : m_loaded(
        new Loaded {.cacheFolder = std::move(cacheFolder), .converter = std::move(converter)})
{
}

Models::~Models() = default;

const fs::path& Models::cacheFolder() const
{
    return m_loaded->cacheFolder;
}

fs::path Models::readable(const fs::path& path, const StageReport& progress) const
{
    if (fs::is_directory(path) || !isPickled(path))
        return path;
    if (!fs::exists(path))
        throw Error("There is no file %1.", path.string());
    if (!m_loaded->converter)
        throw Error(
            "%1 is a Python pickle, which must be converted to safetensors before it is loaded.",
            named(path));
    return m_loaded->converter(path, progress);
}

std::shared_ptr<const StableDiffusion> Models::stableDiffusion(
    const std::string& path, const std::string& device, const std::string& precision,
    const StageReport& progress, const std::string& autoencoder, const std::string& prediction,
    const std::vector<Lora>& loras)
{
    const auto given = predictionNamed(prediction);
    // As they can be read; nothing where that was stopped.
    const auto opened = [&]() -> std::optional<std::vector<Lora>> {
        checkUnchanged(loras, m_loaded->cacheFolder);
        std::vector<Lora> files = loras;
        for (Lora& lora : files) {
            lora.file = readable(lora.file, progress).string();
            if (lora.file.empty())
                return {};
        }
        return files;
    };
    const fs::path file = path.empty() ? defaultModel() : snapshotOf(path);
    const std::string key = device + "\n" + precision + "\n" + fileStamp(file)
        + (autoencoder.empty() ? "" : "\n" + fileStamp(autoencoder));
    const std::string added = loraKey(loras);
    // A staged model holds little: it is opened anew for other LoRAs and where there is room for
    // all of it, unless a run is in the middle of it.
    if (m_loaded->key == key && m_loaded->model->staging
        && (m_loaded->loras != added
            || (m_loaded->model->staging.use_count() == 1 && couldBeWhole(*m_loaded->model))))
        m_loaded->key.clear();
    if (m_loaded->key == key && m_loaded->loras != added) {
        const auto files = opened();
        if (!files)
            return {};
        checkLoras(*m_loaded->model, *files);     // those that do not fit leave the model as it is
        StableDiffusion model = *m_loaded->model; // the tensors are shared
        m_loaded->key.clear();                    // until all is exchanged
        m_loaded->model = {};
        if (!exchangeLoras(model, *files, progress))
            return {}; // stopped
        m_loaded->model = std::make_shared<const StableDiffusion>(std::move(model));
        m_loaded->key = key;
        m_loaded->loras = added;
    }
    if (m_loaded->key != key) {
        const auto files = opened();
        if (!files)
            return {};
        m_loaded->key.clear(); // before the other is loaded: both may not fit into memory
        m_loaded->model = {};
        const fs::path vae = autoencoder.empty() ? fs::path() : readable(autoencoder, progress);
        if (vae.empty() && !autoencoder.empty())
            return {}; // stopped
        StableDiffusion model =
            loadStableDiffusion(file, device, precision, progress, {}, vae, *files);
        if (model.unet.empty() && !model.staging)
            return {}; // stopped
        m_loaded->prediction = model.schedule.prediction;
        m_loaded->model = std::make_shared<const StableDiffusion>(std::move(model));
        m_loaded->key = key;
        m_loaded->loras = added;
    }
    const Prediction wanted = given.value_or(m_loaded->prediction);
    if (m_loaded->model->schedule.prediction != wanted) {
        StableDiffusion other = *m_loaded->model; // the tensors are shared
        other.schedule.prediction = wanted;
        m_loaded->model = std::make_shared<const StableDiffusion>(std::move(other));
    }
    return m_loaded->model;
}

std::shared_ptr<const void> Models::keptThing(
    const Place& place, const std::string& key,
    const std::function<std::shared_ptr<const void>()>& make)
{
    Loaded::Thing& last = m_loaded->things[place];
    if (last.thing && last.key == key)
        return last.thing;
    last = {}; // before the other is made
    const std::shared_ptr<const void> thing = make();
    m_loaded->things[place] = {.key = key, .thing = thing};
    return thing;
}

void Models::release()
{
    *m_loaded = {.cacheFolder = m_loaded->cacheFolder, .converter = m_loaded->converter};
    returnDeviceMemory();
}

void Models::abandon()
{
    // Whatever is destroyed there would ask the GPU; it ends with the process.
    static auto* const abandoned = new std::vector<std::unique_ptr<Loaded>>;
    abandoned->push_back(std::move(m_loaded));
    const Loaded& old = *abandoned->back();
    m_loaded.reset(new Loaded {.cacheFolder = old.cacheFolder, .converter = old.converter});
}
