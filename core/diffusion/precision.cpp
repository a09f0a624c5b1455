// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/precision.h"

#include "core/environment.h"
#include "core/errors.h"
#include "core/nn/kernels/allowed.h"

namespace {

BFloat16Units unitsOfThisProcessor()
{
#if defined(__x86_64__)
    return {
        .avx512 = bool(__builtin_cpu_supports("avx512bf16")),
        .amx = bool(__builtin_cpu_supports("amx-bf16"))};
#else
    return {};
#endif
}

} // namespace

at::ScalarType automaticType(
    const at::Device& device, const BFloat16Units& units, const PrecisionEnvironment& environment)
{
    if (environment.automatic == "fp32")
        return at::kFloat;
    if (environment.automatic == "bf16")
        return at::kBFloat16;
    if (!environment.automatic.empty())
        throw ValueError(
            "The environment variable SIMILE_AUTO_PRECISION is \"%1\". It can be fp32 or bf16, or "
            "not be set.",
            environment.automatic);
    if (device.is_cuda())
        return at::kHalf;
    const kernels::Allowed allowed = kernels::allowedBy(environment.maxIsa, environment.oldMaxIsa);
    const bool multiplies = (units.avx512 && allowed.halves) || (units.amx && allowed.tiles);
    return multiplies ? at::kBFloat16 : at::kFloat;
}

at::ScalarType floatingType(const std::string& precision, const at::Device& device)
{
    if (precision == "fp32")
        return at::kFloat;
    if (precision == "fp16")
        return at::kHalf;
    if (precision == "bf16")
        return at::kBFloat16;
    if (precision != "auto")
        throw ValueError(
            "There is no precision \"%1\". There are: auto, fp32, bf16, fp16.", precision);
    return automaticType(
        device, unitsOfThisProcessor(),
        {.automatic = environment("SIMILE_AUTO_PRECISION"),
         .maxIsa = environment("ONEDNN_MAX_CPU_ISA"),
         .oldMaxIsa = environment("DNNL_MAX_CPU_ISA")});
}
