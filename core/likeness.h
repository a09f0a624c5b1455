// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models.h"
#include "core/run.h"

#include <filesystem>
#include <vector>

// How alike pictures are to CLIP: for ranking one's own pictures. Values are cosines, -1 to 1. The
// network is that of a file that the user has; it is kept in @p models. All throw Error where the
// file is none of CLIP's image encoders; empty where @p progress stopped it.

/// Of each picture with @p reference.
std::vector<double> clipLikeness(
    const std::filesystem::path& file, const SharedImage& reference,
    const std::vector<SharedImage>& pictures, Models& models, const StageReport& progress = {});
/// Of each result: how far what became of B points where what became of A does (the direction
/// similarity by which Analogist is measured).
std::vector<double> clipDirections(
    const std::filesystem::path& file, const SharedImage& a, const SharedImage& aAfter,
    const SharedImage& b, const std::vector<SharedImage>& results, Models& models,
    const StageReport& progress = {});
