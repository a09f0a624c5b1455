// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

/// What a pickled checkpoint seems to be by how large its tensors are, which the directory of its
/// archive tells without anything of the pickle being read.
struct ArchiveSketch
{
    enum Kind { Unknown, UNet, ControlNet, Autoencoder, Embedding };
    Kind kind = Unknown;
    int channels = 0;     ///< of a UNet's input
    int contextWidth = 0; ///< 768, 1024, 2048; of an embedding 0 where it may be either
};

/// By the sizes that Stable Diffusion's layers have in fp32 or in half precision: the bytes of the
/// archive's entries, by name.
ArchiveSketch sketchOf(const std::map<std::string, uint64_t>& entries);
