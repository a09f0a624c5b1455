// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

/// Reads a pickled checkpoint with the interpreter that never calls anything and writes its
/// weights as safetensors. Throws Error. The program does this in a helper process.
void convertCheckpoint(const std::filesystem::path& in, const std::filesystem::path& out);
