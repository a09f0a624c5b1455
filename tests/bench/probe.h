// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// What the machine gives at this moment, on all of libtorch's threads.
struct Probe
{
    double multiplied = 0; ///< fp32 multiply-adds of small matrices in the first cache, G/s
    double product = 0;    ///< fp32 multiply-adds of libtorch's product of two 1024 x 1024, G/s
    double copied = 0;     ///< GB/s of memory
};
/// Takes a third of a second.
Probe probe();
