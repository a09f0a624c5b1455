// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

#include <string>

/// Instructions that multiply in bf16 rather than converting; a processor has none, one or both.
struct BFloat16Units
{
    bool avx512 = false, amx = false;
};

/// What the environment says of the precision "auto"; empty where a variable is not set.
struct PrecisionEnvironment
{
    std::string automatic = {}; ///< SIMILE_AUTO_PRECISION: fp32 or bf16
    std::string maxIsa = {};    ///< ONEDNN_MAX_CPU_ISA, as oneDNN reads it
    std::string oldMaxIsa = {}; ///< DNNL_MAX_CPU_ISA, its older name: where the other is not set
};

/// What "auto" means on a device: what SIMILE_AUTO_PRECISION says; else fp16 on a GPU, and on a CPU
/// bf16 where it multiplies in it and oneDNN is allowed the instructions, fp32 elsewhere. A name of
/// an instruction set that oneDNN does not know caps nothing, as there. Throws ValueError where
/// SIMILE_AUTO_PRECISION has another value.
at::ScalarType automaticType(
    const at::Device& device, const BFloat16Units& units, const PrecisionEnvironment& environment);

/// The floating type for a precision (auto, fp32, bf16, fp16) on a device, of this computer in its
/// environment. Throws ValueError.
at::ScalarType floatingType(const std::string& precision, const at::Device& device);
