// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

/// The typical step: the median of the times between finished steps, so that one slow step (the
/// first, a decode in between) does not count. @p finished are the times at which step 0 (the start
/// latent), 1, 2 ... were there, in seconds; 0 where there are fewer than two.
double secondsPerStep(const std::vector<double>& finished);
/// What @p steps steps in all will still take.
double secondsLeft(const std::vector<double>& finished, int steps);
