// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

// Numbers and small pictures as they stand in a session: little-endian, each behind its size. What
// is read may come from anywhere, so a size that does not fit is damagedSession().

/// Null: none. A latent is what a run goes on from, so its CRC-32 stands behind it: one bit that is
/// another would be another picture.
std::vector<std::byte> bytesOf(const Latent* latent);
std::shared_ptr<const Latent> latentOf(
    std::span<const std::byte> bytes, const std::filesystem::path& session);
std::vector<std::byte> bytesOf(const std::vector<Image>& images); ///< opaque ones
std::vector<Image> imagesOf(std::span<const std::byte> bytes, const std::filesystem::path& session);
std::vector<float> numbersOf(
    std::span<const std::byte> bytes, const std::filesystem::path& session);
