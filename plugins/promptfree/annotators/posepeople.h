// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/tensor.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

struct PosePoint
{
    int x = 0, y = 0;
    bool operator==(const PosePoint&) const = default;
};

/// The parts of a body in the order of COCO's models: nose, neck, right shoulder, elbow, wrist,
/// left shoulder, elbow, wrist, right hip, knee, ankle, left hip, knee, ankle, right eye, left
/// eye, right ear, left ear.
constexpr int bodyPartCount = 18;
using Person = std::array<std::optional<PosePoint>, bodyPartCount>;

/// The limbs by the parts that they join; the last two are found but not drawn.
constexpr std::array<std::pair<int, int>, 19> bodyLimbs = {
    {{1, 2},
     {1, 5},
     {2, 3},
     {3, 4},
     {5, 6},
     {6, 7},
     {1, 8},
     {8, 9},
     {9, 10},
     {1, 11},
     {11, 12},
     {12, 13},
     {1, 0},
     {0, 14},
     {14, 16},
     {0, 15},
     {15, 17},
     {2, 16},
     {5, 17}}};

/// A place where a part may be.
struct PosePeak
{
    PosePoint at = {};
    double score = 0;
};
/// For each part, those of its map [19, height, width].
std::vector<std::vector<PosePeak>> posePeaks(const Tensor& heat);
/// The people whose parts the peaks are, by the directions of the limbs [38, height, width]. Who
/// has fewer than four parts or is too uncertain is left out.
std::vector<Person> posePeople(
    const std::vector<std::vector<PosePeak>>& peaks, const Tensor& fields);
