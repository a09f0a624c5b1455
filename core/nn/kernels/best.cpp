// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/environment.h"
#include "core/nn/kernels/allowed.h"
#include "core/nn/kernels/kernels.h"

#include <algorithm>
#include <string>

namespace kernels {

namespace {

bool isAmong(const std::string& value, std::initializer_list<const char*> names)
{
    return std::ranges::any_of(names, [&](const char* name) { return value == name; });
}

/// What the environment allows oneDNN and libtorch, and so us.
Allowed allowed()
{
    const std::string aten = environment("ATEN_CPU_CAPABILITY");
    const Allowed all =
        allowedBy(environment("ONEDNN_MAX_CPU_ISA"), environment("DNNL_MAX_CPU_ISA"));
    if (aten == "default")
        return {false, false, false, false};
    if (aten == "avx2")
        return {all.vectors, false, false, false};
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

Allowed allowedBy(const std::string& newer, const std::string& older)
{
    std::string isa = newer.empty() ? older : newer;
    std::ranges::transform(
        isa, isa.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    Allowed all;
    all.vectors = !isAmong(isa, {"sse41", "avx"});
    all.wide = all.vectors && !isAmong(isa, {"avx2", "avx2_vnni", "avx2_vnni_2"});
    all.halves = all.wide && !isAmong(isa, {"avx512_core", "avx512_core_vnni"});
    all.tiles =
        all.halves && !isAmong(isa, {"avx512_core_bf16", "avx512_core_fp16", "avx10_1_512"});
    return all;
}

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
