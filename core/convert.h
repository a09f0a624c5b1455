// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

/// Reads a pickled checkpoint with the interpreter that never calls anything and writes its
/// weights as safetensors. Throws Error. The program does this in a helper process.
void convertCheckpoint(const std::filesystem::path& in, const std::filesystem::path& out);

/// Whether a diffusers pipeline's folder has parts whose weights are pickled alone
/// (diffusion_pytorch_model.bin, pytorch_model.bin).
bool hasPickledParts(const std::filesystem::path& folder);
/// The weights of a part that is pickled alone, in its folder: plain, else the fp16 or non_ema
/// variant; empty where it has safetensors, or no weights.
std::filesystem::path pickledWeights(const std::filesystem::path& part);
/// Whether what was converted can be opened: a file, or all safetensors in a folder, as far as
/// their headers and sizes tell.
bool isWhole(const std::filesystem::path& converted);
/// Makes a folder @p out of the pipeline in @p in: pickled parts converted as above, what is small
/// copied, other parts linked to where they are. It is complete or not there. Throws Error.
void convertFolder(const std::filesystem::path& in, const std::filesystem::path& out);
