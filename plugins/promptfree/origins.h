// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/promptfree/seecoder.h"

/// Where SeeCoder's tokens come from in the picture that it reads, gathered from the attention of
/// its query layers. A local query looks at the picture itself: R is the mean over layers and
/// heads of its cross-attention, every level brought to the finest one's size (bilinear) with its
/// sum kept at 1. A global query looks at the other queries only: R is that of the local ones, in
/// the shares in which it looks at them (the mean over layers and heads, with a sum of 1).
class Origins
{
public:
    explicit Origins(const SeeCoderConfig& config);

    /// To be told of every attention of the query layers, in their order.
    void look(const QueryAttention& attention);
    /// The finest level's size, which R has.
    int height() const { return m_height; }
    int width() const { return m_width; }
    /// R [tokens, height * width], fp32, the global tokens first; rows sum to 1.
    Tensor rows() const;

private:
    int m_global, m_local;
    int m_height = 0, m_width = 0;
    Tensor m_looks;  ///< [local, height * width]: the sum over the layers
    Tensor m_shares; ///< [global, local]: likewise, of self-attention
};
