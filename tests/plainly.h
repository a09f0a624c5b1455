// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/fastpaths.h"

/// While it lives, everything is computed by libtorch's operators.
struct Plainly
{
    const FastPaths before = fastPaths();
    Plainly() { fastPaths() = noFastPaths; }
    ~Plainly() { fastPaths() = before; }
    Plainly(const Plainly&) = delete;
    Plainly& operator=(const Plainly&) = delete;
};

inline Tensor plainly(const std::function<Tensor()>& compute)
{
    const Plainly all;
    return compute();
}

inline Tensor half(const Tensor& x)
{
    return x.to(at::kBFloat16);
}
