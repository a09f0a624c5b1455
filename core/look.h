// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image.h"
#include "core/run.h"

#include <map>
#include <string>
#include <vector>

// A look at what the network holds.

/// A kind of tensors inside the network that a method can show.
struct LookKind
{
    std::string value = {}, label = {};
    int layers = 0;     ///< they count from 0; 0: it has none, and layer and step say nothing
    int usual = 0;      ///< the layer that is shown first
    bool ofRun = false; ///< the same at every step
};
/// What of the network is looked at, after a step of a run.
struct Look
{
    std::string kind = {};
    int layer = 0;
    int step = 0; ///< of the sampler; 0 is the noisiest
};
/// Pictures of what the network holds, with the numbers behind them.
struct Inspection
{
    struct Picture
    {
        std::string label = {};
        Image image = {}; ///< a pixel per cell of the feature map
    };
    std::vector<Picture> pictures = {};
    std::map<std::string, Array> arrays = {};
};
