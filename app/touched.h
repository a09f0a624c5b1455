// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run.h"

#include <memory>
#include <optional>
#include <vector>

class Runs;
struct Run;

// Runs with changes inside the network that go on from one without.

/// The list with a touch behind the others; one that says the same but for the number is replaced.
std::vector<Touch> withTouch(std::vector<Touch> touches, const Touch& touch);
/// The same list without those that a touch replaces.
std::vector<Touch> withoutTouch(std::vector<Touch> touches, const Touch& touch);
/// The part of a run of @p steps at which a touch begins that acts from a step on, counted from 0.
double partFrom(int step, int steps);

/// The request of a run with other touches. Where their difference begins behind the first of its
/// @p steps, it is a branch at that step, of the run or of the one whose steps these are; else it
/// is the request with the touches.
Request touched(const Request& run, std::vector<Touch> touches, int steps);

/// The run that one with touches is to be laid beside: the one it branched off from; else the last
/// one that is the same but for the touches and has none. Null: there is none.
std::shared_ptr<Run> untouchedOf(const Runs& runs, const Run& run);
