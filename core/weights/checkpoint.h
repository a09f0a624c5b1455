// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/inputfile.h"
#include "core/nn/tensor.h"

#include <filesystem>
#include <map>
#include <string>

/// Reads a PyTorch pickle (.ckpt, .pt, .pth, .bin), in the zip form or in that from before 1.6,
/// with an interpreter that never calls anything: opcodes and globals by allow-list, sizes, strides
/// and offsets checked against the storages. The weights are looked for under the usual keys
/// (state_dict, model, params_ema, module and others, also within each other; string_to_param of an
/// embedding), else at top level; a tensor that was saved alone gets an empty name.
/// Throws Error naming the file and what is wrong. Run by the program in a helper process that
/// writes safetensors.
std::map<std::string, Tensor> loadCheckpoint(const std::filesystem::path& path);
/// The same of a file that is open.
std::map<std::string, Tensor> loadCheckpoint(InputFile file);
