// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

/// The folder share/simile that lies beside the program: models/, clip/, presets/. The environment
/// variable SIMILE_RESOURCES names another.
std::filesystem::path resourceFolder();
/// The default model's folder.
std::filesystem::path defaultModel();
/// The folder simile in the user's own data ($XDG_DATA_HOME, else ~/.local/share): where networks
/// that the program does not bring are looked for.
std::filesystem::path userFolder();
