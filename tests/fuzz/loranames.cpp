// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/loranames.h"
#include "tests/fuzz/bytes.h"

/// The names in LoRAs' files, a line each.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    static const LoraModules modules(
        {{"down_blocks.0.attentions.0.proj_in.weight", {8, 8, 1, 1}},
         {"mid_block.resnets.0.conv1.weight", {8, 8, 3, 3}}},
        {{"encoder.layers.0.mlp.fc1.weight", {8, 8}}});
    std::string_view rest = text(data, size);
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        parse([&] {
            const LoraName name = loraName(line);
            otherAdapter(line);
            otherFamily(line);
            modules.find(name.part, name.module);
        });
    }
    return 0;
}
