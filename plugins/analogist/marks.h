// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plugins/analogist/grid.h"

/// The copy of the grid that a vision-language model is shown: a black box with A, A', B or B' in
/// the corner of each content and two red arrows, from A to A' and from B to B'. The letters are
/// strokes of our own in the place of the original's, whose font is not free. The boxes do not
/// scale with the grid.
Image marked(const Geometry& geometry, const Image& grid, bool letters = true);
