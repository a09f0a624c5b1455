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

const Kernels* chosen()
{
#if defined(__x86_64__)
    const std::string onednn = variable("ONEDNN_MAX_CPU_ISA"), older = variable("DNNL_MAX_CPU_ISA"),
                      most = onednn.empty() ? older : onednn,
                      aten = variable("ATEN_CPU_CAPABILITY");
    const bool noVectors = isAmong(most, {"sse41", "avx"}) || aten == "default";
    const bool narrow = isAmong(most, {"avx2", "avx2_vnni", "avx2_vnni_2"}) || aten == "avx2";
    if (noVectors)
        return nullptr;
    const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    if (!narrow && wide && avx512())
        return avx512();
    if (avx2() && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
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

} // namespace kernels
