// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lora.h"
#include "core/modelcard.h"
#include "core/stagereport.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <typeindex>
#include <utility>
#include <vector>

struct StableDiffusion; // core/diffusion/stablediffusion.h

/// Recognises a diffusers folder or a single file by tensor names and shapes. What is wrong with it
/// is in problem; throws std::bad_alloc alone, which says nothing of the file.
ModelCard describeModel(const std::filesystem::path& path);

/// SHA-256 of a file, computed once and remembered in @p cacheFolder by its stamp. Throws Error
/// where the file cannot be read or the cache not written.
std::string fileHash(const std::filesystem::path& path, const std::filesystem::path& cacheFolder);

/// fileHash() of the model's UNet file, or of the file itself for a single file: what it holds,
/// wherever it lies and whenever it was written.
std::string modelHash(const ModelCard& card, const std::filesystem::path& cacheFolder);

/// The identity of a file, or of all files of a folder, cheap to compare: path, size and time of
/// change. It is another one when a file is replaced or written, even with what it held before.
std::string fileStamp(const std::filesystem::path& path);

/// The networks in memory: loaded on first use, kept until another model is asked for.
class Models
{
public:
    /// Makes a safetensors file of a pickled checkpoint and gives its path, empty where it was
    /// stopped. The program does it in a helper process.
    using Converter =
        std::function<std::filesystem::path(const std::filesystem::path&, const StageReport&)>;

    /// @p cacheFolder is where methods keep between runs what was long to compute; empty: nowhere.
    explicit Models(std::filesystem::path cacheFolder = {}, Converter converter = {});
    ~Models();

    const std::filesystem::path& cacheFolder() const;

    /// The file to read weights from: @p path itself or, of a pickled checkpoint, what the
    /// converter makes of it. So no pickle is opened here. Empty where @p progress stopped it.
    /// Throws Error.
    std::filesystem::path readable(
        const std::filesystem::path& path, const StageReport& progress = {}) const;

    /// The model at @p path on that device in that precision. Throws Error. An empty path is the
    /// default model. @p autoencoder is a file or folder whose autoencoder is used in place of the
    /// model's own; @p prediction says what its UNet predicts (Request::prediction); @p loras are
    /// added to its weights. Null where @p progress stopped it.
    /// The caller keeps what it uses: another model may be asked for meanwhile.
    std::shared_ptr<const StableDiffusion> stableDiffusion(
        const std::string& path, const std::string& device, const std::string& precision,
        const StageReport& progress = {}, const std::string& autoencoder = {},
        const std::string& prediction = "auto", const std::vector<Lora>& loras = {});
    /// What a method needs beside the model (its own networks, what they made of a picture): the
    /// thing last made for @p place if that was for the same @p key, else what @p make gives. A
    /// place has one thing of each type; T is const unless the thing is to change while it is kept.
    /// An empty pointer (a load that was stopped) is not kept.
    template<typename T>
    std::shared_ptr<T> kept(
        const std::string& place, const std::string& key = {},
        const std::function<std::shared_ptr<T>()>& make = [] { return std::make_shared<T>(); })
    {
        // By the pointer's type, which tells const from not const.
        const Place typed {std::type_index(typeid(T*)), place};
        return std::const_pointer_cast<T>(
            std::static_pointer_cast<const T>(keptThing(typed, key, make)));
    }
    /// Forgets what is loaded.
    void release();
    /// The same without giving its memory back: that of a GPU that no longer answers.
    void abandon();

private:
    using Place = std::pair<std::type_index, std::string>;
    std::shared_ptr<const void> keptThing(
        const Place& place, const std::string& key,
        const std::function<std::shared_ptr<const void>()>& make);

    struct Loaded;
    std::unique_ptr<Loaded> m_loaded;
};
