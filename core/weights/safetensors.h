// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/file/outputfile.h"
#include "core/nn/tensor.h"
#include "core/weights/safetensorsheader.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

/// A safetensors file: header checked by every rule of the format (and some stricter ones), tensors
/// read on demand. It is read, not mapped: a mapped file that another process cuts off would end
/// the program by a signal.
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
    struct Opened;
    std::unique_ptr<const Opened> m_opened;
};

/// The type of libtorch in which the bytes of a tensor of that dtype are read, those of F8 types as
/// bytes. Throws Error that names the tensor and its file where there is none.
at::ScalarType scalarType(
    std::string_view dtype, const std::string& tensor, const std::string& file);

/// All tensors of a file.
std::unordered_map<std::string, Tensor> loadSafetensors(const std::filesystem::path& path);
/// The values in fp32. Throws Error that names @p file and the tensor where they are no
/// floating-point numbers or one of them is infinite or none.
Tensor finite(const Tensor& tensor, const std::string& name, const std::string& file);
/// Writes tensors, sorted as the reference implementation does, through a temporary file:
/// afterwards the file is the old one or the new one. Throws Error.
void saveSafetensors(
    const std::filesystem::path& path, const std::map<std::string, Tensor>& tensors,
    const std::map<std::string, std::string>& metadata = {{"format", "pt"}},
    IfThere there = IfThere::Replace);
/// The same into a file that somebody else opened and puts in its place; @p name is for messages.
void saveSafetensors(
    const std::filesystem::path& name, int descriptor,
    const std::map<std::string, Tensor>& tensors);
