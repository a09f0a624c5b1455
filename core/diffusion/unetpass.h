// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/unet.h"

/// One forward pass of a UNet, or of a ControlNet, whose way down is the same: what its functions
/// share, and the running numbers of the sites it has reached.
class UNetPass
{
public:
    UNetPass(const UNetConfig& config, const Weights& w, const UNetInput& input, const Taps& taps);

    /// The way down and the middle; @p added joins what the first convolution gives.
    Tensor encode(const Tensor& x, const Tensor& added = {});
    /// What the way down left for the way up, in order.
    const std::vector<Tensor>& skips() const { return m_skips; }
    /// The way up, from the middle's output.
    Tensor decode(Tensor h);

private:
    Tensor timeEmbedding() const;
    Tensor down(int block, Tensor x);
    Tensor middle(Tensor x);
    Tensor up(int block, Tensor x);
    void addResiduals(Tensor& x);
    Tensor residualBlock(const Weights& w, const Tensor& x);
    Tensor transformer(const Weights& w, const Tensor& x, int heads);
    Tensor features(const Weights& w, const Tensor& x, Site site, const Tensor& skip);
    Tensor attend(
        const Weights& w, const Tensor& x, const Tensor& context, Site site, int heads,
        const Tensor& added);
    Tensor attended(const Site& site, const QueryKey& pair, const Tensor& values) const;
    void endIfLast(const Site& site);
    bool ended();
    Tensor shown(const Weights& w, const Tensor& x) const;
    Tensor normed(const Weights& w, const Tensor& x, const Tensor& shift = {}) const;

    const UNetConfig& m_config;
    const Weights& m_weights;
    const UNetInput& m_input;
    const Taps& m_taps;
    at::ScalarType m_type;
    bool m_acting; ///< somebody looks at what is inside, or acts on it
    Tensor m_time, m_timeSilu, m_context;
    std::vector<Tensor> m_skips;
    int m_transformers = 0, m_residualBlocks = 0;
    bool m_ended = false; ///< at the last site that was asked for, or by a stop; then nothing is
                          ///< returned
};
