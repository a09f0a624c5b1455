// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/probe.h"

#include "core/nn/fastpaths.h"
#include "core/nn/kernels/kernels.h"

#include <algorithm>
#include <chrono>
#include <functional>

namespace {

/// How often a second, at best of some tries.
double rate(const std::function<void()>& action)
{
    double best = 0;
    for (int i = 0; i < 5; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        action();
        best = std::max(
            best,
            1 / std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return best;
}

} // namespace

Probe probe()
{
    Probe probe;
    const int64_t threads = at::get_num_threads();
    if (const kernels::Kernels* k = kernels::best()) {
        constexpr int64_t rows = 48, width = 64, times = 2000;
        const Tensor x = at::ones({rows, width}), w = at::ones({width, width});
        const Tensor y = at::empty({threads, rows, width});
        const auto work = [&] {
            runTasks(threads, width * width * 4, [&](int64_t task, float* room) {
                for (int64_t i = 0; i < times; ++i)
                    k->layers.linearTask(
                        {.x = x.const_data_ptr<float>(),
                         .rows = rows,
                         .inputs = width,
                         .outputs = width,
                         .xStride = width,
                         .w = w.const_data_ptr<float>(),
                         .y = y.mutable_data_ptr<float>() + task * rows * width},
                        0, room);
            });
        };
        probe.multiplied = rate(work) * double(threads * times * rows * width * width) / 1e9;
    }
    const Tensor square = at::ones({1024, 1024}), large = at::ones({1 << 25});
    Tensor other = at::empty_like(large);
    probe.product = rate([&] { at::matmul(square, square); }) * 1.073741824;
    probe.copied = rate([&] { other.copy_(large); }) * double(2 * large.nbytes()) / 1e9;
    return probe;
}
