// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/annotators/networkfile.h"

#include "core/errors.h"
#include "core/file/resources.h"
#include "core/model/room.h"
#include "core/weights/safetensors.h"

namespace fs = std::filesystem;

namespace {

/// What training on several devices put before every name.
std::string bare(const std::string& name)
{
    const std::string prefix = "module.";
    return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

Weights read(const NetworkFile& file, const fs::path& path)
{
    Weights::Dict dict;
    Shapes found;
    for (const auto& [published, tensor] : loadSafetensors(path)) {
        const std::string name = bare(published);
        found[name] = tensor.sizes().vec();
        if (file.shapes.contains(name))
            dict[name] =
                inShape(finite(tensor, published, path.string()), file.shapes, name).contiguous();
    }
    checkShapes(file.shapes, found, path.string());
    return Weights(std::move(dict), path.string());
}

} // namespace

fs::path annotatorFolder()
{
    return userFolder() / "annotators";
}

fs::path findNetworkFile(const NetworkFile& file, const fs::path& folder)
{
    const fs::path converted = fs::path(file.name).replace_extension(".safetensors");
    std::error_code ignored;
    for (const fs::path& name : {converted, fs::path(file.name)})
        for (const fs::path& path : {folder / name, folder / file.folder / name})
            if (fs::is_regular_file(path, ignored))
                return path;
    return {};
}

fs::path networkPath(const NetworkFile& file, const fs::path& folder)
{
    const fs::path expected = folder.empty() ? annotatorFolder() : folder;
    fs::path path = findNetworkFile(file, expected);
    if (path.empty())
        throw Error(
            "The file %1, the network for %2, is not in the folder %3. Put it there (or the same "
            "as safetensors), choose the folder that holds it, or choose another kind of map.",
            file.name, inWords(file.purpose), expected.string());
    return path;
}

Weights loadNetwork(
    const NetworkFile& file, const fs::path& folder, Models& models, const StageReport& progress)
{
    const fs::path path = networkPath(file, folder);
    const auto w = models.kept<const Weights>("annotator " + file.name, fileStamp(path), [&] {
        if (!progress({"Loading the network for %1", inWords(file.purpose)}))
            return std::shared_ptr<const Weights>();
        const fs::path readable = models.readable(path, progress);
        if (readable.empty())
            return std::shared_ptr<const Weights>();
        checkRoom(
            file.shapes, at::kFloat, at::kCPU, {"the network for %1", inWords(file.purpose)},
            "another kind of map");
        return std::make_shared<const Weights>(read(file, readable));
    });
    return w ? *w : Weights();
}
