// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// The tensors of a Stable Diffusion 1.5 inpainting checkpoint under their CompVis names: 686 of
/// the UNet (9 input channels), 248 of the autoencoder, 196 of the text encoder.
std::map<std::string, std::vector<int64_t>> sd15Inpainting();

/// Writes such a file in fp16, with random numbers in the ranges of trained ones.
void writeRandomFile(
    const std::filesystem::path& path, const std::map<std::string, std::vector<int64_t>>& shapes,
    uint64_t seed);
