// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/unet.h"
#include "core/model/shapes.h"
#include "core/models.h"

#include <filesystem>
#include <string>
#include <vector>

/// A ControlNet's configuration (Zhang et al. 2023): that of the UNet whose way down it copies,
/// and its encoder of hints.
struct ControlNetConfig
{
    UNetConfig unet = {};
    std::vector<int> hintChannels = {16, 32, 96, 256};
    bool bgr = false; ///< takes the hint's channels in the order blue, green, red
    /// What it gives is meant over all places, as that for shuffled pictures does: a picture's
    /// look, without where things are. It acts on the half with the prompt alone, all levels alike.
    bool pooled = false;
};

/// Reads a ControlNet's config.json. Throws Error naming the key of a value that is not supported.
ControlNetConfig controlNetConfigFromJson(const std::string& json, const std::string& file);
/// What the shapes tell; the heads and groups are those of @p base where the widths agree.
ControlNetConfig controlNetConfigOf(const Shapes& shapes, const UNetConfig& base);
Shapes controlNetShapes(const ControlNetConfig& config);

/// A hint [1, 3, 8 h, 8 w] of values in [0, 1] to the features [1, channels, h, w] that are added
/// to the latent's; they serve all steps.
Tensor encodeHint(const ControlNetConfig& config, const Weights& w, const Tensor& hint);
/// What the ControlNet adds to a UNet that is asked the same: [n, c, h, w] each, of a pooled one
/// [n, c, 1, 1]. @p hint is from encodeHint(); it serves the whole batch.
Residuals controlNet(
    const ControlNetConfig& config, const Weights& w, const Tensor& x, const Tensor& hint,
    const UNetInput& input, const Taps& taps = {});
/// The factors of the outputs by their order, the middle last: the weight for all or, in guess
/// mode, growing from a tenth of it at the finest level.
std::vector<double> controlScales(size_t outputs, double weight, bool guessMode);
/// Multiplies by controlScales() and adds to @p sum, which may be empty.
void addScaled(Residuals& sum, const Residuals& residuals, double weight, bool guessMode);

/// A ControlNet in memory, on the device and in the type of a model.
struct ControlNet
{
    ControlNetConfig config = {};
    Weights weights = {};
    std::vector<Sentence> notes = {}; ///< what is to be said of it
};

/// Loads a file of CompVis' or diffusers' names, slimmed or a whole training checkpoint, or a
/// diffusers folder, for a UNet of the configuration @p base. Where @p progress answers no, the
/// weights are empty. Throws Error where the two do not belong together.
ControlNet loadControlNet(
    const std::filesystem::path& path, const UNetConfig& base, const at::Device& device,
    at::ScalarType type, const StageReport& progress = {});
