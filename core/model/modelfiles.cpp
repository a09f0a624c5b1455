// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/modelfiles.h"

#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/file/json.h"
#include "core/model/configfile.h"
#include "core/model/modelfamily.h"
#include "core/weights/naming.h"

#include <algorithm>
#include <functional>
#include <set>

namespace fs = std::filesystem;

namespace {

using Names = std::unordered_map<std::string, std::string>;

std::set<std::string> filesIn(const fs::path& folder)
{
    std::error_code failed;
    std::set<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed))
        if (std::error_code unknown; !entry.is_directory(unknown))
            names.insert(entry.path().filename().string());
    if (failed)
        throw Error("The folder %1 could not be read: %2.", folder.string(), failed.message());
    return names;
}

/// The shards that an index names. Names out of a file are only looked up among the folder's files.
std::vector<fs::path> shards(const fs::path& index, const std::set<std::string>& present)
{
    const auto json = readJson(index, 32 << 20);
    const auto map = json.is_object() ? json.find("weight_map") : json.end();
    if (!json.is_object() || map == json.end() || !map->is_object())
        throw Error(
            "The file %1 is not an index of weights: it has no weight_map.", index.string());
    std::map<std::string, std::set<std::string>> tensors;
    for (const auto& [tensor, shard] : map->items()) {
        const std::string name = shard.is_string() ? shard.get<std::string>() : std::string();
        if (!present.contains(name))
            throw Error(
                "The file %1 says that the tensor %2 is in %3, which is no file in the same "
                "folder.",
                index.string(), inQuotes(tensor), inQuotes(name));
        tensors[name].insert(tensor);
    }
    std::vector<fs::path> result;
    for (const auto& [name, expected] : tensors) {
        result.push_back(index.parent_path() / name);
        std::set<std::string> found;
        const SafetensorsFile file(result.back());
        for (const auto& [tensor, entry] : file.entries())
            found.insert(tensor);
        if (found != expected)
            throw Error(
                "The file %1 does not hold exactly the tensors that %2 names for it.",
                result.back().string(), index.filename().string());
    }
    return result;
}

/// Opens the files of one part and takes its tensors by their new names.
PartFiles openPart(
    const std::vector<fs::path>& paths, Names SingleFileNames::*part, ModelFiles& model)
{
    PartFiles result = {.paths = paths};
    result.shown =
        paths.size() == 1 ? paths.front().string() : (paths.front().parent_path() / "").string();
    for (const fs::path& path : paths) {
        const auto file = std::make_shared<const SafetensorsFile>(path);
        std::vector<std::string> names;
        for (const auto& [name, entry] : file->entries())
            names.push_back(name);
        const SingleFileNames mapped = mapNames(names);
        for (const auto& [name, old] : mapped.*part)
            result.tensors[name] = {file, old};
        for (const auto& name : mapped.unexpected)
            model.unexpected.push_back(name);
        for (const auto other :
             {&SingleFileNames::unet, &SingleFileNames::vae, &SingleFileNames::textEncoder})
            if (other != part)
                for (const auto& [name, old] : mapped.*other)
                    model.unexpected.push_back(old);
    }
    return result;
}

PartFiles openComponent(const fs::path& folder, Names SingleFileNames::*part, ModelFiles& model)
{
    if (!fs::is_directory(folder))
        return {};
    const std::vector<fs::path> paths = weightFiles(folder);
    if (paths.empty())
        throw Error("The folder %1 has no weights (.safetensors) in it.", folder.string());
    PartFiles result = openPart(paths, part, model);
    if (result.tensors.empty())
        throw Error(
            "The folder %1 holds weights that are none of this part of a model (such as %2). "
            "Please "
            "get the model again, complete and unchanged.",
            folder.string(),
            inQuotes(model.unexpected.empty() ? std::string() : model.unexpected.back()));
    const fs::path config = folder / "config.json";
    if (!fs::exists(config))
        throw Error(
            "The folder %1 has no config.json, which says how the network is built.",
            folder.string());
    result.config = readConfig(config);
    return result;
}

ModelFiles openFolder(const fs::path& path)
{
    ModelFiles model;
    model.unet = openComponent(path / "unet", &SingleFileNames::unet, model);
    model.vae = openComponent(path / "vae", &SingleFileNames::vae, model);
    model.textEncoder = openComponent(path / "text_encoder", &SingleFileNames::textEncoder, model);
    const fs::path scheduler = path / "scheduler" / "scheduler_config.json";
    if (fs::exists(scheduler))
        model.scheduler = readConfig(scheduler);
    return model;
}

ModelFiles openSingleFile(const fs::path& path)
{
    const auto file = std::make_shared<const SafetensorsFile>(path);
    std::vector<std::string> names;
    for (const auto& [name, entry] : file->entries())
        names.push_back(name);
    const SingleFileNames mapped = mapNames(names);
    const auto part = [&](const Names& renamed) {
        PartFiles result = {.paths = {path}, .shown = path.string()};
        for (const auto& [name, old] : renamed)
            result.tensors[name] = {file, old};
        return result;
    };
    return {
        .unet = part(mapped.unet),
        .vae = part(mapped.vae),
        .textEncoder = part(mapped.textEncoder),
        .metadata = file->metadata(),
        .unexpected = mapped.unexpected,
        .ignored = mapped.ignored};
}

} // namespace

std::vector<fs::path> weightFiles(const fs::path& folder)
{
    const std::set<std::string> present = filesIn(folder);
    for (const std::string base : {"diffusion_pytorch_model", "model"}) {
        for (const std::string variant : {"", ".fp16", ".bf16", ".non_ema"}) {
            const std::string plain = base + variant + ".safetensors";
            if (present.contains(plain))
                return {folder / plain};
            for (const std::string& index :
                 {base + ".safetensors.index" + variant + ".json",
                  base + ".safetensors" + variant + ".index.json"})
                if (present.contains(index))
                    return shards(folder / index, present);
        }
    }
    const auto pickle =
        std::ranges::find_if(present, [](const std::string& n) { return n.ends_with(".bin"); });
    if (pickle != present.end())
        throw Error(
            "The folder %1 has its weights as a pickle (%2), which must be converted to "
            "safetensors before it is loaded: choose the folder of the whole model.",
            folder.string(), *pickle);
    return {};
}

namespace {

/// A part that somebody may have alone.
struct Alone
{
    const char *folder, *kind;               ///< in a pipeline; of a file that has it alone
    Names SingleFileNames::*names = nullptr; ///< where its tensors are
    PartFiles ModelFiles::*part = nullptr;
    const char *none, *absent, *other; ///< what is said of a path without it
};

/// Opens a part in a file or folder: alone, or of a whole model.
PartFiles openAlone(const fs::path& path, const Alone& alone)
{
    if (!fs::exists(path))
        throw Error(alone.absent, path.string());
    PartFiles part;
    if (fs::is_directory(path)) {
        ModelFiles model;
        const bool isModel = fs::is_directory(path / alone.folder);
        part = openComponent(isModel ? path / alone.folder : path, alone.names, model);
    } else {
        const SafetensorsFile file(path);
        Shapes shapes;
        for (const auto& [name, entry] : file.entries())
            shapes[name] = entry.shape;
        // Another model's part works otherwise, although it has the same names.
        if (const ModelFamily family = modelFamily(shapes);
            !family.problem.empty() && family.kind != alone.kind && family.kind != "unknown")
            throw Error(alone.other, path.string(), family.problem);
        part = openSingleFile(path).*alone.part;
    }
    if (part.empty())
        throw Error(alone.none, path.string());
    return part;
}

} // namespace

PartFiles openAutoencoder(const fs::path& path)
{
    return openAlone(
        path,
        {.folder = "vae",
         .kind = "autoencoder",
         .names = &SingleFileNames::vae,
         .part = &ModelFiles::vae,
         .none = "%1 holds no autoencoder (VAE). Please choose one's file or folder.",
         .absent = "There is no file or folder %1 to load an autoencoder from.",
         .other =
             "The file %1 %2, where an autoencoder (VAE) is expected. Please choose one's file "
             "or folder."});
}

PartFiles openTextEncoder(const fs::path& path)
{
    return openAlone(
        path,
        {.folder = "text_encoder",
         .kind = "text encoder",
         .names = &SingleFileNames::textEncoder,
         .part = &ModelFiles::textEncoder,
         .none = "%1 holds no text encoder. Please choose one's file or folder.",
         .absent = "There is no file or folder %1 to load a text encoder from.",
         .other = "The file %1 %2, where a text encoder is expected. Please choose one's file or "
                  "folder."});
}

ModelFiles openModel(const fs::path& path)
{
    return fs::is_directory(path) ? openFolder(path) : openSingleFile(path);
}

Shapes shapesOf(const PartFiles& part)
{
    Weights::Dict dict;
    for (const auto& [name, place] : part.tensors)
        dict[name] =
            at::empty(place.file->entries().at(place.name).shape, at::TensorOptions(at::kMeta));
    adaptShapes(dict);
    Shapes shapes;
    for (const auto& [name, tensor] : dict)
        shapes[name] = tensor.sizes().vec();
    return shapes;
}
