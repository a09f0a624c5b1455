// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inspect/diffused.h"

#include "core/errors.h"
#include "core/inspect/attentionmatrix.h"
#include "core/inspect/parallel.h"

#include <algorithm>
#include <map>

namespace {

/// The layers of the size that most of them have, of two the larger.
std::vector<AttentionAt> ofOneSize(const std::vector<AttentionAt>& layers)
{
    std::map<int, int> counts;
    for (const AttentionAt& each : layers)
        ++counts[each.trace->queries()];
    const auto most = std::ranges::max_element(
        counts, {}, [](const auto& size) { return std::pair(size.second, size.first); });
    std::vector<AttentionAt> some;
    std::ranges::copy_if(layers, std::back_inserter(some), [&](const AttentionAt& each) {
        return each.trace->queries() == most->first;
    });
    return some;
}

} // namespace

Diffusion diffusionOf(int head, const std::vector<AttentionAt>& layers)
{
    constexpr int mostTokens = 96 * 96; // 324 MiB
    Diffusion diffusion {.layers = ofOneSize(layers)};
    const int n = diffusion.layers.front().trace->queries();
    if (n > mostTokens)
        throw ValueError(
            "Maps of %1 places are too large to be diffused, %2 is the most: choose layers of a "
            "smaller size.",
            n, mostTokens);
    diffusion.tokens = n;
    diffusion.matrix.resize(size_t(n) * size_t(n));
    constexpr int block = 128; // rows
    inParallel((n + block - 1) / block, [&](int i) {
        const int begin = i * block, end = std::min(n, begin + block);
        for (const AttentionAt& each : diffusion.layers) {
            const int heads = head < 0 ? each.trace->heads : 1;
            for (int h = 0; h < heads; ++h)
                AttentionHead(*each.trace, head < 0 ? h : head)
                    .addTo(
                        diffusion.matrix, 1 / float(heads) / float(diffusion.layers.size()), begin,
                        end);
        }
    });
    return diffusion;
}

std::vector<float> Diffusion::fromLeft(std::vector<float> row, int times) const
{
    const auto n = size_t(tokens);
    for (int t = 0; t < times; ++t) {
        std::vector<float> next(n);
        for (size_t i = 0; i < n; ++i)
            for (size_t j = 0; j < n; ++j)
                next[j] += row[i] * matrix[i * n + j];
        row = std::move(next);
    }
    return row;
}

std::vector<float> Diffusion::fromRight(std::vector<float> map, int times) const
{
    const auto n = size_t(tokens);
    for (int t = 0; t < times; ++t) {
        std::vector<float> next(n);
        for (size_t i = 0; i < n; ++i) {
            double sum = 0;
            for (size_t j = 0; j < n; ++j)
                sum += double(matrix[i * n + j]) * map[j];
            next[i] = float(sum);
        }
        map = std::move(next);
    }
    return map;
}
