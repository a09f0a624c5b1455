// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

/// A file with what is to be added to a model's weights (low-rank adaptation), and how much of it.
struct Lora
{
    std::string file = {};   ///< its path; in a record its bare name, or nothing
    std::string sha256 = {}; ///< of the file; empty: it was not read yet
    double weight = 1;       ///< -mostLoraWeight to mostLoraWeight

    bool operator==(const Lora&) const = default;
};

constexpr double mostLoraWeight = 10;
constexpr int mostLoras = 64;

/// All that LoRAs mean for a result, for a key: the hashes and weights in their order, wherever the
/// files lie. Empty: there are none.
std::string loraKey(const std::vector<Lora>& loras);
/// Throws ValueError where there are too many, or a weight or a file cannot be. A hash that is not
/// known is read; throws Error where it cannot.
void completeLoras(std::vector<Lora>& loras);
