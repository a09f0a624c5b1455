// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/presets.h"
#include "plugins/plugandplay/parameters.h"
#include "plugins/plugandplay/source.h"
#include "tests/tinyunet.h"

#include <algorithm>

// What the tests of Translate's parts share: tiny networks, noise, the presets' values.

inline const Schedule& schedule()
{
    static const Schedule levels {ScheduleConfig {}};
    return levels;
}

inline Tensor noise(uint32_t stream, at::IntArrayRef shape)
{
    Tensor x = at::empty(shape, at::kFloat);
    normal(5, stream, {x.data_ptr<float>(), size_t(x.numel())});
    return x;
}

inline double distance(const Tensor& a, const Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

inline StableDiffusion tinyModel()
{
    const TinyUNet tiny;
    StableDiffusion model;
    model.unetConfig = tiny.config;
    model.unet = tiny.weights();
    return model;
}

/// A source of @p steps steps that was not inverted: a latent of noise at each, for one pass or for
/// both halves of guidance, all at the time 301.
inline Source someSource(int steps, int halves)
{
    Source source {
        .times = std::vector<int>(size_t(steps), 301),
        .start = noise(0, {1, 4, 8, 8}),
        .context = noise(1, {halves, 5, 6})};
    for (int i = 0; i < steps; ++i)
        source.latents.push_back(noise(uint32_t(10 + i), {1, 4, 8, 8}));
    return source;
}

/// All values with one of the presets that are shipped; empty where there is none of that name.
inline Values presetValues(const std::string& id)
{
    const std::vector<Parameter> parameters = translateParameters();
    const auto presets =
        loadPresets(PROJECT_SOURCE "/resources/presets/translate.json", parameters);
    const auto preset = std::ranges::find(presets, id, &Preset::id);
    if (preset == presets.end())
        return {};
    Values values = preset->values;
    for (const Parameter& p : parameters)
        values.try_emplace(p.id, p.initial);
    return values;
}
