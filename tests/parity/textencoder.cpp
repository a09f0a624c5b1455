// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/textencoder.h"

#include "core/nn/layers.h"
#include "tests/parity/case.h"

void runTextEncoder(const Case& c, Comparison& results)
{
    const std::string file = c.used("text_encoder").string();
    const TextEncoderConfig config = textEncoderConfigFromJson(c.config("text_encoder"), file);
    const Weights w = c.weights("text_encoder");
    std::vector<Tensor> hidden;
    results.tensor("last_hidden_state", encodeText(config, w, c.input("input_ids"), &hidden));
    for (size_t i = 0; i < hidden.size(); ++i)
        results.tensor("hidden_states." + std::to_string(i), hidden[i]);

    const Weights model = w.contains("text_model") ? w["text_model"] : w;
    results.tensor(
        "penultimate_normed",
        layerNorm(model["final_layer_norm"], hidden.at(hidden.size() - 2), config.eps));
}
