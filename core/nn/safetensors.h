// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

/// A tensor as a safetensors header describes it.
struct TensorEntry
{
    std::string dtype = {}; ///< "F32", "BF16" ...
    std::vector<int64_t> shape = {};
    uint64_t begin = 0, end = 0; ///< in the file
};

/// A safetensors file, memory-mapped: header checked by every rule of the format (and some stricter
/// ones), tensors read on demand.
class SafetensorsFile
{
public:
    /// Throws Error: what the file is instead, or which rule its header breaks.
    explicit SafetensorsFile(const std::filesystem::path& path);
    ~SafetensorsFile();
    SafetensorsFile(SafetensorsFile&&) noexcept;

    const std::map<std::string, TensorEntry>& entries() const;
    const std::map<std::string, std::string>& metadata() const;
    /// A copy of the tensor in its own type (F8 types become fp32). Throws Error if there is none
    /// of that name, or its type is not supported.
    Tensor tensor(const std::string& name) const;

private:
    struct Mapping;
    std::unique_ptr<Mapping> m_mapping;
};

/// All tensors of a file.
std::unordered_map<std::string, Tensor> loadSafetensors(const std::filesystem::path& path);
/// Writes tensors (contiguous copies, sorted as the reference does), atomically.
void saveSafetensors(
    const std::filesystem::path& path, const std::map<std::string, Tensor>& tensors,
    const std::map<std::string, std::string>& metadata = {{"format", "pt"}});
