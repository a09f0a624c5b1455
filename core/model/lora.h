// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/lora.h"
#include "core/model/loranames.h"
#include "core/weights/safetensors.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

/// What a LoRA adds to one tensor: s alpha / r times up x down (Hu et al., LoRA, section 4.1), or s
/// times a whole difference.
struct LoraTerm
{
    std::shared_ptr<const SafetensorsFile> file = {};
    std::string down = {}, up = {}, mid = {}; ///< names in the file; mid: a Tucker core
    std::string whole = {};                   ///< likewise, in place of them
    double factor = 1;                        ///< s alpha / r, or s
    std::string shown = {};                   ///< stands for the file in messages
};

/// What is added to a network's tensors, by their names, in the order of the LoRAs.
using LoraTerms = std::map<std::string, std::vector<LoraTerm>>;

/// What LoRAs add to a model.
struct LoraChanges
{
    LoraTerms unet = {}, textEncoder = {};
};

/// What became of a file's names.
struct LoraReport
{
    int layers = 0;                        ///< that it changes
    std::vector<std::string> skipped = {}; ///< names that mean nothing here
    std::vector<std::string> without = {}; ///< names for a text encoder that the model lacks
};

/// Opens a LoRA's file and matches it with a model's networks, whose shapes are those of its files;
/// adds its terms behind what is there. Throws Error where it is something else (DoRA, LoHa, LoKr,
/// IA3, OFT ..., a LoRA for another family), is incomplete or does not fit, naming what.
LoraReport addLora(
    LoraChanges& changes, const Lora& lora, const Shapes& unet, const Shapes& textEncoder);

/// Adds the terms to a tensor in fp32, one after the other. Throws Error where one holds values
/// that are no numbers.
void add(const std::vector<LoraTerm>& terms, Tensor& tensor);
