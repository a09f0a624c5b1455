// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/method.h"

#include <filesystem>

/// Reads presets/<method>.json: `[{"id", "label", "note", "values": {parameter: value}}]`. Throws
/// Error naming the file and the entry that does not fit; with @p others, values of parameters that
/// there are not are those of another method and passed over.
std::vector<Preset> loadPresets(
    const std::filesystem::path& path, const std::vector<Parameter>& parameters,
    bool others = false);
