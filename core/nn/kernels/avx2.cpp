// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/kernels/kernels.h"

#if defined(__AVX2__)

#define SIMILE_VECTOR_BYTES 32
#include "core/nn/kernels/table.h"

const kernels::Kernels* kernels::avx2()
{
    return &table;
}

#else

const kernels::Kernels* kernels::avx2()
{
    return nullptr;
}

#endif
