// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/diffusion/precision.h"

#include "core/errors.h"

#include <algorithm>
#include <cstdlib>

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

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// Those of @p units that a capped instruction set leaves; oneDNN's names, in any case.
BFloat16Units allowed(const BFloat16Units& units, std::string isa)
{
    std::ranges::transform(
        isa, isa.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    for (const char* without :
         {"SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2", "AVX512_CORE", "AVX512_CORE_VNNI"})
        if (isa == without)
            return {};
    for (const char* withoutAmx : {"AVX512_CORE_BF16", "AVX512_CORE_FP16", "AVX10_1_512"})
        if (isa == withoutAmx)
            return {.avx512 = units.avx512};
    return units;
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
    const BFloat16Units left =
        allowed(units, environment.maxIsa.empty() ? environment.oldMaxIsa : environment.maxIsa);
    return left.avx512 || left.amx ? at::kBFloat16 : at::kFloat;
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
        {.automatic = variable("SIMILE_AUTO_PRECISION"),
         .maxIsa = variable("ONEDNN_MAX_CPU_ISA"),
         .oldMaxIsa = variable("DNNL_MAX_CPU_ISA")});
}
