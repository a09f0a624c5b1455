// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/kernels/kernels.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace kernels {

namespace {

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    std::string text = value ? value : "";
    std::ranges::transform(
        text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return text;
}

bool isAmong(const std::string& value, std::initializer_list<const char*> names)
{
    return std::ranges::any_of(names, [&](const char* name) { return value == name; });
}

/// What the environment allows oneDNN and libtorch, and so us. The names of bf16 stand also where
/// the type that is computed in is chosen (core/diffusion/precision.cpp).
struct Allowed
{
    bool vectors = true, wide = true; ///< AVX2; AVX512
    bool halves = true, tiles = true; ///< AVX512-BF16; AMX
};

Allowed allowed()
{
    const std::string onednn = variable("ONEDNN_MAX_CPU_ISA"), older = variable("DNNL_MAX_CPU_ISA"),
                      most = onednn.empty() ? older : onednn,
                      aten = variable("ATEN_CPU_CAPABILITY");
    Allowed all;
    all.vectors = !isAmong(most, {"sse41", "avx"}) && aten != "default";
    all.wide =
        all.vectors && !isAmong(most, {"avx2", "avx2_vnni", "avx2_vnni_2"}) && aten != "avx2";
    all.halves = all.wide && !isAmong(most, {"avx512_core", "avx512_core_vnni"});
    all.tiles =
        all.halves && !isAmong(most, {"avx512_core_bf16", "avx512_core_fp16", "avx10_1_512"});
    return all;
}

const Kernels* chosen()
{
#if defined(__x86_64__)
    const Allowed all = allowed();
    const bool wide = all.wide && __builtin_cpu_supports("avx512f")
        && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl");
    if (wide && all.halves && __builtin_cpu_supports("avx512bf16") && avx512bf16())
        return avx512bf16();
    if (wide && avx512())
        return avx512();
    if (all.vectors && avx2() && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return avx2();
#endif
    return nullptr;
}

} // namespace

const Kernels* best()
{
    static const Kernels* const found = chosen();
    return found;
}

bool hasTiles()
{
#if defined(__x86_64__)
    static const bool has = allowed().tiles && __builtin_cpu_supports("amx-bf16");
    return has;
#else
    return false;
#endif
}

} // namespace kernels
