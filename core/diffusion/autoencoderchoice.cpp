// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/autoencoderchoice.h"

namespace {

constexpr const char* id = "vae";

} // namespace

Parameter autoencoderParameter(const std::string& group)
{
    return {
        .id = id,
        .label = "Autoencoder",
        .help = "File or folder of an autoencoder (VAE) in place of the model's own. A UNet "
                "without one needs it.",
        .group = group,
        .initial = std::string(),
        .file = true,
        .role = Role::Autoencoder};
}

std::string autoencoderOf(const Request& request)
{
    const auto found = request.values.find(id);
    return found == request.values.end() ? std::string() : std::get<std::string>(found->second);
}
