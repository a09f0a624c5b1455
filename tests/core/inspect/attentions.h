// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/errors.h"
#include "core/inspect/view.h"
#include "tests/randomtrace.h"

#include <memory>
#include <string>
#include <utility>

constexpr TraceSite cross(int layer)
{
    return {SiteKind::CrossAttention, layer};
}
constexpr TraceSite self(int layer)
{
    return {SiteKind::SelfAttention, layer};
}

/// Two layers of 4 x 4 and one of 8 x 8, of self- and cross-attention; the latent is 8 x 8.
inline std::shared_ptr<StepTrace> attentions()
{
    auto trace = std::make_shared<StepTrace>();
    auto setting = std::make_shared<TraceSetting>();
    setting->latentHeight = setting->latentWidth = 8;
    setting->tokens[{}] = {{"start"}, {"cir", 0}, {"cle", 0}, {"red", 1}, {"end"}};
    trace->setting = setting;
    PassTrace& pass = trace->passes[{}];
    for (const auto& [layer, side] : {std::pair(2, 8), {5, 4}, {6, 4}}) {
        pass.attention[self(layer)] = randomAttention(side, side, 2, 6, uint32_t(layer));
        pass.attention[cross(layer)] = randomAttention(side, side, 2, 6, uint32_t(layer + 10), 5);
        for (const TraceSite& site : {self(layer), cross(layer)})
            addLogSums(pass.attention[site]);
    }
    return trace;
}

inline Moment momentOf(std::shared_ptr<const StepTrace> trace)
{
    return {.trace = std::move(trace)};
}

/// The sentence in which a look ends; empty: it did not fail.
inline std::string failure(const View& view, const Moment& moment)
{
    try {
        see(view, moment);
    } catch (const ValueError& error) {
        return error.what();
    }
    return {};
}
