// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

/// A path as a configuration writes it, with ~ and $NAME filled in.
using ExpandPath = std::function<std::string(const std::string&)>;

/// The folders of networks that ComfyUI's extra_model_paths.yaml names: of each section the
/// entries for checkpoints, ControlNets, LoRAs and so on, below its base_path. They need not be
/// there. Throws Error where the file cannot be read, is no YAML, or is beyond the limits: 256 KiB,
/// 8 levels, 4096 values, no aliases.
std::vector<std::filesystem::path> extraModelPaths(
    const std::filesystem::path& file, const ExpandPath& expand);

/// A text of a YAML file's first level, such as models_dir of invokeai.yaml; one level of maps
/// below it is looked through, too. Empty where there is none. Throws as extraModelPaths().
std::string yamlText(const std::filesystem::path& file, const std::string& key);
