// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/computed.h"

#include "core/diffusion/precision.h"
#include "core/errors.h"
#include "core/file/hash.h"
#include "core/nn/tensor.h"

#include <span>

// Of <ATen/Version.h>, which nothing else needs.
namespace at {
TORCH_API std::string get_cpu_capability();
TORCH_API std::string show_config();
} // namespace at

namespace {

std::string nameOf(at::ScalarType type)
{
    return type == at::kFloat ? "fp32" : type == at::kHalf ? "fp16" : "bf16";
}

at::Device deviceOf(const std::string& name)
{
    try {
        return at::Device(name);
    } catch (const c10::Error&) {
        throw ValueError("There is no device \"%1\".", name);
    }
}

/// As the library that is loaded says.
std::string versionOfTorch()
{
    const std::string config = at::show_config(), key = "TORCH_VERSION=";
    const auto found = config.find(key);
    if (found == config.npos)
        return {};
    const auto begin = found + key.size();
    return config.substr(begin, config.find_first_of(", \n", begin) - begin);
}

} // namespace

Computed computedHere(const Request& request)
{
    const at::Device device = deviceOf(request.device);
    return {
        .library = versionOfTorch(),
        .processor = device.is_cuda() ? "CUDA" : at::get_cpu_capability(),
        .precision = nameOf(floatingType(request.precision, device)),
        .threads = at::get_num_threads()};
}

std::string latentHash(const Latent& latent)
{
    return sha256(std::as_bytes(std::span(latent.values)));
}

std::vector<std::string> latentHashes(const std::vector<std::shared_ptr<const Latent>>& latents)
{
    std::vector<std::string> hashes;
    for (const auto& latent : latents)
        hashes.push_back(latent ? latentHash(*latent) : std::string());
    return hashes;
}
