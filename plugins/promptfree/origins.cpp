// SPDX-License-Identifier: GPL-3.0-or-later

#include "plugins/promptfree/origins.h"

namespace {

/// The mean over the heads of some queries' probabilities, [count, keys], fp32: one head after the
/// other, since a large picture has many keys.
Tensor meanOfHeads(const QueryAttention& attention, int64_t count)
{
    const int64_t heads = attention.query.size(0);
    Tensor mean;
    for (int64_t head = 0; head < heads; ++head) {
        const Tensor scores = at::matmul(
            attention.query[head].narrow(0, 0, count) * attention.scale, attention.key[head].t());
        const Tensor p = at::softmax(scores, -1, at::kFloat);
        mean = mean.defined() ? mean.add_(p) : p;
    }
    return mean / double(heads);
}

Tensor withSumOne(const Tensor& rows)
{
    return rows / rows.sum(at::IntArrayRef {-1}, true);
}

Tensor added(const Tensor& sum, const Tensor& x)
{
    return sum.defined() ? sum + x : x;
}

} // namespace

Origins::Origins(const SeeCoderConfig& config)
    : m_global(config.globalQueries)
    , m_local(config.localQueries)
{
}

void Origins::look(const QueryAttention& attention)
{
    if (attention.kind == QueryAttention::Self) {
        const Tensor given = meanOfHeads(attention, m_global);
        m_shares = added(m_shares, given.narrow(1, m_global, m_local));
        return;
    }
    const int64_t height = attention.height, width = attention.width;
    if (attention.level == 0)
        m_height = attention.height, m_width = attention.width;
    // A cell of a level is as large as four of the finer one, of which the last may be missing.
    const int64_t times = int64_t(1) << attention.level;
    const Tensor map = meanOfHeads(attention, m_local).unflatten(1, {height, width}).unsqueeze(0);
    const Tensor fine = at::upsample_bilinear2d(map, {height * times, width * times}, false)
                            .narrow(2, 0, m_height)
                            .narrow(3, 0, m_width);
    m_looks = added(m_looks, withSumOne(fine[0].flatten(1)));
}

Tensor Origins::rows() const
{
    const Tensor local = withSumOne(m_looks);
    return at::cat({at::matmul(withSumOne(m_shares), local), local});
}
