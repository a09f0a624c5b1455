// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

/// The folder share/simile that lies beside the program: models/, clip/, presets/. The environment
/// variable SIMILE_RESOURCES names another.
std::filesystem::path resourceFolder();
/// The default model's folder.
std::filesystem::path defaultModel();
