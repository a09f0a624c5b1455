// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <filesystem>

/// Reads presets/<method>.json: `[{"id", "label", "note", "values": {parameter: value}}]`. Throws
/// Error naming the file and the entry that does not fit.
std::vector<Preset> loadPresets(
    const std::filesystem::path& path, const std::vector<Parameter>& parameters);
