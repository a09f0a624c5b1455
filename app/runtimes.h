// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

/// The mean of the times between finished steps: some steps do work for the next ones, too. One
/// that takes more than five times the median does not count (the first, one in which the computer
/// slept). @p finished are the times at which step 0 (the start latent), 1, 2 ... were there, in
/// seconds; 0 where there are fewer than two.
double secondsPerStep(const std::vector<double>& finished);
/// What @p steps steps in all will still take.
double secondsLeft(const std::vector<double>& finished, int steps);
