// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/environment.h"

#include <cstdio>

/// Stands for the program: says what libraries that are loaded with it read.
extern "C" __attribute__((visibility("default"))) int simileMain(int, char**)
{
    std::puts(environment("CUDA_DEVICE_ORDER").c_str());
    std::puts(environment("OMP_WAIT_POLICY").c_str());
    return 3;
}
