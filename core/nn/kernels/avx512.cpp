// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/kernels/kernels.h"

#if defined(__AVX512F__)

#define SIMILE_VECTOR_BYTES 64
#include "core/nn/kernels/table.h"

const kernels::Kernels* kernels::avx512()
{
    return &table;
}

#else

const kernels::Kernels* kernels::avx512()
{
    return nullptr;
}

#endif
