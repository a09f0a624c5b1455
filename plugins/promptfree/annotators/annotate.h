// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models.h"

/// A kind of control map.
struct AnnotatorKind
{
    std::string id = {}, label = {};
    std::vector<std::string> files =
        {};                     ///< the published files of its networks; empty: none needed
    bool nonCommercial = false; ///< the networks' licence forbids commercial use
};
/// The kind of a picture that is a map already, of which none is made.
inline constexpr const char* finishedMap = "none";
/// All kinds that annotate() makes, finishedMap last.
const std::vector<AnnotatorKind>& annotatorKinds();

/// What Canny takes for an edge, of 0 to 255 and more.
struct CannyThresholds
{
    int low = 100, high = 200;
};

/// Throws Error where the kind is unknown or a file of its networks is not in @p folder (empty:
/// annotatorFolder()): what annotate() would find out later.
void checkAnnotator(const std::string& kind, const std::filesystem::path& folder);

/// What is to be known of a kind's licence, in a sentence; empty: nothing.
Sentence licenceNote(const std::string& kind);

/// A control map that is wanted. The picture's aspect is not kept, as Prompt-Free Diffusion has it.
struct MapRequest
{
    std::string kind = {};
    const Image& picture;
    int width = 0, height = 0;         ///< of the map: multiples of 64 for those with a network
    std::filesystem::path folder = {}; ///< of the networks; empty: annotatorFolder()
    CannyThresholds thresholds = {};
    bool dropAlpha = false; ///< else transparent parts are white, as controlnet_aux has them
};
/// The control map; finishedMap gives the resized picture itself. Networks run in fp32 on the CPU
/// and are kept by @p models, and so are the last maps that they made. Throws Error where a file is
/// missing or the kind is unknown; empty where @p progress stopped it.
Image annotate(const MapRequest& wanted, Models& models, const StageReport& progress = {});
/// What is to be said of a map in which nothing was found; empty: something was.
Sentence emptyNote(const std::string& kind, const Image& map);
