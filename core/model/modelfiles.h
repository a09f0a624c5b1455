// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/shapes.h"
#include "core/weights/safetensors.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

/// One network's tensors under the names that the networks use, wherever they lie.
struct PartFiles
{
    struct Place
    {
        std::shared_ptr<const SafetensorsFile> file = {};
        std::string name = {}; ///< in that file
    };

    std::map<std::string, Place> tensors = {};
    std::vector<std::filesystem::path> paths = {}; ///< of the files
    std::string shown = {};                        ///< stands for them in messages
    std::string config = {};                       ///< config.json's text; empty: there is none

    bool empty() const { return tensors.empty(); }
};

/// A model's files, opened: headers read, tensors not.
struct ModelFiles
{
    PartFiles unet = {}, vae = {}, textEncoder = {};
    std::string scheduler = {};                       ///< scheduler_config.json's text
    std::map<std::string, std::string> metadata = {}; ///< of a single file
    std::vector<std::string> unexpected = {};         ///< names that mean nothing to us
    std::vector<std::string> ignored = {}; ///< of a single file: known ones that are no weights
};

/// Opens a diffusers pipeline's folder or a single file of CompVis' or diffusers' names. Throws
/// Error.
ModelFiles openModel(const std::filesystem::path& path);

/// Opens the autoencoder of a file or folder: one alone, in any naming, or a whole model's. Throws
/// Error.
PartFiles openAutoencoder(const std::filesystem::path& path);

/// Opens the text encoder of a file or folder, likewise. Throws Error.
PartFiles openTextEncoder(const std::filesystem::path& path);

/// The weights in a component's folder: plain safetensors, else an index of shards, else the fp16
/// and non_ema variants. Empty where there are none; throws Error where there are only pickles.
std::vector<std::filesystem::path> weightFiles(const std::filesystem::path& folder);

/// A part's shapes as the networks expect them, from the headers alone.
Shapes shapesOf(const PartFiles& part);
