// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/trace.h"

#include <filesystem>
#include <memory>

// What a step held, as a safetensors file. The numbers are tensors: "setting.reference.0"; and of a
// pass, counted as in the metadata, "0.self.3.query", ".key", ".log_sums", ".shares",
// ".shares_before", "0.cross.3...", "0.block.14.values", "0.block-input.14.values",
// "0.control.12.values". The metadata "simile_trace" is JSON with all that is no list of numbers.

/// Of the file's layout; a reader refuses what is newer.
constexpr int traceFormat = 1;

/// Writes it; what is read back is equal, bit for bit. Throws Error.
void saveTrace(const std::filesystem::path& path, const StepTrace& trace);
/// Throws Error where the file is damaged, is something else or from a newer version.
std::shared_ptr<const StepTrace> readTrace(const std::filesystem::path& path);
