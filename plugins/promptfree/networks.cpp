// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/networks.h"

#include "core/diffusion/apart.h"
#include "core/errors.h"
#include "plugins/promptfree/annotators/annotate.h"
#include "plugins/promptfree/references.h"

#include <algorithm>

namespace {

/// Why the SeeCoder that a value stands for cannot be read: nothing is chosen, and the published
/// file is not where it is expected.
Sentence lackingEncoder(const Values& values, const ModelCard& model)
{
    try {
        seeCoderFile(promptFreeSettings(values), model.path);
        return {};
    } catch (const Error& error) {
        return error.sentence();
    }
}

/// The files of all kinds of maps, and the folders in which Prompt-Free Diffusion has them.
NetworkSlot mapNetworks()
{
    NetworkSlot slot {
        .method = "prompt-free",
        .parameter = "annotators",
        .use = NetworkUse::MapNetwork,
        .folder = true,
        .folders = {"hed", "midas", "mlsd", "openpose", "pidinet"}};
    for (const AnnotatorKind& kind : annotatorKinds())
        for (const std::string& file : kind.files)
            if (std::ranges::find(slot.names, file) == slot.names.end())
                slot.names.push_back(file);
    return slot;
}

} // namespace

std::vector<NetworkSlot> promptFreeNetworks()
{
    std::vector<NetworkSlot> all = {
        {.method = "prompt-free",
         .parameter = "control_model",
         .use = NetworkUse::ControlNet,
         .several = true},
        {.method = "prompt-free",
         .parameter = "encoder_file",
         .use = NetworkUse::SeeCoder,
         .lacks = lackingEncoder},
        mapNetworks(),
    };
    for (const NetworkSlot& slot : networksBeside("prompt-free"))
        all.push_back(slot);
    return all;
}
