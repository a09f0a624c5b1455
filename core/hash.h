// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

/// SHA-256 in lower-case hexadecimal.
std::string sha256(std::span<const std::byte> bytes);
/// SHA-256 of a file's bytes. Throws Error where it cannot be read.
std::string sha256(const std::filesystem::path& path);
