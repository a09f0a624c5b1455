// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>

/// SHA-256 in lower-case hexadecimal.
std::string sha256(std::span<const std::byte> bytes);
/// The same of the parts one behind the other.
std::string sha256(std::initializer_list<std::span<const std::byte>> parts);
/// SHA-256 of a file's bytes. Throws Error where it cannot be read; empty: it was stopped.
std::string sha256(const std::filesystem::path& path);
