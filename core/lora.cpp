// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lora.h"

#include "core/errors.h"
#include "core/file/hash.h"

#include <cmath>
#include <filesystem>
#include <sstream>

std::string loraKey(const std::vector<Lora>& loras)
{
    std::ostringstream key;
    key << std::hexfloat;
    for (const Lora& lora : loras)
        key << "lora " << lora.sha256 << " " << lora.weight << "\n";
    return key.str();
}

void completeLoras(std::vector<Lora>& loras)
{
    if (loras.size() > std::size_t(mostLoras))
        throw ValueError("%1 LoRAs are more than can be added: take %2.", loras.size(), mostLoras);
    for (Lora& lora : loras) {
        const std::string name = std::filesystem::path(lora.file).filename().string();
        if (!(std::abs(lora.weight) <= mostLoraWeight))
            throw ValueError(
                "The weight of the LoRA %1 has to be between %2 and %3.", name, -mostLoraWeight,
                mostLoraWeight);
        if (lora.file.empty())
            throw ValueError(
                "Where the LoRA lies whose SHA-256 begins with %1 is not known: please choose its "
                "file again.",
                lora.sha256.substr(0, 10));
        if (lora.sha256.empty())
            lora.sha256 = sha256(std::filesystem::path(lora.file));
    }
}
