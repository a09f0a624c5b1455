// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/shapes.h"
#include "core/models.h"
#include "plugins/promptfree/swin.h"

#include <filesystem>
#include <functional>
#include <string>

/// SeeCoder's configuration (Xu et al. 2023); the defaults are those of the published files. It
/// has as many attention heads in the query transformer as are said here; those of the decoder
/// have no influence on a single picture.
struct SeeCoderConfig
{
    SwinConfig swin = {};
    int width = 768; ///< of a token
    int decoderLayers = 6, decoderHidden = 1024;
    int queryLayers = 9, queryHeads = 8, queryHidden = 2048;
    int globalQueries = 4, localQueries = 144;
    bool positions = false; ///< position-aware (SeeCoder-PA)
};

/// Reads the original's configuration as JSON: swin, decoder, qtransformer. Whether it is
/// position-aware is told by the weights alone.
SeeCoderConfig seeCoderConfigFromJson(const std::string& json, const std::string& file);
/// What the shapes tell; they do not tell the number of heads and of global queries.
SeeCoderConfig seeCoderConfigOf(const Shapes& shapes);
/// The tensors that are needed, without the files' "ctx.image.".
Shapes seeCoderShapes(const SeeCoderConfig& config);

/// An attention of the query layers, as it is computed.
struct QueryAttention
{
    enum Kind {
        Cross, ///< the local queries look at a level of the picture
        Self   ///< all queries look at each other, the global ones first
    };
    Kind kind = Cross;
    int level = 0;               ///< of Cross: how often the finest level was halved
    int height = 0, width = 0;   ///< of that level
    Tensor query = {}, key = {}; ///< [heads, tokens, d]
    double scale = 1;            ///< of the scores q k^T
};
using QueryWatch = std::function<void(const QueryAttention&)>;

/// A picture [1, 3, h, w] of values in [0, 1], not normalised, to its tokens [1, global + local,
/// width], the global ones first. One picture: the original's decoder attends over the pictures of
/// a batch, which makes a linear layer of it for one, and everything is trained so. fp32.
/// @p watch and @p queries only look, at modules and at the attention of the query layers.
Tensor seeCoder(
    const SeeCoderConfig& config, const Weights& w, const Tensor& image, const Watch& watch = {},
    const QueryWatch& queries = {});

/// A SeeCoder in memory, fp32.
struct SeeCoder
{
    SeeCoderConfig config = {};
    Weights weights = {};
    std::vector<Sentence> notes = {}; ///< what is to be said of it
};

/// Loads a file of the published layout, or the one in a folder; its configuration is in a
/// config.json beside it, or follows from its shapes. Where @p progress answers no, the weights
/// are empty. Throws Error.
SeeCoder loadSeeCoder(
    const std::filesystem::path& path, const std::string& device, const StageReport& progress = {});
