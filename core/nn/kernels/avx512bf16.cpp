// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/kernels/kernels.h"

#if defined(__AVX512BF16__)

#define SIMILE_VECTOR_BYTES 64
#include "core/nn/kernels/table.h"

const kernels::Kernels* kernels::avx512bf16()
{
    return &table;
}

#else

const kernels::Kernels* kernels::avx512bf16()
{
    return nullptr;
}

#endif
