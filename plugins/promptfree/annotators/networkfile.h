// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/shapes.h"
#include "core/models.h"

/// A published file of weights that an annotator needs.
struct NetworkFile
{
    std::string name = {};    ///< as it was published: "ControlNetHED.pth"
    std::string folder = {};  ///< where Prompt-Free Diffusion's own layout has it: "hed"
    std::string purpose = {}; ///< for messages: "soft edges (HED)"
    Shapes shapes = {};       ///< what is read from it
};

/// Where the files are looked for if no folder is given: simile/annotators in the user's data
/// folder ($XDG_DATA_HOME).
std::filesystem::path annotatorFolder();

/// Where the file lies below @p folder: as safetensors of the same name, else as published, there
/// or in its own subfolder; empty: nowhere.
std::filesystem::path findNetworkFile(const NetworkFile& file, const std::filesystem::path& folder);
/// The same in @p folder (empty: annotatorFolder()). Throws Error that names the file and its use.
std::filesystem::path networkPath(const NetworkFile& file, const std::filesystem::path& folder);

/// The network in fp32, kept in memory. A pickle is converted first, as Models::readable() does.
/// Throws Error that says what a missing file is for and where it is expected. Empty where @p
/// progress stopped it.
Weights loadNetwork(
    const NetworkFile& file, const std::filesystem::path& folder, Models& models,
    const StageReport& progress);
